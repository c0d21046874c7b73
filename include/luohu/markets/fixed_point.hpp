#pragma once
// The fixed point x = F(x) of markets that answer each other, by damped steps.

#include <functional>
#include <string_view>
#include <vector>

namespace luohu {

struct FixedPointRules {
  double damping = 0.5;      ///< part of each step that is taken, in (0, 1]
  double tolerance = 1e-12;  ///< largest |F(x) − x| accepted, relative to max(1, |x|)
  int most_rounds = 200;
};

struct FixedPoint {
  std::vector<double> x;
  int rounds = 0;  ///< evaluations of F
};

using Map = std::function<std::vector<double>(const std::vector<double>&)>;

/// x ← x + damping (F(x) − x) from `start` until every |F(x) − x| is within the tolerance; then F(x). `what` names
/// the unknowns in the message ("rents"). Throws Error{input} if that takes more than `most_rounds`
/// evaluations or a value is not finite: the parameters then describe markets that do not clear.
[[nodiscard]] FixedPoint damped_fixed_point(std::string_view what, std::vector<double> start, const Map& map,
                                            const FixedPointRules& rules = {});

}  // namespace luohu
