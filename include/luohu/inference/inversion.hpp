#pragma once
// Amenities from what people did: the attractiveness that incomes, rents, distance and acquaintances
// leave unexplained, found by a damped fixed point on the model's first year.

#include <cstdint>
#include <functional>

#include "luohu/core/grid.hpp"
#include "luohu/scenario/targets.hpp"
#include "luohu/schedule/simulation.hpp"

namespace luohu {

struct InversionOptions {
  Seed seed;
  std::int64_t scale = 1;  ///< persons an agent stands for
  int rounds = 100;        ///< at most
  double tolerance = 500;  ///< persons a year, largest error of a zone; the sampling noise of the flow bounds it below
};

struct Inversion {
  Grid<double, 2> amenity;  ///< [z][youth, other], utility units; mean of `other` over the province's zones 0
  double worst = 0;         ///< persons a year, largest error of a zone in the last round
  double worst_youth = 0;   ///< persons a year, largest error of a prefecture at ages 15–24
  int rounds = 0;           ///< simulated
};

/// `people` makes the population of the base year. Youth and other ages of a prefecture differ by the same
/// amount in its towns and countryside; at an external node not at all. Every round the amenity of a zone moves
/// by its error over the persons whom it would move, at most a quarter of a unit.
[[nodiscard]] Inversion invert_amenity(const Model& model, const NetMigration& target, const InversionOptions& options,
                                       const std::function<Population()>& people);

}  // namespace luohu
