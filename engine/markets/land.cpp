#include "luohu/markets/land.hpp"

#include <algorithm>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

// Classes of the five-ministry opinion of 2016, m² of town land a head.
constexpr double tight_town = 100;
constexpr double ample_town = 150;

}  // namespace

double land_quota(double land_per_head, const Parameters& c) {
  if (land_per_head <= tight_town) return c.land_quota_tight;
  return land_per_head <= ample_town ? c.land_quota_middle : c.land_quota_ample;
}

double core_share(const Place& place, double town_residents) {
  if (place.city_proper <= megacity) return 0;
  return std::min(1.0, place.city_proper / town_residents);
}

double next_land(const LandYear& year, const Parameters& c) {
  LUOHU_EXPECT(year.town_residents > 0);
  const double quota = land_quota(year.land / year.town_residents, c);
  const double settlers = static_cast<double>(year.settled) * (1 - year.core);
  return year.land + (1 - year.reserve) * c.land_growth * year.base_land + year.tied * quota * settlers;
}

}  // namespace luohu
