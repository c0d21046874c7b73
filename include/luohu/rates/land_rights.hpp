#pragma once
// What rural land is worth to the people registered where it lies (model equation 2): while they farm it, while they
// are away, and once they settle elsewhere or are paid to give it up.

#include <cstdint>

#include "luohu/rates/parameters.hpp"

namespace luohu {

/// How a person registered in the countryside relates to their land.
enum class Holding : std::uint8_t {
  farmed,      ///< lives at home
  rented_out,  ///< lives elsewhere
  kept,        ///< has registered elsewhere and keeps the share `rights_kept`, rented out
};
/// Yearly land income, share of mean urban income. `rights_kept` (0 … 1) matters after settling alone.
[[nodiscard]] double land_income(Holding holding, double rights_kept, const Parameters& parameters);

/// What a holder of rural land loses by settling, in years of urban income: the present value of the rights
/// less what is kept or, if more, the price of a paid exit (years of urban income; 0: none is offered).
[[nodiscard]] double land_lost_by_settling(double rights_kept, double exit_price, const Parameters& parameters);
/// Yearly hazard of giving up land rights for `exit_price` (years of urban income), for a holder whose
/// rights would otherwise be kept to the share `rights_kept`: `land_exit_rate` times a logistic function of
/// the log price over the log value kept. 0 without a price.
[[nodiscard]] double land_exit_hazard(double rights_kept, double exit_price, const Parameters& parameters);

}  // namespace luohu
