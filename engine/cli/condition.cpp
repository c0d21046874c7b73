#include "condition.hpp"

#include <fmt/format.h>

#include "luohu/core/text.hpp"

namespace luohu {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return "";
  return std::string{text.substr(first, text.find_last_not_of(' ') - first + 1)};
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t comma = text.find(',');
    parts.push_back(trimmed(text.substr(0, comma)));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::optional<Condition> parse_condition(std::string_view text) {
  const std::size_t open = text.find('('), close = text.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  const std::string rest = trimmed(text.substr(close + 1));
  for (const std::string_view sign : {"<=", ">=", "<", ">"}) {
    if (!rest.starts_with(sign)) continue;
    return Condition{trimmed(text.substr(0, open)), parts_of(text.substr(open + 1, close - open - 1)),
                     std::string{sign}, trimmed(std::string_view{rest}.substr(sign.size()))};
  }
  return std::nullopt;
}

std::optional<std::size_t> place_row(std::string_view place, const Axis& places) {
  for (std::size_t row = 0; row < places.size(); ++row) {
    if (std::to_string(places.codes[row]) == place) return row;
    for (const auto* labels : {&places.labels_zh, &places.labels_en}) {
      if (!labels->empty() && (*labels)[row] == place) return row;
    }
  }
  return std::nullopt;
}

std::string no_such_place(std::string_view place, const Axis& places) {
  std::vector<std::string_view> names;
  for (const auto* labels : {&places.labels_zh, &places.labels_en}) {
    names.insert(names.end(), labels->begin(), labels->end());
  }
  return fmt::format("no place is called '{}'{}", place, suggestion(place, names));
}

}  // namespace luohu
