// Migration as an investment: how much the response to wages falls with the working years left.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/rates/horizon.hpp"
#include "support/choice_world.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("T33: wage responses stand in the ratio of the annuities of working life", "[verification]") {
  // Formula: A(a) = (1 - exp(-rho (60 - a))) / rho; d ln(q_d / q_k) / d ln y_d = kappa A(a) / A(20), so that the
  // responses of two ages are as A(a) / A(b). Source: Sjaastad 1962, Journal of Political Economy 70; the annuity of
  // continuous discounting. Exact at the rate functions, to the tables' 2^-32 in the shares. Power: the responses of 20
  // and 52 are 1 to 0.36; rho 1 % off moves that by 10^-3, a thousand times the bound.
  for (const double rho : {0.01, 0.05, 0.2}) {
    for (const double age : {0.0, 20.0, 35.0, 59.9}) {
      double sum = 0;  // the integral of exp(-rho t) over the years left, by the midpoint rule
      const int steps = 20'000;
      for (int i = 0; i < steps; ++i) sum += std::exp(-rho * (60 - age) * (i + 0.5) / steps) * (60 - age) / steps;
      CHECK(working_annuity(rho, age) == Approx(sum).epsilon(1e-6));
    }
    CHECK(working_annuity(rho, 60) == 0);
    CHECK(working_annuity(rho, 90) == 0);
  }
  CHECK(working_annuity(0, 20) == 40);
  CHECK(working_annuity(1e-9, 20) == Approx(40).epsilon(1e-7));

  ChoiceWorld world;
  world.strip();
  const auto response = [&](std::size_t band) {
    ChoiceWorld richer = world;
    richer.economy.income_index[2] *= std::exp(1.0);
    const ChoiceTables before = world.tables(), after = richer.tables();
    const auto log_odds = [&](const ChoiceTables& t) {
      const std::size_t cell = t.cell(6, 6, 0, band);
      return std::log(t.share(cell, 2) / t.share(cell, 4));
    };
    return log_odds(after) - log_odds(before);
  };
  const double kappa = flow_elasticity(world.parameters);
  for (std::size_t band = 0; band < age_bands; ++band) CHECK(response(band) == Approx(kappa).epsilon(1e-6));  // off
  world.parameters.income_horizon = 1;
  for (const double rho : {0.02, 0.05}) {
    world.parameters.income_discount = rho;
    const auto annuity = [&](double age) { return (1 - std::exp(-rho * (60 - age))) / rho; };
    CHECK(response(1) == Approx(kappa).epsilon(1e-6));
    CHECK(response(3) / response(1) == Approx(annuity(52.5) / annuity(20)).epsilon(1e-6));
    CHECK(response(2) / response(3) == Approx(annuity(35) / annuity(52.5)).epsilon(1e-6));
    CHECK(response(0) == response(2));  // children move with their parents
  }
  world.parameters.income_horizon = 0.5;
  CHECK(response(3) == Approx(kappa * (1 + working_annuity(0.05, 52.5) / working_annuity(0.05, 20)) / 2).epsilon(1e-6));
}

TEST_CASE("T33: without the horizon the tables are bit for bit what they were", "[verification]") {
  // Formula: the factor is 1 + 0 (A(a) / A(20) - 1) = 1 exactly, at every discount rate. Source: IEEE 754. Exact; the
  // power is one bit of one cell.
  ChoiceWorld world;
  const ChoiceTables plain = world.tables();
  world.parameters.income_discount = 0.2;
  const ChoiceTables other = world.tables();
  for (std::size_t cell = 0; cell < plain.cells(); ++cell) {
    REQUIRE(other.pull(cell) == plain.pull(cell));
    REQUIRE(other.logsum(cell) == plain.logsum(cell));
  }
  CHECK(horizon_factor(Parameters{}, 52.5) == 1);
}
