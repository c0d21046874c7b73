// Common random numbers: loosening a rule takes nothing from anyone (T24).

#include <catch2/catch.hpp>
#include <set>

#include "luohu/processes/settling.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Ids of the first people who were ever admitted by the rules at a year's end or settled during the run.
std::set<std::uint64_t> ever_eligible_or_settled(const ToyRun& run) {
  const Model model = run.model();
  Simulation simulation{model, run.options(), run.population()};
  std::set<std::uint64_t> first, ever;
  for (std::size_t row = 0; row < simulation.people().size(); ++row) first.insert(simulation.people().id[row].value());
  std::map<std::uint64_t, ZoneId> registered;
  const auto note = [&] {
    for (std::size_t row = 0; row < simulation.people().size(); ++row) {
      if (!simulation.people().gone(row))
        registered[simulation.people().id[row].value()] = simulation.people().registered[row];
    }
  };
  note();
  while (simulation.year() < run.last_year) {
    simulation.advance();
    const YearContext now{Seed{},          simulation.year(), run.toy.places, run.toy.parameters, simulation.settings(),
                          run.toy.group_of};
    const Population& people = simulation.people();
    for (std::size_t row = 0; row < people.size(); ++row) {
      const std::uint64_t id = people.id[row].value();
      if (people.gone(row) || !first.contains(id)) continue;
      const bool settled = registered[id] != people.registered[row];  // nothing else changes registration here
      const bool eligible =
          at_risk_of_settling(now, people, row) &&
          admitted_by(now.settings[people.home[row].value() / 2], candidate(now, people, row)).has_value();
      if (settled || eligible) ever.insert(id);
    }
    note();
  }
  return ever;
}

}  // namespace

TEST_CASE("whoever is ever eligible or settled stays so under looser rules", "[schedule][coupling]") {
  // Feedbacks off: no networks, no wedge, no anticipation, no reclassification, no quota. Then one person's
  // life is the same in both runs until the looser rule settles them.
  ToyRun run{40'000};
  Parameters& c = run.toy.parameters;
  c.network_elasticity = 0;
  c.anticipation = 0;
  for (PlaceSettings& s : run.toy.settings) s.wedge = 0;
  std::ranges::fill(run.toy.boundary.reclassification, 0.0);
  const auto baseline = ever_eligible_or_settled(run);
  CHECK(baseline.size() > 3000);
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
    const auto looser = ever_eligible_or_settled(run);
    CHECK(std::ranges::includes(looser, baseline));
    if (one.strictly) CHECK(looser.size() > baseline.size());
  }
}
