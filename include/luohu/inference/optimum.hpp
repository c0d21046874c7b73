#pragma once
// The lowest point of a function that gives no derivatives.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace luohu {

struct Optimum {
  std::vector<double> point;
  double value = 0;
  std::size_t evaluations = 0;
};

/// In the unit cube, from `start` with first steps of `step`, until steps fall below `precision` or `most` evaluations
/// are spent: BOBYQA (Powell 2009), in one dimension COBYLA (Powell 1994). What `function` throws ends the search.
[[nodiscard]] Optimum minimum_in_cube(const std::function<double(std::span<const double>)>& function,
                                      std::vector<double> start, double step, double precision, std::size_t most);

}  // namespace luohu
