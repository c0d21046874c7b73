#pragma once
// A hindcast against what was counted: patterns P1–P14 with the bands set beforehand, with and without the
// capital, beside benchmarks that need no simulation.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "luohu/inference/benchmarks.hpp"
#include "luohu/inference/outcome.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// One line of a scorecard.
struct Score {
  std::string pattern;  ///< "P1"
  std::string name;
  std::string scope;            ///< "all", "without capital", "capital", "province", …
  std::optional<double> value;  ///< mean over the replicates; nothing where it cannot be computed
  double spread = 0;            ///< standard deviation between replicates; 0 for a single one
  std::string unit;
  std::string band;         ///< what was asked for beforehand, in words
  std::optional<bool> met;  ///< whether the value lies in the band, if there is one
  std::vector<std::pair<std::string, double>> benchmarks = {};
  std::string note = {};  ///< why there is no value, or what to know about it
  /// Quantiles 0.05 and 0.95 of the value over draws of the parameters, each draw the mean of its replicates.
  std::optional<std::pair<double, double>> over_draws = {};
};

struct Hindcast {
  Province province;
  const Parameters& parameters;
  std::vector<HindcastOutcome> replicates;
  std::vector<Benchmark> benchmarks;
};

[[nodiscard]] std::vector<Score> scorecard(const Hindcast& hindcast);

/// One scorecard of several, one for each draw: value and spread between replicates are means over the draws, with
/// `over_draws` beside them; a band is met if most draws meet it. Scores that some draw lacks have no value.
[[nodiscard]] std::vector<Score> scorecard_over_draws(const std::vector<std::vector<Score>>& draws);

/// Net migration over ten years by five-year age group from 10–14 on: `later` less the survivors of `earlier`.
/// Both [sex][census age group]; `survival` as in CensusTargets.
[[nodiscard]] std::vector<double> net_migration_by_age(const Grid<double, 2>& earlier, const Grid<double, 2>& later,
                                                       const Grid<double, 2>& survival);

}  // namespace luohu
