// From hazards to yearly probabilities: the length of the step, and unobserved mobility.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/processes/deaths.hpp"
#include "luohu/processes/external_registration.hpp"
#include "luohu/rates/life.hpp"
#include "support/constant_rates.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("T14: a hazard gives the same survivors whatever the length of the step", "[verification]") {
  // Formula: (1 - p(r dt))^(1/dt) = exp(-r), p(x) = 1 - exp(-x); of competing risks met in turn within a step, the
  // first takes shares that tend to r_k / r (1 - exp(-r)) with an error O(dt). Source: Prentice et al. 1978, Biometrics
  // 34; Van Imhoff 1990, Demography 27, on the order of events. Exact to 1e-12, at the rate functions: the model's own
  // step is a year. Power: the slip p = r is 4 % off at r = 0.08; the order of events reversed has another sign of
  // error.
  for (const double r : {0.001, 0.08, 0.7, 3.0}) {
    for (const int steps : {1, 4, 12, 365}) {
      const double p = probability_within_year(r / steps);
      CHECK(std::pow(1 - p, steps) == Approx(std::exp(-r)).epsilon(1e-12));
    }
  }
  const double death = 0.3, exit = 0.5, both = death + exit;
  const auto error = [&](int steps) {
    const double p = probability_within_year(death / steps), q = probability_within_year(exit / steps);
    double alive = 1, left = 0;
    for (int step = 0; step < steps; ++step) left += alive * (1 - p) * q, alive *= (1 - p) * (1 - q);
    CHECK(alive == Approx(std::exp(-both)).epsilon(1e-12));
    return exit / both * (1 - std::exp(-both)) - left;
  };
  // The first order of the error: r1 r2 dt / 2 / (r1 + r2) of those who leave the common state.
  CHECK(error(365) == Approx(death * exit / (2 * 365) / both * (1 - std::exp(-both))).epsilon(0.01));
  for (const int steps : {64, 128, 256}) CHECK(error(2 * steps) / error(steps) == Approx(0.5).epsilon(0.01));
}

TEST_CASE("T14: processes run with a step's share of the hazards leave the same people",
          "[verification][statistical]") {
  // Formula and source as above, with deaths before registrations outside: survivors ~ Binomial(n, exp(-(m + r))) for
  // steps of a year, a quarter and a month, and the registered ~ Binomial(n, sum (1 - p)^(k+1) (1 - q)^k q). Sample: n
  // = 800,000 each. False alarm: 1e-6 for each of six checks. Power: both hazards 1 % too high lose 2,880 survivors, 6
  // sd, in each of three; the split of a year's step differs from a month's by 90 sd.
  const std::size_t n = 800'000;
  const double m = 0.3, r = 0.5;
  for (const int steps : {1, 4, 12}) {
    ToyRun run;
    die_alike(run, m / steps);
    run.toy.parameters.external_registration = r / steps;
    const Cells cells{run.toy.places};
    Population people = people_like(person_aged(40, 2021, Sex::male, 6, 1), n);
    double registered = 0, share = 0, alive = 1;
    const double p = 1 - std::exp(-m / steps), q = 1 - std::exp(-r / steps);
    for (int step = 0; step < steps; ++step) {
      const YearContext now = context_of(run.toy, 2021 + step, Seed{14});
      run_alone(Deaths{run.toy.vital, now, cells}, now, people);
      const Outcome outcome = run_alone(ExternalRegistration{now, cells}, now, people);
      registered += static_cast<double>(outcome.ledger.departures(6U, Sex::male));
      share += alive * (1 - p) * q, alive *= (1 - p) * (1 - q);
    }
    compact(people);
    CHECK(binomial_p(static_cast<double>(people.size()), static_cast<double>(n), std::exp(-(m + r))) > false_alarm);
    CHECK(binomial_p(registered, static_cast<double>(n), share) > false_alarm);
  }
}

TEST_CASE("T15: the frail of movement stay, and survival falls more slowly than at one hazard",
          "[verification][statistical]") {
  // Formula: S(t) = mean over the classes z of exp(-z h t), which tends with their number to (1 + theta h
  // t)^(-1/theta), and the hazard of those left to h / (1 + theta h t). Source: Vaupel, Manton & Stallard 1979,
  // Demography 16. Sample: n = 1,000,000 in eight equally likely classes, h = 0.12, theta = 0.8, 10 years of the whole
  // model. False alarm: 1e-6 for each of ten years. Power: h 1 % too high is 5 sd at t = 10; one hazard for all 270 sd;
  // theta 10 % off 20 sd.
  ToyRun run;
  run.freeze();
  const double h = 0.12, theta = 0.8;
  move_alike(run, h);
  run.toy.parameters.frailty_variance = theta;
  const std::size_t n = 1'000'000;
  std::vector<bool> left(n);
  const std::vector<double> classes = frailty_classes(theta, frailty_bands);
  simulate(run, Seed{15},
           people_of(n,
                     [](std::size_t i) {
                       Person person = person_aged(25, 2021, Sex::female, 0, 0);
                       person.traits = Traits{Sex::female, i % frailty_bands};
                       return person;
                     }),
           [&](const Simulation& simulation) {
             const Population& people = simulation.people();
             double stayed = 0, survival = 0;
             for (std::size_t row = 0; row < n; ++row) {
               if (people.arrived[row].year() > 2020) left[people.id[row].value()] = true;
               stayed += left[people.id[row].value()] ? 0 : 1;
             }
             for (const double z : classes) survival += std::exp(-z * h * (simulation.year() - 2020)) / frailty_bands;
             CHECK(binomial_p(stayed, static_cast<double>(n), survival) > false_alarm);
           });

  // The classes against the Gamma distribution they stand for.
  const auto survival = [&](std::size_t bands, double t) {
    double sum = 0;
    for (const double z : frailty_classes(theta, bands)) sum += std::exp(-z * h * t) / static_cast<double>(bands);
    return sum;
  };
  for (const double t : {1.0, 5.0, 10.0, 30.0}) {
    const double exact = std::pow(1 + theta * h * t, -1 / theta);
    CHECK(survival(frailty_bands, t) == Approx(exact).epsilon(t > 10 ? 0.04 : 0.01));
    CHECK(std::abs(survival(64, t) - exact) < std::abs(survival(frailty_bands, t) - exact) / 7);
    CHECK(survival(2048, t) == Approx(exact).epsilon(1e-4));
    const double hazard = std::log(survival(2048, t - 0.01) / survival(2048, t + 0.01)) / 0.02;
    CHECK(hazard == Approx(h / (1 + theta * h * t)).epsilon(1e-3));
  }
}
