// A comparison for programs: CSV and JSON, unrounded.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "comparison_output.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

/// One column: its name and its value, null where there is none.
using Fields = std::vector<std::pair<std::string, Json>>;

Json real(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

template <class T>
Json maybe(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// "all", or the code or identifier; named axes have their names beside it.
void add_axis(Fields& fields, const Axis& axis, std::optional<std::size_t> row) {
  const bool coded = !axis.codes.empty();
  if (!row) {
    fields.emplace_back(axis.name, "all");
  } else if (coded) {
    fields.emplace_back(axis.name, axis.codes[*row]);
  } else {
    fields.emplace_back(axis.name, axis.ids[*row]);
  }
  if (!coded) return;
  const auto& names = axis.labels_zh;
  fields.emplace_back(axis.name + "_name", row && !names.empty() ? Json(names[*row]) : Json(""));
}

void add_cell(Fields& fields, const Comparison& comparison, const ComparedRow& row) {
  bool by_place = false;
  for (const Axis& axis : comparison.by) by_place = by_place || axis.name == "place";
  if (!by_place) {
    fields.emplace_back("place", "all");
    fields.emplace_back("place_name", "");
  }
  for (std::size_t a = 0; a < comparison.by.size(); ++a) {
    add_axis(fields, comparison.by[a], row.cell.empty() ? std::nullopt : std::optional{row.cell[a]});
  }
}

Fields fields_of(const Comparison& comparison, const ComparedRow& row, const Shown& shown) {
  const Contrast& of = row.contrast;
  const auto interval = interval_of(of, shown.effect, shown.confidence);
  const bool beside = shown.unpaired && row.unpaired;
  const auto unpaired = beside ? interval_of(*row.unpaired, shown.effect, shown.confidence) : std::nullopt;
  const auto low = [](const std::optional<Interval>& i) { return i ? real(i->low) : Json(nullptr); };
  const auto high = [](const std::optional<Interval>& i) { return i ? real(i->high) : Json(nullptr); };
  const bool noise = verdict(of, shown.confidence) == "noise";
  const auto reduction = beside ? variance_reduction(of) : std::nullopt;
  Fields fields{{"scenario", comparison.scenarios[row.scenario].label},
                {"indicator", row.indicator->name},
                {"unit", row.indicator->unit},
                {"year", row.year}};
  add_cell(fields, comparison, row);
  const Fields numbers{
      {"baseline", real(of.baseline)},
      {"scenario_value", real(of.scenario)},
      {"difference", real(of.difference())},
      {"low", low(interval)},
      {"high", high(interval)},
      {"percent", real(of.percent())},
      {"ratio", real(of.ratio())},
      {"interval_of", name_of(shown.effect)},
      {"confidence", shown.confidence},
      {"pairing", of.pairing == Pairing::paired ? "paired" : "unpaired"},
      {"verdict", verdict(of, shown.confidence)},
      {"replicates", of.scenario_n},
      {"baseline_replicates", of.baseline_n},
      {"replicates_needed", noise ? maybe(replicates_needed(of, shown.confidence)) : Json(nullptr)},
      {"unpaired_low", low(unpaired)},
      {"unpaired_high", high(unpaired)},
      {"variance_reduction", reduction ? real(*reduction) : Json(nullptr)},
  };
  fields.insert(fields.end(), numbers.begin(), numbers.end());
  if (comparison.over_draws) {
    const auto draws = range_of_draws(row, shown.effect, shown.confidence);
    const Fields over_draws{{"draws", row.draws.size()}, {"draws_low", low(draws)}, {"draws_high", high(draws)}};
    fields.insert(fields.end(), over_draws.begin(), over_draws.end());
  }
  return fields;
}

std::string csv_value(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_number_float()) return number_text(value.get<double>());
  return value.is_string() ? csv_field(value.get<std::string>()) : value.dump();
}

Json scenario_json(const ComparedScenario& scenario) {
  Json differs = Json::array();
  for (const DifferingValue& value : scenario.differs) {
    differs.push_back({{"what", value.what}, {"change", value.change}, {"tag", value.tag}, {"source", value.source}});
  }
  return {{"id", scenario.label},
          {"title", {{"zh", scenario.title_zh}, {"en", scenario.title_en}}},
          {"pairing", scenario.pairing == Pairing::paired ? "paired" : "unpaired"},
          {"why_unpaired", scenario.why_unpaired},
          {"differs", differs}};
}

}  // namespace

std::string comparison_csv(const Comparison& comparison, const Shown& shown) {
  std::string text;
  for (const ComparedRow& row : comparison.rows) {
    std::vector<std::string> names, values;
    for (const auto& [name, value] : fields_of(comparison, row, shown)) {
      names.push_back(name);
      values.push_back(csv_value(value));
    }
    if (text.empty()) text = fmt::format("{}\n", fmt::join(names, ","));
    text += fmt::format("{}\n", fmt::join(values, ","));
  }
  return text;
}

std::string comparison_json(const Comparison& comparison, const Shown& shown) {
  Json json{{"baseline",
             {{"id", comparison.baseline.label},
              {"title", {{"zh", comparison.baseline.title_zh}, {"en", comparison.baseline.title_en}}}}},
            {"scenarios", Json::array()},
            {"notes", comparison.notes},
            {"results", Json::array()}};
  for (const ComparedScenario& scenario : comparison.scenarios) json["scenarios"].push_back(scenario_json(scenario));
  for (const ComparedRow& row : comparison.rows) {
    Json result;
    for (auto& [name, value] : fields_of(comparison, row, shown)) result[name] = value;
    json["results"].push_back(std::move(result));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace luohu
