// What an outcome takes from the people of a hindcast.

#include "luohu/inference/outcome.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/processes/settling.hpp"
#include "luohu/tabulate/stock.hpp"
#include "support/processes.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

Person arrived_in(Year since, std::size_t home, std::size_t registered) {
  Person person = person_aged(40, year, Sex::male, home, registered);
  person.arrived = person.group_since = person.insured_since = ShortYear{since};
  person.traits.set(Education::tertiary);
  return person;
}

double logistic(double z) {
  return 1 / (1 + std::exp(-z));
}

}  // namespace

TEST_CASE("the land of those who hold it lowers their wish by the difference of two logistic shares", "[outcome]") {
  // Formula: hazards rho F logistic(z) with z = z0 - b ln(1 + (1 - chi) L) of holders, and z0 of the same people
  // without.
  ToyProvince toy = toy_province();
  toy.settings[0].application_factor = 1.5;
  toy.settings[2].land_rights_kept = 0.4;
  const Parameters& c = toy.parameters;
  Population people = people_of(60, [](std::size_t i) {
    if (i < 30) return arrived_in(2020, 0, 5);                // from C's countryside to A
    if (i < 40) return arrived_in(2020, 0, 1);                // within A
    return arrived_in(2020, i < 50 ? 0 : 1, i < 50 ? 2 : 5);  // from B's town, and in a countryside: not counted
  });
  const double z_c =
      c.wish_intercept + c.wish_duration * std::log(11) + c.wish_tertiary + c.wish_gain * -std::log(1 - 0.2 * 0.3175);
  const double z_a = c.wish_intercept + c.wish_duration * std::log(11) + c.wish_tertiary;
  const double land_c = c.wish_land * std::log(1 + 0.6 * c.land_present_value);
  const double land_a = c.wish_land * std::log(1 + 0.3 * c.land_present_value);
  const double hazard = c.application_rate * 1.5;
  const HoldersWish sums = holders_wish(context_of(toy, year), people);
  CHECK(sums.with_land == Approx(hazard * (30 * logistic(z_c - land_c) + 10 * logistic(z_a - land_a))).epsilon(1e-12));
  CHECK(sums.without_land == Approx(hazard * (30 * logistic(z_c) + 10 * logistic(z_a))).epsilon(1e-12));

  toy.parameters.wish_land = 0;
  const HoldersWish indifferent = holders_wish(context_of(toy, year), people);
  CHECK(indifferent.with_land == indifferent.without_land);
  CHECK(indifferent.without_land == sums.without_land);
  toy.parameters.wish_land = 0.5;
  for (PlaceSettings& s : toy.settings) s.land_rights_kept = 1;  // nothing is lost
  const HoldersWish kept = holders_wish(context_of(toy, year), people);
  CHECK(kept.with_land == kept.without_land);
}

TEST_CASE("only those who could register where they live are asked", "[outcome]") {
  ToyProvince toy = toy_province();
  toy.settings[0].home_route = 0;
  toy.settings[0].minimum_education = no_education_route;
  const auto asked = [&](const Person& person) {
    return holders_wish(context_of(toy, year), people_like(person, 3)).without_land > 0;
  };
  CHECK(asked(arrived_in(2020, 0, 5)));
  CHECK_FALSE(asked(arrived_in(2029, 0, 5)));  // three years are required
  CHECK_FALSE(asked(arrived_in(year, 0, 5)));  // moved this year
  CHECK_FALSE(asked(arrived_in(2020, 6, 5)));  // outside
  CHECK_FALSE(asked(arrived_in(2020, 1, 1)));  // at home
  CHECK_FALSE(asked(arrived_in(2020, 0, 4)));  // no land
}

TEST_CASE("the stock by zone counts everyone once, in persons", "[outcome]") {
  const ToyProvince toy = toy_province();
  const Population people =
      people_of(50, [](std::size_t i) { return arrived_in(2020, i < 20 ? 0 : 6, i % 2 == 0 ? 5 : 1); });
  const Grid<double, 2> stock = stock_by_zone(take_stock(people, toy.places, year), 100);
  CHECK(stock(5, 0) == 1000);
  CHECK(stock(1, 0) == 1000);
  CHECK(stock(5, 6) == 1500);
  CHECK(stock(1, 6) == 1500);
  double all = 0;
  for (const double persons : stock.values()) all += persons;
  CHECK(all == 5000);
}
