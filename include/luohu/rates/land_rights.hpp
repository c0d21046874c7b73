#pragma once
// What rural land is worth to the people registered where it lies (model equation 2), once they settle elsewhere.

#include "luohu/rates/parameters.hpp"

namespace luohu {

/// True if a paid exit at this price (years of urban income; 0: none is offered) is worth more to a settler than the
/// share `rights_kept` (0 … 1) of the rights.
[[nodiscard]] bool takes_paid_exit(double rights_kept, double exit_price, const Parameters& parameters);

/// What a holder of rural land loses by settling, in years of urban income: the present value of the rights
/// less what is kept or, if it is more, the price of a paid exit.
[[nodiscard]] double land_lost_by_settling(double rights_kept, double exit_price, const Parameters& parameters);

}  // namespace luohu
