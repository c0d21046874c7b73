#pragma once
// Amenities from where people are: the attractiveness that incomes, rents, distance and acquaintances leave
// unexplained, found by a fixed point on the moves expected in the model's first year.

#include <cstdint>

#include "luohu/core/grid.hpp"
#include "luohu/population/population.hpp"
#include "luohu/scenario/targets.hpp"
#include "luohu/schedule/model.hpp"

namespace luohu {

struct InversionOptions {
  std::int64_t scale = 1;  ///< persons an agent stands for
  int rounds = 100;        ///< at most
  double tolerance = 500;  ///< persons a year, largest error of a zone or prefecture
};

struct Inversion {
  Grid<double, 2> amenity;  ///< [z][youth, other], utility units; mean of `other` over the province's zones 0
  double worst = 0;         ///< persons a year, largest error of a zone in the last round
  double worst_youth = 0;   ///< persons a year, largest error of a prefecture at ages 15–24
  int rounds = 0;
};

/// The amenities with which the moves expected in the first year agree with what is known of the base year: with the
/// net migration of zones where it was observed, else with stocks:
/// - towns: newcomers from other prefectures are shared as the residents registered in other counties are;
/// - external nodes: shared as the people of the province who live there, and as many as leave
///   `inversion.town_inflow` times the unregistered residents of towns to the province's towns; in both, those of the
///   capital count `inversion.capital_inflow` times;
/// - countryside: a prefecture's loses the same share of its people everywhere, together `inversion.countryside_loss`
///   times those registered there who live elsewhere.
/// At ages 15–24 net migration by prefecture is known either way. A surplus common to all places cannot be met by any
/// amenity: each is expected to have its part of it, by turnover.
/// Newcomers are people registered in the province, but not in the zone they come to. Youth and other ages of a
/// prefecture differ by the same amount in its towns and countryside; at an external node not at all.
/// `people` is the base year's population.
[[nodiscard]] Inversion invert_amenity(const Model& model, const NetMigration& known, const InversionOptions& options,
                                       const Population& people);

}  // namespace luohu
