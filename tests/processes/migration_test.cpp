#include "luohu/processes/migration.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/processes/settling.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

ChoiceTables choice_of(const ToyProvince& toy) {
  const Grid<double, 2> wedge = expected_wedge(toy.settings, toy.parameters);
  const Grid<std::int64_t, 2> stock{{5, 8}, 1000};
  return ChoiceTables{{toy.places, toy.economy, toy.parameters, wedge, stock}};
}

/// Everything a year of migration needs, with the model's own age schedule.
struct Setting {
  ToyProvince toy = toy_province();
  ChoiceTables choice;
  std::vector<double> age_hazard, frailty;
  double normalisation = 0.7;
  Cells cells{toy.places};

  Setting() {
    for (std::size_t age = 0; age < single_ages; ++age)
      age_hazard.push_back(move_schedule(toy.parameters, static_cast<int>(age)));
    update();
  }
  void update() {
    choice = choice_of(toy);
    frailty = frailty_classes(toy.parameters.frailty_variance, frailty_bands);
  }
  [[nodiscard]] Migration migration(const YearContext& now) const {
    return Migration{{choice, normalisation, age_hazard, frailty}, now, cells};
  }
};

Person with_band(Person person, Sex sex, std::size_t band, Education education, bool owner) {
  person.traits = Traits{sex, band};
  person.traits.set(education);
  person.traits.set_owner(owner);
  return person;
}

}  // namespace

TEST_CASE("people leave at the hazard of their age, schooling, sex, frailty and cell", "[migration][statistical]") {
  // Binomial(n, 1 - exp(-h)), n = 300,000 for each of eight persons, h by hand from model equation (9).
  // Any factor forgotten is 5 to 200 % of h: at p = 0.1, 5 % is 9 sd.
  Setting s;
  s.toy.parameters.mobility_townsfolk = 0.6;
  s.toy.parameters.mobility_away = 1.5;
  const Parameters& c = s.toy.parameters;
  struct Case {
    int age;
    Sex sex;
    std::size_t home, registered, band;
    Education education;
    bool owner;
  };
  const Case cases[] = {
      {30, Sex::female, 0, 0, 3, Education::basic, false}, {30, Sex::male, 0, 0, 3, Education::basic, false},
      {30, Sex::male, 2, 1, 7, Education::tertiary, true}, {18, Sex::female, 1, 1, 5, Education::senior, false},
      {70, Sex::female, 6, 3, 7, Education::basic, false}, {5, Sex::male, 4, 6, 6, Education::basic, false},
      {100, Sex::male, 5, 5, 7, Education::senior, false}, {35, Sex::female, 2, 3, 4, Education::basic, false}};
  for (const Case& one : cases) {
    INFO("age " << one.age << ", home " << one.home);
    const YearContext now = context_of(s.toy, year, Seed{static_cast<std::uint64_t>(one.age)});
    const std::size_t n = 300'000;
    Population people = people_like(with_band(person_aged(one.age, year, one.sex, one.home, one.registered), one.sex,
                                              one.band, one.education, one.owner),
                                    n);
    const Outcome outcome = run_alone(s.migration(now), now, people);
    const std::size_t cell =
        s.choice.cell(one.home, one.registered, static_cast<std::size_t>(one.education), age_band(one.age));
    const double schooling[] = {1, c.mobility_senior, c.mobility_tertiary};
    const bool away = one.home / 2 != one.registered / 2 || (one.home >= 6 && one.home != one.registered);
    const bool townsfolk = one.home == one.registered && one.home < 6 && one.home % 2 == 0;
    const double place = away ? c.mobility_away : (townsfolk ? c.mobility_townsfolk : 1);
    const double hazard = place * move_schedule(c, one.age) * schooling[static_cast<std::size_t>(one.education)] *
                          (one.sex == Sex::male ? c.mobility_male : 1) * s.frailty[one.band] *
                          (one.owner ? c.mobility_owner : 1) * std::exp(s.choice.pull(cell) - s.normalisation);
    const auto left = static_cast<double>(outcome.ledger.departures(one.home, one.sex));
    CHECK(binomial_p(left, static_cast<double>(n), 1 - std::exp(-hazard)) > false_alarm);

    // Where they go, given that they go.
    std::vector<std::int64_t> arrivals(8);
    std::vector<double> shares;
    for (std::size_t z = 0; z < 8; ++z) shares.push_back(s.choice.share(cell, z));
    for (std::size_t z = 0; z < 8; ++z) arrivals[z] = outcome.ledger.arrivals(z, one.sex);
    if (one.registered < 6) {
      CHECK(multinomial_p(arrivals, shares) > false_alarm);
    } else {
      CHECK(arrivals[6] + arrivals[7] == 0);
      const double gone = left - static_cast<double>(total(arrivals));
      CHECK(binomial_p(gone, left, shares[6] + shares[7]) > false_alarm);
      CHECK(outcome.ledger.registered_out[one.registered] == static_cast<std::int64_t>(gone));
    }
  }
}

TEST_CASE("a move changes what a move changes", "[migration]") {
  Setting s;
  s.toy.parameters.mobility_level = 10;
  for (double& hazard : s.age_hazard) hazard *= 30;
  const YearContext now = context_of(s.toy, year);
  Population people = random_people(s.toy, 20'000, year, 3);
  const Population before = copy_of(people);
  const Outcome outcome = run_alone(s.migration(now), now, people);
  std::size_t moved = 0, left = 0;
  Ledger expected{5, 8};
  for (std::size_t row = 0; row < people.size(); ++row) {
    const Person was = before.at(row), is = people.at(row);
    if (is.home == was.home) {
      REQUIRE(is.traits.bits() == was.traits.bits());
      REQUIRE(is.arrived == was.arrived);
      REQUIRE(is.group_since == was.group_since);
      continue;
    }
    const std::size_t from = was.home.value();
    ++expected.departures(from, was.traits.sex());
    if (!is.home) {
      ++left;
      REQUIRE(was.registered.value() >= 6);
      continue;
    }
    ++moved;
    const std::size_t to = is.home.value();
    ++expected.arrivals(to, was.traits.sex());
    REQUIRE_FALSE(is.traits.owner());
    REQUIRE(is.arrived.year() == year);
    const bool same_group = s.toy.group_of[s.toy.places.place_of(was.home).value()] ==
                            s.toy.group_of[s.toy.places.place_of(is.home).value()];
    REQUIRE(is.group_since == (same_group ? was.group_since : ShortYear{year}));
    REQUIRE((is.traits.township() == Township::registered) == (is.home == is.registered));
    REQUIRE((to < 6 || is.registered.value() < 6));
  }
  CHECK(moved > 5'000);
  CHECK(left > 300);
  CHECK(outcome.ledger.departures == expected.departures);
  CHECK(outcome.ledger.arrivals == expected.arrivals);
  CHECK(total(outcome.ledger.moves.values()) == static_cast<std::int64_t>(moved + left));
  CHECK(total(outcome.ledger.registered_out) == static_cast<std::int64_t>(left));
}

TEST_CASE("flows are told by place, age and registration after the move", "[migration]") {
  Setting s;
  for (double& hazard : s.age_hazard) hazard = 100;
  const YearContext now = context_of(s.toy, year);
  Population people = people_like(person_aged(20, year, Sex::male, 0, 1), 50'000);
  const Outcome outcome = run_alone(s.migration(now), now, people);
  Grid<std::int64_t, 4> expected{{5, 5, broad_ages, registrations}};
  for (std::size_t row = 0; row < people.size(); ++row) {
    const std::size_t to = people.home[row].value(), place_of = to < 6 ? to / 2 : to - 3;
    // Home again in the countryside of A: local; its town is left and cannot be chosen.
    ++expected(0U, place_of, 1U, to == 1 ? 0U : 2U);
  }
  CHECK(outcome.ledger.moves == expected);
}

TEST_CASE("the normalisation makes the mean pull of the base year one", "[migration]") {
  const Setting s;
  std::vector<std::int64_t> weight(s.choice.cells());
  for (std::size_t cell = 0; cell < weight.size(); ++cell) weight[cell] = static_cast<std::int64_t>(cell * 7919 % 13);
  const double log_mean = pull_normalisation(s.choice, weight);
  double sum = 0, people = 0;
  for (std::size_t cell = 0; cell < weight.size(); ++cell) {
    sum += static_cast<double>(weight[cell]) * std::exp(s.choice.pull(cell) - log_mean);
    people += static_cast<double>(weight[cell]);
  }
  CHECK(sum / people == Approx(1).epsilon(1e-12));
  CHECK(pull_normalisation(s.choice, std::vector<std::int64_t>(s.choice.cells())) == 0);
}
