#include "luohu/markets/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

/// Largest difference relative to max(1, |x|); not finite where a difference is not.
double distance(const std::vector<double>& x, const std::vector<double>& image) {
  double largest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double gap = std::abs(image[i] - x[i]) / std::max(1.0, std::abs(x[i]));
    if (!std::isfinite(gap)) return gap;
    largest = std::max(largest, gap);
  }
  return largest;
}

[[noreturn]] void no_fixed_point(std::string_view what, int rounds, double gap, double tolerance) {
  throw Error{ExitCode::input, std::string{what} + " do not settle: after " + std::to_string(rounds) +
                                   " rounds they still change by " + number_text(gap) + " (tolerance " +
                                   number_text(tolerance) +
                                   "); check the parameters of the groups 'labour' and 'housing'"};
}

}  // namespace

FixedPoint damped_fixed_point(std::string_view what, std::vector<double> start, const Map& map,
                              const FixedPointRules& rules) {
  LUOHU_EXPECT(rules.damping > 0 && rules.damping <= 1);
  FixedPoint point{std::move(start), 0};
  for (;;) {
    std::vector<double> image = map(point.x);
    LUOHU_EXPECT(image.size() == point.x.size());
    ++point.rounds;
    const double gap = distance(point.x, image);
    if (gap <= rules.tolerance) return {std::move(image), point.rounds};
    if (!std::isfinite(gap) || point.rounds >= rules.most_rounds) {
      no_fixed_point(what, point.rounds, gap, rules.tolerance);
    }
    for (std::size_t i = 0; i < image.size(); ++i) point.x[i] += rules.damping * (image[i] - point.x[i]);
  }
}

}  // namespace luohu
