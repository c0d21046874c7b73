#include "luohu/rates/horizon.hpp"

#include <algorithm>
#include <cmath>

namespace luohu {

double working_annuity(double rho, double age) {
  const double years = std::max(0.0, working_life_end - age);
  return rho > 0 ? -std::expm1(-rho * years) / rho : years;
}

double horizon_factor(const Parameters& c, double age) {
  const double share =
      working_annuity(c.income_discount, age) / working_annuity(c.income_discount, horizon_reference_age);
  return 1 + c.income_horizon * (share - 1);
}

}  // namespace luohu
