// Waiting for eligibility and settling, with competing exits.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/rates/life.hpp"
#include "support/constant_rates.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Everyone in A's town, registered in C's countryside, there since 2020; they leave at `exit` and nothing else
/// happens. A asks for `years` of residence and opens no other route.
ToyRun newcomers(double exit, double years) {
  ToyRun run;
  run.freeze();
  move_alike(run, exit);
  PlaceSettings& rule = run.toy.settings[0];
  rule.residence_years = years, rule.insurance_years = 0;
  rule.minimum_education = no_education_route;
  rule.home_route = rule.habitual_route = 0;
  return run;
}

Population newcomers_of(std::size_t n) {
  return people_like(person_aged(30, 2021, Sex::female, 0, 5), n);
}

/// Share settled by the end of year T of those who arrive at 0, leave at hazard h, need R years and then settle at
/// hazard s, in whole steps of dt: those who stayed a step apply at its end.
double settled_share(double h, double s, double R, double T, double dt) {
  const double stay = std::exp(-h * dt), apply = -std::expm1(-s * dt);
  double waiting = 1, share = 0;
  for (int step = 1; step <= std::lround(T / dt); ++step) {
    waiting *= stay;
    if (step < std::lround(R / dt)) continue;
    share += waiting * apply;
    waiting *= 1 - apply;
  }
  return share;
}

}  // namespace

TEST_CASE("T21: whoever stays the required years becomes eligible", "[verification][statistical]") {
  // Formula: P(ever eligible) = exp(-h R) for leave hazard h and R years. Exact in whole years, too: the R exits come
  // before the decision of year R. Source: survival to the end of a waiting time, Cox & Oakes 1984, ch. 2. Sample: n =
  // 2,000,000 for each R, the whole model. False alarm: 1e-6 for each of three checks. Power: h 1 % too high is 7, 10
  // and 11 sd at R = 1, 3, 5; a year too many or too few is a factor exp(-0.25), 300 sd.
  const double h = 0.25;
  const std::size_t n = 2'000'000;
  for (const int years : {1, 3, 5}) {
    ToyRun run = newcomers(h, years);
    run.last_year = 2020 + years;
    simulate(run, Seed{21}, newcomers_of(n), [&](const Simulation& simulation) {
      const auto eligible = static_cast<double>(simulation.eligible()[0]);
      if (simulation.year() < run.last_year) {
        CHECK(eligible == 0);
      } else {
        CHECK(binomial_p(eligible, static_cast<double>(n), std::exp(-h * years)) > false_alarm);
      }
    });
  }
}

TEST_CASE("T21: the clock of a recognition group runs on through moves inside it", "[verification][statistical]") {
  // Formula: with credit recognised, P(eligible in A after R years) = P(in A now and never outside the group), so that
  // only hazards out of the group stop the clock: the matrix of moves among the group's zones to the power R. Without,
  // it is exp(-h R). Source: absorbing chains, Kemeny & Snell 1960, ch. III. Sample: n = 1,000,000, A and B one group,
  // R = 3. False alarm: 1e-6 for each of two checks. Power: h 1 % too high is 8 sd; a clock reset on every move
  // 11 sd.
  const double h = 0.5;
  const std::size_t n = 1'000'000;
  for (const bool recognised : {true, false}) {
    ToyRun run = newcomers(h, 3);
    run.toy.settings[0].credit_recognition = recognised ? 1 : 0;
    run.last_year = 2023;
    const ChoiceTables choice = choice_without_networks(run);
    const double base = choice.pull(choice.cell(0, 5, 0, 2));
    // Zones 0-3 are the group's; zone by zone, those never outside it.
    std::vector<double> inside{1, 0, 0, 0};
    double eligible = std::exp(-3 * h);
    for (int year = 1; year <= 3; ++year) {
      std::vector<double> next(4);
      for (std::size_t o = 0; o < 4; ++o) {
        const std::size_t cell = choice.cell(o, 5, 0, 2);
        const double leaves = probability_within_year(h * std::exp(choice.pull(cell) - base));
        next[o] += inside[o] * (1 - leaves);
        for (std::size_t d = 0; d < 4; ++d) next[d] += inside[o] * leaves * choice.share(cell, d);
        // Who moved this year waits for the next.
        if (year == 3 && o == 0 && recognised) eligible = inside[0] * (1 - leaves);
      }
      inside = next;
    }
    simulate(run, Seed{22}, newcomers_of(n), [&](const Simulation& simulation) {
      const auto count = static_cast<double>(simulation.eligible()[0]);
      if (simulation.year() == 2023) CHECK(binomial_p(count, static_cast<double>(n), eligible) > false_alarm);
    });
  }
}

TEST_CASE("T22: waiting and competing exits settle the share of the closed form", "[verification][statistical]") {
  // Formula: by year T, exp(-h R) s / (s + h) (1 - exp(-(s + h)(T - R))) settle in continuous time; in years, exits
  // before applications, sum over k = R..T of exp(-h k - s (k - R)) (1 - exp(-s)). Source: competing risks, Cox & Oakes
  // 1984, ch. 9. Sample: n = 2,000,000, h = 0.1, s = 0.3, R = 3, the whole model for 12 years. False alarm: 1e-6 for
  // each of ten years. Power: s 1 % too high is 7 sd at T = 5, h 1 % 8 sd in the last year; R off by one 100 sd.
  const double h = 0.1, s = 0.3;
  const int R = 3;
  const std::size_t n = 2'000'000;
  ToyRun run = newcomers(h, R);
  run.toy.parameters.wish_intercept = 100;  // everyone is willing
  run.toy.parameters.application_rate = s;
  run.last_year = 2032;
  std::vector<bool> settled(n), left(n);
  simulate(run, Seed{23}, newcomers_of(n), [&](const Simulation& simulation) {
    const Population& people = simulation.people();
    double count = 0;
    for (std::size_t row = 0; row < n; ++row) {
      const std::size_t id = people.id[row].value();
      left[id] = left[id] || people.arrived[row].year() > 2020;  // a return starts another wait
      settled[id] = settled[id] || (!left[id] && people.registered[row] == zone(0));
      count += settled[id] ? 1 : 0;
    }
    const double T = simulation.year() - 2020;
    if (T < R) {
      CHECK(count == 0);
    } else {
      CHECK(binomial_p(count, static_cast<double>(n), settled_share(h, s, R, T, 1)) > false_alarm);
    }
  });

  // Shorter steps tend to continuous time with an error in proportion.
  const double limit = std::exp(-h * R) * s / (s + h) * (1 - std::exp(-(s + h) * (12 - R)));
  double last = settled_share(h, s, R, 12, 1) - limit;
  for (double dt = 0.5; dt > 1e-3; dt /= 2) {
    const double error = settled_share(h, s, R, 12, dt) - limit;
    CHECK(error / last == Approx(0.5).epsilon(0.1));
    last = error;
  }
}
