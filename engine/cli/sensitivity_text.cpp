// What a sensitivity analysis found, for people and for programs.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "sensitivity.hpp"
#include "text_table.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

/// Everything that any form of the answer shows.
struct Answer {
  const LoadedExperiment& experiment;
  const SensitivityPlan& plan;
  const std::vector<SubjectSensitivity>& found;

  [[nodiscard]] const Scenario& scenario() const { return experiment.scenarios.back(); }
};

std::string method_id(const SensitivityPlan& plan) {
  return std::string{method_ids[static_cast<std::size_t>(plan.method)]};
}

std::string place_id(const Answer& a, const Subject& subject) {
  return subject.prefecture ? a.experiment.tables->places.rows()[*subject.prefecture].id : "";
}

std::string factor_id(const SensitivityPlan& plan, const FactorEffect& effect) {
  return effect.parameter ? std::string{plan.ranges[*effect.parameter].parameter->name} : "seed";
}

std::string factor_name(const SensitivityPlan& plan, const FactorEffect& effect) {
  if (!effect.parameter) return "seed 随机种子";
  const ParameterInfo& parameter = *plan.ranges[*effect.parameter].parameter;
  return fmt::format("{} {}", parameter.name, parameter.title_zh);
}

/// Four significant digits.
std::string significant(double value) {
  if (std::isnan(value)) return "-";
  if (value == 0) return "0";
  const int decimals = 3 - static_cast<int>(std::floor(std::log10(std::abs(value))));
  if (decimals >= 0) return fmt::format("{:.{}f}", value, std::min(decimals, 8));
  const double unit = std::pow(10.0, -decimals);
  return fmt::format("{:.0f}", std::round(value / unit) * unit);
}

std::string share(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.3f}", value);
}

std::string with_half_width(const FactorStatistic& of, bool sign) {
  const std::string value = (sign && of.value > 0 ? "+" : "") + significant(of.value);
  return std::isnan(of.high) ? value : fmt::format("{} ± {}", value, significant((of.high - of.low) / 2));
}

std::string with_bounds(const FactorStatistic& of) {
  return std::isnan(of.high) ? share(of.value)
                             : fmt::format("{} [{}, {}]", share(of.value), share(of.low), share(of.high));
}

std::vector<std::string> headings(const SensitivityPlan& plan) {
  switch (plan.method) {
    case Method::morris:
      return {"factor", "mu*", "mu", "sigma"};
    case Method::sobol:
      return {"factor", "total index", "first-order index"};
    case Method::oat:
      break;
  }
  std::vector<std::string> of_levels{"factor", "spread"};
  for (std::size_t level = 0; level < plan.levels; ++level) {
    of_levels.push_back(
        fmt::format("at {:.0f} %", 100 * static_cast<double>(level) / static_cast<double>(plan.levels - 1)));
  }
  return of_levels;
}

std::vector<std::string> row(const SensitivityPlan& plan, const FactorEffect& effect) {
  std::vector<std::string> cells{factor_name(plan, effect)};
  for (const FactorStatistic& of : effect.statistics) {
    cells.push_back(plan.method == Method::sobol ? with_bounds(of)
                                                 : with_half_width(of, of.name == "mu" || of.name == "change"));
  }
  cells.resize(headings(plan).size());
  return cells;
}

std::string unit_of(const Answer& a, const Subject& subject) {
  return a.plan.against_baseline && subject.outcome->unit == "%" ? "percentage points" : subject.outcome->unit;
}

TextTable effects_table(const Answer& a, std::size_t index) {
  const Subject& subject = a.plan.subjects[index];
  const SubjectSensitivity& found = a.found[index];
  std::string title = fmt::format(
      "{} ({}){}: {} at the scenario's own values", title_of(subject, a.experiment.tables->places), unit_of(a, subject),
      a.plan.against_baseline ? ", difference from " + a.experiment.scenarios.front().id : "",
      significant(found.reference));
  if (found.spread) {
    const Spread& s = *found.spread;
    title += fmt::format("; over the ranges mean {}, standard deviation {}, 5-95 % {} to {}", significant(s.mean),
                         significant(s.deviation), significant(s.low), significant(s.high));
  }
  if (found.noise_share) title += fmt::format("; chance is {:.1f} % of the variance", 100 * *found.noise_share);
  TextTable table{title, headings(a.plan), {}};
  for (const FactorEffect& effect : found.factors) table.rows.push_back(row(a.plan, effect));
  return table;
}

std::string short_number(double value) {
  return fmt::format("{:.6g}", value);
}

TextTable ranges_table(const SensitivityPlan& plan, const Parameters& own) {
  TextTable table{"ranges", {"parameter", "lower", "upper", "scenario", "unit", "spread evenly in", "range"}, {}};
  for (const ParameterRange& range : plan.ranges) {
    table.rows.push_back({fmt::format("{} {}", range.parameter->name, range.parameter->title_zh),
                          short_number(range.lower), short_number(range.upper),
                          short_number(own.*range.parameter->field), std::string{range.parameter->unit},
                          range.log ? "logarithm" : "value",
                          range.named ? "named" : fmt::format("own value ± {:.0f} %", 100 * default_spread)});
  }
  return table;
}

std::string design_text(const SensitivityPlan& plan) {
  switch (plan.method) {
    case Method::morris:
      return fmt::format("Morris, {} trajectories", plan.trajectories);
    case Method::sobol:
      return fmt::format("Sobol', {} points", plan.points);
    case Method::oat:
      return fmt::format("one at a time, {} levels", plan.levels);
  }
  return "";
}

std::string for_people(const Answer& a, std::string (*print)(const TextTable&)) {
  const Scenario& scenario = a.scenario();
  std::string text =
      fmt::format("{}{}: {}, {} parameters and the seed, {}-{}, scale 1:{}, seed {}, {} replicate(s){}\n\n",
                  scenario.id, a.plan.against_baseline ? " against " + a.experiment.scenarios.front().id : "",
                  design_text(a.plan), a.plan.ranges.size(), scenario.first_year, scenario.last_year, a.plan.scale,
                  a.plan.seed, a.plan.replicates, a.plan.flows ? ", amenities inverted at every point" : "");
  text += print(ranges_table(a.plan, scenario.parameters));
  for (std::size_t s = 0; s < a.plan.subjects.size(); ++s) text += print(effects_table(a, s));
  return text;
}

std::string number_or_nothing(double value) {
  return std::isnan(value) ? "" : number_text(value);
}

/// Ids hold no comma and no quote.
std::string csv(const Answer& a) {
  std::string text = "outcome,place,unit,factor,statistic,at,value,low,high\n";
  for (std::size_t s = 0; s < a.plan.subjects.size(); ++s) {
    const Subject& subject = a.plan.subjects[s];
    const SubjectSensitivity& found = a.found[s];
    const auto add = [&](const std::string& factor, const std::string& statistic, const std::string& at, double value,
                         double low, double high) {
      text += fmt::format("{},{},{},{},{},{},{},{},{}\n", subject.outcome->name, place_id(a, subject),
                          a.plan.method == Method::sobol && !factor.empty() ? "1" : subject.outcome->unit, factor,
                          statistic, at, number_or_nothing(value), number_or_nothing(low), number_or_nothing(high));
    };
    const double none = std::nan("");
    add("", "reference", "", found.reference, none, none);
    if (found.spread) {
      add("", "mean", "", found.spread->mean, found.spread->low, found.spread->high);
      add("", "deviation", "", found.spread->deviation, none, none);
    }
    for (const FactorEffect& effect : found.factors) {
      for (const FactorStatistic& of : effect.statistics) {
        add(factor_id(a.plan, effect), of.name, of.at ? number_text(*of.at) : "", of.value, of.low, of.high);
      }
    }
  }
  return text;
}

Json number_or_null(double value) {
  return std::isnan(value) ? Json(nullptr) : Json(value);
}

Json json_of(const Answer& a, std::size_t index) {
  const Subject& subject = a.plan.subjects[index];
  const SubjectSensitivity& found = a.found[index];
  Json factors = Json::array();
  for (const FactorEffect& effect : found.factors) {
    Json statistics = Json::array();
    for (const FactorStatistic& of : effect.statistics) {
      statistics.push_back({{"name", of.name},
                            {"at", of.at ? Json(*of.at) : Json(nullptr)},
                            {"value", number_or_null(of.value)},
                            {"low", number_or_null(of.low)},
                            {"high", number_or_null(of.high)}});
    }
    factors.push_back({{"factor", factor_id(a.plan, effect)}, {"statistics", statistics}});
  }
  const std::string place = place_id(a, subject);
  Json result{{"outcome", subject.outcome->name},
              {"place", place.empty() ? Json(nullptr) : Json(place)},
              {"unit", subject.outcome->unit},
              {"reference", found.reference}};
  if (found.spread) {
    const Spread& s = *found.spread;
    result["spread"] = {{"mean", s.mean}, {"deviation", s.deviation}, {"low", s.low}, {"high", s.high}};
  }
  result["noise_share"] = found.noise_share ? Json(*found.noise_share) : Json(nullptr);
  result["factors"] = factors;
  return result;
}

std::string json(const Answer& a) {
  const Scenario& scenario = a.scenario();
  Json ranges = Json::array();
  for (const ParameterRange& range : a.plan.ranges) {
    ranges.push_back({{"parameter", range.parameter->name},
                      {"title", {{"zh", range.parameter->title_zh}, {"en", range.parameter->title_en}}},
                      {"unit", range.parameter->unit},
                      {"lower", range.lower},
                      {"upper", range.upper},
                      {"log", range.log},
                      {"named", range.named},
                      {"scenario", scenario.parameters.*range.parameter->field}});
  }
  Json results = Json::array();
  for (std::size_t s = 0; s < a.plan.subjects.size(); ++s) results.push_back(json_of(a, s));
  Json answer{{"scenario", scenario.id},
              {"baseline", a.plan.against_baseline ? Json(a.experiment.scenarios.front().id) : Json(nullptr)},
              {"method", method_id(a.plan)},
              {"design", design_text(a.plan)},
              {"first_year", scenario.first_year},
              {"last_year", scenario.last_year},
              {"scale", a.plan.scale},
              {"replicates", a.plan.replicates},
              {"seed", std::to_string(a.plan.seed)},
              {"level", interval_level},
              {"inverted", a.plan.flows.has_value()},
              {"ranges", ranges},
              {"results", results}};
  return answer.dump(2) + "\n";
}

}  // namespace

std::string ranges_text(const SensitivityPlan& plan, const Parameters& own) {
  return plain_text(ranges_table(plan, own));
}

std::string sensitivity_text(const LoadedExperiment& experiment, const SensitivityPlan& plan,
                             const std::vector<SubjectSensitivity>& found, const std::string& format) {
  const Answer answer{experiment, plan, found};
  if (format == "csv") return csv(answer);
  if (format == "json") return json(answer);
  return for_people(answer, format == "markdown" ? markdown_text : plain_text);
}

}  // namespace luohu
