// Deaths, births and inflow, each by itself, against its distribution.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "luohu/processes/births.hpp"
#include "luohu/processes/deaths.hpp"
#include "luohu/processes/inflow.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

ToyProvince with_mortality(double rate) {
  ToyProvince toy = toy_province();
  std::ranges::fill(toy.vital.mortality.values(), rate);
  toy.vital.mortality_factor = {1, 1, 1};
  return toy;
}

InflowTables flat_inflow(double mean) {
  InflowTables tables;
  tables.mean = Grid<double, 2>{{2, 3}, mean};
  tables.urban_share = {0.8, 0.5, 0.0};
  for (std::size_t age = 0; age < single_ages; ++age)
    tables.age_cumulative.push_back(age < 20 ? 0.0 : std::min(1.0, static_cast<double>(age - 19) / 20));
  tables.education = Grid<double, 2>{{single_ages, education_levels}, 1.0};
  for (std::size_t age = 0; age < single_ages; ++age) tables.education(age, 0U) = 0.5, tables.education(age, 1U) = 0.8;
  return tables;
}

Grid<double, 2> ones() {
  return Grid<double, 2>{{2, 3}, 1.0};
}

}  // namespace

TEST_CASE("deaths in a closed cohort are binomial", "[deaths][statistical]") {
  // Binomial(n, 1 - exp(-m)), n = 200,000. Power: at m = 0.4 the slip q = m is 67 sd away, a slip of
  // half a year of age (m one quarter off) far more; a 1 % error of q is 3.1 sd, and six ages add up.
  const ToyProvince toy = with_mortality(0.4);
  const Cells cells{toy.places};
  const std::size_t n = 200'000;
  for (const int age : {1, 40, 100}) {
    for (const Sex sex : {Sex::female, Sex::male}) {
      Population people = people_like(person_aged(age, year, sex, 2, 5), n);
      const YearContext now = context_of(toy, year, Seed{static_cast<std::uint64_t>(age)});
      const Outcome outcome = run_alone(Deaths{toy.vital, now, cells}, now, people);
      const auto deaths = static_cast<double>(outcome.ledger.deaths(2U, sex));
      CHECK(binomial_p(deaths, static_cast<double>(n), 1 - std::exp(-0.4)) > false_alarm);
      CHECK(outcome.ledger.registered_deaths[5] == outcome.ledger.deaths(2U, sex));
      CHECK(compact(people) == static_cast<std::size_t>(deaths));
    }
  }
}

TEST_CASE("death rates differ by place, and the gone do not die twice", "[deaths][statistical]") {
  ToyProvince toy = with_mortality(0.3);
  toy.vital.mortality_factor = {0.5, 1, 2};
  const Cells cells{toy.places};
  const std::size_t n = 160'000;
  Population people = people_of(n, [](std::size_t i) { return person_aged(50, year, Sex::female, i % 8, i % 6); });
  const YearContext now = context_of(toy, year), later = context_of(toy, year + 1);
  const Outcome outcome = run_alone(Deaths{toy.vital, now, cells}, now, people);
  const std::vector<double> factor{0.5, 0.5, 1, 1, 2, 2, 1, 1};
  for (std::size_t z = 0; z < 8; ++z) {
    const auto deaths = static_cast<double>(outcome.ledger.deaths(z, Sex::female));
    CHECK(binomial_p(deaths, static_cast<double>(n) / 8, 1 - std::exp(-0.3 * factor[z])) > false_alarm);
  }
  // A second year, uncompacted: again binomial, of those still there.
  std::int64_t left = 0;
  for (std::size_t row = 0; row < n; ++row) left += people.gone(row) ? 0 : 1;
  CHECK(left == static_cast<std::int64_t>(n) - total(outcome.ledger.deaths.values()));
  const Outcome next = run_alone(Deaths{toy.vital, later, cells}, later, people);
  CHECK(total(next.ledger.deaths.values()) < left);
}

TEST_CASE("births are binomial among women of fertile age", "[births][statistical]") {
  // Binomial(n, 1 - exp(-(f_x + f_x+1) / 2 * place)), n = 300,000; at p = 0.1 a 1 % error is 1.8 sd a
  // case and six cases add up; using f_x at age 20 for the mean with f_21 is 18 sd away.
  const ToyProvince toy = toy_province();
  const Cells cells{toy.places};
  const std::size_t n = 300'000;
  for (const int age : {20, 28, 34}) {
    for (const std::size_t home : {0U, 5U}) {
      Population people = people_of(
          n, [&](std::size_t i) { return person_aged(age, year, i % 2 == 0 ? Sex::female : Sex::male, home, 2); });
      const YearContext now = context_of(toy, year, Seed{static_cast<std::uint64_t>(age)});
      const Outcome outcome = run_alone(Births{toy.vital, now, cells}, now, people);
      const auto a = static_cast<std::size_t>(age);
      const double rate = (toy.vital.fertility[a] + toy.vital.fertility[a + 1]) / 2 * (home == 0 ? 0.8 : 1.3);
      CHECK(binomial_p(static_cast<double>(mothers_in(outcome)), static_cast<double>(n) / 2, 1 - std::exp(-rate)) >
            false_alarm);
      for (const Requests& chunk : outcome.requests) {
        for (const Slot mother : chunk.mothers) REQUIRE(people.traits[mother.value()].sex() == Sex::female);
      }
    }
  }
}

TEST_CASE("men, girls and the old bear no children", "[births]") {
  ToyProvince toy = toy_province();
  for (double& rate : toy.vital.fertility) rate *= 20;
  const Cells cells{toy.places};
  Population people =
      people_of(20'000, [](std::size_t i) { return person_aged(i % 2 == 0 ? 13 : 50, year, Sex::female, 0, 0); });
  const YearContext now = context_of(toy, year);
  CHECK(mothers_in(run_alone(Births{toy.vital, now, cells}, now, people)) == 0);
}

TEST_CASE("a child is its mother's: where she lives at the end of the year, registered as she is", "[births]") {
  ToyProvince toy = toy_province();
  std::ranges::fill(toy.vital.fertility, 5.0);
  const Cells cells{toy.places};
  Population people = random_people(toy, 3000, year, 4);
  const std::size_t before = people.size();
  const YearContext now = context_of(toy, year);
  Outcome outcome = run_alone(Births{toy.vital, now, cells}, now, people);
  std::vector<std::size_t> mothers;
  for (const Slot slot : outcome.requests[0].mothers) mothers.push_back(slot.value());
  REQUIRE(mothers.size() > 1000);
  // Some mothers move or leave the model after the event.
  for (std::size_t i = 0; i < mothers.size(); i += 5) people.home[mothers[i]] = zone(3);
  std::erase_if(mothers, [&](std::size_t row) { return row % 11 == 0; });
  for (const Slot slot : outcome.requests[0].mothers) {
    if (slot.value() % 11 == 0) people.home[slot.value()] = ZoneId{};
  }
  deliver(now, people, outcome.requests[0], outcome.ledger);
  append_children(outcome.requests, people);
  REQUIRE(people.size() == before + mothers.size());
  std::set<std::uint64_t> ids;
  for (std::size_t i = 0; i < mothers.size(); ++i) {
    const Person child = people.at(before + i), mother = people.at(mothers[i]);
    CHECK(child.id == child_id(mother.id, year, 0));
    CHECK(child.home == mother.home);
    CHECK(child.registered == mother.registered);
    CHECK(child.traits.township() == mother.traits.township());
    CHECK(child.traits.education() == Education::basic);
    CHECK_FALSE(child.traits.owner());
    CHECK(child.born.year() == year);
    CHECK(child.arrived.year() == year);
    CHECK(child.group_since.year() == year);
    CHECK(child.insured_since == ShortYear::never());
    CHECK(age_at_start(people, before + i, year + 1) == 0);
    ids.insert(child.id.value());
  }
  CHECK(ids.size() == mothers.size());
  CHECK(total(outcome.ledger.births.values()) == static_cast<std::int64_t>(mothers.size()));
  CHECK(total(outcome.ledger.registered_births) == static_cast<std::int64_t>(mothers.size()));
}

TEST_CASE("children's sex and frailty have their shares", "[births][statistical]") {
  // Binomial(200,000, 0.527) boys; a share of 0.517 is 9 sd away. Frailty: chi-square on 7 df.
  ToyProvince toy = toy_province();
  std::vector<Requests> requests(1);
  Population people = people_like(person_aged(28, year, Sex::female, 0, 0), 200'000);
  for (std::uint32_t row = 0; row < 200'000; ++row) requests[0].mothers.push_back(Slot{row});
  Ledger ledger{5, 8};
  deliver(context_of(toy, year), people, requests[0], ledger);
  append_children(requests, people);
  CHECK(binomial_p(static_cast<double>(ledger.births(0U, Sex::male)), 200'000, toy.parameters.male_birth_share) >
        false_alarm);
  std::vector<std::int64_t> bands(frailty_bands);
  for (std::size_t row = 200'000; row < people.size(); ++row) ++bands[people.traits[row].frailty()];
  CHECK(multinomial_p(bands, std::vector<double>(frailty_bands, 1.0 / frailty_bands)) > false_alarm);
}

TEST_CASE("incomers come in Poisson numbers", "[inflow][statistical]") {
  // 100 seeds, mean 700 a channel of six at scale 10: the sum ~ Poisson(42,000); 1 % is 2 sd, a forgotten
  // appeal or scale hundreds. Dispersion: sum of (k - m)^2 / m over 600 channels ~ chi-square on 600 df.
  const ToyProvince toy = toy_province();
  const InflowTables tables = flat_inflow(700);
  Grid<double, 2> appeal = ones();
  appeal(1U, 2U) = 0.5;
  double all = 0, dispersion = 0;
  std::vector<std::int64_t> towns(3), country(3), ages(single_ages), levels(3);
  double males = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Population people;
    Ledger ledger{5, 8};
    add_incomers(context_of(toy, year, Seed{seed}), tables, appeal, 10, people, ledger);
    std::vector<double> channel(6);
    for (std::size_t row = 0; row < people.size(); ++row) {
      const Person who = people.at(row);
      REQUIRE(who.registered.value() >= 6);
      REQUIRE(who.home.value() < 6);
      REQUIRE(who.arrived.year() == year);
      const std::size_t p = who.home.value() / 2;
      channel[(who.registered.value() - 6) * 3U + p] += 1;
      ++(who.home.value() % 2 == 0 ? towns : country)[p];
      ++ages.at(static_cast<std::size_t>(age_at_start(people, row, year)));
      ++levels[static_cast<std::size_t>(who.traits.education())];
      males += who.traits.sex() == Sex::male ? 1 : 0;
    }
    CHECK(total(ledger.incomers.values()) == static_cast<std::int64_t>(people.size()));
    CHECK(total(ledger.registered_in) == static_cast<std::int64_t>(people.size()));
    for (std::size_t i = 0; i < 6; ++i) {
      const double mean = i == 5 ? 35 : 70;
      dispersion += (channel[i] - mean) * (channel[i] - mean) / mean;
    }
    all += static_cast<double>(people.size());
  }
  CHECK(poisson_p(all, 100 * (5 * 70 + 35)) > false_alarm);
  CHECK(chi_square_p(dispersion, 600) > false_alarm / 2);
  CHECK(1 - chi_square_p(dispersion, 600) > false_alarm / 2);
  for (std::size_t p = 0; p < 3; ++p) {
    CHECK(binomial_p(static_cast<double>(towns[p]), static_cast<double>(towns[p] + country[p]), tables.urban_share[p]) >
          false_alarm);
  }
  std::vector<double> age_share(single_ages);
  for (std::size_t age = 20; age < 40; ++age) age_share[age] = 1.0 / 20;
  CHECK(multinomial_p(ages, age_share) > false_alarm);
  CHECK(multinomial_p(levels, {0.5, 0.3, 0.2}) > false_alarm);
  CHECK(binomial_p(males, all, 0.55) > false_alarm);
}

TEST_CASE("incomers have the schooling of their age", "[inflow][statistical]") {
  // Multinomial over 20 ages and three levels, n ~ Poisson(60,000): chi-square on 59 df; schooling drawn from
  // the number that drew the age would leave one level an age.
  const ToyProvince toy = toy_province();
  InflowTables tables = flat_inflow(10'000);
  std::vector<std::int64_t> seen(single_ages * education_levels);
  std::vector<double> share(seen.size());
  for (std::size_t age = 20; age < 40; ++age) {
    const std::array<double, education_levels> below{age < 30 ? 0.2 : 0.7, age < 30 ? 0.6 : 0.9, 1};
    for (std::size_t e = 0; e < education_levels; ++e) {
      tables.education(age, e) = below.at(e);
      share[age * education_levels + e] = (below.at(e) - (e == 0 ? 0 : below.at(e - 1))) / 20;
    }
  }
  Population people;
  Ledger ledger{5, 8};
  add_incomers(context_of(toy, year), tables, ones(), 1, people, ledger);
  for (std::size_t row = 0; row < people.size(); ++row) {
    const auto age = static_cast<std::size_t>(age_at_start(people, row, year));
    ++seen.at(age * education_levels + static_cast<std::size_t>(people.traits[row].education()));
  }
  CHECK(multinomial_p(seen, share) > false_alarm);
}

TEST_CASE("more appeal adds incomers and changes none of the others", "[inflow]") {
  const ToyProvince toy = toy_province();
  const InflowTables tables = flat_inflow(40);
  const auto come = [&](double factor) {
    Population people;
    Ledger ledger{5, 8};
    Grid<double, 2> appeal = ones();
    appeal(0U, 0U) = factor;
    add_incomers(context_of(toy, year), tables, appeal, 1, people, ledger);
    std::set<std::uint64_t> ids;
    for (std::size_t row = 0; row < people.size(); ++row) ids.insert(people.id[row].value());
    CHECK(ids.size() == people.size());
    return ids;
  };
  const auto few = come(1), many = come(1.5);
  CHECK(many.size() > few.size());
  CHECK(std::ranges::includes(many, few));
}
