// One year's moves of a population in which everyone differs.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/processes/settling.hpp"
#include "luohu/rates/life.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Expected departures and arrivals of a zone and the variance of their sum over people.
struct Expected {
  double leave = 0, leave_variance = 0, arrive = 0, arrive_variance = 0;
};

/// Summed over everyone one by one, the mean hazard normalised over them.
std::vector<Expected> expected_moves(const ToyRun& run, const Population& people) {
  const Parameters& c = run.toy.parameters;
  const Places& places = run.toy.places;
  Grid<std::int64_t, 2> stock{{5, 8}};
  for (std::size_t row = 0; row < people.size(); ++row) {
    stock(places.place_of(people.registered[row]).value(), people.home[row].value()) += run.scale;
  }
  const ChoiceTables choice{{places, run.toy.economy, c, expected_wedge(run.toy.settings, c), stock}};
  const std::vector<double> frailty = frailty_classes(c.frailty_variance, frailty_bands);
  const auto cell_of = [&](const Person& who) {
    return choice.cell(who.home.value(), who.registered.value(), static_cast<std::size_t>(who.traits.education()),
                       age_band(2020 - who.born.year()));
  };
  double mean_pull = 0;
  for (std::size_t row = 0; row < people.size(); ++row) mean_pull += std::exp(choice.pull(cell_of(people.at(row))));
  mean_pull /= static_cast<double>(people.size());
  std::vector<Expected> zones(8);
  for (std::size_t row = 0; row < people.size(); ++row) {
    const Person who = people.at(row);
    const double schooling[] = {1, c.mobility_senior, c.mobility_tertiary};
    const double hazard = move_schedule(c, 2020 - who.born.year()) *
                          schooling[static_cast<std::size_t>(who.traits.education())] *
                          (who.traits.sex() == Sex::male ? c.mobility_male : 1) * frailty[who.traits.frailty()] *
                          (who.traits.owner() ? c.mobility_owner : 1) * std::exp(choice.pull(cell_of(who))) / mean_pull;
    const double p = 1 - std::exp(-hazard);
    Expected& from = zones[who.home.value()];
    from.leave += p, from.leave_variance += p * (1 - p);
    for (std::size_t d = 0; d < 8; ++d) {
      if (who.registered.value() >= 6 && d >= 6) continue;  // leaves the model
      const double q = p * choice.share(cell_of(who), d);
      zones[d].arrive += q, zones[d].arrive_variance += q * (1 - q);
    }
  }
  return zones;
}

}  // namespace

TEST_CASE("T6: a year's moves are those of each person's own hazard and logit", "[verification][statistical]") {
  // Formula: departures of a zone ~ sum of Bernoulli(1 - exp(-h_i)), arrivals ~ sum of Bernoulli((1 - exp(-h_i))
  // q_i(d)), h_i by age, schooling, sex, frailty, ownership and pull: the multistate step person by person. Source:
  // Rogers 1975; Vaupel et al. 1979. Sample: 3,000,000 residents of the toy province at 1:1; and at 1:100 120,000
  // people from other provinces alone, whose ties there count in persons against the five million at home. False alarm:
  // 1e-6 for each of 34 checks. Power: hazards 1 % too high are 6 sd in all moves; any one factor forgotten 30 sd and
  // more.
  ToyRun run{3'000'000};
  run.freeze();
  run.toy.parameters.mobility_level = 10;
  // Schooling and home purchase come before the move in the schedule: keep them off.
  Parameters& c = run.toy.parameters;
  c.senior_transition_urban = c.senior_transition_rural = c.senior_transition_away = c.tertiary_transition = 0;
  c.home_purchase = 0;
  run.last_year = 2021;
  const bool outsiders = GENERATE(false, true);
  INFO("outsiders " << outsiders);
  if (outsiders) run.scale = 100;
  Population people = !outsiders ? run.population() : people_of(120'000, [](std::size_t i) {
    return person_aged(static_cast<int>(20 + i % 40), 2021, i % 2 == 0 ? Sex::female : Sex::male, i % 6, 6 + i / 7 % 2);
  });
  const std::vector<Expected> expected = expected_moves(run, people);
  const Model model = run.model();
  Simulation simulation{model, run.options(), std::move(people)};
  simulation.advance();
  const Ledger& flows = simulation.flows();
  double moves = 0, mean = 0, variance = 0;
  for (std::size_t z = 0; z < 8; ++z) {
    INFO("zone " << z);
    const auto left = static_cast<double>(flows.departures(z, 0U) + flows.departures(z, 1U));
    const auto came = static_cast<double>(flows.arrivals(z, 0U) + flows.arrivals(z, 1U));
    const Expected& e = expected[z];
    if (e.leave + e.arrive == 0) {
      CHECK(left + came == 0);
      continue;
    }
    CHECK(std::min(e.leave_variance, e.arrive_variance) > 100);
    CHECK(two_sided_p((left - e.leave) / std::sqrt(e.leave_variance)) > false_alarm);
    CHECK(two_sided_p((came - e.arrive) / std::sqrt(e.arrive_variance)) > false_alarm);
    moves += left, mean += e.leave, variance += e.leave_variance;
  }
  CHECK(two_sided_p((moves - mean) / std::sqrt(variance)) > false_alarm);
}
