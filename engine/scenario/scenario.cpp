#include "luohu/scenario/scenario.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "feedbacks_reader.hpp"
#include "fields.hpp"
#include "groups.hpp"
#include "layers.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "measures_reader.hpp"
#include "parameters_reader.hpp"
#include "scenario_text.hpp"
#include "tables_reader.hpp"

namespace luohu {
namespace reading {
namespace {

class ScenarioReader {
 public:
  ScenarioReader(const std::filesystem::path& path, std::span<const Override> overrides)
      : layers_{read_layers(path, findings_)} {
    scenario_.path = path;
    apply_overrides(layers_, overrides, findings_);
  }

  /// A resolved scenario, over tables that are where `tables` says.
  ScenarioReader(const std::string& text, const std::string& name, std::filesystem::path tables)
      : tables_{std::move(tables)} {
    layers_.overrides.kind = Node::Kind::table;
    const SourceFile& file = findings_.open({name, name, lines_of(text)});
    auto root = parse_toml(text, file, findings_);
    findings_.throw_if_any();
    if (const Node* extends = root->find("extends")) {
      findings_.add(extends->at, "'extends' stands in a resolved scenario, which is whole");
      findings_.throw_if_any();
    }
    layers_.all.push_back({name, std::move(*root)});
    scenario_.path = name;
  }

  Scenario read() {
    read_names();
    read_years();
    const LoadedTables loaded = read_tables_named();
    if (loaded.has_places) check_path(loaded.tables.vital);
    PlaceFinder places{loaded.tables.places, findings_};
    FeedbacksReader feedbacks{findings_};
    ParametersReader parameters{findings_};
    MeasuresReader measures{places, scenario_.first_year, findings_};
    for_each_layer("groups", [&](const Node& node) { places.add_groups(node); });
    for_each_layer("feedbacks", [&](const Node& node) { feedbacks.add(node); });
    for_each_layer("parameters", [&](const Node& node) { parameters.add(node); });
    for_each_layer("measure", [&](const Node& node) { measures.add(node); });
    findings_.throw_if_any();
    fill(places, feedbacks, parameters, measures);
    scenario_.text = scenario_text(scenario_, places.groups(), loaded.tables.places);
    return std::move(scenario_);
  }

 private:
  template <class Visit>
  void for_each_layer(std::string_view key, Visit&& visit) const {
    for (const Layer& layer : layers_.all) {
      if (const Node* node = layer.root.find(key)) visit(*node);
    }
    if (const Node* node = layers_.overrides.find(key)) visit(*node);
  }

  /// The value of the highest layer that has this key; a finding if none has.
  const Node* inherited(std::string_view key) {
    const Node* found = nullptr;
    for_each_layer(key, [&](const Node& node) { found = &node; });
    if (found == nullptr && layers_.complete) {
      findings_.add({layers_.all.back().root.at.file, 1, 1},
                    fmt::format("a scenario has no '{}'; add it, here or in a file it extends", key));
    }
    return found;
  }

  /// Every file is a scenario of its own, with its own id and title: neither is inherited.
  void read_names() {
    for (const Layer& layer : layers_.all) {
      const Fields fields{layer.root,
                          "a scenario",
                          {"id", "extends", "title", "tables", "first_year", "last_year", "groups", "feedbacks",
                           "parameters", "measure"},
                          findings_};
      if (const Node* id = fields.required("id")) scenario_.id = identifier(*id, findings_).value_or("");
      if (const Node* title = fields.required("title")) scenario_.title = title_of(*title, findings_);
    }
  }

  /// Years of birth are kept from 1900 to 2154, and the base year has people of a hundred.
  static constexpr Range horizon{2000, 2154, "year"};

  Year read_year(std::string_view key) {
    const Node* node = inherited(key);
    const auto year = node == nullptr ? std::nullopt : whole_in(*node, key, horizon, findings_);
    if (!year) return 0;
    scenario_.resolved.push_back({std::string{key}, static_cast<double>(*year), "year", Tag::assumption,
                                  node->at.origin(), "the run's horizon"});
    return *year;
  }

  void read_years() {
    scenario_.first_year = read_year("first_year");
    scenario_.last_year = read_year("last_year");
    const bool known = scenario_.first_year != 0 && scenario_.last_year != 0;
    if (!known || scenario_.last_year > scenario_.first_year) return;
    findings_.add(inherited("last_year")->at, fmt::format("'last_year' is {} (must be after first_year, {})",
                                                          scenario_.last_year, scenario_.first_year));
    scenario_.last_year = 0;  // unknown: nothing is to be held against it
  }

  LoadedTables read_tables_named() {
    const Node* node = inherited("tables");
    if (node == nullptr || !is_kind(*node, "tables", Node::Kind::text, findings_)) return {};
    scenario_.tables = tables_;
    for (const Layer& layer : layers_.all) {
      if (tables_.empty() && layer.root.find("tables") == node)
        scenario_.tables = (layer.path.parent_path() / node->text).lexically_normal();
    }
    std::error_code failure;
    if (std::filesystem::is_directory(scenario_.tables, failure)) return load_tables(scenario_.tables, findings_);
    findings_.add(node->at,
                  fmt::format("'tables' is '{}' (no such folder: {})", node->text, scenario_.tables.generic_string()));
    return {};
  }

  void check_path(const VitalTables& vital) {
    if (vital.mortality_path.empty()) return;
    const Year path_end = vital.path_start + static_cast<Year>(vital.mortality_path.size()) - 1;
    if (const Year first = scenario_.first_year; first != 0 && first != vital.path_start) {
      findings_.add(inherited("first_year")->at,
                    fmt::format("'first_year' is {} (the tables are of {}: vital_path.csv begins there)", first,
                                vital.path_start));
    }
    if (const Year last = scenario_.last_year; last > path_end) {
      findings_.add(inherited("last_year")->at, fmt::format("'last_year' is {} (vital_path.csv covers {} to {})", last,
                                                            vital.path_start, path_end));
    }
  }

  void fill(const PlaceFinder& places, const FeedbacksReader& feedbacks, const ParametersReader& parameters,
            const MeasuresReader& measures) {
    scenario_.feedbacks = feedbacks.feedbacks();
    scenario_.parameters = parameters.parameters();
    scenario_.measures = measures.measures();
    for (const Group& group : places.groups()) {
      if (group.recognises_credit) scenario_.groups.push_back({group.id, group.members});
    }
    auto& resolved = scenario_.resolved;
    resolved.insert(resolved.end(), feedbacks.resolved().begin(), feedbacks.resolved().end());
    resolved.insert(resolved.end(), parameters.resolved().begin(), parameters.resolved().end());
    resolved.insert(resolved.end(), measures.resolved().begin(), measures.resolved().end());
  }

  Findings findings_;
  std::filesystem::path tables_;  ///< of a resolved scenario; else its files say
  Layers layers_;
  Scenario scenario_;
};

}  // namespace
}  // namespace reading

Scenario read_scenario(const std::filesystem::path& path, std::span<const Override> overrides) {
  return reading::ScenarioReader{path, overrides}.read();
}

Scenario read_resolved(const std::string& text, const std::string& name, const std::filesystem::path& tables) {
  Scenario scenario = reading::ScenarioReader{text, name, tables}.read();
  // The text names the tables from where its file was; nothing else depends on that.
  const auto apart_from_tables = [](std::string_view of) {
    std::vector<std::string> lines = lines_of(of);
    std::erase_if(lines, [](const std::string& line) { return line.starts_with("tables = "); });
    return lines;
  };
  if (apart_from_tables(scenario.text) != apart_from_tables(text)) {
    throw Error{ExitCode::input, fmt::format("{}: means something else to this version of luohu", name)};
  }
  scenario.text = text;
  return scenario;
}

}  // namespace luohu
