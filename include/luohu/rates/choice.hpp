#pragma once
// Hazard × logit: who is drawn away from where they live, and where to (model equations 7–9).
//
// A cell is (zone of residence o, zone of registration h, education e, age band b). Everyone in a
// cell faces the same utilities, so the tables are built once a year and a mover costs one draw.

#include <array>
#include <cstdint>
#include <vector>

#include "luohu/places/tables.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Age bands in which amenities differ: children, youth (study and first job), adults, from 45 on.
inline constexpr std::size_t age_bands = 4;
[[nodiscard]] constexpr std::size_t age_band(int age) {
  return age < 15 ? 0 : (age < 25 ? 1 : (age < 45 ? 2 : 3));
}
/// Age at which each band looks at incomes to come: its middle, of 45 to 60 for the last; children move for their
/// parents' sake, who are of the third. An assumption, and of no effect unless `migration.income_horizon` is on.
inline constexpr std::array<double, age_bands> age_of_band{35, 20, 35, 52.5};

/// How places differ from the base year: what markets and measures make of incomes, rents, amenities and travel.
/// Empty: not at all.
struct Conditions {
  Grid<double, 3> wage;               ///< [zone][education][standing], factor on income
  std::vector<double> rent;           ///< [zone], factor
  std::vector<double> amenity;        ///< [zone], added, utility units
  std::vector<double> travel;         ///< [place], factor on the time between two places: the larger of both holds
  std::vector<double> travel_within;  ///< [place], factor on the time between countryside and town
};

/// What people choose on this year. `wedge`: share of income lost by living there unregistered, 0 … 1.
struct ChoiceInputs {
  const Places& places;
  const EconomyTables& economy;
  const Parameters& parameters;
  const Grid<double, 2>& wedge;        ///< [p][e], as a newcomer expects it
  const Grid<std::int64_t, 2>& stock;  ///< [registered place][zone of residence], persons
  Conditions conditions = {};
  Grid<double, 2> base_wedge = {};  ///< [p][e] of the base year, which an iceberg cost keeps; empty: as `wedge`
};

class ChoiceTables {
 public:
  ChoiceTables() = default;
  /// Utilities of every cell and zone. O(zones³ × education × bands) additions, zones² exponentials.
  explicit ChoiceTables(const ChoiceInputs& inputs);

  [[nodiscard]] std::size_t zones() const { return zones_; }
  [[nodiscard]] std::size_t cells() const { return zones_ * zones_ * education_levels * age_bands; }
  [[nodiscard]] std::size_t cell(std::size_t home, std::size_t registered, std::size_t education,
                                 std::size_t band) const {
    return ((home * zones_ + registered) * education_levels + education) * age_bands + band;
  }

  /// Advantage of leaving: ν (IV − V), the log factor on the exit hazard before normalisation.
  [[nodiscard]] double pull(std::size_t cell) const { return pull_[cell]; }
  /// Destination of a mover: inverts the cumulative logit probabilities with a uniform 32-bit word.
  /// Never the zone of residence.
  [[nodiscard]] std::size_t destination(std::size_t cell, std::uint32_t word) const;
  /// Logit probability of moving to `zone`, given a move.
  [[nodiscard]] double share(std::size_t cell, std::size_t zone) const;
  /// Expected maximum utility over the alternatives to staying (the logsum).
  [[nodiscard]] double logsum(std::size_t cell) const { return logsum_[cell]; }

 private:
  std::size_t zones_ = 0;
  std::vector<std::uint32_t> cumulative_;  ///< [cell][zone], upper ends; the last reachable one is 2^32 − 1
  std::vector<double> pull_;
  std::vector<double> logsum_;
};

/// Per-period elasticity of flows that gives the stock elasticity kappa: kappa / (1 + nu), because a
/// stationary stock of a hazard–logit model is proportional to exp((1 + nu) V).
[[nodiscard]] double flow_elasticity(const Parameters& parameters);

}  // namespace luohu
