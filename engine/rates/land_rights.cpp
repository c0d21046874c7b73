#include "luohu/rates/land_rights.hpp"

#include <algorithm>

namespace luohu {

bool takes_paid_exit(double rights_kept, double exit_price, const Parameters& c) {
  return exit_price > rights_kept * c.land_present_value;
}

double land_lost_by_settling(double rights_kept, double exit_price, const Parameters& c) {
  return std::max(0.0, c.land_present_value - std::max(rights_kept * c.land_present_value, exit_price));
}

}  // namespace luohu
