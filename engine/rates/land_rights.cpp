#include "luohu/rates/land_rights.hpp"

#include <algorithm>
#include <cmath>

namespace luohu {

double land_income(Holding holding, double rights_kept, const Parameters& c) {
  switch (holding) {
    case Holding::farmed:
      return c.land_income;
    case Holding::rented_out:
      return c.land_use_away * c.land_income;
    case Holding::kept:
      break;
  }
  return rights_kept * c.land_use_away * c.land_income;
}

double land_lost_by_settling(double rights_kept, double exit_price, const Parameters& c) {
  return std::max(0.0, c.land_present_value - std::max(rights_kept * c.land_present_value, exit_price));
}

double land_exit_hazard(double rights_kept, double exit_price, const Parameters& c) {
  if (exit_price <= 0) return 0;
  // odds = (price / value kept)^response; written so that a value of 0 gives certainty and no 0/0.
  const double price = std::pow(exit_price, c.land_exit_response);
  const double value = std::pow(rights_kept * c.land_present_value, c.land_exit_response);
  return c.land_exit_rate * price / (price + value);
}

}  // namespace luohu
