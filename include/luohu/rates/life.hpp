#pragma once
// Vital rates as yearly probabilities, the age schedule of migration, and unobserved mobility.

#include <array>
#include <cstdint>
#include <vector>

#include "luohu/places/tables.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Probability of at least one event in a year under a constant hazard: 1 − exp(−hazard).
[[nodiscard]] double probability_within_year(double hazard);

/// Age last birthday at the start of the year, held to the tables' oldest.
[[nodiscard]] constexpr std::size_t table_age(int age) {
  return static_cast<std::size_t>(age < 0 ? 0 : (age > oldest_age ? oldest_age : age));
}

/// Hazard of death over the year for someone aged x at its start: half a year at age x and half at
/// x + 1. The year of birth is lived by nobody in the model, so its half-year of infant mortality is
/// charged to age 0: m0 + m1 / 2.
[[nodiscard]] double death_hazard(const Grid<double, 2>& mortality, Sex sex, std::size_t age);

/// Thresholds on a 32-bit draw, [place][sex][age at start of year], for one year.
[[nodiscard]] Grid<std::uint64_t, 3> death_thresholds(const VitalTables& vital, std::size_t places, Year year);
/// Thresholds on a 32-bit draw, [place][age at start of year], for one year. Women at external nodes
/// have the province's rates times `external_factor`.
[[nodiscard]] Grid<std::uint64_t, 2> birth_thresholds(const VitalTables& vital, std::size_t places, Year year,
                                                      double external_factor);

/// Rogers & Castro (1981) seven-parameter schedule of the hazard to move, with a student peak at
/// 17–19 (Wilson 2010); year-1, before the factors of a person.
[[nodiscard]] double move_schedule(const Parameters& c, int age);

/// Means of the `bands` equally likely classes of a Gamma distribution with mean 1 and this
/// variance: quantised frailty. Their mean is 1 (to rounding); variance 0 gives ones.
[[nodiscard]] std::vector<double> frailty_classes(double variance, std::size_t bands);

}  // namespace luohu
