#include "luohu/processes/families.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/processes/migration.hpp"
#include "luohu/processes/reclassification.hpp"
#include "luohu/processes/settling.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

YearContext family_context(const ToyProvince& toy) {
  YearContext now = context_of(toy, year);
  now.families = true;
  return now;
}

/// `n` children of this age, rows 0 … n − 1, and their mothers behind them, all in `home`.
Population families_of(std::size_t n, int age, std::size_t home, std::size_t registered) {
  return people_of(2 * n, [&](std::size_t i) {
    Person person = person_aged(i < n ? age : 35, year, Sex::female, home, registered);
    person.arrived = person.group_since = ShortYear{year - 5};
    if (i < n) {
      person.mother = Slot{static_cast<std::uint32_t>(n + i)};
      person.traits.set_with_mother(true);
    }
    return person;
  });
}

struct FamilyOutcome {
  Ledger ledger;
  std::vector<std::int64_t> left_behind;
};

/// Run families over everyone; all mothers count as touched.
FamilyOutcome run_on(const YearContext& now, Population& people) {
  FamilyOutcome outcome{Ledger{now.places.size(), now.places.zones()},
                        std::vector<std::int64_t>(now.places.prefectures())};
  Touched touched;
  touched.clear(people.size());
  for (std::size_t row = 0; row < people.size(); ++row) touched.set(row);
  run_families(Families{now}, now, people, {0, 0, people.size()}, touched, outcome.ledger, outcome.left_behind,
               Unobserved{});
  return outcome;
}

/// Move every mother to `target` this year.
void move_mothers(const YearContext& now, Population& people, std::size_t target) {
  Ledger ignored{now.places.size(), now.places.zones()};
  for (std::size_t row = people.size() / 2; row < people.size(); ++row) {
    move_to(now, people, row, zone(target), ignored);
  }
}

/// The one event of a single family after `change` has happened to its mother (row 1).
template <class Change>
FamilyEvent event_after(const YearContext& now, int age, std::size_t home, std::size_t registered, Change change) {
  Population people = families_of(1, age, home, registered);
  change(people);
  return Families{now}.event(now, people, 0, true);
}

}  // namespace

TEST_CASE("a child with a mother neither moves nor registers nor is reclassified by itself", "[families]") {
  ToyProvince toy = toy_province();
  toy.parameters.application_rate = 5;
  toy.parameters.mobility_level = 10;
  const Grid<double, 2> wedge = expected_wedge(toy.settings, toy.parameters);
  const Grid<std::int64_t, 2> stock{{5, 8}, 1000};
  const ChoiceTables choice{{toy.places, toy.economy, toy.parameters, wedge, stock}};
  const std::vector<double> age_hazard(single_ages, 0.5), frailty(frailty_bands, 1.0);
  for (const bool families : {false, true}) {
    YearContext now = context_of(toy, year);
    now.families = families;
    const Cells cells{toy.places};
    const Population in_town = families_of(1, 8, 0, 5), in_country = families_of(1, 8, 1, 1);
    CHECK((Migration{{choice, 0.0, age_hazard, frailty}, now, cells}.threshold(now, in_town, 0) == 0) == families);
    CHECK((WishToSettle{now, cells}.threshold(now, in_town, 0) == 0) == families);
    CHECK((Reclassification{now, toy.boundary.reclassification, cells}.threshold(now, in_country, 0) == 0) == families);
    // The mother does, either way.
    CHECK(Migration{{choice, 0.0, age_hazard, frailty}, now, cells}.threshold(now, in_town, 1) > 0);
  }
}

TEST_CASE("children follow their mothers with the logit of schools and age", "[families][statistical]") {
  // P(follow) = 1 / (1 + exp(-(z0 + z1 cov - z3 [age >= 12]))). n = 200,000: a 1 % error in the probability
  // (0.5) is 9 sd away.
  const std::size_t n = 200'000;
  ToyProvince toy = toy_province();
  toy.settings[1].coverage_school = 0.8, toy.settings[2].coverage_school = 0.4;
  const YearContext now = family_context(toy);
  struct Case {
    std::size_t target;
    int age;
    double coverage;
  };
  // From A's town, registered in C's country: to B's town, C's town (home), the south, and as a teenager.
  for (const Case& c : {Case{2, 8, 0.8}, Case{4, 8, 1.0}, Case{6, 8, toy.parameters.family_external_school},
                        Case{2, 12, 0.8}, Case{2, 11, 0.8}}) {
    Population people = families_of(n, c.age, 0, 5);
    move_mothers(now, people, c.target);
    const FamilyOutcome outcome = run_on(now, people);
    const double z = toy.parameters.family_follow_intercept + toy.parameters.family_follow_school * c.coverage -
                     (c.age >= 12 ? toy.parameters.family_follow_teens : 0);
    std::size_t followed = 0;
    for (std::size_t row = 0; row < n; ++row) {
      const bool went = people.home[row] == zone(c.target);
      REQUIRE((went || people.home[row] == zone(0)));
      REQUIRE(people.traits[row].with_mother() == went);
      followed += went ? 1 : 0;
    }
    INFO("to zone " << c.target << " at " << c.age);
    CHECK(binomial_p(static_cast<double>(followed), n, 1 / (1 + std::exp(-z))) > false_alarm);
    // Whoever went is counted as moved, whoever stayed as left behind where they live.
    CHECK(outcome.ledger.departures(0U, Sex::female) == static_cast<std::int64_t>(followed));
    CHECK(outcome.ledger.arrivals(c.target, Sex::female) == static_cast<std::int64_t>(followed));
    CHECK(outcome.left_behind[0] == static_cast<std::int64_t>(n - followed));
  }
}

TEST_CASE("more school places take more children along, and nobody less", "[families]") {
  std::vector<bool> before;
  for (const double coverage : {0.2, 0.6, 0.9}) {
    ToyProvince toy = toy_province();
    toy.settings[1].coverage_school = coverage;
    const YearContext now = family_context(toy);
    Population people = families_of(5000, 8, 0, 5);
    move_mothers(now, people, 2);
    run_on(now, people);
    std::vector<bool> with;
    for (std::size_t row = 0; row < 5000; ++row) with.push_back(people.traits[row].with_mother());
    for (std::size_t i = 0; i < before.size(); ++i) REQUIRE((with[i] || !before[i]));
    CHECK(std::ranges::count(with, true) > std::ranges::count(before, true));
    before = with;
  }
}

TEST_CASE("left-behind children join their mothers at their hazard", "[families][statistical]") {
  // P = 1 - exp(-rate * follow): 0.095; n = 400,000, a 1 % error is 2 sd, one of 5 % 10 sd away.
  const std::size_t n = 400'000;
  const ToyProvince toy = toy_province();
  const YearContext now = family_context(toy);
  Population people = families_of(n, 8, 1, 1);
  for (std::size_t row = 0; row < n; ++row) people.traits[row].set_with_mother(false);
  for (std::size_t row = n; row < 2 * n; ++row) people.home[row] = zone(2);
  const double follow = Families::follow(toy.parameters, toy.settings[1].coverage_school, false);
  const FamilyOutcome outcome = run_on(now, people);
  const double p = 1 - std::exp(-toy.parameters.family_join_rate * follow);
  const auto joined = static_cast<double>(outcome.ledger.arrivals(2U, Sex::female));
  CHECK(binomial_p(joined, n, p) > false_alarm);
  CHECK(static_cast<double>(outcome.left_behind[0]) == n - joined);
}

TEST_CASE("what becomes of a child follows from what became of its mother", "[families]") {
  ToyProvince toy = toy_province();
  toy.parameters.family_follow_intercept = 60;  // whoever can follow does
  const YearContext now = family_context(toy);
  Ledger ledger{5, 8};
  const auto nothing = [](Population&) {};
  const auto die = [](Population& people) { people.home[1] = ZoneId{}; };
  const auto go = [&](std::size_t target) {
    return [&now, &ledger, target](Population& people) { move_to(now, people, 1, zone(target), ledger); };
  };
  CHECK(event_after(now, 8, 0, 0, nothing) == FamilyEvent::none);
  CHECK(event_after(now, 8, 0, 0, die) == FamilyEvent::orphaned);
  CHECK(event_after(now, 8, 0, 0, go(2)) == FamilyEvent::follows);
  CHECK(event_after(now, 14, 0, 0, go(2)) == FamilyEvent::follows);
  CHECK(event_after(now, 15, 0, 0, nothing) == FamilyEvent::grown);  // turns 16 this year
  CHECK(event_after(now, 15, 0, 0, go(2)) == FamilyEvent::grown);
  // Registered at an external node, in A's town: she goes home and leaves the model, with the child.
  CHECK(event_after(now, 8, 0, 6, go(7)) == FamilyEvent::leaves);
  CHECK(event_after(now, 8, 0, 6, die) == FamilyEvent::orphaned);
  CHECK(event_after(now, 8, 0, 6, go(2)) == FamilyEvent::follows);
  // A village becomes town around her.
  CHECK(event_after(now, 8, 1, 1, [&](Population& people) { reclassify(now, people, 1, ledger); }) ==
        FamilyEvent::reclassified);
  // She registers where both live, in a town; from the countryside of the same place too.
  const auto settle = [](Population& people) { people.registered[1] = people.home[1]; };
  CHECK(event_after(now, 8, 0, 5, settle) == FamilyEvent::registers);
  CHECK(event_after(now, 8, 0, 1, settle) == FamilyEvent::registers);
  CHECK(event_after(now, 8, 0, 5, nothing) == FamilyEvent::none);  // she lives here without
  // In a countryside only where it registers people.
  CHECK(event_after(now, 8, 1, 5, settle) == FamilyEvent::none);
  toy.settings[0].countryside_registration = 0.1;
  CHECK(event_after(family_context(toy), 8, 1, 5, settle) == FamilyEvent::registers);
  // Apart: nothing she does where she is reaches the child but her return.
  const auto apart = [&](std::size_t mothers_home) {
    return [mothers_home](Population& people) {
      people.traits[0].set_with_mother(false);
      people.home[1] = zone(mothers_home);
    };
  };
  CHECK(event_after(now, 8, 0, 6, [&](Population& people) {
          people.traits[0].set_with_mother(false);
          go(7)(people);
        }) == FamilyEvent::orphaned);  // she leaves the model without it
  toy.parameters.family_join_rate = 0;
  const YearContext never = family_context(toy);
  CHECK(event_after(never, 8, 0, 0, apart(2)) == FamilyEvent::none);
  CHECK(event_after(never, 8, 0, 0, apart(0)) == FamilyEvent::met);
}

TEST_CASE("a child that registers or is reclassified ends up where its mother is", "[families]") {
  ToyProvince toy = toy_province();
  const YearContext now = family_context(toy);
  Population settled = families_of(10, 8, 0, 5);
  for (std::size_t row = 10; row < 20; ++row) settled.registered[row] = zone(0);
  const FamilyOutcome registered = run_on(now, settled);
  CHECK(registered.ledger.settled(0U, Route::family) == 10);
  CHECK(registered.ledger.registered_out[5] == 10);
  CHECK(registered.ledger.registered_in[0] == 10);
  for (std::size_t row = 0; row < 10; ++row) CHECK(settled.registered[row] == zone(0));

  Population village = families_of(10, 8, 1, 1);
  Ledger ignored{5, 8};
  for (std::size_t row = 10; row < 20; ++row) reclassify(now, village, row, ignored);
  const FamilyOutcome town = run_on(now, village);
  CHECK(town.ledger.reclassified(0U, Sex::female) == 10);
  CHECK(town.ledger.registered_reclassified[0] == 10);
  CHECK(town.ledger.settled(0U, Route::family) == 0);
  for (std::size_t row = 0; row < 10; ++row) {
    CHECK(village.home[row] == zone(0));
    CHECK(village.registered[row] == zone(0));
  }
}

TEST_CASE("an orphan, and whoever turns sixteen, decides alone from then on", "[families]") {
  const ToyProvince toy = toy_province();
  const YearContext now = family_context(toy);
  Population people = families_of(2, 8, 0, 5);
  people.born[0] = ShortYear{year - 16};
  people.home[3] = ZoneId{};
  run_on(now, people);
  for (const std::size_t row : {0U, 1U}) {
    CHECK_FALSE(people.mother[row]);
    CHECK_FALSE(people.traits[row].with_mother());
    CHECK_FALSE(dependent(now, people, row));
  }
}
