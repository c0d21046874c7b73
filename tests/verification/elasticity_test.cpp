// What flows say of tastes: the elasticity of stocks, and gravity.

#include <catch2/catch.hpp>
#include <cmath>

#include "support/choice_world.hpp"
#include "support/constant_rates.hpp"
#include "support/matrix.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

std::size_t place_of(std::size_t z) {
  return z < 6 ? z / 2 : z - 3;
}

/// Coefficients of ln(size) and ln(time), and their standard errors.
struct Gravity {
  Vector estimate, error;
};

/// Poisson pseudo-maximum likelihood of flows [from][to] on ln size and ln time with origin effects, which is the
/// conditional logit of destinations (Guimaraes, Figueiredo & Woodward 2003), by Newton.
Gravity estimate_gravity(const Matrix& flow, const std::vector<double>& size, const Grid<double, 2>& minutes) {
  Gravity result{{0, 0}, {}};
  Matrix information;
  for (int step = 0; step < 30; ++step) {
    information = Matrix(2, Vector(2, 0.0));
    Vector score(2, 0.0);
    for (std::size_t o = 0; o < toy_zones; ++o) {
      double leavers = 0, sum = 0;
      Vector weight(toy_zones, 0.0), mean(2, 0.0);
      const auto covariate = [&](std::size_t d) {
        return Vector{std::log(size[d]), std::log(minutes(place_of(o), place_of(d)))};
      };
      for (std::size_t d = 0; d < toy_zones; ++d) {
        if (d == o) continue;
        const Vector x = covariate(d);
        leavers += flow[o][d];
        sum += weight[d] = std::exp(result.estimate[0] * x[0] + result.estimate[1] * x[1]);
      }
      for (std::size_t d = 0; d < toy_zones; ++d) {
        const Vector x = covariate(d);
        for (std::size_t k = 0; k < 2; ++k) mean[k] += weight[d] / sum * x[k];
      }
      for (std::size_t d = 0; d < toy_zones; ++d) {
        if (d == o) continue;
        const Vector x = covariate(d);
        const double expected = leavers * weight[d] / sum;
        for (std::size_t k = 0; k < 2; ++k) {
          score[k] += (flow[o][d] - expected) * x[k];
          for (std::size_t j = 0; j < 2; ++j) information[k][j] += expected * (x[k] - mean[k]) * (x[j] - mean[j]);
        }
      }
    }
    const Vector change = solve(information, score);
    for (std::size_t k = 0; k < 2; ++k) result.estimate[k] += change[k];
  }
  for (const double variance : variances(information)) result.error.push_back(std::sqrt(variance));
  return result;
}

}  // namespace

TEST_CASE("T9: the stationary stock has the elasticity asked for", "[verification]") {
  // Formula: with symmetric costs and no home term, pi_o proportional to exp((1 + nu) V_o + (1 - nu) IV_o) is in
  // detailed balance with the flows exp(nu (IV_o - V_o)) q_o(d) and so stationary: stocks answer real income with kappa
  // (1 + nu), the elasticity asked for. Source: detailed balance, Norris 1997, lemma 1.9.2; the stock elasticity of
  // Tombe & Zhu 2019. Exact to the tables' 2^-32. Power: kappa taken for a flow's elasticity is off by 1 + nu, 20 % and
  // more.
  for (const double nu : {0.2, 0.6, 1.0}) {
    ChoiceWorld world;
    world.strip();
    world.parameters.push_exponent = nu;
    const ChoiceTables tables = world.tables();
    const auto cell = [&](std::size_t o) { return tables.cell(o, 3, 0, 2); };
    Vector pi;
    Matrix flow(toy_zones, Vector(toy_zones, 0.0));
    for (std::size_t o = 0; o < toy_zones; ++o) {
      const double inclusive = tables.logsum(cell(o)), value = naive(world, o, 3, 0, 2).stay;
      pi.push_back(std::exp((1 + nu) * value + (1 - nu) * inclusive));
      for (std::size_t d = 0; d < toy_zones; ++d)
        flow[o][d] = std::exp(tables.pull(cell(o))) * tables.share(cell(o), d);
    }
    for (std::size_t o = 0; o < toy_zones; ++o) {
      double in = 0, out = 0;
      for (std::size_t d = 0; d < toy_zones; ++d) {
        in += pi[d] * flow[d][o], out += pi[o] * flow[o][d];
        if (d != o) CHECK(pi[o] * flow[o][d] == Approx(pi[d] * flow[d][o]).epsilon(1e-6));
      }
      CHECK(in == Approx(out).epsilon(1e-7));
    }

    // A richer zone: its stock rises with kappa_stock but for what its neighbours' logsums gain.
    ChoiceWorld richer = world;
    const double rise = 0.01;
    richer.economy.income_index[2] *= std::exp(rise);
    const ChoiceTables after = richer.tables();
    const auto log_stock = [&](const ChoiceWorld& w, const ChoiceTables& t, std::size_t o) {
      return (1 + nu) * naive(w, o, 3, 0, 2).stay + (1 - nu) * t.logsum(cell(o));
    };
    const auto response = [&](std::size_t o) {
      return (log_stock(richer, after, o) - log_stock(world, tables, o)) / rise;
    };
    CHECK(response(2) == Approx(world.parameters.income_elasticity_stock).epsilon(1e-9));
    for (const std::size_t o : {0U, 4U, 6U}) {
      const double kappa = flow_elasticity(world.parameters);
      CHECK(response(o) == Approx((1 - nu) * kappa * tables.share(cell(o), 2)).epsilon(0.02).margin(1e-9));
    }
  }
}

TEST_CASE("T12: equal places and log-size amenities give the gravity model", "[verification][statistical]") {
  // Formula: E F_od = O_o P_d t_od^-gam / sum over k != o of P_k t_ok^-gam; regressing the flows on ln P and ln t with
  // origin effects (PPML) returns 1 and -gam. Source: Anderson 2011, Annual Review of Economics 3; Santos Silva &
  // Tenreyro 2006. Sample: 4,000,000 people, one year of the whole model, most of whom move. False alarm: 1e-6 for each
  // of ten checks. Power: gam 1 % off is 0.013, 7 standard errors; a size counted twice is off by 1, hundreds.
  const double gam = 1.3;
  ToyRun run;
  run.freeze();
  move_alike(run, 1.2);
  run.last_year = 2021;
  ChoiceWorld stripped;
  stripped.strip();
  Parameters& c = run.toy.parameters;
  c.travel_time_elasticity = gam;
  c.home_premium = c.onward_cost = c.rural_to_urban_cost = c.land_income = 0;
  for (PlaceSettings& s : run.toy.settings) s.wedge = 0;
  EconomyTables& economy = run.toy.economy;
  std::ranges::fill(economy.income_index, 1.0), std::ranges::fill(economy.rent_index, 1.0);
  const std::vector<double> size{9, 4, 6, 5, 3, 2, 50, 40};
  for (std::size_t z = 0; z < toy_zones; ++z) economy.amenity(z, 0U) = economy.amenity(z, 1U) = std::log(size[z]);

  const std::size_t n = 4'000'000;
  Matrix flow(toy_zones, Vector(toy_zones, 0.0));
  simulate(run, Seed{12},
           people_of(n, [](std::size_t i) { return person_aged(30, 2021, Sex::male, i % 8, i / 8 % 6); }),
           [&](const Simulation& simulation) {
             const Population& people = simulation.people();
             for (std::size_t row = 0; row < n; ++row) {
               if (people.arrived[row].year() == 2021) ++flow[people.id[row].value() % 8][people.home[row].value()];
             }
           });
  for (std::size_t o = 0; o < toy_zones; ++o) {
    std::vector<double> share;
    double sum = 0;
    for (std::size_t d = 0; d < toy_zones; ++d) {
      share.push_back(d == o ? 0 : size[d] * std::pow(economy.travel_minutes(place_of(o), place_of(d)), -gam));
      sum += share.back();
    }
    for (double& s : share) s /= sum;
    INFO("from zone " << o);
    CHECK(multinomial_p(flow[o], share) > false_alarm);
  }
  const Gravity gravity = estimate_gravity(flow, size, economy.travel_minutes);
  CHECK(two_sided_p((gravity.estimate[0] - 1) / gravity.error[0]) > false_alarm);
  CHECK(two_sided_p((gravity.estimate[1] + gam) / gravity.error[1]) > false_alarm);
  CHECK(gravity.error[1] < 0.01 * gam / 7);  // the power claimed
}
