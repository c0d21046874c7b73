#pragma once
// The answer of a run in a few lines, so that a newcomer sees what happened.

#include <string>
#include <vector>

#include "luohu/tabulate/indicators.hpp"

namespace luohu {

/// First and last simulated year of one scenario, averaged over replicates.
struct ScenarioAnswer {
  std::string id;
  std::string title;
  std::vector<Summary> base, first, last;  ///< [replicate]
};

/// Five lines a scenario: residents, urbanisation, registered urbanisation, settled, moves; beside the
/// change since the base year, the difference to the baseline scenario in the last.
[[nodiscard]] std::string answer_table(const std::vector<ScenarioAnswer>& answers, std::size_t baseline, int base_year,
                                       int last_year);

}  // namespace luohu
