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
  const double paid = rent * dwellings_factor(rent, town.land, town.supply_elasticity, c.housing_land_exponent);
  return (1 - from_rents) * town.wage_bill + from_rents * paid;
}

}  // namespace

double rent_factor(double income, double land, double supply_elasticity, double land_exponent) {
  LUOHU_EXPECT(income > 0 && land > 0);
  return std::pow(income / std::pow(land, land_exponent), 1 / (1 + supply_elasticity));
}

double dwellings_factor(double rent, double land, double supply_elasticity, double land_exponent) {
  return std::pow(rent, supply_elasticity) * std::pow(land, land_exponent);
}

std::vector<TownRent> clear_rents(std::span<const TownHousing> towns, const Parameters& c) {
  const auto next = [&](const std::vector<double>& rents) {
    std::vector<double> image;
    for (std::size_t p = 0; p < towns.size(); ++p) {
      const TownHousing& town = towns[p];
      const double income = income_factor(town, rents[p], c);
      const double clearing = rent_factor(income, town.land, town.supply_elasticity, c.housing_land_exponent);
      image.push_back(std::min(clearing, town.rent_ceiling));
    }
    return image;
  };
  const FixedPoint point = damped_fixed_point("rents", std::vector<double>(towns.size(), 1.0), next);
  std::vector<TownRent> cleared;
  for (std::size_t p = 0; p < towns.size(); ++p) {
    const double rent = point.x[p];
    cleared.push_back({rent, income_factor(towns[p], rent, c),
                       dwellings_factor(rent, towns[p].land, towns[p].supply_elasticity, c.housing_land_exponent)});
  }
  return cleared;
}

}  // namespace luohu
