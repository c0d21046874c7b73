#pragma once
// Town land tied to people who settle (model equation 5), and what rural land is worth to its holders (2).

#include <cstdint>

#include "luohu/places/places.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Residents of the urban districts above which a city is a 特大城市 (State Council 2014).
inline constexpr double megacity = 5'000'000;

/// m² of new town land for each settler in a town with this much land a head (m² per person): 100 up to
/// 100, 80 up to 150, 50 above, by default.
[[nodiscard]] double land_quota(double land_per_head, const Parameters& parameters);
/// Share of a prefecture's townspeople who live in the core of a megacity, where settling brings no land:
/// the urban districts' residents in `town_residents` of the base year; 0 for smaller cities.
[[nodiscard]] double core_share(const Place& place, double town_residents);

/// One year of a prefecture's town land.
struct LandYear {
  double land = 0;            ///< m² at the start of the year
  double base_land = 0;       ///< m² in the base year
  double town_residents = 0;  ///< persons at its end
  std::int64_t settled = 0;   ///< persons during the year
  double core = 0;            ///< share of townspeople in the core of a megacity
  double tied = 1;            ///< share of the quota per settler that is granted
  double reserve = 0;         ///< share of base growth set aside for villages
};
/// m² at the end of the year: base growth less the reserve, and the quota of those who settled outside the
/// core.
[[nodiscard]] double next_land(const LandYear& year, const Parameters& parameters);

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
