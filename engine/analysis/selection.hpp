#pragma once
// What is taken from results files: indicators, years and splits as the user named them, and their values.

#include <memory>

#include "luohu/analysis/groups.hpp"
#include "luohu/tabulate/indicators.hpp"
#include "sources.hpp"

namespace luohu::analysis {

/// How values are taken apart.
struct Split {
  std::vector<std::string> by;     ///< axes of the results, and "group"; empty: the province alone
  std::vector<PlaceGroup> groups;  ///< rows of the axis "group", members as codes
  std::vector<Axis> axes;          ///< of `by`

  /// Throws Error{usage} for an axis that no indicator has, for places and groups at once, and for groups without any.
  Split(const Sources& sources, std::vector<std::string> by, const std::vector<PlaceGroup>& groups);
};

/// One evaluation: an indicator of the whole province (`by` empty) or split.
struct Task {
  const Indicator* indicator;
  std::vector<std::string> by;  ///< but for the group
  std::size_t cells = 1;
  std::shared_ptr<const Indicator> of_group;  ///< the indicator of the members alone, or null
  std::size_t group = 0, group_axis = 0;      ///< row of the group, and where in the split its axis is

  [[nodiscard]] const Indicator& evaluated() const { return of_group ? *of_group : *indicator; }
};

/// [task][year][cell][draw × replicates + replicate]
using Samples = std::vector<std::vector<std::vector<std::vector<double>>>>;

/// Indicators named, "all", or the headline if none is. Those named must be there; of those not named, notes say which
/// are not. Throws Error{usage}.
[[nodiscard]] std::vector<const Indicator*> chosen_indicators(const std::vector<std::string>& names,
                                                              const Sources& sources, std::vector<std::string>& notes);

/// Each indicator for the province, then split, group by group. Splits that an indicator does not have leave the
/// province alone, and a note says so. `split` must outlive the tasks.
[[nodiscard]] std::vector<Task> tasks_of(const std::vector<const Indicator*>& chosen, const Split& split,
                                         const Sources& sources, std::vector<std::string>& notes);

/// Row of each axis of the split that `cell` stands for.
[[nodiscard]] std::vector<std::size_t> rows_of_cell(const Task& task, const Layout& layout, std::size_t cell);

/// Every task in every year, draw and replicate of one scenario.
[[nodiscard]] Samples sampled(const Sources& sources, const SourceScenario& of, const std::vector<Task>& tasks,
                              const std::vector<int>& years);

/// The mean over draws of each replicate.
[[nodiscard]] std::vector<double> over_draws(const std::vector<double>& runs, std::size_t draws);

}  // namespace luohu::analysis
