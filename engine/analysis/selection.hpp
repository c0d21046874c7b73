#pragma once
// What is taken from results files: indicators, years and splits as the user named them, and their values.

#include "luohu/tabulate/indicators.hpp"
#include "sources.hpp"

namespace luohu::analysis {

/// One evaluation: an indicator of the whole province (`by` empty) or split.
struct Task {
  const Indicator* indicator;
  std::vector<std::string> by;
  std::size_t cells = 1;
};

/// [task][year][cell][draw × replicates + replicate]
using Samples = std::vector<std::vector<std::vector<std::vector<double>>>>;

/// Indicators named, "all", or the headline if none is. Those named must be there; of those not named, notes say which
/// are not. Throws Error{usage}.
[[nodiscard]] std::vector<const Indicator*> chosen_indicators(const std::vector<std::string>& names,
                                                              const Sources& sources, std::vector<std::string>& notes);

/// Each indicator for the province, then split. Splits that an indicator does not have leave the province alone; by an
/// axis that none has is a mistake, an Error{usage}.
[[nodiscard]] std::vector<Task> tasks_of(const std::vector<const Indicator*>& chosen,
                                         const std::vector<std::string>& by, const Sources& sources,
                                         std::vector<std::string>& notes);

/// Row of each axis of the split that `cell` stands for.
[[nodiscard]] std::vector<std::size_t> rows_of_cell(const Task& task, const Layout& layout, std::size_t cell);

/// Every task in every year, draw and replicate of one scenario.
[[nodiscard]] Samples sampled(const Sources& sources, const SourceScenario& of, const std::vector<Task>& tasks,
                              const std::vector<int>& years);

/// The mean over draws of each replicate.
[[nodiscard]] std::vector<double> over_draws(const std::vector<double>& runs, std::size_t draws);

}  // namespace luohu::analysis
