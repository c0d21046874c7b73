#include "luohu/tabulate/stock.hpp"

#include <catch2/catch.hpp>

#include "luohu/population/parallel.hpp"
#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

/// The census question, person by person.
Registration seen_from_home(const Person& who) {
  const auto place_of = [](ZoneId z) { return z.value() < 6 ? z.value() / 2 : z.value() - 3; };
  if (place_of(who.home) == place_of(who.registered)) {
    return who.traits.township() == Township::registered ? Registration::local : Registration::same_prefecture;
  }
  return who.registered.value() < 6 ? Registration::other_prefecture : Registration::other_province;
}

}  // namespace

TEST_CASE("stocks are a recount of everyone who is there", "[tabulate]") {
  const ToyProvince toy = toy_province();
  const std::size_t n = 3 * chunk_rows + 500;
  Population people = random_people(toy, n, year + 1, 8);
  for (std::size_t row = 0; row < n; row += 7) people.home[row] = ZoneId{};
  Grid<std::int64_t, 4> population{{8, sexes, age_groups, registrations}};
  Grid<std::int64_t, 2> by_origin{{5, 8}};
  std::vector<std::int64_t> registered(8);
  Grid<std::int64_t, 4> choosers{{8, 8, education_levels, age_bands}};
  Grid<std::int64_t, 3> workers{{8, education_levels, standings}};
  Grid<std::int64_t, 3> children{{5, 16, standings}};
  std::int64_t present = 0;
  for (std::size_t row = 0; row < n; ++row) {
    const Person who = people.at(row);
    if (!who.home) continue;
    const int age = year - who.born.year();
    const std::size_t h = who.registered.value();
    ++population(who.home.value(), who.traits.sex(), std::min(17, age / 5), seen_from_home(who));
    ++by_origin(h < 6 ? h / 2 : h - 3, who.home.value());
    ++registered[h];
    const std::size_t home = who.home.value();
    const std::size_t place = home < 6 ? home / 2 : home - 3;
    const std::size_t migrant = place == (h < 6 ? h / 2 : h - 3) ? 0 : 1;
    // Who is 14 on the census date chooses as a child in the year to come.
    ++choosers(home, h, who.traits.education(), age < 15 ? 0 : (age < 25 ? 1 : (age < 45 ? 2 : 3)));
    if (age >= 15 && age <= 64) ++workers(home, who.traits.education(), migrant);
    if (age >= 0 && age < 16) ++children(place, age, migrant);
    ++present;
  }
  for (const int with : {1, 2, 4}) {
    set_threads(with);
    const Stock stock = take_stock(people, toy.places, year);
    CHECK(stock.population == population);
    CHECK(stock.by_origin == by_origin);
    CHECK(stock.registered == registered);
    CHECK(stock.choosers == choosers);
    CHECK(stock.workers == workers);
    CHECK(stock.children == children);
    CHECK(stock.people() == present);
    CHECK(stock.person_digest == digest(people));
    std::int64_t residents = 0;
    for (std::size_t z = 0; z < 8; ++z) residents += stock.residents(z, 0) + stock.residents(z, 1);
    CHECK(residents == present);
  }
  set_threads(available_threads());
}

TEST_CASE("people are counted in the age group of the census date", "[tabulate]") {
  for (int age = 0; age < 100; ++age) {
    CHECK(age_group(age) == static_cast<std::size_t>(std::min(age / 5, 17)));
    Person person;
    person.home = person.registered = zone(0);
    person.traits = Traits{Sex::male, 0};
    person.born = ShortYear{year - age};
    const Stock stock = take_stock(people_like(person, 1), toy_places(), year);
    CHECK(stock.population(0U, Sex::male, age_group(age), Registration::local) == 1);
  }
  CHECK(age_group(-1) == 0);
  CHECK(age_group(85) == 17);
  CHECK(age_group(130) == 17);
}
