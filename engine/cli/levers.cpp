// luohu levers: every policy lever with unit, range and provenance, from the registry.

#include "luohu/policy/levers.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

std::vector<const Lever*> chosen(const std::vector<std::string>& names) {
  std::vector<const Lever*> found;
  std::vector<std::string_view> known;
  for (const Lever& lever : levers()) known.push_back(lever.name);
  if (names.empty()) {
    for (const Lever& lever : levers()) found.push_back(&lever);
  }
  for (const std::string& name : names) {
    found.push_back(find_lever(name));
    if (found.back() != nullptr) continue;
    throw Error{ExitCode::usage, fmt::format("unknown lever '{}'{}", name, suggestion(name, known))};
  }
  return found;
}

/// JSON has no infinity: null stands for "no bound".
Json bound(double value) {
  return std::isinf(value) ? Json(nullptr) : Json(value);
}

Json as_json(const Lever& lever) {
  return {{"name", lever.name},
          {"unit", lever.unit},
          {"minimum", bound(lever.minimum)},
          {"maximum", bound(lever.maximum)},
          {"loosens_downward", lever.loosens_downward},
          {"title", {{"zh", lever.title_zh}, {"en", lever.title_en}}},
          {"effect", lever.effect},
          {"base", {{"tag", name_of(lever.tag)}, {"source", lever.base}}}};
}

std::string as_text(const Lever& lever) {
  return fmt::format(
      "{}\n  {} / {}\n  range     {} to {}, unit {}\n  loosens   {}\n  effect    {}\n  base      {} [{}]\n", lever.name,
      lever.title_zh, lever.title_en, number_text(lever.minimum), number_text(lever.maximum), lever.unit,
      lever.loosens_downward ? "downward" : "upward", lever.effect, lever.base, name_of(lever.tag));
}

std::string as_row(const Lever& lever) {
  const std::string range = fmt::format("{} to {}", number_text(lever.minimum), number_text(lever.maximum));
  return fmt::format("{:39} {:10} {:14} {}\n", lever.name, range, lever.unit, lever.title_en);
}

}  // namespace

int run_levers(Arguments arguments) {
  constexpr std::string_view formats[] = {"text", "json"};
  const Options options =
      Options{"luohu levers [NAME...] [options]", "List the policy levers, or describe the named ones."}
          .value("format", "text|json", "how to print (default text)")
          .words("lever", 0);
  const auto parsed = options.parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  const bool json = parsed->choice("format", formats) == "json";
  const auto found = chosen(parsed->words());
  Json list = Json::array();
  for (const Lever* lever : found) {
    if (json) {
      list.push_back(as_json(*lever));
    } else {
      std::cout << (parsed->words().empty() ? as_row(*lever) : as_text(*lever));
    }
  }
  if (json) std::cout << Json{{"levers", list}}.dump(2) << '\n';
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
