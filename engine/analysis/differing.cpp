#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "luohu/core/text.hpp"
#include "sources.hpp"

namespace luohu::analysis {
namespace {

constexpr std::string_view measure_prefix = "measure.";

using Rows = std::vector<const ProvenanceEntry*>;

Rows rows_of(const Experiment& experiment, const std::string& scenario) {
  Rows rows;
  for (const ProvenanceEntry& entry : experiment.provenance) {
    if (entry.scenario == scenario) rows.push_back(&entry);
  }
  return rows;
}

const ProvenanceEntry* row_with(const Rows& rows, const std::string& key) {
  const auto found = std::ranges::find(rows, key, &ProvenanceEntry::key);
  return found == rows.end() ? nullptr : *found;
}

/// "measure.one-stop" of "measure.one-stop.start"; any other key is its own.
std::string subject(const std::string& key) {
  return key.starts_with(measure_prefix) ? key.substr(0, key.find('.', measure_prefix.size())) : key;
}

std::string with_unit(double value, const std::string& unit) {
  return unit.empty() || unit == "1" ? number_text(value) : fmt::format("{} {}", number_text(value), unit);
}

ChangedPart part_of(const ProvenanceEntry& row, std::optional<double> before) {
  const std::string what = subject(row.key);
  const std::string name = row.key.size() > what.size() ? row.key.substr(what.size() + 1) : "";
  const bool a_date = name == "start";
  return {name, before, row.value, a_date ? "" : row.unit};
}

/// "start 2021.5", or "ramp 3 year -> 5 year".
std::string text_of(const ChangedPart& part) {
  const std::string name = part.name.empty() ? "" : part.name + " ";
  const std::string before = part.before ? with_unit(*part.before, part.unit) + " -> " : "";
  return name + before + with_unit(part.value, part.unit);
}

std::string text_of(const std::vector<ChangedPart>& parts) {
  std::vector<std::string> texts;
  std::ranges::transform(parts, std::back_inserter(texts), [](const ChangedPart& part) { return text_of(part); });
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

std::vector<DifferingValue> differing_values(const Experiment& baseline_of, const std::string& baseline,
                                             const Experiment& scenario_of, const std::string& scenario) {
  const Rows before = rows_of(baseline_of, baseline), after = rows_of(scenario_of, scenario);
  std::vector<DifferingValue> differing;
  const auto add = [&](const ProvenanceEntry& row, std::optional<double> old) {
    auto value = std::ranges::find(differing, subject(row.key), &DifferingValue::what);
    if (value == differing.end()) {
      value = differing.insert(value, {subject(row.key), "", row.tag, row.source, {}});
    }
    value->parts.push_back(part_of(row, old));
  };
  for (const ProvenanceEntry* row : after) {
    const ProvenanceEntry* old = row_with(before, row->key);
    // Only what was said, not what was left at its default.
    if (old == nullptr && row->origin != "default") add(*row, std::nullopt);
    if (old != nullptr && old->value != row->value) add(*row, old->value);
  }
  for (DifferingValue& value : differing) value.change = text_of(value.parts);
  for (const ProvenanceEntry* row : before) {
    const std::string what = subject(row->key);
    const bool is_known = std::ranges::find(differing, what, &DifferingValue::what) != differing.end();
    if (row_with(after, row->key) != nullptr || is_known) continue;
    differing.push_back({what, "not in this scenario", row->tag, row->source, {}});
  }
  return differing;
}

}  // namespace luohu::analysis
