#include "fail_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

constexpr std::array<std::string_view, 8> quantities{"difference", "percent",    "ratio",    "low",
                                                     "high",       "half_width", "baseline", "scenario"};

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw Error{ExitCode::usage, fmt::format("--fail-if '{}': {}", text, why)};
}

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

bool holds(double value, const FailIf& condition) {
  if (condition.comparison == "<") return value < condition.bound;
  if (condition.comparison == "<=") return value <= condition.bound;
  return condition.comparison == ">" ? value > condition.bound : value >= condition.bound;
}

double quantity_of(const FailIf& condition, const Contrast& of, const Shown& shown) {
  const std::string& q = condition.quantity;
  if (q == "baseline") return of.baseline;
  if (q == "scenario") return of.scenario;
  for (const Effect effect : {Effect::difference, Effect::percent, Effect::ratio}) {
    if (q == name_of(effect)) return value_of(of, effect);
  }
  const auto interval = interval_of(of, shown.effect, shown.confidence);
  if (!interval) refuse(condition.text, "there is no interval, so that it cannot be told; two replicates at least");
  if (q == "low") return interval->low;
  return q == "high" ? interval->high : (interval->high - interval->low) / 2;
}

/// Row of the place axis that has this name or code.
std::size_t place_row(const FailIf& condition, const Axis& places) {
  std::vector<std::string_view> names;
  for (std::size_t row = 0; row < places.size(); ++row) {
    if (std::to_string(places.codes[row]) == *condition.place) return row;
    for (const auto* labels : {&places.labels_zh, &places.labels_en}) {
      if (labels->empty()) continue;
      if ((*labels)[row] == *condition.place) return row;
      names.push_back((*labels)[row]);
    }
  }
  refuse(condition.text,
         fmt::format("no place is called '{}'{}", *condition.place, suggestion(*condition.place, names)));
}

}  // namespace

FailIf parse_fail_if(const std::string& text) {
  const std::string form = "expected QUANTITY(INDICATOR[, YEAR][, PLACE]) < NUMBER";
  FailIf made;
  made.text = text;
  const std::size_t open = text.find('('), close = text.find(')');
  if (open == std::string::npos || close == std::string::npos || close < open) refuse(text, form);
  made.quantity = trimmed(std::string_view{text}.substr(0, open));
  if (std::ranges::find(quantities, made.quantity) == quantities.end()) {
    refuse(text, fmt::format("unknown quantity '{}'{}", made.quantity, suggestion(made.quantity, quantities)));
  }
  const auto parts = parts_of(std::string_view{text}.substr(open + 1, close - open - 1));
  made.indicator = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto number = parse_integer(parts[i]);
    auto& to = number && *number < 10'000 ? made.year : made.place;  // codes of places have six digits
    if (to || parts[i].empty()) refuse(text, form);
    to = parts[i];
  }
  const std::string rest = trimmed(std::string_view{text}.substr(close + 1));
  for (const std::string_view sign : {"<=", ">=", "<", ">"}) {
    if (!rest.starts_with(sign)) continue;
    made.comparison = sign;
    const std::string bound = trimmed(std::string_view{rest}.substr(sign.size()));
    const auto value = parse_number(bound);
    if (!value) refuse(text, fmt::format("'{}' is not a number", bound));
    made.bound = *value;
    return made;
  }
  refuse(text, form);
}

std::vector<std::string> failures(const FailIf& condition, const ComparisonRequest& request, const Shown& shown) {
  ComparisonRequest asked = request;
  asked.indicators = {condition.indicator};
  asked.years.clear();
  if (condition.year) asked.years = {*condition.year};
  asked.by.clear();
  if (condition.place) asked.by = {"place"};
  const Comparison made = compare(asked);
  std::optional<std::size_t> place;
  if (condition.place) place = place_row(condition, made.by.front());
  std::vector<std::string> lines;
  bool judged = false;
  for (const ComparedRow& row : made.rows) {
    if (place ? row.cell != std::vector{*place} : !row.cell.empty()) continue;
    judged = true;
    const double value = quantity_of(condition, row.contrast, shown);
    const std::string& scenario = made.scenarios[row.scenario].label;
    if (std::isnan(value)) refuse(condition.text, fmt::format("it has no value in '{}'", scenario));
    if (holds(value, condition)) lines.push_back(fmt::format("{}: {} (it is {})", scenario, condition.text, value));
  }
  if (!judged) refuse(condition.text, fmt::format("'{}' is for the province alone", condition.indicator));
  return lines;
}

}  // namespace luohu
