#pragma once
// Random walks in the unit cube, with steps as wide as what they are to explore.

#include <span>
#include <vector>

#include "chance.hpp"
#include "luohu/inference/design.hpp"

namespace luohu {

[[nodiscard]] bool in_cube(std::span<const double> point);

class Walk {
 public:
  /// Steps with the covariance of `points`, shrunk by 2.38²/d (Roberts, Gelman & Gilks 1997).
  explicit Walk(const Design& points);
  [[nodiscard]] std::vector<double> step(const std::vector<double>& from, Chance& chance) const;

 private:
  std::vector<std::vector<double>> factor_;  ///< lower triangle of the steps' covariance
};

}  // namespace luohu
