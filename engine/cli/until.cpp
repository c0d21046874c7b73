#include "until.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "condition.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/inference/interval.hpp"
#include "luohu/inference/stopping.hpp"

namespace luohu {
namespace {

constexpr double level = 0.95;

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw Error{ExitCode::usage, fmt::format("--until '{}': {}", text, why)};
}

const Indicator& indicator_of(const Precision& wanted, const std::string& name) {
  if (const Indicator* found = indicator_named(name)) return *found;
  std::vector<std::string_view> names;
  for (const Indicator& indicator : indicators()) names.push_back(indicator.name);
  refuse(wanted.text, fmt::format("no indicator is called '{}'{}", name, suggestion(name, names)));
}

bool in_percent(const Indicator& indicator) {
  return indicator.unit == "%" || indicator.unit == "points";
}

/// "0.05pp", "1 %", "200": the number and what it is in.
void read_bound(Precision& wanted, std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789.eE-+");
  const auto number = parse_number(text.substr(0, std::min(end, text.find(' '))));
  if (!number) refuse(wanted.text, fmt::format("'{}' is not a number with a unit, such as 0.05pp, 1% or 200", text));
  if (!(*number > 0) || std::isinf(*number))
    refuse(wanted.text, fmt::format("a half-width of {} is never reached", text));
  wanted.bound = *number;
  const std::size_t unit_at = end == std::string_view::npos ? end : text.find_first_not_of(' ', end);
  const std::string_view unit = unit_at == std::string_view::npos ? "" : text.substr(unit_at);
  const Indicator& of = *wanted.indicator;
  if (unit == "pp" && !in_percent(of)) {
    refuse(wanted.text, fmt::format("{} is in '{}', not in percent; leave pp out, or write % for a share of the value",
                                    of.name, of.unit));
  }
  if (unit == "%" && in_percent(of)) {
    refuse(wanted.text, fmt::format("{} is itself in percent; write pp for percentage points", of.name));
  }
  if (!unit.empty() && unit != "pp" && unit != "%" && unit != of.unit) {
    refuse(wanted.text, fmt::format("'{}' is no unit of {}; write {}, or nothing for '{}'", unit, of.name,
                                    in_percent(of) ? "pp" : "% of the value", of.unit));
  }
  wanted.relative = unit == "%";
}

}  // namespace

Precision parse_precision(const std::string& text) {
  const std::string form = "expected CI(INDICATOR[@PLACE], YEAR) < NUMBER[pp|%]";
  Precision wanted;
  wanted.text = text;
  const auto condition = parse_condition(text);
  if (!condition || condition->parts.size() != 2 || condition->parts[0].empty()) refuse(text, form);
  if (condition->quantity != "CI") refuse(text, fmt::format("'{}' is not CI; {}", condition->quantity, form));
  if (condition->comparison != "<") refuse(text, "only < makes sense; " + form);
  const std::string& named = condition->parts[0];
  const std::size_t at = named.find('@');
  if (at != std::string::npos) wanted.place = named.substr(at + 1);
  wanted.indicator = &indicator_of(wanted, named.substr(0, at));
  const auto year = parse_integer(condition->parts[1]);
  if (!year) refuse(text, fmt::format("'{}' is not a year; {}", condition->parts[1], form));
  wanted.year = static_cast<int>(std::clamp<std::int64_t>(*year, -1, 10'000));
  read_bound(wanted, condition->bound);
  return wanted;
}

Until::Until(std::vector<Precision> wanted, const Experiment& experiment) : experiment_{experiment} {
  const auto baseline = std::ranges::find(experiment.scenarios, experiment.baseline, &ScenarioEntry::id);
  baseline_ = static_cast<std::size_t>(baseline - experiment.scenarios.begin());
  for (Precision& one : wanted) {
    if (one.year < experiment.first_year || one.year > experiment.last_year) {
      refuse(one.text, fmt::format("the run has the years {} to {}", experiment.first_year, experiment.last_year));
    }
    if (const auto missing = lacking(*one.indicator, experiment.layout)) {
      refuse(one.text, fmt::format("the results have no {}", *missing));
    }
    Series series;
    std::vector<std::string> by;
    if (one.place) {
      if (!one.indicator->splits_by("place"))
        refuse(one.text, fmt::format("{} is for the province alone", one.indicator->name));
      const Axis& places = experiment.layout.axis("place");
      const auto row = place_row(*one.place, places);
      if (!row) refuse(one.text, no_such_place(*one.place, places));
      series.cell = *row;
      by = {"place"};
    }
    series.evaluation = std::make_shared<Evaluation>(*one.indicator, experiment.layout, std::move(by));
    series.values.resize(experiment.scenarios.size());
    series.wanted = std::move(one);
    series_.push_back(std::move(series));
  }
}

void Until::add(std::size_t scenario, const std::vector<YearRecord>& years) {
  for (Series& series : series_) {
    const YearRecord& record = years[static_cast<std::size_t>(series.wanted.year - experiment_.first_year)];
    YearValues values = year_values(experiment_.layout, record);
    const double value = (*series.evaluation)(values)[series.cell];
    if (std::isnan(value)) {
      refuse(series.wanted.text, fmt::format("it has no value in '{}'", experiment_.scenarios[scenario].id));
    }
    series.values[scenario].push_back(value);
  }
}

/// The scenarios whose difference to the baseline is bounded; the only one where there is no other.
std::vector<std::size_t> Until::judged() const {
  std::vector<std::size_t> others;
  for (std::size_t s = 0; s < experiment_.scenarios.size(); ++s) {
    if (s != baseline_) others.push_back(s);
  }
  return others.empty() ? std::vector{baseline_} : others;
}

std::vector<double> Until::samples(const Series& of, std::size_t scenario) const {
  std::vector<double> samples = of.values[scenario];
  if (scenario == baseline_) return samples;
  const std::vector<double>& before = of.values[baseline_];
  samples.resize(std::min(samples.size(), before.size()));
  for (std::size_t r = 0; r < samples.size(); ++r) samples[r] -= before[r];
  return samples;
}

double Until::bound(const Series& of) const {
  if (!of.wanted.relative) return of.wanted.bound;
  return of.wanted.bound / 100 * std::abs(mean_interval(of.values[baseline_], level).mean);
}

bool Until::reached() const {
  return std::ranges::all_of(series_, [&](const Series& series) {
    return std::ranges::all_of(
        judged(), [&](std::size_t scenario) { return precise(samples(series, scenario), level, bound(series)); });
  });
}

std::string Until::report() const {
  std::string text;
  for (const Series& series : series_) {
    for (const std::size_t scenario : judged()) {
      const std::vector<double> known = samples(series, scenario);
      const double half = mean_interval(known, level).half_width;
      text += fmt::format("{}: {} {} ({:.4g} {}) after {} replicates\n", series.wanted.text,
                          experiment_.scenarios[scenario].id,
                          half < bound(series) ? "is known" : "is not known well enough", half,
                          series.wanted.indicator->unit, known.size());
    }
  }
  return text;
}

}  // namespace luohu
