#include "luohu/scenario/recorded.hpp"

#include "toml_reader.hpp"

namespace luohu {
namespace {

using reading::Node;

std::string text_of(const Node& table, std::string_view key) {
  const Node* value = table.find(key);
  return value != nullptr ? value->text : "";
}

RecordedMeasure measure_of(const Node& table) {
  RecordedMeasure measure{text_of(table, "id"), {}, {}, text_of(table, "lever"), {}, true};
  if (const Node* number = table.find("number")) measure.number = static_cast<int>(number->number);
  if (const Node* title = table.find("title")) measure.title = {text_of(*title, "zh"), text_of(*title, "en")};
  if (const Node* enabled = table.find("enabled")) measure.enabled = enabled->flag;
  if (const Node* places = table.find("place")) {
    for (const Node& place : places->items) measure.places.push_back(place.text);
  }
  return measure;
}

}  // namespace

std::vector<RecordedMeasure> recorded_measures(std::string_view scenario_text) {
  const reading::SourceFile file{};
  reading::Findings ignored;  // a text that is not TOML tells nothing of measures
  std::vector<RecordedMeasure> measures;
  const auto scenario = reading::parse_toml(scenario_text, file, ignored);
  const Node* list = scenario ? scenario->find("measure") : nullptr;
  if (list == nullptr) return measures;
  for (const Node& table : list->items) measures.push_back(measure_of(table));
  return measures;
}

}  // namespace luohu
