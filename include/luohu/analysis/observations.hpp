#pragma once
// The numbers of one results file as they are, replicate by replicate, to be written out for other programs.

#include <filesystem>
#include <string>
#include <vector>

#include "luohu/analysis/groups.hpp"
#include "luohu/results/experiment.hpp"
#include "luohu/tabulate/indicators.hpp"

namespace luohu {

/// What to take. Names are as the user gave them; each that is not known is an Error{usage} with a suggestion.
struct ObservationRequest {
  std::filesystem::path file;
  std::vector<std::string> scenarios;   ///< empty: all
  std::vector<std::string> indicators;  ///< empty: the headline of a comparison; one may be "all"
  std::vector<std::string> years;       ///< empty or "all": all
  std::vector<std::string> by;          ///< axes of the split, or "group"; empty: the province alone
  std::vector<PlaceGroup> groups;       ///< rows of "group"
};

/// One number of one scenario.
struct Observation {
  std::size_t scenario = 0;  ///< of `Observations::scenarios`
  const Indicator* indicator = nullptr;
  int year = 0;
  std::vector<std::size_t> cell;  ///< row of each axis of the split; empty: the whole province
  std::vector<double> runs;       ///< [draw × replicates + replicate]; NaN where it is not defined

  [[nodiscard]] double mean() const;  ///< over all runs
};

struct Observations {
  std::string source;  ///< program and version that made the results
  std::vector<ScenarioEntry> scenarios;
  std::vector<Axis> by;
  std::size_t draws = 1, replicates = 1;
  std::vector<Observation> rows;  ///< by scenario, indicator, split or not, year, cell
  std::vector<std::string> notes;
};

/// Throws Error{environment} for a file that cannot be read or is unfinished, Error{usage} for what is not in it.
[[nodiscard]] Observations observe(const ObservationRequest& request);

}  // namespace luohu
