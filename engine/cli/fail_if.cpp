#include "fail_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "condition.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

constexpr std::array<std::string_view, 8> quantities{"difference", "percent",    "ratio",    "low",
                                                     "high",       "half_width", "baseline", "scenario"};

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw Error{ExitCode::usage, fmt::format("--fail-if '{}': {}", text, why)};
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

}  // namespace

FailIf parse_fail_if(const std::string& text) {
  const std::string form = "expected QUANTITY(INDICATOR[, YEAR][, PLACE]) < NUMBER";
  const auto condition = parse_condition(text);
  if (!condition) refuse(text, form);
  FailIf made;
  made.text = text;
  made.quantity = condition->quantity;
  if (std::ranges::find(quantities, made.quantity) == quantities.end()) {
    refuse(text, fmt::format("unknown quantity '{}'{}", made.quantity, suggestion(made.quantity, quantities)));
  }
  const std::vector<std::string>& parts = condition->parts;
  made.indicator = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto number = parse_integer(parts[i]);
    auto& to = number && *number < 10'000 ? made.year : made.place;  // codes of places have six digits
    if (to || parts[i].empty()) refuse(text, form);
    to = parts[i];
  }
  made.comparison = condition->comparison;
  const auto value = parse_number(condition->bound);
  if (!value) refuse(text, fmt::format("'{}' is not a number", condition->bound));
  made.bound = *value;
  return made;
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
  if (condition.place) {
    place = place_row(*condition.place, made.by.front());
    if (!place) refuse(condition.text, no_such_place(*condition.place, made.by.front()));
  }
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
