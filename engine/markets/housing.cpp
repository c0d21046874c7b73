#include "luohu/markets/housing.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/core/error.hpp"
#include "luohu/markets/fixed_point.hpp"

namespace luohu {
namespace {

double income_factor(const TownHousing& town, double rent, const Parameters& c) {
  // Rents are alpha_h of base-year income, of which this part comes back.
  const double from_rents = c.local_landlords * c.housing_share;
  const double paid = rent * dwellings_factor(rent, town, c);
  return (1 - from_rents) * town.wage_bill + from_rents * paid;
}

}  // namespace

double rent_factor(double income, const TownHousing& town, const Parameters& c) {
  LUOHU_EXPECT(income > 0 && town.land > 0 && town.stock > 0);
  const double supply = town.stock * std::pow(town.land, c.housing_land_exponent);
  return std::pow(income / supply, 1 / (1 + town.supply_elasticity));
}

double dwellings_factor(double rent, const TownHousing& town, const Parameters& c) {
  return town.stock * std::pow(rent, town.supply_elasticity) * std::pow(town.land, c.housing_land_exponent);
}

std::vector<TownRent> clear_rents(std::span<const TownHousing> towns, const Parameters& c) {
  const auto next = [&](const std::vector<double>& rents) {
    std::vector<double> image;
    for (std::size_t p = 0; p < towns.size(); ++p) {
      const TownHousing& town = towns[p];
      const double income = income_factor(town, rents[p], c);
      const double clearing = rent_factor(income, town, c);
      image.push_back(std::min(clearing, town.rent_ceiling));
    }
    return image;
  };
  const FixedPoint point = damped_fixed_point("rents", std::vector<double>(towns.size(), 1.0), next);
  std::vector<TownRent> cleared;
  for (std::size_t p = 0; p < towns.size(); ++p) {
    const double rent = point.x[p];
    cleared.push_back({rent, income_factor(towns[p], rent, c), dwellings_factor(rent, towns[p], c)});
  }
  return cleared;
}

}  // namespace luohu
