#include "luohu/policy/measures.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/core/error.hpp"

using namespace luohu;

namespace {

constexpr std::string_view residence = "registration.required_residence_years";
constexpr std::string_view school = "coverage.school";
constexpr std::string_view quota = "registration.quota";
constexpr std::string_view fidelity = "delivery.fidelity";

Measure measure(std::string_view lever, Change change, double amount, double start = 2021, double ramp = 0) {
  Measure m;
  m.lever = find_lever(lever);
  m.places = {PlaceId{0}};
  m.start = start;
  m.ramp = ramp;
  m.change = change;
  m.amount = amount;
  return m;
}

Measure scheduled(std::string_view lever, std::map<double, double> steps) {
  Measure m = measure(lever, Change::schedule, 0);
  m.schedule = std::move(steps);
  return m;
}

double value_in(Year year, const Measure& m, double base) {
  Settings settings(2);
  settings[0].*m.lever->field = base;
  return settings_of(year, settings, std::vector{m})[0].*m.lever->field;
}

}  // namespace

TEST_CASE("the mean effect of a year is the mean of a clamped line", "[measures]") {
  struct Case {
    double start, lag, ramp;
    Year year;
    double effect;
  };
  // By hand: the area under clamp((t - start - lag) / ramp, 0, 1) between year and year + 1.
  const Case cases[] = {
      {2021, 0, 0, 2020, 0},            // the year before
      {2021, 0, 0, 2021, 1},            // a step on New Year's day
      {2021.5, 0, 0, 2020, 0},          //
      {2021.5, 0, 0, 2021, 0.5},        // a step at mid-year
      {2021.5, 0, 0, 2022, 1},          //
      {2021.25, 0, 0, 2021, 0.75},      //
      {2021.5, 1, 0, 2021, 0},          // a lag shifts the whole
      {2021.5, 1, 0, 2022, 0.5},        //
      {2021, 0, 1, 2021, 0.5},          // a triangle
      {2021, 0, 2, 2021, 0.25},         // 1/2 * 1 * 1/2
      {2021, 0, 2, 2022, 0.75},         // a trapezium
      {2021, 0, 2, 2023, 1},            //
      {2021.5, 0, 3, 2021, 1.0 / 24},   // 1/2 * 1/2 * 1/6
      {2021.5, 0, 3, 2022, 1.0 / 3},    // from 1/6 to 1/2
      {2021.5, 0, 3, 2023, 2.0 / 3},    // from 1/2 to 5/6
      {2021.5, 0, 3, 2024, 23.0 / 24},  // to 1 at mid-year, then full
      {2021.5, 0, 3, 2025, 1},          //
      {2021.5, 0, 0.25, 2021, 0.375},   // the whole ramp inside the year: 1/8 + 1/4
      {2021.5, 0.5, 0.5, 2022, 0.75},   //
  };
  for (const auto& [start, lag, ramp, year, effect] : cases) {
    INFO(start << " + " << lag << ", ramp " << ramp << ", year " << year);
    Measure m = measure(school, Change::value, 1, start, ramp);
    m.lag = lag;
    CHECK(mean_effect(m, year) == Approx(effect).epsilon(1e-12));
    if (effect == 0 || effect == 1) CHECK(mean_effect(m, year) == effect);  // exactly
  }
}

TEST_CASE("the effects of a ramp's years sum to the years lost to it", "[measures]") {
  // Sum over years of (1 - effect) from the start on is ramp / 2, wherever in the year it starts.
  for (const double start : {2021.0, 2021.1, 2021.5, 2021.9}) {
    for (const double ramp : {0.3, 1.0, 2.7, 10.0}) {
      double lost = start - 2021;
      lost = -lost;
      for (Year year = 2021; year < 2040; ++year)
        lost += 1 - mean_effect(measure(school, Change::value, 1, start, ramp), year);
      CHECK(lost == Approx(ramp / 2).epsilon(1e-9));
    }
  }
}

TEST_CASE("a value, an addition and a factor each move the setting as far as the effect goes", "[measures]") {
  CHECK(value_in(2021, measure(residence, Change::value, 0, 2021.5), 2) == 1);
  CHECK(value_in(2022, measure(residence, Change::value, 0, 2021.5), 2) == 0);
  CHECK(value_in(2021, measure(school, Change::add, 0.2, 2021.5), 0.5) == Approx(0.6));
  CHECK(value_in(2022, measure(school, Change::add, 0.2, 2021.5), 0.5) == 0.5 + 0.2);
  CHECK(value_in(2021, measure(school, Change::multiply, 1.5, 2021.5), 0.4) == Approx(0.5));
}

TEST_CASE("values are held to the lever's range", "[measures]") {
  CHECK(value_in(2022, measure(school, Change::add, 0.5), 0.8) == 1);
  CHECK(value_in(2022, measure(residence, Change::add, -5), 2) == 0);
  CHECK(value_in(2022, measure(residence, Change::multiply, 100), 2) == 50);
}

TEST_CASE("no quota stays none until a quota is fully in force, and goes as soon as it is lifted", "[measures]") {
  const double none = no_quota;
  CHECK(value_in(2021, measure(quota, Change::value, 1000, 2021.5), none) == none);
  CHECK(value_in(2022, measure(quota, Change::value, 1000, 2021.5), none) == 1000);
  CHECK(value_in(2020, measure(quota, Change::value, none, 2021.5), 1000) == 1000);
  CHECK(value_in(2021, measure(quota, Change::value, none, 2021.5), 1000) == none);
  CHECK(value_in(2022, measure(quota, Change::multiply, 0), none) == 0);
  CHECK(value_in(2022, measure(quota, Change::multiply, 2), none) == none);
  CHECK(value_in(2022, measure(quota, Change::add, 10), none) == none);
}

TEST_CASE("a schedule gives the year's mean of its steps", "[measures]") {
  const Measure m = scheduled(residence, {{2021.5, 2}, {2023, 1}, {2024.25, 0.5}, {2024.75, 0}});
  CHECK(value_in(2020, m, 4) == 4);
  CHECK(value_in(2021, m, 4) == Approx(3));  // half a year of 4, half of 2
  CHECK(value_in(2022, m, 4) == 2);
  CHECK(value_in(2023, m, 4) == 1);
  CHECK(value_in(2024, m, 4) == Approx(0.25 * 1 + 0.5 * 0.5));
  CHECK(value_in(2025, m, 4) == 0);
  CHECK(mean_effect(m, 2020) == 0);
  CHECK(mean_effect(m, 2021) == 0.5);
  CHECK(mean_effect(m, 2022) == 1);
}

TEST_CASE("a schedule may lift and impose a quota", "[measures]") {
  const Measure m = scheduled(quota, {{2021, no_quota}, {2022.5, 100}});
  CHECK(value_in(2020, m, 50) == 50);
  CHECK(value_in(2021, m, 50) == no_quota);
  CHECK(value_in(2022, m, 50) == no_quota);  // half a year without limit is a year without limit
  CHECK(value_in(2023, m, 50) == 100);
}

TEST_CASE("measures apply in order, each to what the ones before left", "[measures]") {
  const Settings base(1, PlaceSettings{.coverage_school = 0.5});
  const Measure twice = measure(school, Change::multiply, 1.2);
  const Measure more = measure(school, Change::add, 0.1);
  CHECK(settings_of(2022, base, std::vector{twice, more})[0].coverage_school == Approx(0.5 * 1.2 + 0.1));
  CHECK(settings_of(2022, base, std::vector{more, twice})[0].coverage_school == Approx((0.5 + 0.1) * 1.2));
}

TEST_CASE("measures that are off, not yet begun or without size change no bit", "[measures]") {
  Settings base(2);
  base[0].coverage_school = 0.1 + 0.2;  // not a round number
  Measure off = measure(school, Change::value, 1);
  off.enabled = false;
  const std::vector<Measure> nothing{off, measure(school, Change::value, 1, 2030, 3), measure(school, Change::add, 0),
                                     measure(school, Change::multiply, 1), scheduled(school, {{2030, 1}})};
  CHECK(settings_of(2022, base, nothing) == base);
  CHECK(settings_of(2022, base, {}) == base);
}

TEST_CASE("a measure touches its places and its lever alone", "[measures]") {
  const Settings base(3);
  Measure m = measure(residence, Change::value, 7);
  m.places = {PlaceId{1}};
  Settings expected = base;
  expected[1].residence_years = 7;
  CHECK(settings_of(2022, base, std::vector{m}) == expected);
}

TEST_CASE("a loosening measure loosens more from year to year", "[measures]") {
  for (const Lever& lever : levers()) {
    INFO(lever.name);
    const double loose = lever.loosens_downward ? lever.minimum : std::min(lever.maximum, 10.0);
    const double tight = lever.loosens_downward ? std::min(lever.maximum, 10.0) : lever.minimum;
    const Measure m = measure(lever.name, Change::value, loose, 2021.3, 4.5);
    double before = tight;
    for (Year year = 2020; year < 2030; ++year) {
      const double now = value_in(year, m, tight);
      CHECK((lever.loosens_downward ? now <= before : now >= before));
      before = now;
    }
    CHECK(before == loose);
  }
}

TEST_CASE("fidelity delivers its share of every other measure, in its place alone", "[measures]") {
  const Settings base(2, PlaceSettings{.coverage_school = 0.5});
  Measure more = measure(school, Change::add, 0.2);
  more.places = {PlaceId{0}, PlaceId{1}};
  const Measure partly = measure(fidelity, Change::value, 0.4), half = measure(fidelity, Change::multiply, 0.5);
  // Whatever the order, delivery comes first; it is not itself subject to delivery.
  for (const std::vector<Measure>& measures : {std::vector{more, partly, half}, std::vector{partly, more, half}}) {
    const Settings settings = settings_of(2022, base, measures);
    CHECK(settings[0].fidelity == Approx(0.2));
    CHECK(settings[0].coverage_school == Approx(0.5 + 0.2 * 0.2));
    CHECK(settings[1].fidelity == 1);
    CHECK(settings[1].coverage_school == 0.5 + 0.2);
  }
  const Measure limit = measure(quota, Change::value, 1000);
  CHECK(settings_of(2022, base, std::vector{limit, partly})[0].quota == no_quota);  // in part is not at all
}

TEST_CASE("a measure on a place that does not exist breaks the contract", "[measures]") {
  Measure m = measure(school, Change::value, 1);
  m.places = {PlaceId{5}};
  CHECK_THROWS_AS(settings_of(2022, Settings(2), std::vector{m}), InternalError);
}
