// T18, T19: rents and town land.
//
// Formula (model equations 4 and 5): r = r0 [(I / I0) / (Land / Land0)^omega]^(1 / (1 + eps)), so that
//   d ln r / d ln I = 1 / (1 + eps)   and   d ln r / d ln Land = −omega / (1 + eps),
// and Land' = Land + base growth + q · settled, q = 100, 80 or 50 m² by land a head (five-ministry opinion of
// 2016), nothing in the core of a city of more than five million. Elasticities: eps 0.75 over 272 cities;
// omega 0.64 in Wu & You 2025. The log of r is linear, so differences are exact: tolerance 1e-11, from the
// fixed point's 1e-12; land to the last bit, its terms being whole. It would catch 1/eps for 1/(1 + eps),
// a fixed point that stops early, rents counted twice as income, and a quota in the wrong class.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/core/error.hpp"
#include "luohu/markets/fixed_point.hpp"
#include "luohu/markets/housing.hpp"
#include "luohu/markets/land.hpp"

using namespace luohu;

namespace {

TownRent cleared(const TownHousing& town, const Parameters& c = {}) {
  return clear_rents(std::vector{town}, c).front();
}

}  // namespace

TEST_CASE("T18: rents answer income and land with the closed-form elasticities", "[housing]") {
  for (const double eps : {0.3, 0.75, 1.09, 2.0}) {
    for (const double wages : {0.7, 1.0, 2.5}) {
      for (const double land : {0.8, 1.0, 1.6}) {
        const TownHousing town{.wage_bill = wages, .land = land, .supply_elasticity = eps};
        TownHousing richer = town, wider = town;
        richer.wage_bill *= 1.2;
        wider.land *= 1.2;
        const double rent = cleared(town).rent, step = std::log(1.2);
        CHECK(std::log(cleared(richer).rent / rent) / step == Approx(1 / (1 + eps)).epsilon(1e-10));
        CHECK(std::log(cleared(wider).rent / rent) / step == Approx(-0.64 / (1 + eps)).epsilon(1e-10));
      }
    }
  }
}

TEST_CASE("T18: rents paid to local landlords leave the closed form as it is", "[housing]") {
  // Income I = (1 − s alpha) W + s alpha r H(r), and r H(r) = I where the market clears: I = W.
  Parameters c;
  for (const double local : {0.0, 0.5, 1.0}) {
    c.local_landlords = local;
    const TownHousing town{.wage_bill = 1.8, .land = 1.3, .supply_elasticity = 0.75};
    const TownRent found = cleared(town, c);
    CHECK(found.rent == Approx(rent_factor(1.8, {.land = 1.3, .supply_elasticity = 0.75}, c)).epsilon(1e-11));
    CHECK(found.income == Approx(1.8).epsilon(1e-11));
    CHECK(found.rent * found.dwellings == Approx(found.income).epsilon(1e-11));  // the market clears
  }
}

TEST_CASE("T18: a ceiling holds rents, and landlords' income with them", "[housing]") {
  const Parameters c;
  const TownRent found = cleared({.wage_bill = 2, .land = 1, .supply_elasticity = 1, .rent_ceiling = 1.05});
  const double part = c.local_landlords * c.housing_share;
  CHECK(found.rent == 1.05);
  CHECK(found.income == Approx((1 - part) * 2 + part * 1.05 * 1.05).epsilon(1e-12));
  CHECK(cleared({.wage_bill = 0.5, .land = 1, .supply_elasticity = 1, .rent_ceiling = 1.05}).rent < 1);
}

TEST_CASE("T18: markets that do not settle are an error, not a number", "[housing]") {
  const auto away = [](const std::vector<double>& x) { return std::vector{3 * x[0] + 1}; };
  CHECK_THROWS_WITH((void)damped_fixed_point("rents", {1.0}, away), Catch::Contains("rents do not settle"));
  const auto broken = [](const std::vector<double>&) { return std::vector{std::nan("")}; };
  CHECK_THROWS_AS((void)damped_fixed_point("rents", {1.0}, broken), Error);
}

TEST_CASE("T19: settlers bring their quota of land to the square metre", "[land]") {
  Parameters c;
  c.land_growth = 0;
  struct Case {
    double per_head, quota;
  };
  for (const auto& [per_head, quota] : {Case{80, 100}, Case{100, 100}, Case{101, 80}, Case{150, 80}, Case{151, 50}}) {
    INFO(per_head << " m2 a head");
    const double land = per_head * 500'000;
    LandYear year{.land = land, .base_land = land, .town_residents = 500'000, .settled = 12'345};
    CHECK(next_land(year, c) - land == quota * 12'345);
    year.tied = 0;
    CHECK(next_land(year, c) == land);
    year.tied = 1;
    year.core = 1;
    CHECK(next_land(year, c) == land);
  }
}

TEST_CASE("T19: only the core of a city above five million has no quota", "[land]") {
  Place place;
  place.city_proper = 5'000'000;
  CHECK(core_share(place, 8'000'000) == 0);
  place.city_proper = 5'500'000;
  CHECK(core_share(place, 8'800'000) == Approx(0.625).epsilon(1e-15));
  CHECK(core_share(place, 5'000'000) == 1);
}

TEST_CASE("T19: base growth goes on, less the reserve for villages", "[land]") {
  const Parameters c;
  const LandYear year{.land = 4e8, .base_land = 3e8, .town_residents = 1e6, .reserve = 0.05};
  CHECK(next_land(year, c) - 4e8 == Approx(0.95 * c.land_growth * 3e8).epsilon(1e-9));
}
