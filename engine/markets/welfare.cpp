#include "luohu/markets/welfare.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/core/error.hpp"

namespace luohu {

double expected_utility(double stay, double logsum) {
  return std::max(stay, logsum) + std::log1p(std::exp(-std::abs(stay - logsum)));
}

double welfare_change_of_one(double share, double delta, double kappa) {
  LUOHU_EXPECT(kappa > 0 && share >= 0 && share <= 1);
  return std::log1p(share * std::expm1(delta)) / kappa;
}

double welfare_change(double before, double after, double kappa) {
  LUOHU_EXPECT(kappa > 0);
  return (after - before) / kappa;
}

double income_equivalent(double welfare_change) {
  return std::expm1(welfare_change);
}

}  // namespace luohu
