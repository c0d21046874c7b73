// Schooling, insured work, home purchase, registration outside, reclassification: each by itself.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/processes/countryside_registration.hpp"
#include "luohu/processes/external_registration.hpp"
#include "luohu/processes/home_purchase.hpp"
#include "luohu/processes/insurance.hpp"
#include "luohu/processes/reclassification.hpp"
#include "luohu/processes/schooling.hpp"
#include "luohu/processes/training.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;
constexpr std::size_t n = 200'000;  // a 1 % error of p = 0.2 is 2.2 sd; the slip q = rate at 0.3 is 100 sd

Person with(Person person, Education education) {
  person.traits.set(education);
  return person;
}

template <class Has>
double count_if(const Population& people, Has has) {
  double count = 0;
  for (std::size_t row = 0; row < people.size(); ++row) count += !people.gone(row) && has(row) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("pupils go on to senior and tertiary school in their shares", "[schooling][statistical]") {
  const ToyProvince toy = toy_province();
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  struct Case {
    int age;
    Education from;
    std::size_t home, registered;
    double share;
  };
  const Parameters& c = toy.parameters;
  const Case cases[] = {
      {15, Education::basic, 0, 0, c.senior_transition_urban},  //
      {15, Education::basic, 1, 1, c.senior_transition_rural},  //
      {15, Education::basic, 2, 0, c.senior_transition_away},   // another prefecture's child
      {15, Education::basic, 7, 1, c.senior_transition_away},   // outside the province
      {18, Education::senior, 3, 3, c.tertiary_transition},     //
      {18, Education::senior, 0, 5, c.tertiary_transition},     //
      {18, Education::basic, 0, 0, 0},
      {15, Education::senior, 0, 0, 0},
      {14, Education::basic, 0, 0, 0},
      {16, Education::basic, 0, 0, 0},
      {17, Education::senior, 0, 0, 0},
      {19, Education::senior, 0, 0, 0},
      {18, Education::tertiary, 0, 0, 0},
  };
  for (const Case& one : cases) {
    INFO("age " << one.age << ", home " << one.home << ", registered " << one.registered);
    Population people =
        people_like(with(person_aged(one.age, year, Sex::female, one.home, one.registered), one.from), n);
    run_alone(Schooling{now, cells}, now, people);
    const auto next = static_cast<Education>(static_cast<int>(one.from) + 1);
    const double moved = count_if(people, [&](std::size_t row) { return people.traits[row].education() == next; });
    const double stayed = count_if(people, [&](std::size_t row) { return people.traits[row].education() == one.from; });
    CHECK(moved + stayed == n);
    CHECK(binomial_p(moved, n, one.share) > false_alarm);
  }
}

TEST_CASE("the unregistered of towns find and lose insured work at their hazards", "[insurance][statistical]") {
  ToyProvince toy = toy_province();
  toy.parameters.insurance_exit = 0.3;
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  const Parameters& c = toy.parameters;
  const std::vector<double> entry{c.insurance_entry_basic, c.insurance_entry_senior, c.insurance_entry_tertiary};
  for (std::size_t e = 0; e < education_levels; ++e) {
    const Person uninsured =
        with(person_aged(16 + 20 * static_cast<int>(e), year, Sex::male, 2, 1), static_cast<Education>(e));
    Population people = people_like(uninsured, n);
    run_alone(Insurance{now, cells}, now, people);
    const double insured =
        count_if(people, [&](std::size_t row) { return people.insured_since[row] == ShortYear{year}; });
    CHECK(insured +
              count_if(people, [&](std::size_t row) { return people.insured_since[row] == ShortYear::never(); }) ==
          n);
    CHECK(binomial_p(insured, n, 1 - std::exp(-entry[e])) > false_alarm);

    Person held = uninsured;
    held.insured_since = ShortYear{2025};
    people = people_like(held, n);
    run_alone(Insurance{now, cells}, now, people);
    const double lost =
        count_if(people, [&](std::size_t row) { return people.insured_since[row] == ShortYear::never(); });
    CHECK(lost + count_if(people, [&](std::size_t row) { return people.insured_since[row] == ShortYear{2025}; }) == n);
    CHECK(binomial_p(lost, n, 1 - std::exp(-0.3)) > false_alarm);
  }
}

TEST_CASE("nobody else enters or leaves insured work", "[insurance]") {
  ToyProvince toy = toy_province();
  toy.parameters.insurance_entry_basic = 50;
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  const auto entries = [&](int age, std::size_t home, std::size_t registered) {
    Population people = people_like(person_aged(age, year, Sex::male, home, registered), 100);
    run_alone(Insurance{now, cells}, now, people);
    return count_if(people, [&](std::size_t row) { return people.insured_since[row] != ShortYear::never(); });
  };
  CHECK(entries(30, 2, 3) == 100);  // registered in the countryside around
  CHECK(entries(30, 2, 6) == 100);  // from another province
  CHECK(entries(30, 2, 2) == 0);    // registered here
  CHECK(entries(30, 3, 1) == 0);    // in the countryside
  CHECK(entries(30, 6, 1) == 0);    // outside the province
  CHECK(entries(15, 2, 1) == 0);
  CHECK(entries(59, 2, 1) == 100);
  CHECK(entries(60, 2, 1) == 0);
}

TEST_CASE("the unregistered of towns buy homes at their hazard", "[home_purchase][statistical]") {
  ToyProvince toy = toy_province();
  toy.parameters.home_purchase = 0.3;
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  const auto owners = [&](int age, std::size_t home, std::size_t registered, std::size_t count) {
    Population people = people_like(person_aged(age, year, Sex::male, home, registered), count);
    run_alone(HomePurchase{now, cells}, now, people);
    return count_if(people, [&](std::size_t row) { return people.traits[row].owner(); });
  };
  CHECK(binomial_p(owners(22, 0, 5, n), n, 1 - std::exp(-0.3)) > false_alarm);
  CHECK(binomial_p(owners(60, 4, 6, n), n, 1 - std::exp(-0.3)) > false_alarm);
  CHECK(owners(21, 0, 5, 1000) == 0);
  CHECK(owners(61, 0, 5, 1000) == 0);
  CHECK(owners(30, 0, 0, 1000) == 0);
  CHECK(owners(30, 1, 5, 1000) == 0);
  CHECK(owners(30, 6, 5, 1000) == 0);
}

TEST_CASE("people outside the province register there at their hazard and leave",
          "[external_registration][statistical]") {
  ToyProvince toy = toy_province();
  toy.parameters.external_registration = 0.25;
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  Population people = people_like(person_aged(40, year, Sex::female, 7, 1), n);
  const Outcome outcome = run_alone(ExternalRegistration{now, cells}, now, people);
  const std::int64_t left = outcome.ledger.departures(7U, Sex::female);
  CHECK(binomial_p(static_cast<double>(left), n, 1 - std::exp(-0.25)) > false_alarm);
  CHECK(outcome.ledger.registered_out[1] == left);
  CHECK(total(outcome.ledger.departures.values()) == left);
  CHECK(compact(people) == static_cast<std::size_t>(left));

  const auto leavers = [&](Person person) {
    Population some = people_like(person, 1000);
    return total(run_alone(ExternalRegistration{now, cells}, now, some).ledger.departures.values());
  };
  Person newcomer = person_aged(40, year, Sex::female, 7, 1);
  newcomer.arrived = ShortYear{year};
  CHECK(leavers(newcomer) == 0);  // whoever moved this year cannot register this year
  CHECK(leavers(person_aged(40, year, Sex::female, 1, 1)) == 0);
  CHECK(leavers(person_aged(40, year, Sex::female, 0, 6)) == 0);
}

TEST_CASE("new boundaries reach nobody who moved this year", "[reclassification]") {
  const ToyProvince toy = toy_province();
  const std::vector<double> all{1, 1, 1};
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  for (const std::size_t registered : {1U, 3U}) {
    Person arrived = person_aged(30, year, Sex::female, 1, registered);
    arrived.arrived = ShortYear{year};
    Population people = people_like(arrived, 100);
    const Population before = copy_of(people);
    run_alone(ReclassificationAway{now, all, cells}, now, people);
    run_alone(Reclassification{now, all, cells}, now, people);
    CHECK(differing_columns(people, before) == "");
  }
}

TEST_CASE("migrants in the countryside become urban residents and keep their registration", "[reclassification]") {
  ToyProvince toy = toy_province();
  const std::vector<double> all{1, 1, 1};
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  Population people =
      people_of(80, [](std::size_t i) { return person_aged(40, year, Sex::male, i % 8, (i / 8 + i) % 6); });
  const Population before = copy_of(people);
  run_alone(Reclassification{now, all, cells}, now, people);
  for (std::size_t row = 0; row < people.size(); ++row) {
    const std::size_t home = before.home[row].value(), registered = before.registered[row].value();
    const bool turned = home < 6 && home % 2 == 1;
    CHECK(people.home[row] == zone(turned ? home - 1 : home));
    CHECK(people.registered[row] == zone(turned && registered == home ? home - 1 : registered));
  }
}

TEST_CASE("the registration of people living elsewhere is reclassified at the rate of its place",
          "[reclassification][statistical]") {
  ToyProvince toy = toy_province();
  const std::vector<double> rate{0.1, 0.0, 0.3};
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  const auto turned = [&](std::size_t home, std::size_t registered) {
    Population people = people_like(person_aged(40, year, Sex::male, home, registered), n);
    const Outcome outcome = run_alone(ReclassificationAway{now, rate, cells}, now, people);
    for (std::size_t row = 0; row < people.size(); ++row) REQUIRE(people.home[row] == zone(home));
    CHECK(total(outcome.ledger.reclassified.values()) == 0);
    CHECK(total(outcome.ledger.registered_reclassified) == 0);
    return outcome.ledger.registered_reclassified[registered] == 0
               ? 0.0
               : static_cast<double>(outcome.ledger.registered_reclassified[registered - 1]);
  };
  CHECK(binomial_p(turned(6, 1), n, 0.1) > false_alarm);
  CHECK(binomial_p(turned(0, 1), n, 0.1) > false_alarm);  // in the town of the same prefecture
  CHECK(binomial_p(turned(3, 5), n, 0.3) > false_alarm);
  CHECK(turned(6, 3) == 0);
  CHECK(turned(6, 0) == 0);
  CHECK(turned(1, 1) == 0);  // lives there: the other process's
}

TEST_CASE("a share of unregistered adults from the countryside is trained each year", "[training][statistical]") {
  ToyProvince toy = toy_province();
  toy.settings[0].training_rate = 0.2;
  const YearContext now = context_of(toy, year);
  const auto trained = [&](int age, std::size_t home, std::size_t registered, Education education) {
    Population people = people_like(with(person_aged(age, year, Sex::male, home, registered), education), n);
    run_alone(Training{now, Cells{toy.places}}, now, people);
    return count_if(people, [&](std::size_t row) { return people.traits[row].education() == Education::senior; });
  };
  CHECK(binomial_p(trained(30, 0, 3, Education::basic), n, 0.2) > false_alarm);  // from B's countryside to A's town
  CHECK(binomial_p(trained(16, 0, 1, Education::basic), n, 0.2) > false_alarm);  // from A's own countryside
  CHECK(trained(30, 0, 3, Education::tertiary) == 0);
  CHECK(trained(15, 0, 3, Education::basic) == 0);
  CHECK(trained(46, 0, 3, Education::basic) == 0);
  CHECK(trained(30, 0, 2, Education::basic) == 0);  // from a town
  CHECK(trained(30, 1, 3, Education::basic) == 0);  // in the countryside
  CHECK(trained(30, 2, 5, Education::basic) == 0);  // where nobody trains
}

TEST_CASE("the countryside registers whom it lets in at its hazard", "[countryside][statistical]") {
  ToyProvince toy = toy_province();
  toy.settings[0].countryside_registration = 0.3;
  const YearContext now = context_of(toy, year);
  const auto registered = [&](Person person) {
    Population people = people_like(person, n);
    const Outcome outcome = run_alone(CountrysideRegistration{now, Cells{toy.places}}, now, people);
    const auto count = outcome.ledger.settled(0U, Route::countryside);
    CHECK(outcome.ledger.registered_in[1] == count);
    CHECK(count_if(people, [&](std::size_t row) { return people.registered[row] == zone(1); }) ==
          static_cast<double>(count));
    return static_cast<double>(count);
  };
  CHECK(binomial_p(registered(person_aged(40, year, Sex::male, 1, 4)), n, 1 - std::exp(-0.3)) > false_alarm);
  CHECK(binomial_p(registered(person_aged(40, year, Sex::male, 1, 0)), n, 1 - std::exp(-0.3)) > false_alarm);
  Person moved = person_aged(40, year, Sex::male, 1, 4);
  moved.arrived = ShortYear{year};
  CHECK(registered(moved) == 0);
}
