#include "luohu/processes/settling.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

Person settled_since(Year since, std::size_t home, std::size_t registered, Education education, bool owner) {
  Person person = person_aged(40, year, Sex::male, home, registered);
  person.arrived = person.group_since = ShortYear{since};
  person.insured_since = ShortYear{since};
  person.traits.set(education);
  person.traits.set_owner(owner);
  return person;
}

double logistic(double z) {
  return 1 / (1 + std::exp(-z));
}

std::vector<std::int64_t> eligible_in(const YearContext& now, const Population& people) {
  const Cells cells{now.places};
  const Chunk everyone{0, 0, people.size()};
  Scratch scratch;
  locate(now, cells, people, everyone, scratch);
  std::vector<std::int64_t> eligible(now.places.prefectures());
  SettlingRisk{now}.count_eligible(now, people, scratch, eligible);
  return eligible;
}

void register_settlers(const YearContext& now, Population& people, std::span<const Requests> requests,
                       std::int64_t scale, Ledger& ledger) {
  for (const Application& settler : admit(now, people, requests, scale)) register_settler(now, people, settler, ledger);
}

/// Applications of rows 0 … n - 1 of people all living in A's town, with these draws.
std::vector<Requests> applications(const std::vector<std::uint32_t>& draws) {
  std::vector<Requests> requests(3);
  for (std::uint32_t row = 0; row < draws.size(); ++row) {
    requests[row % 3].applications.push_back({draws[row], Slot{row}, Route::residence});
  }
  return requests;
}

}  // namespace

TEST_CASE("the wedge counts the services the unregistered lack", "[settling]") {
  const ToyProvince toy = toy_province();
  // 0.4 * 0.2 + 0.1 * 0.3 + 0.2 * 0.25 + 0.15 * 0.35 + 0.15 * 0.7 = 0.3175, by hand.
  CHECK(service_wedge(toy.settings[0], toy.parameters) == Approx(0.2 * 0.3175));
  PlaceSettings all = toy.settings[0];
  all.coverage_school = all.coverage_preschool = all.coverage_health = all.coverage_pension = all.coverage_housing = 1;
  CHECK(service_wedge(all, toy.parameters) == Approx(0).margin(1e-15));
}

TEST_CASE("the expected wedge is shortened by the prospect of registering", "[settling]") {
  const ToyProvince toy = toy_province();
  const Parameters& c = toy.parameters;
  const auto wedge = expected_wedge(toy.settings, c);
  const double full = service_wedge(toy.settings[0], c);
  CHECK(wedge(0U, 0U) == Approx(full * (1 - 0.37 * std::exp(-0.15 * 3))));
  CHECK(wedge(0U, 2U) == Approx(full * (1 - 0.37)));  // a degree opens A at once
  Settings open = toy.settings;
  open[0].habitual_route = 1;
  CHECK(expected_wedge(open, c)(0U, 0U) == Approx(full * (1 - 0.37 * std::exp(-0.15))));
}

TEST_CASE("the wish to settle is equation (10)", "[settling][statistical]") {
  // logistic(z) by hand; applications ~ Binomial(n, 1 - exp(-rho * factor * logistic(z))), n = 300,000.
  // Each term forgotten moves p by 5 % or more: 9 sd.
  ToyProvince toy = toy_province();
  toy.settings[0].application_factor = 1.5;
  toy.settings[2].land_rights_kept = 0.4;
  toy.parameters.application_rate = 0.4;
  toy.parameters.wish_intercept = -0.5;
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  const WishToSettle process{now, cells};
  const double gain_a = -std::log(1 - 0.2 * 0.3175), gain_c = -std::log(1 - 0.12 * 0.3175);
  const double land_a = std::log(1 + 0.3 * 2), land_c = std::log(1 + 0.6 * 2);
  struct Case {
    Person person;
    double z, factor;
  };
  const Case cases[] = {
      // From C's countryside to A: land at stake there, gain here, a large city.
      {settled_since(2020, 0, 5, Education::basic, false), -0.5 + 0.2 * std::log(11) + 4 * gain_a - 0.5 * land_c, 1.5},
      {settled_since(2020, 0, 5, Education::tertiary, true),
       -0.5 + 0.2 * std::log(11) + 0.4 + 0.8 + 4 * gain_a - 0.5 * land_c, 1.5},
      // Registered in a town: no land.
      {settled_since(2015, 4, 2, Education::senior, false), -0.5 + 0.2 * std::log(16) + 4 * gain_c - 0.4, 1},
      // From another province to C, a small city.
      {settled_since(2028, 4, 6, Education::basic, true), -0.5 + 0.2 * std::log(3) + 0.8 + 4 * gain_c - 0.4, 1},
      // Within the prefecture: nothing gained in services.
      {settled_since(2000, 0, 1, Education::basic, false), -0.5 + 0.2 * std::log(31) - 0.5 * land_a, 1.5},
  };
  for (const Case& one : cases) {
    const std::size_t n = 300'000;
    Population people = people_like(one.person, n);
    CHECK(process.willingness(now, people, 0) == Approx(logistic(one.z)).epsilon(1e-12));
    const Outcome outcome = run_alone(process, now, people);
    const auto applied = static_cast<double>(applications_in(outcome));
    CHECK(binomial_p(applied, static_cast<double>(n), 1 - std::exp(-0.4 * one.factor * logistic(one.z))) > false_alarm);
    CHECK(outcome.ledger.willing[one.person.home.value() / 2] == static_cast<std::int64_t>(applied));
  }
}

TEST_CASE("credit counts from the arrival, and from the entry into the group where it is recognised", "[settling]") {
  const ToyProvince toy = toy_province();
  Person mover = person_aged(30, 2024, Sex::male, 0, 5);
  mover.arrived = ShortYear{2023}, mover.group_since = ShortYear{2018}, mover.insured_since = ShortYear{2019};
  const Candidate who = candidate(context_of(toy, 2024), people_like(mover, 1), 0);
  CHECK(who.residence_years == 1);
  CHECK(who.insurance_years == 1);
  CHECK(who.group_residence == 6);
  CHECK(who.group_insurance == 5);
  PlaceSettings rule = toy.settings[0];
  rule.minimum_education = no_education_route;
  CHECK_FALSE(admitted_by(rule, who));
  rule.credit_recognition = 1;
  CHECK(admitted_by(rule, who) == Route::residence);
}

TEST_CASE("who is not at risk or not admitted does not apply", "[settling]") {
  ToyProvince toy = toy_province();
  toy.parameters.application_rate = 50;
  toy.settings[0].home_route = 0;
  const Cells cells{toy.places};
  const YearContext now = context_of(toy, year);
  const auto applied = [&](const Person& person) {
    Population people = people_like(person, 300);
    const std::vector<std::int64_t> eligible = eligible_in(now, people);
    const Outcome outcome = run_alone(WishToSettle{now, cells}, now, people);
    CHECK(applications_in(outcome) == static_cast<std::size_t>(total(eligible)));
    return applications_in(outcome);
  };
  CHECK(applied(settled_since(2020, 0, 5, Education::basic, false)) == 300);
  CHECK(applied(settled_since(2027, 0, 5, Education::basic, false)) == 300);
  CHECK(applied(settled_since(2028, 0, 5, Education::basic, false)) == 0);  // three years are asked
  CHECK(applied(settled_since(2028, 0, 5, Education::tertiary, false)) == 300);
  CHECK(applied(settled_since(year, 0, 5, Education::tertiary, false)) == 0);  // moved this year
  CHECK(applied(settled_since(2020, 0, 0, Education::basic, false)) == 0);     // registered here
  CHECK(applied(settled_since(2020, 1, 5, Education::basic, false)) == 0);     // countryside
  CHECK(applied(settled_since(2020, 6, 5, Education::basic, false)) == 0);     // outside
  CHECK(applied(settled_since(2029, 0, 1, Education::basic, false)) == 300);   // same prefecture
}

TEST_CASE("the eligible are those the rules admit, whether or not anyone applies", "[settling]") {
  ToyProvince toy = toy_province();
  const Population people = random_people(toy, 10'000, year, 9);
  std::vector<std::int64_t> expected(3);
  const YearContext before = context_of(toy, year);
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (!at_risk_of_settling(before, people, row)) continue;
    const std::size_t p = people.home[row].value() / 2;
    expected[p] += admitted_by(toy.settings[p], candidate(before, people, row)) ? 1 : 0;
  }
  CHECK(expected[0] > 100);
  CHECK(eligible_in(before, people) == expected);
  // A quota, and a year in which nobody may apply, change nothing.
  for (PlaceSettings& s : toy.settings) s.quota = 1;
  CHECK(eligible_in(context_of(toy, year), people) == expected);
  for (PlaceSettings& s : toy.settings) s.application_factor = 0;
  CHECK(eligible_in(context_of(toy, year), people) == expected);
}

TEST_CASE("the eligible are counted one by one where the rules ask for little, too", "[settling]") {
  ToyProvince toy = toy_province();
  const Population people = random_people(toy, 10'000, year, 9);
  for (const double residence : {0.0, 1.0, 2.0}) {
    for (const double insurance : {0.0, 1.0}) {
      for (const double education : {0.0, 2.0, no_education_route}) {
        for (const double habitual : {0.0, 1.0}) {
          for (PlaceSettings& s : toy.settings) {
            s.residence_years = residence, s.insurance_years = insurance;
            s.minimum_education = education, s.habitual_route = habitual;
          }
          const YearContext now = context_of(toy, year);
          std::vector<std::int64_t> expected(3);
          for (std::size_t row = 0; row < people.size(); ++row) {
            if (!at_risk_of_settling(now, people, row)) continue;
            const std::size_t p = people.home[row].value() / 2;
            expected[p] += admitted_by(toy.settings[p], candidate(now, people, row)) ? 1 : 0;
          }
          CHECK(eligible_in(now, people) == expected);
        }
      }
    }
  }
}

TEST_CASE("a quota admits exactly its number, the smallest draws first, ties by id", "[settling]") {
  ToyProvince toy = toy_province();
  const std::size_t n = 200;
  std::vector<std::uint32_t> draws;
  for (std::uint32_t i = 0; i < n; ++i) draws.push_back(i * 2654435761U % 50);  // many ties
  const auto person_of = [&](std::size_t i) {
    Person person = settled_since(2020, 0, 1 + 4 * (i % 2), Education::basic, false);
    person.traits.set(Township::same_county);
    person.id = PersonId{(i * 7919 + 13) % 1009};
    return person;
  };
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair{draws[i], (i * 7919 + 13) % 1009}; });
  for (const double quota : {0.0, 1.0, 57.0, 199.0, 200.0, 1000.0, no_quota, 57.9}) {
    for (const std::int64_t scale : {1, 10}) {
      toy.settings[0].quota = quota * static_cast<double>(scale);
      Population people = people_of(n, person_of);
      Ledger ledger{5, 8};
      register_settlers(context_of(toy, year), people, applications(draws), scale, ledger);
      const auto admitted = static_cast<std::size_t>(std::min(std::floor(quota), 200.0));
      CHECK(ledger.settled(0U, Route::residence) == static_cast<std::int64_t>(admitted));
      CHECK(ledger.registered_in[0] == static_cast<std::int64_t>(admitted));
      CHECK(total(ledger.registered_out) == static_cast<std::int64_t>(admitted));
      for (std::size_t rank = 0; rank < n; ++rank) {
        const std::size_t row = order[rank];
        REQUIRE((people.registered[row] == zone(0)) == (rank < admitted));
        REQUIRE((people.traits[row].township() == Township::registered) == (rank < admitted));
      }
    }
  }
}

TEST_CASE("one place's quota does not touch another's applicants", "[settling]") {
  ToyProvince toy = toy_province();
  toy.settings[0].quota = 3;
  Population people =
      people_of(40, [](std::size_t i) { return settled_since(2020, i % 2 == 0 ? 0 : 4, 3, Education::basic, false); });
  Ledger ledger{5, 8};
  register_settlers(context_of(toy, year), people, applications(std::vector<std::uint32_t>(40, 9)), 1, ledger);
  CHECK(ledger.settled(0U, Route::residence) == 3);
  CHECK(ledger.settled(2U, Route::residence) == 20);
  CHECK(ledger.registered_out[3] == 23);
}

TEST_CASE("who has become registered at home meanwhile takes no place of a quota", "[settling]") {
  ToyProvince toy = toy_province();
  toy.settings[0].quota = 3;
  Population people = people_like(settled_since(2020, 0, 1, Education::basic, false), 10);
  for (std::size_t row = 0; row < 5; ++row) people.registered[row] = zone(0);  // reclassified: their draws lead
  std::vector<std::uint32_t> draws;
  for (std::uint32_t row = 0; row < 10; ++row) draws.push_back(row);
  Ledger ledger{5, 8};
  register_settlers(context_of(toy, year), people, applications(draws), 1, ledger);
  CHECK(ledger.settled(0U, Route::residence) == 3);
  for (std::size_t row = 0; row < 10; ++row) CHECK((people.registered[row] == zone(0)) == (row < 8));
}

TEST_CASE("a settler is local from then on", "[settling]") {
  const ToyProvince toy = toy_province();
  for (const std::size_t from : {1U, 2U, 6U}) {
    Person migrant = person_aged(30, 2030, Sex::female, 0, from);
    migrant.traits.set(Township::same_county);
    Population people = people_like(migrant, 1);
    Ledger ledger{5, 8};
    register_settler(context_of(toy, 2030), people, {0, Slot{0}, Route::residence}, ledger);
    CHECK(people.registered[0] == zone(0));
    CHECK(registration_of(toy.places, zone(0), people.registered[0], people.traits[0].township()) ==
          Registration::local);
  }
}

TEST_CASE("settlers from the countryside sell their land where that is worth more than what they keep", "[settling]") {
  ToyProvince toy = toy_province();
  toy.parameters.land_present_value = 2;
  toy.settings[1].land_exit_price = 1.3;  // they keep 0.7 of 2 years of income
  toy.settings[2].land_exit_price = 1.5;
  const YearContext now = context_of(toy, year);
  Ledger ledger{5, 8};
  for (const std::size_t from : {1U, 2U, 3U, 4U, 5U, 5U, 6U}) {
    Population people = people_like(person_aged(30, year, Sex::female, 0, from), 1);
    register_settler(now, people, {0, Slot{0}, Route::residence}, ledger);
  }
  CHECK(ledger.land_exits == std::vector<std::int64_t>{0, 0, 2, 0, 0});
}
