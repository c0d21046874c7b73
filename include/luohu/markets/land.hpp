#pragma once
// Town land, and what settlers add to it (model equation 5).

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

}  // namespace luohu
