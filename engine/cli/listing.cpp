#include "listing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>

#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

std::vector<const Listed*> chosen(const Listing& listing, const std::vector<std::string>& names) {
  std::vector<const Listed*> found;
  if (names.empty()) {
    for (const Listed& entry : listing.entries) found.push_back(&entry);
  }
  std::vector<std::string_view> known;
  for (const Listed& entry : listing.entries) known.push_back(entry.name);
  for (const std::string& name : names) {
    const auto entry = std::ranges::find(listing.entries, name, &Listed::name);
    if (entry == listing.entries.end()) {
      throw Error{ExitCode::usage,
                  fmt::format("unknown {} '{}'{}", listing.noun, name,
                              listing.expected.empty() ? suggestion(name, known)
                                                       : fmt::format(" (must be {})", listing.expected))};
    }
    found.push_back(&*entry);
  }
  return found;
}

/// A bar would end the cell.
std::string cell_text(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string{"\\|"} : std::string{c};
  return escaped;
}

std::string markdown(const Listing& listing, const std::vector<const Listed*>& entries) {
  std::string table = fmt::format("| {} |\n|", fmt::join(listing.headings, " | "));
  for (std::size_t i = 0; i < listing.headings.size(); ++i) table += "---|";
  table += '\n';
  for (const Listed* entry : entries) {
    LUOHU_EXPECT(entry->cells.size() == listing.headings.size());
    table += '|';
    for (const std::string& cell : entry->cells) table += fmt::format(" {} |", cell_text(cell));
    table += '\n';
  }
  return table;
}

}  // namespace

int print_listing(const Listing& listing, Arguments arguments) {
  constexpr std::array<std::string_view, 3> formats{"table", "json", "markdown"};
  std::string word = listing.noun;
  std::ranges::transform(word, word.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  const Options options = Options{fmt::format("luohu {} [{}...] [options]", listing.command, word), listing.summary}
                              .value("format", "table|json|markdown", "how to print (default table)")
                              .words(listing.noun, 0);
  const auto parsed = options.parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  const std::string format = parsed->choice("format", formats);
  const auto entries = chosen(listing, parsed->words());
  if (format == "json") {
    Json list = Json::array();
    for (const Listed* entry : entries) list.push_back(entry->json);
    std::cout << Json{{listing.command, list}}.dump(2) << '\n';
  } else if (format == "markdown") {
    std::cout << markdown(listing, entries);
  } else {
    for (const Listed* entry : entries) std::cout << (parsed->words().empty() ? entry->row : entry->text) << '\n';
  }
  return static_cast<int>(ExitCode::done);
}

Json json_bound(double value) {
  return std::isinf(value) ? Json(nullptr) : Json(value);
}

std::string range_text(double minimum, double maximum) {
  return fmt::format("{} to {}", number_text(minimum), number_text(maximum));
}

}  // namespace luohu
