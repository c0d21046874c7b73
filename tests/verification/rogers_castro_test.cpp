// The age schedule of migration, estimated back from the people who moved.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/rates/life.hpp"
#include "support/constant_rates.hpp"
#include "support/matrix.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr std::size_t free_parameters = 7;
constexpr std::array<double Parameters::*, free_parameters> schedule{
    &Parameters::rc_child_level,    &Parameters::rc_child_decline, &Parameters::rc_labour_level,
    &Parameters::rc_labour_decline, &Parameters::rc_labour_peak,   &Parameters::rc_labour_ascent,
    &Parameters::rc_constant};

/// Rates by age with their information (inverse variances).
struct Rates {
  Vector rate, information;
};

struct Fit {
  Parameters parameters;
  Matrix information;
};

double misfit(const Parameters& c, const Rates& observed) {
  double sum = 0;
  for (std::size_t age = 0; age < observed.rate.size(); ++age) {
    const double residual = observed.rate[age] - move_schedule(c, static_cast<int>(age));
    sum += residual * residual * observed.information[age];
  }
  return sum;
}

/// Weighted least squares by Gauss–Newton with halved steps and numeric slopes, from `start`.
Fit fit_schedule(const Rates& observed, const Parameters& start) {
  Fit fit{start, {}};
  for (int step = 0; step < 200; ++step) {
    fit.information = Matrix(free_parameters, Vector(free_parameters, 0.0));
    Vector score(free_parameters, 0.0);
    for (std::size_t age = 0; age < observed.rate.size(); ++age) {
      const auto at = [&](const Parameters& c) { return move_schedule(c, static_cast<int>(age)); };
      Vector slope;
      for (const auto field : schedule) {
        Parameters above = fit.parameters, below = fit.parameters;
        const double h = 1e-5 * fit.parameters.*field;
        above.*field += h, below.*field -= h;
        slope.push_back((at(above) - at(below)) / (2 * h));
      }
      for (std::size_t k = 0; k < free_parameters; ++k) {
        score[k] += slope[k] * observed.information[age] * (observed.rate[age] - at(fit.parameters));
        for (std::size_t j = 0; j < free_parameters; ++j)
          fit.information[k][j] += slope[k] * slope[j] * observed.information[age];
      }
    }
    const Vector change = solve(fit.information, score);
    const double now = misfit(fit.parameters, observed);
    for (double length = 1; length > 1e-6; length /= 2) {
      Parameters next = fit.parameters;
      for (std::size_t k = 0; k < free_parameters; ++k) next.*schedule[k] += length * change[k];
      if (misfit(next, observed) > now) continue;
      fit.parameters = next;
      break;
    }
  }
  return fit;
}

}  // namespace

TEST_CASE("T27: the age schedule comes back from the movers", "[verification][statistical]") {
  // Formula: m(x) = a1 exp(-alpha1 x) + a2 exp(-alpha2 (x - mu2) - exp(-lambda2 (x - mu2))) + c, movers at age x ~
  // Binomial(n, 1 - exp(-m(x))); m estimated as -ln(1 - share) and its seven parameters fitted by weighted least
  // squares from values 20 % off. Source: Rogers & Castro 1981, Model Migration Schedules, IIASA RR-81-30. Sample:
  // 100,000 people at each age 0-75, so a million or more in each broad age, one year of the whole model. False alarm:
  // 1e-6 for each of 85 checks. Power: the level 1 % off is 7 sd in all movers; ages shifted by one move the peak by 30
  // of its standard errors.
  ToyRun run;
  run.freeze();
  move_alike(run, 0);
  const Parameters defaults;
  Parameters& c = run.toy.parameters;
  for (const auto field : schedule) c.*field = defaults.*field;
  c.mobility_level = 5;
  run.last_year = 2021;
  constexpr std::size_t ages = 76, each = 100'000;
  std::vector<std::int64_t> movers(ages);
  simulate(run, Seed{27},
           people_of(ages * each,
                     [](std::size_t i) { return person_aged(static_cast<int>(i / each), 2021, Sex::female, 0, 0); }),
           [&](const Simulation& simulation) {
             const Population& people = simulation.people();
             for (std::size_t row = 0; row < people.size(); ++row) {
               movers[people.id[row].value() / each] += people.arrived[row].year() == 2021 ? 1 : 0;
             }
           });
  Rates observed;
  double moved = 0, expected = 0, variance = 0;
  for (std::size_t age = 0; age < ages; ++age) {
    const double p = 1 - std::exp(-move_schedule(c, static_cast<int>(age)));
    const auto count = static_cast<double>(movers[age]);
    INFO("age " << age);
    CHECK(binomial_p(count, each, p) > false_alarm);
    moved += count, expected += each * p, variance += each * p * (1 - p);
    observed.rate.push_back(-std::log1p(-count / each));
    observed.information.push_back(each * (1 - p) / p);  // of -ln(1 - share), by the delta method
  }
  CHECK(two_sided_p((moved - expected) / std::sqrt(variance)) > false_alarm);

  Parameters start = c;
  double direction = 1.2;
  for (const auto field : schedule) start.*field *= std::exchange(direction, 2 - direction);
  const Fit fit = fit_schedule(observed, start);
  const Vector spread = variances(fit.information);
  for (std::size_t k = 0; k < free_parameters; ++k) {
    INFO("parameter " << k);
    const double error = std::sqrt(spread[k]), truth = c.*schedule[k];
    CHECK(two_sided_p((fit.parameters.*schedule[k] - truth) / error) > false_alarm);
    CHECK(error < 0.05 * truth);
  }
  CHECK(chi_square_p(misfit(fit.parameters, observed), ages - free_parameters) > false_alarm);
}
