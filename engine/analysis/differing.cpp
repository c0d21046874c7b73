#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

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

/// The value itself: "start 2021.5"; only what was said, not what was left at its default.
std::string part_text(const ProvenanceEntry& row) {
  const std::string what = subject(row.key);
  const std::string part = row.key.size() > what.size() ? row.key.substr(what.size() + 1) + " " : "";
  const bool a_date = part == "start ";
  return part + (a_date ? number_text(row.value) : with_unit(row.value, row.unit));
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::vector<DifferingValue> differing_values(const Experiment& baseline_of, const std::string& baseline,
                                             const Experiment& scenario_of, const std::string& scenario) {
  const Rows before = rows_of(baseline_of, baseline), after = rows_of(scenario_of, scenario);
  std::vector<DifferingValue> differing;
  std::map<std::string, std::vector<std::string>> parts;
  const auto add = [&](const ProvenanceEntry& row, std::string part) {
    const std::string what = subject(row.key);
    if (!parts.contains(what)) differing.push_back({what, "", row.tag, row.source});
    parts[what].push_back(std::move(part));
  };
  for (const ProvenanceEntry* row : after) {
    const ProvenanceEntry* old = row_with(before, row->key);
    if (old == nullptr && row->origin != "default") add(*row, part_text(*row));
    if (old != nullptr && old->value != row->value) {
      add(*row, fmt::format("{} -> {}", part_text(*old), with_unit(row->value, row->unit)));
    }
  }
  for (DifferingValue& value : differing) value.change = joined(parts[value.what]);
  for (const ProvenanceEntry* row : before) {
    if (row_with(after, row->key) != nullptr || parts.contains(subject(row->key))) continue;
    parts[subject(row->key)] = {};
    differing.push_back({subject(row->key), "not in this scenario", row->tag, row->source});
  }
  return differing;
}

}  // namespace luohu::analysis
