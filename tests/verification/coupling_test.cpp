// Common random numbers: a policy that does nothing changes nothing, and a looser one takes nothing from anyone.

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "support/constant_rates.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Ids of the first people who settled during the run, and of those who did or were admitted by the rules at a year's
/// end.
struct Reached {
  std::set<std::uint64_t> settled, eligible;
};

Reached reached(const ToyRun& run) {
  Population people = run.population();
  std::map<std::uint64_t, ZoneId> registered;  // of the first people
  for (std::size_t row = 0; row < people.size(); ++row) registered[people.id[row].value()] = people.registered[row];
  Reached result;
  simulate(run, run.options().seed, std::move(people), [&](const Simulation& simulation) {
    const YearContext now{Seed{},          simulation.year(), run.toy.places, run.toy.parameters, simulation.settings(),
                          run.toy.group_of};
    const Population& living = simulation.people();
    for (std::size_t row = 0; row < living.size(); ++row) {
      const std::uint64_t id = living.id[row].value();
      const auto first = registered.find(id);
      if (living.gone(row) || first == registered.end()) continue;
      // Nothing but settling changes registration here.
      if (std::exchange(first->second, living.registered[row]) != living.registered[row]) {
        result.settled.insert(id), result.eligible.insert(id);
      } else if (at_risk_of_settling(now, living, row) &&
                 admitted_by(now.settings[living.home[row].value() / 2], candidate(now, living, row))) {
        result.eligible.insert(id);
      }
    }
  });
  return result;
}

}  // namespace

TEST_CASE("T23: a policy that does nothing changes nothing", "[verification]") {
  // Formula: a measure that adds nothing, or multiplies by one, or starts after the horizon, or is switched off, leaves
  // every published number what it was, for every lever. Source: the identity policy, with common random numbers (Law
  // 2015, Simulation Modeling and Analysis, ch. 11). Sample: 75,000 people, 10 years, 15 levers in four ways. Exact:
  // the records hold a digest of every person's state, so that the power is one bit of one person.
  ToyRun run;
  run.feedbacks = {};
  const auto unchanged = [&, baseline = run.records()] { return std::ranges::equal(run.records(), baseline, same); };
  for (const Lever& lever : levers()) {
    INFO(lever.name);
    Measure nothing = measure_of(lever.name, 0, 2022.5), once = nothing, late = nothing, off = nothing;
    nothing.change = Change::add;
    once.change = Change::multiply, once.amount = 1;
    late.start = 2031, late.amount = lever.maximum;
    off.enabled = false, off.amount = lever.maximum;
    run.measures = {nothing, once, late, off};
    CHECK(unchanged());
  }
  run.measures = {measure_of("registration.habitual_route", 1, 2030.5)};  // and something does change it
  CHECK_FALSE(unchanged());
}

TEST_CASE("T24: whoever is ever eligible, or settles, does so under looser rules", "[verification][coupling]") {
  // Formula: with common random numbers and no feedback (no networks, wedge, anticipation, reclassification or quota) a
  // person's life is the same in both runs until the looser rule settles them, so that the ever eligible and the ever
  // settled are supersets, person by person. Source: monotone coupling, Lindvall 1992, Lectures on the Coupling Method,
  // ch. IV. Sample: 50,000 people, 10 years, six ways to loosen. Exact; the power is one person. Another stream of
  // random numbers in one of the runs would lose a third of the settled.
  ToyRun run{40'000};
  Parameters& c = run.toy.parameters;
  c.network_elasticity = 0;
  c.anticipation = 0;
  for (PlaceSettings& s : run.toy.settings) s.wedge = 0;
  std::ranges::fill(run.toy.boundary.reclassification, 0.0);
  const Reached baseline = reached(run);
  CHECK(baseline.eligible.size() > 3000);
  CHECK(baseline.settled.size() > 1000);
  struct Case {
    std::vector<Measure> measures;
    bool strictly;
  };
  const std::vector<Case> cases{
      {{measure_of("registration.habitual_route", 1, 2022)}, true},
      {{measure_of("registration.required_residence_years", 0, 2023),
        measure_of("registration.required_insurance_years", 0, 2023)},
       true},
      {{measure_of("registration.minimum_education", 0, 2021)}, true},
      {{measure_of("registration.credit_recognition", 1, 2021)}, true},
      {{measure_of("registration.application_factor", 3, 2021)}, false},
      {{measure_of("land.rights_kept", 1, 2021)}, false},
  };
  for (const Case& one : cases) {
    INFO(one.measures[0].lever->name);
    run.measures = one.measures;
    const Reached looser = reached(run);
    CHECK(std::ranges::includes(looser.eligible, baseline.eligible));
    CHECK(std::ranges::includes(looser.settled, baseline.settled));
    CHECK(looser.settled.size() > baseline.settled.size());
    if (one.strictly) CHECK(looser.eligible.size() > baseline.eligible.size());
  }
}
