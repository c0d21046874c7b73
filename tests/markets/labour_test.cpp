#include "luohu/markets/labour.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/core/error.hpp"

using namespace luohu;

namespace {

const Workers town{{{900, 400}, {300, 200}, {250, 100}}};

}  // namespace

TEST_CASE("the base year's people earn what they did", "[labour]") {
  const LabourOutcome outcome = TownLabour{town, {}}.clear(town, 1);
  for (const auto& skill : outcome.wage) {
    for (const double wage : skill) CHECK(wage == Approx(1).epsilon(1e-14));
  }
  CHECK(outcome.output == Approx(1).epsilon(1e-14));
  CHECK(outcome.at_base_wages == Approx(1).epsilon(1e-14));
}

TEST_CASE("productivity is paid out in full", "[labour]") {
  const LabourOutcome outcome = TownLabour{town, {}}.clear(town, 1.1);
  CHECK(outcome.wage[0][0] == Approx(1.1).epsilon(1e-14));
  CHECK(outcome.output == Approx(1.1).epsilon(1e-14));
  CHECK(outcome.at_base_wages == Approx(1).epsilon(1e-14));
}

TEST_CASE("senior schooling counts as its premium of basic labour", "[labour]") {
  Parameters c;
  c.skill_premium_senior = 1.25;
  Workers fewer = town, swapped = town;
  fewer[0][0] -= 125;
  swapped[0][0] -= 125;
  swapped[1][0] += 100;
  const TownLabour market{town, c};
  CHECK(market.clear(swapped, 1).wage[1][0] == Approx(1).epsilon(1e-14));
  CHECK(market.clear(fewer, 1).wage[0][0] > 1);
}

TEST_CASE("arrivals lower the wages of migrants like them and of nobody else", "[labour]") {
  // An, Qin, Wu & You 2024 JOLE: where cities opened in 2014, incumbent migrants lost 2.6 to 7.9 %, natives nothing.
  Workers arrivals = town;
  arrivals[0][1] *= 1.5;
  arrivals[1][1] *= 1.5;
  const LabourOutcome outcome = TownLabour{town, {}}.clear(arrivals, 1);
  CHECK(outcome.wage[0][1] < 1 - 0.026);
  CHECK(outcome.wage[0][1] > 1 - 0.079);
  CHECK(outcome.wage[0][0] > 1);
  CHECK(outcome.wage[1][0] > outcome.wage[0][0]);
}

TEST_CASE("productivity grows with each skill's own labour", "[labour]") {
  Parameters with, without;
  without.agglomeration_high = without.agglomeration_low = 0;
  Workers schooled = town;
  for (double& persons : schooled[2]) persons *= 2;
  const double gain =
      TownLabour{town, with}.clear(schooled, 1).output / TownLabour{town, without}.clear(schooled, 1).output;
  CHECK(gain == Approx(std::exp2(with.agglomeration_high)).epsilon(1e-12));
}

TEST_CASE("a rural income rises as people leave the land", "[labour]") {
  const Parameters c;
  CHECK(std::log(rural_income_factor(1000, 800, 1, c)) == Approx(-0.4 * std::log(0.8)).epsilon(1e-12));
  CHECK(rural_income_factor(1000, 1000, 1.05, c) == 1.05);
  CHECK_THROWS_AS((void)rural_income_factor(1000, 0, 1, c), InternalError);
}

TEST_CASE("a market without somebody of every kind is refused", "[labour]") {
  Workers empty = town;
  empty[2][1] = 0;
  CHECK_THROWS_AS((TownLabour{empty, {}}), InternalError);
  CHECK_THROWS_AS((void)TownLabour({town, {}}).clear(empty, 1), InternalError);
}
