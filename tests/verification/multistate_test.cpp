// Movement between all zones at once: Rogers's multistate projection and its stationary state.

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

constexpr std::size_t zones = 8, dead = 8, states = 9;
constexpr std::size_t registered = 1;  ///< everyone's zone of registration: A's countryside

/// The hazards of everyone alike: death by zone, exit by zone, and where to.
struct Hazards {
  Vector death, exit;
  Matrix share;
};

/// Of a run after `move_alike`, whose first people are evenly spread over the zones, all registered in one.
Hazards hazards_of(const ToyRun& run) {
  const ChoiceTables choice = choice_without_networks(run);
  Hazards hazards;
  double mean_pull = 0;
  for (std::size_t o = 0; o < zones; ++o) {
    const std::size_t cell = choice.cell(o, registered, 0, 2);
    const auto& factor = run.toy.vital.mortality_factor;
    hazards.death.push_back(run.toy.vital.mortality(0U, 40U) * (o < 6 ? factor[o / 2] : 1.0));
    hazards.exit.push_back(run.toy.parameters.rc_constant * std::exp(choice.pull(cell)));
    mean_pull += std::exp(choice.pull(cell)) / zones;
    hazards.share.emplace_back();
    for (std::size_t d = 0; d < zones; ++d) hazards.share[o].push_back(choice.share(cell, d));
  }
  for (double& exit : hazards.exit) exit /= mean_pull;
  return hazards;
}

/// One step of `dt` years, in the order of the model's year: deaths, then moves of the survivors.
Matrix one_step(const Hazards& h, double dt) {
  Matrix step(states, Vector(states, 0.0));
  for (std::size_t o = 0; o < zones; ++o) {
    const double dies = probability_within_year(h.death[o] * dt), leaves = probability_within_year(h.exit[o] * dt);
    for (std::size_t d = 0; d < zones; ++d) step[o][d] = (1 - dies) * leaves * h.share[o][d];
    step[o][o] += (1 - dies) * (1 - leaves);
    step[o][dead] = dies;
  }
  step[dead][dead] = 1;
  return step;
}

Matrix generator(const Hazards& h) {
  Matrix q(states, Vector(states, 0.0));
  for (std::size_t o = 0; o < zones; ++o) {
    for (std::size_t d = 0; d < zones; ++d) q[o][d] = h.exit[o] * h.share[o][d];
    q[o][o] -= h.exit[o] + h.death[o];
    q[o][dead] = h.death[o];
  }
  return q;
}

/// The whole model with nothing in it but moves, at `hazard`, and deaths that differ by place, at `mortality`.
ToyRun movers(double hazard, double mortality) {
  ToyRun run;
  run.freeze();
  move_alike(run, hazard);
  die_alike(run, mortality);
  run.toy.vital.mortality_factor = {0.5, 1, 2};
  return run;
}

Population evenly_spread(std::size_t n) {
  return people_of(n, [](std::size_t i) {
    return person_aged(30, 2021, i / 8 % 2 == 0 ? Sex::female : Sex::male, i % zones, registered);
  });
}

/// [zone at the start][zone now, or dead] people of `evenly_spread(n)`.
std::vector<std::vector<std::int64_t>> transitions(const Population& people, std::size_t n) {
  std::vector<std::vector<std::int64_t>> counts(zones, std::vector<std::int64_t>(states));
  for (auto& row : counts) row[dead] = static_cast<std::int64_t>(n / zones);
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (people.gone(row)) continue;
    auto& from = counts[people.id[row].value() % zones];
    ++from[people.home[row].value()], --from[dead];
  }
  return counts;
}

}  // namespace

TEST_CASE("T6: constant hazards move people as the multistate projection says", "[verification][statistical]") {
  // Formula: E N_t = N_0 P^t, P of the competing-risk formula in the year's order: dead 1 - exp(-m_o), of the rest
  // moved 1 - exp(-h_o), to d with q_o(d). Each person's fate is independent, so the rows are multinomial. Source:
  // Rogers 1975, Introduction to Multiregional Mathematical Demography; Schoen 1988, Modeling Multigroup Populations.
  // Sample: 5,000,000 people in 8 zones, the whole model, 5 years. False alarm: 1e-6 for each of 18 checks. Power: exit
  // hazards 1 % off are 7 sd and death rates 1 % off 11 sd in the first year's sums; moves before deaths shift every
  // row.
  ToyRun run = movers(0.3, 0.3);
  run.last_year = 2025;
  const std::size_t n = 5'000'000;
  const Matrix step = one_step(hazards_of(run), 1);
  simulate(run, Seed{6}, evenly_spread(n), [&](const Simulation& simulation) {
    const auto years = static_cast<unsigned>(simulation.year() - 2020);
    if (years > 1 && simulation.year() < run.last_year) return;
    const auto counts = transitions(simulation.people(), n);
    const Matrix expected = power(step, years);
    double deaths = 0, moves = 0, dies = 0, leaves = 0, dying = 0, leaving = 0;
    const double each = static_cast<double>(n) / zones;
    for (std::size_t o = 0; o < zones; ++o) {
      INFO("year " << years << ", from zone " << o);
      CHECK(multinomial_p(counts[o], expected[o]) > false_alarm);
      const double p = expected[o][dead], q = expected[o][o];
      deaths += static_cast<double>(counts[o][dead]), dies += each * p, dying += each * p * (1 - p);
      moves += static_cast<double>(counts[o][o]), leaves += each * q, leaving += each * q * (1 - q);
    }
    if (years > 1) return;
    CHECK(two_sided_p((deaths - dies) / std::sqrt(dying)) > false_alarm);
    CHECK(two_sided_p((moves - leaves) / std::sqrt(leaving)) > false_alarm);
  });
}

TEST_CASE("T6: ever shorter steps tend to the continuous process", "[verification]") {
  // Formula: P(dt)^(1/dt) -> exp(Q), Q the matrix of hazards, with an error O(dt): halved by half a step. Source:
  // Rogers 1975; Van Imhoff 1990, Demography 27. Exact, at the rate functions. Power: a hazard missing from Q or P
  // leaves an error that does not shrink; one wrong in the first order does so too.
  const ToyRun run = movers(0.3, 0.2);
  const Hazards hazards = hazards_of(run);
  const Matrix limit = exponential(generator(hazards));
  double last = distance(one_step(hazards, 1), limit);
  CHECK(last > 0.01);
  for (unsigned steps = 2; steps <= 1024; steps *= 2) {
    const double error = distance(power(one_step(hazards, 1.0 / steps), steps), limit);
    CHECK(error / last == Approx(0.5).epsilon(steps < 16 ? 0.2 : 0.02));
    last = error;
  }
}

TEST_CASE("T7: a closed population settles into the stationary distribution", "[verification][statistical]") {
  // Formula: shares -> pi = pi T; after mixing each person is an independent draw from pi, so that the total variation
  // distance falls as 1 / sqrt(N). Source: Norris 1997, Markov Chains, th. 1.8.3. Sample: 5,000 and 5,000,000 people,
  // 35 years of the whole model at hazard 1. False alarm: 1e-6 for each of four checks. Power: one zone's share of an
  // eighth, 1 % off, is 8.5 sd; T's transpose instead of T hundreds.
  ToyRun run = movers(1, 0);
  run.last_year = 2055;
  Matrix step = one_step(hazards_of(run), 1);
  step.resize(zones);
  for (Vector& row : step) row.resize(zones);
  const Vector pi = stationary(step);
  CHECK(distance({pi * step}, {pi}) < 1e-12);
  REQUIRE(distance(power(step, 35), Matrix(zones, pi)) < 1e-6);
  // The union bound over eight zones: each within 5.3 sd.
  double spread = 0;
  for (const double share : pi) spread += std::sqrt(share * (1 - share)) * 5.3 / 2;
  for (const std::size_t n : {5'000U, 5'000'000U}) {
    std::vector<std::int64_t> counts(zones);
    simulate(run, Seed{7}, evenly_spread(n), [&](const Simulation& simulation) {
      if (simulation.year() < run.last_year) return;
      for (std::size_t row = 0; row < n; ++row) ++counts[simulation.people().home[row].value()];
    });
    double variation = 0;
    for (std::size_t z = 0; z < zones; ++z)
      variation += std::abs(static_cast<double>(counts[z]) / static_cast<double>(n) - pi[z]) / 2;
    CHECK(multinomial_p(counts, pi) > false_alarm);
    CHECK(variation * std::sqrt(static_cast<double>(n)) < spread);
  }
}
