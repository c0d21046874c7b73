#include "luohu/rates/life.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

double probability(std::uint64_t threshold) {
  return static_cast<double>(threshold) * 0x1p-32;
}

/// Masses and means of Gamma(mean 1, variance) on a fine grid of t = x^(1/4), which tames the pole at 0.
std::vector<double> integrated_classes(double variance, std::size_t bands) {
  const double shape = 1 / variance, scale = variance;
  const int steps = 400'000;
  const double end = std::pow(60.0, 0.25);
  std::vector<double> mass(bands), first(bands);
  double below = 0;
  for (int i = 0; i < steps; ++i) {
    const double t = (i + 0.5) * end / steps, x = t * t * t * t;
    const double density =
        std::exp((shape - 1) * std::log(x) - x / scale - std::lgamma(shape) - shape * std::log(scale));
    const double piece = density * 4 * t * t * t * end / steps;
    const std::size_t band =
        std::min(bands - 1, static_cast<std::size_t>((below + piece / 2) * static_cast<double>(bands)));
    mass[band] += piece;
    first[band] += piece * x;
    below += piece;
  }
  for (std::size_t band = 0; band < bands; ++band) first[band] /= mass[band];
  return first;
}

}  // namespace

TEST_CASE("a hazard becomes the probability of at least one event", "[rates]") {
  CHECK(probability_within_year(0) == 0);
  CHECK(probability_within_year(std::log(2.0)) == Approx(0.5).epsilon(1e-15));
  CHECK(probability_within_year(1e-12) == Approx(1e-12).epsilon(1e-11));
  CHECK(probability_within_year(1000) == 1);
}

TEST_CASE("a year of life is lived half at one age and half at the next", "[rates]") {
  const VitalTables vital = toy_vital();
  const auto m = [&](std::size_t s, std::size_t age) { return vital.mortality(s, age); };
  for (const Sex sex : {Sex::female, Sex::male}) {
    const auto s = static_cast<std::size_t>(sex);
    CHECK(death_hazard(vital.mortality, sex, 30) == Approx((m(s, 30) + m(s, 31)) / 2));
    CHECK(death_hazard(vital.mortality, sex, 100) == m(s, 100));
    // The half-year before the first January is charged here: nobody in the model lives it.
    CHECK(death_hazard(vital.mortality, sex, 0) == Approx(m(s, 0) + m(s, 1) / 2));
  }
}

TEST_CASE("death thresholds follow place, path, sex and age", "[rates]") {
  VitalTables vital = toy_vital();
  vital.mortality_path[35] = 0.5;  // 2025
  const auto in_2025 = death_thresholds(vital, 5, 2025), in_2026 = death_thresholds(vital, 5, 2026);
  for (const std::size_t age : {0U, 1U, 40U, 99U, 100U}) {
    for (const Sex sex : {Sex::female, Sex::male}) {
      const double hazard = death_hazard(vital.mortality, sex, age);
      for (std::size_t p = 0; p < 5; ++p) {
        const double factor = p < 3 ? vital.mortality_factor[p] : 1.0;  // external nodes: the province's
        CHECK(probability(in_2025(p, sex, age)) == Approx(1 - std::exp(-0.5 * factor * hazard)).margin(0x1p-31));
        CHECK(probability(in_2026(p, sex, age)) == Approx(1 - std::exp(-factor * hazard)).margin(0x1p-31));
      }
    }
  }
}

TEST_CASE("birth thresholds follow place, path and age", "[rates]") {
  VitalTables vital = toy_vital();
  vital.fertility_path[35] = 0.8;
  const auto thresholds = birth_thresholds(vital, 5, 2025, 0.3);
  for (const std::size_t age : {14U, 15U, 28U, 49U}) {
    const double rate = (vital.fertility[age] + vital.fertility[age + 1]) / 2;
    for (std::size_t p = 0; p < 5; ++p) {
      const double factor = p < 3 ? vital.fertility_factor[p] : 0.3;
      CHECK(probability(thresholds(p, age)) == Approx(1 - std::exp(-0.8 * factor * rate)).margin(0x1p-31));
    }
  }
  CHECK(thresholds(0U, 13U) == 0);
  CHECK(thresholds(0U, 50U) == 0);
  CHECK(thresholds(0U, 100U) == 0);
}

TEST_CASE("the year must lie on the path", "[rates]") {
  CHECK_THROWS(death_thresholds(toy_vital(), 3, 1989));
  CHECK_THROWS(birth_thresholds(toy_vital(), 3, 2110, 1));
}

TEST_CASE("ages beyond the tables have the oldest's rates", "[rates]") {
  CHECK(table_age(-1) == 0);
  CHECK(table_age(0) == 0);
  CHECK(table_age(100) == 100);
  CHECK(table_age(120) == 100);
}

TEST_CASE("the age schedule of migration is Rogers and Castro's", "[rates]") {
  Parameters c;
  c.mobility_level = 1;
  // By hand: a1 exp(-alpha1 x) + a2 exp(-alpha2 (x - mu2) - exp(-lambda2 (x - mu2))) + c.
  CHECK(move_schedule(c, 20) == Approx(0.02 * std::exp(-2.0) + 0.06 * std::exp(-1.0) + 0.003));
  CHECK(move_schedule(c, 0) == Approx(0.02 + 0.06 * std::exp(2 - std::exp(8.0)) + 0.003));
  CHECK(move_schedule(c, 60) == Approx(0.02 * std::exp(-6.0) + 0.06 * std::exp(-4 - std::exp(-16.0)) + 0.003));
  Parameters no_students = c;
  no_students.rc_student_level = 0;
  for (int age = 0; age <= 100; ++age) {
    const double extra = move_schedule(c, age) - move_schedule(no_students, age);
    CHECK(extra == Approx(age >= 17 && age <= 19 ? 0.05 : 0.0).margin(1e-15));
  }
  Parameters twice = c;
  twice.mobility_level = 2;
  CHECK(move_schedule(twice, 33) == Approx(2 * move_schedule(c, 33)));
}

TEST_CASE("frailty classes are the conditional means of a Gamma distribution", "[rates]") {
  for (const double variance : {0.05, 0.3, 0.8, 1.0, 2.0}) {
    INFO("variance " << variance);
    const std::vector<double> classes = frailty_classes(variance, 8), expected = integrated_classes(variance, 8);
    double square = 0;
    for (std::size_t band = 0; band < 8; ++band) {
      CHECK(classes[band] == Approx(expected[band]).epsilon(2e-4).margin(1e-5));
      if (band > 0) CHECK(classes[band - 1] < classes[band]);
      square += classes[band] * classes[band] / 8;
    }
    CHECK(std::accumulate(classes.begin(), classes.end(), 0.0) / 8 == Approx(1).epsilon(1e-12));
    // Quantising loses the variance within the classes, and not more.
    CHECK(square - 1 < variance);
    CHECK(square - 1 > 0.75 * variance);
  }
  CHECK(frailty_classes(0, 8) == std::vector<double>(8, 1.0));
  CHECK(frailty_classes(0.8, 1) == std::vector<double>{1.0});
  for (const double tiny : {1e-9, 1e-6, 1e-3}) {
    for (const double mean : frailty_classes(tiny, 8)) CHECK(mean == Approx(1).margin(3 * std::sqrt(tiny) + 1e-6));
  }
}
