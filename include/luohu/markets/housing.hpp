#pragma once
// Rents of towns (model equation 4), relative to the base year. Residents spend the share alpha_h of their
// income on housing; supply rises with rent (eps) and land (omega).

#include <limits>
#include <span>
#include <vector>

#include "luohu/rates/parameters.hpp"

namespace luohu {

inline constexpr double no_rent_ceiling = std::numeric_limits<double>::infinity();

/// One town's housing market; factors on the base year.
struct TownHousing {
  double wage_bill = 1;
  double land = 1;
  double stock = 1;                       ///< dwellings at a given rent and land
  double supply_elasticity = 0.75;        ///< eps
  double rent_ceiling = no_rent_ceiling;  ///< highest rent allowed
};

/// Factor on the base-year rent at which the market clears for this income, a factor too:
/// (income / (stock · land^omega))^(1 / (1 + eps)).
[[nodiscard]] double rent_factor(double income, const TownHousing& town, const Parameters& parameters);
/// Factor on the base-year stock of dwellings: stock · rent^eps · land^omega.
[[nodiscard]] double dwellings_factor(double rent, const TownHousing& town, const Parameters& parameters);

struct TownRent {
  double rent = 1;
  double income = 1;     ///< of residents: wages and the rents paid to local landlords
  double dwellings = 1;  ///< stock
};

/// Rents and incomes of towns as a damped fixed point: part of the rents (`local_landlords`) is income of
/// residents of the same town, of which alpha_h is spent on housing again. Rents paid are rent × dwellings,
/// which a ceiling holds down. Without a ceiling the answer is income = wage bill. Throws Error{input} if
/// the rents do not settle.
[[nodiscard]] std::vector<TownRent> clear_rents(std::span<const TownHousing> towns, const Parameters& parameters);

}  // namespace luohu
