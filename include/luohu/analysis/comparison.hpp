#pragma once
// Scenarios against a baseline, within one results file or across several: which measures differ, and by how much each
// indicator, with its noise.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "luohu/analysis/groups.hpp"
#include "luohu/analysis/statistics.hpp"
#include "luohu/results/reader.hpp"
#include "luohu/tabulate/indicators.hpp"

namespace luohu {

/// What to compare. Names are as the user gave them; each that is not known is an Error{usage} with a suggestion.
struct ComparisonRequest {
  std::vector<std::filesystem::path> files;
  std::optional<std::string> baseline;  ///< else what the first file calls its baseline
  std::vector<std::string> scenarios;   ///< empty: all but the baseline
  std::vector<std::string> indicators;  ///< empty: the headline; one may be "all"
  std::vector<std::string> years;       ///< empty: the last of all files; one may be "all"
  std::vector<std::string> by;          ///< axes of the split, or "group"; empty: the province alone
  std::vector<PlaceGroup> groups;       ///< rows of "group"
  bool with_itself = false;             ///< a scenario that has nothing beside it is compared with itself, not refused
};

/// One value of a measure, or a parameter's own, in which two scenarios differ.
struct ChangedPart {
  std::string name;              ///< of a measure: "value", "start", "schedule.2021.5"; empty of a parameter
  std::optional<double> before;  ///< in the baseline, if it has it
  double value = 0;
  std::string unit;  ///< UDUNITS; empty of a date
};

/// A measure or value on which two scenarios differ.
struct DifferingValue {
  std::string what;    ///< "measure.one-stop", or a parameter's key
  std::string change;  ///< "multiply 1.2, start 2021.5, ramp 3 year", or "1.5 -> 2"
  std::string tag;     ///< where the number comes from
  std::string source;
  std::vector<ChangedPart> parts;  ///< what `change` says; empty if the scenario does not have it
};

/// One scenario of one file.
struct ComparedScenario {
  std::string label;  ///< its id; "id@file" if several files have it
  std::string title_zh, title_en;
  Pairing pairing = Pairing::paired;
  std::string why_unpaired;             ///< empty if paired
  std::vector<DifferingValue> differs;  ///< from the baseline
};

/// One draw of the parameters: means over its replicates.
struct DrawMeans {
  double baseline = 0, scenario = 0;
};

/// One number of one scenario against the baseline.
struct ComparedRow {
  std::size_t scenario = 0;  ///< of `Comparison::scenarios`
  const Indicator* indicator = nullptr;
  int year = 0;
  std::vector<std::size_t> cell;     ///< row of each axis of the split; empty: the whole province
  Contrast contrast;                 ///< paired wherever it can be
  std::optional<Contrast> unpaired;  ///< the same replicates without their pairing; nothing if `contrast` is unpaired
  std::vector<DrawMeans> draws;      ///< empty if there is one draw, or if draws are not the same in both
};

struct Comparison {
  ComparedScenario baseline;
  std::vector<ComparedScenario> scenarios;
  std::vector<Axis> by;
  std::vector<ComparedRow> rows;  ///< by scenario, indicator, year: the province, then the split in the axes' order
  std::vector<std::string> notes;
  std::size_t replicates = 0;  ///< of the baseline
  bool over_draws = false;     ///< some row has draws
};

/// Axes by which some indicator may be split, in the order of the registry.
[[nodiscard]] std::vector<std::string_view> split_axes();
/// Indicators shown when none is asked for.
[[nodiscard]] std::span<const std::string_view> headline_indicators();

/// Throws Error{environment} for a file that cannot be read or is unfinished, Error{usage} for what is not in the
/// files.
[[nodiscard]] Comparison compare(const ComparisonRequest& request);

}  // namespace luohu
