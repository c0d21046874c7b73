#pragma once
// What data can say of parameters before they are looked at: the Fisher information of data simulated at one point.

#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/inference/calibration.hpp"

namespace luohu {

/// A parameter, or a direction, counts as identified if the data halve its standard deviation at least.
inline constexpr double identified_below = 0.5;

struct Identifiability {
  /// [parameter] standard deviation after the data over that before.
  std::vector<double> deviation;
  Grid<double, 2> correlation;  ///< [parameter][parameter] after the data
  /// Orthogonal directions of the cube, the best known first.
  struct Direction {
    double deviation = 1;            ///< after the data over before
    std::vector<double> components;  ///< [parameter] squares sum to 1
  };
  std::vector<Direction> directions;
};

/// From central differences of `step` about `point`, inwards at the walls of the cube, in replicates 0 and 1. `extra`:
/// variance of the simulation in every number. Before the data every parameter is uniform, with a variance of 1/12.
[[nodiscard]] Identifiability identifiability(const Evaluate& evaluate, const ErrorModel& errors,
                                              const std::vector<double>& point, double step,
                                              std::span<const double> extra);

}  // namespace luohu
