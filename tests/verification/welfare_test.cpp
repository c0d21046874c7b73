// T28: the logsum measures welfare.
//
// Formula (Small & Rosen 1981 Econometrica 49): if the utility of one alternative, chosen by the share q, changes by
// delta, expected maximum utility changes by ln(1 + q (e^delta − 1)), and welfare in log income by that over kappa.
// Here against sums over all alternatives and against the choice tables of the model, where delta is a change
// of amenity. Tolerance 1e-12 for sums, 1e-8 for the tables, whose shares are 32-bit. It would catch the share after
// the change taken for the one before, kappa of stocks taken for the one of flows, and staying left out.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/markets/welfare.hpp"
#include "luohu/rates/choice.hpp"
#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("T28: a change of one alternative changes welfare by its share", "[welfare]") {
  const std::vector<double> utility{0.3, -1.2, 2.0, 0.9};
  const double kappa = 0.94;
  for (std::size_t d = 0; d < utility.size(); ++d) {
    for (const double delta : {-3.0, -0.01, 0.0, 0.4, 5.0}) {
      double before = 0, after = 0;
      for (std::size_t k = 0; k < utility.size(); ++k) {
        before += std::exp(utility[k]);
        after += std::exp(utility[k] + (k == d ? delta : 0));
      }
      const double expected = std::log(after / before) / kappa;
      CHECK(welfare_change_of_one(std::exp(utility[d]) / before, delta, kappa) == Approx(expected).margin(1e-12));
      CHECK(welfare_change(std::log(before), std::log(after), kappa) == Approx(expected).margin(1e-12));
    }
  }
  // A change of all incomes alike is worth exactly itself.
  CHECK(income_equivalent(welfare_change_of_one(1, kappa * std::log(1.07), kappa)) == Approx(0.07).epsilon(1e-12));
}

TEST_CASE("T28: the model's choices obey it, staying included", "[welfare]") {
  ToyProvince toy = toy_province();
  const Grid<double, 2> wedge{{3, education_levels}, 0.1};
  const Grid<std::int64_t, 2> stock{{5, 8}, 1000};
  const auto tables = [&] { return ChoiceTables{{toy.places, toy.economy, toy.parameters, wedge, stock}}; };
  const double kappa = flow_elasticity(toy.parameters);
  const auto stay = [&](const ChoiceTables& choice, std::size_t cell) {
    return choice.logsum(cell) - choice.pull(cell) / toy.parameters.push_exponent;
  };
  const ChoiceTables before = tables();
  const double delta = 0.7;
  constexpr std::size_t changed = 2;
  toy.economy.amenity(changed, 1U) += delta;
  const ChoiceTables after = tables();
  for (std::size_t home = 0; home < 8; ++home) {
    for (std::size_t registered = 0; registered < 8; ++registered) {
      const std::size_t cell = before.cell(home, registered, 1, age_band(30));
      const double all = expected_utility(stay(before, cell), before.logsum(cell));
      const double going = std::exp(before.logsum(cell) - all);  // share of the alternatives to staying
      const double share = home == changed ? 1 - going : going * before.share(cell, changed);
      CHECK(welfare_change(all, expected_utility(stay(after, cell), after.logsum(cell)), kappa) ==
            Approx(welfare_change_of_one(share, delta, kappa)).margin(1e-8));
    }
  }
}

TEST_CASE("T28: expected utility does not overflow", "[welfare]") {
  CHECK(expected_utility(2000, 1000) == 2000);
  CHECK(expected_utility(-1000, -1000) == Approx(-1000 + std::log(2)).epsilon(1e-15));
}
