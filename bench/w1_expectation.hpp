#pragma once
// What W1 must give: the deterministic multistate projection of its probabilities, and how far a
// simulation is from it.

#include <vector>

#include "w1.hpp"

namespace luohu::bench {

/// Expected counts of a start population of one person.
struct W1Expectation {
  Grid<double, 3> people;  ///< [place][age group][registered elsewhere] after the last year
  Grid<double, 2> moves;   ///< [origin][destination], all years
  double deaths = 0, births = 0, person_years = 0;
};
/// Projects place × registration × sex × age, exactly but for rounding.
[[nodiscard]] W1Expectation expect_w1(const W1Parameters& parameters, int years);

/// Distances in units of their standard error. Each |z| and each χ²/df − 1 in units of √(2/df) is about
/// standard normal if the simulation is right.
struct W1Agreement {
  double z_people = 0, z_deaths = 0, z_births = 0, z_moves = 0, z_elsewhere = 0;
  double chi2_moves = 0, chi2_people = 0;  ///< per degree of freedom: OD flows; place × age × registration
  std::size_t df_moves = 0, df_people = 0;

  [[nodiscard]] double worst_z() const;
};
[[nodiscard]] W1Agreement compare(const W1Expectation& expected, const std::vector<W1Year>& years, std::size_t people);

}  // namespace luohu::bench
