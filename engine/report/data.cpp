// Everything that the page draws, from the files, in one JSON object.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

#include "blocks.hpp"
#include "encoding.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/policy/levers.hpp"
#include "luohu/policy/work_points.hpp"
#include "luohu/results/reader.hpp"
#include "luohu/scenario/recorded.hpp"
#include "supplements.hpp"

namespace luohu {
namespace {

using namespace report;

/// Shown for every place and year; the other indicators for the province alone.
constexpr std::array<std::string_view, 6> by_place_too{
    "rent", "coverage_school", "coverage_preschool", "coverage_health", "coverage_pension", "coverage_housing"};

std::vector<std::string> texts(std::span<const std::string_view> from) {
  return {from.begin(), from.end()};
}

std::vector<std::string> shown_by_place() {
  std::vector<std::string> names = texts(headline_indicators());
  for (const std::string_view name : by_place_too) names.emplace_back(name);
  return names;
}

/// The open files and what all of them have.
struct Results {
  explicit Results(const ReportRequest& request) {
    for (const auto& path : request.files) files.emplace_back(path);
    for (const ResultsFile& file : files) {
      const Experiment& of = file.experiment();
      layouts.push_back(&of.layout);
      first_year = std::max(first_year, of.first_year);
      last_year = std::min(last_year, of.last_year);
    }
    names.assign(request.files.begin(), request.files.end());
  }
  [[nodiscard]] const Experiment& first() const { return files.front().experiment(); }
  /// The experiment and entry that a comparison calls `label`.
  [[nodiscard]] std::pair<const Experiment*, const ScenarioEntry*> labelled(const std::string& label) const {
    for (std::size_t f = 0; f < files.size(); ++f) {
      const Experiment& of = files[f].experiment();
      for (const ScenarioEntry& entry : of.scenarios) {
        if (entry.id == label || fmt::format("{}@{}", entry.id, names[f].string()) == label) return {&of, &entry};
      }
    }
    throw InternalError{fmt::format("no file has the scenario '{}' that was compared", label)};
  }
  [[nodiscard]] std::vector<int> all_years() const {
    std::vector<int> years;
    for (int year = first_year; year <= last_year; ++year) years.push_back(year);
    return years;
  }

  std::vector<ResultsFile> files;
  std::vector<std::filesystem::path> names;
  std::vector<const Layout*> layouts;
  int first_year = std::numeric_limits<int>::min(), last_year = std::numeric_limits<int>::max();
};

Json axis_json(const Axis& axis) {
  Json rows = Json::array();
  for (std::size_t r = 0; r < axis.size(); ++r) {
    const std::string id = axis.codes.empty() ? axis.ids[r] : std::to_string(axis.codes[r]);
    rows.push_back({{"id", id},
                    {"en", axis.labels_en.empty() ? "" : axis.labels_en[r]},
                    {"zh", axis.labels_zh.empty() ? "" : axis.labels_zh[r]}});
  }
  return rows;
}

Json axes_json(const Layout& layout) {
  Json axes = Json::object();
  for (const char* name : {"place", "origin", "destination", "sex", "age_group", "route", "cost_item"}) {
    const auto found = std::ranges::find(layout.axes, name, &Axis::name);
    if (found != layout.axes.end()) axes[name] = axis_json(*found);
  }
  return axes;
}

Json files_json(const Results& results) {
  Json files = Json::array();
  for (std::size_t f = 0; f < results.files.size(); ++f) {
    const Experiment& of = results.files[f].experiment();
    files.push_back({{"name", results.names[f].filename().string()},
                     {"version", of.version},
                     {"method", of.expectation ? "expectation" : "simulation"},
                     {"first_year", of.first_year},
                     {"last_year", of.last_year},
                     {"replicates", of.replicates},
                     {"draws", of.draws},
                     {"scale", of.scale},
                     {"seed", std::to_string(of.seed)},
                     {"digest", fmt::format("{:016x}", results.files[f].digest())}});
  }
  return files;
}

Json indicators_json() {
  Json list = Json::array();
  for (const Indicator& indicator : indicators()) {
    list.push_back({{"name", indicator.name},
                    {"en", indicator.long_name},
                    {"zh", indicator.long_name_zh},
                    {"unit", indicator.unit},
                    {"definition", indicator.definition}});
  }
  return list;
}

/// [name, value of the baseline or null, value, unit], which the page says in its language; numbers as compare has.
Json part_json(const ChangedPart& part) {
  return {part.name, part.before ? Json(number_text(*part.before)) : Json(nullptr), number_text(part.value), part.unit};
}

/// What a value of a scenario is: of a measure its title, lever and places beside what the comparison says.
Json differing_json(const DifferingValue& value, const std::vector<RecordedMeasure>& measures) {
  Json made{{"what", value.what}, {"parts", Json::array()}, {"tag", value.tag}, {"source", value.source}};
  for (const ChangedPart& part : value.parts) made["parts"].push_back(part_json(part));
  const auto measure =
      std::ranges::find(measures, value.what, [](const RecordedMeasure& m) { return fmt::format("measure.{}", m.id); });
  if (measure == measures.end()) return made;
  if (measure->number) made["number"] = *measure->number;
  made["title"] = {{"zh", measure->title.zh}, {"en", measure->title.en}};
  const Lever* lever = find_lever(measure->lever);
  made["lever"] = {{"name", measure->lever},
                   {"zh", lever != nullptr ? lever->title_zh : measure->lever},
                   {"en", lever != nullptr ? lever->title_en : measure->lever}};
  made["places"] = measure->places;
  made["enabled"] = measure->enabled;
  return made;
}

/// Scenarios share most of their measures: each stands once, and scenarios point at it.
class Scenarios {
 public:
  Json add(const ComparedScenario& of, const std::vector<RecordedMeasure>& measures) {
    Json differs = Json::array();
    for (const DifferingValue& value : of.differs) {
      const Json made = differing_json(value, measures);
      const auto [entry, is_new] =
          known_.try_emplace(made.dump(-1, ' ', false, Json::error_handler_t::replace), values_.size());
      if (is_new) values_.push_back(made);
      differs.push_back(entry->second);
    }
    for (const RecordedMeasure& measure : measures) is_numbered_ = is_numbered_ || measure.number.has_value();
    return {{"id", of.label},
            {"en", of.title_en},
            {"zh", of.title_zh},
            {"pairing", of.pairing == Pairing::paired ? "paired" : "unpaired"},
            {"why_unpaired", of.why_unpaired},
            {"differs", differs},
            {"numbers", numbers_of(measures)}};
  }
  [[nodiscard]] const Json& values() const { return values_; }
  /// Whether a measure is one of a policy document's.
  [[nodiscard]] bool is_numbered() const { return is_numbered_; }

 private:
  static Json numbers_of(const std::vector<RecordedMeasure>& measures) {
    std::set<int> numbers;
    for (const RecordedMeasure& measure : measures) {
      if (measure.number && measure.enabled) numbers.insert(*measure.number);
    }
    return numbers;
  }
  std::map<std::string, std::size_t> known_;
  Json values_ = Json::array();
  bool is_numbered_ = false;
};

Json work_points_json() {
  Json list = Json::array();
  for (const WorkPoint& point : work_points()) {
    list.push_back({{"number", point.number},
                    {"zh", point.title_zh},
                    {"en", point.title_en},
                    {"treatment", name_of(point.treatment)},
                    {"effect", {{"zh", point.effect_zh}, {"en", point.effect_en}}}});
  }
  return list;
}

/// Parameters and feedbacks of the baseline; measures are told apart by scenario.
Json parameters_json(const Experiment& of, const std::string& scenario) {
  Json list = Json::array();
  for (const ProvenanceEntry& entry : of.provenance) {
    if (entry.scenario != scenario || entry.key.starts_with("measure.")) continue;
    list.push_back({entry.key, entry.value, entry.unit, entry.tag, entry.source});
  }
  return list;
}

Json inputs_json(const Experiment& of) {
  Json list = Json::array();
  for (const InputFile& input : of.inputs) list.push_back({input.name, input.sha256});
  return list;
}

/// Every table of numbers, by the name that the page knows it by; left out if nothing of it can be computed.
Json blocks_json(const ReportRequest& request, const Results& results) {
  const std::vector<int> all = results.all_years(), few = few_years(results.first_year, results.last_year);
  std::vector<int> few_and_base = few;
  if (few.front() != results.first_year) few_and_base.insert(few_and_base.begin(), results.first_year);
  const std::map<std::string, Block> wanted{
      {"places", {shown_by_place(), {"place"}, all}},
      {"flows", {{"moves"}, {"origin", "destination"}, few}},
      {"ages", {{"residents"}, {"sex", "age_group"}, few_and_base}},
      {"ages_by_place", {{"residents"}, {"place", "sex", "age_group"}, {results.last_year}}},
      {"routes", {{"settled"}, {"route"}, all}},
      {"routes_by_place", {{"settled"}, {"place", "route"}, {results.last_year}}},
      {"costs", {{"fiscal_cost"}, {"cost_item"}, all}},
      {"costs_by_place", {{"fiscal_cost"}, {"place", "cost_item"}, {results.last_year}}},
  };
  Json blocks = Json::object();
  for (auto [name, block] : wanted) {
    block.indicators = computable(block.indicators, block.by, results.layouts);
    if (!block.indicators.empty()) blocks[name] = packed_block(compared(request, block), block, request.confidence);
  }
  return blocks;
}

}  // namespace

std::string report_data(const ReportRequest& request) {
  const Results results{request};
  const Experiment& first = results.first();
  Block province{{}, {}, results.all_years()};
  for (const Indicator& indicator : indicators()) province.indicators.emplace_back(indicator.name);
  province.indicators = computable(province.indicators, {}, results.layouts);
  const Comparison comparison = compared(request, province);
  const auto described = [&](Scenarios& to, const ComparedScenario& scenario) {
    return to.add(scenario, recorded_measures(results.labelled(scenario.label).second->text));
  };
  Scenarios scenarios;
  Json others = Json::array();
  const bool is_alone = comparison.scenarios.front().label == comparison.baseline.label;
  const Json baseline = described(scenarios, comparison.baseline);
  for (const ComparedScenario& scenario : comparison.scenarios) others.push_back(described(scenarios, scenario));
  const auto [baseline_of, baseline_entry] = results.labelled(comparison.baseline.label);

  Json json{{"title", first.title},
            {"confidence", request.confidence},
            {"alone", is_alone},
            {"files", files_json(results)},
            {"years", results.all_years()},
            {"axes", axes_json(first.layout)},
            {"baseline", baseline},
            {"scenarios", others},
            {"indicators", indicators_json()},
            {"headline", computable(texts(headline_indicators()), {}, results.layouts)},
            {"province", packed_block(comparison, province, request.confidence)}};
  std::vector<std::string> with_bands = province.indicators;
  const std::vector<std::string> by_place = shown_by_place();
  std::erase_if(with_bands,
                [&](const std::string& name) { return std::ranges::find(by_place, name) == by_place.end(); });
  json["level_intervals"] = packed_level_intervals(comparison, with_bands, request.confidence);
  json.update(blocks_json(request, results));
  json["measures"] = scenarios.values();
  json["work_points"] = scenarios.is_numbered() ? work_points_json() : Json::array();
  json["parameters"] = parameters_json(*baseline_of, baseline_entry->id);
  json["inputs"] = inputs_json(*baseline_of);
  json["notes"] = comparison.notes;
  json["boundaries"] = boundaries_json(request.boundaries, first.layout.axis("place").codes);
  json["attribution"] = request.attribution ? attribution_json(*request.attribution) : Json(nullptr);
  json["scorecard"] = request.scorecard ? scorecard_json(*request.scorecard) : Json(nullptr);
  return script_safe(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace luohu
