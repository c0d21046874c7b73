#pragma once
// The toy province with rates that a closed form can take: one hazard for everyone, one thing at a time.

#include <algorithm>
#include <utility>

#include "luohu/processes/settling.hpp"
#include "luohu/rates/choice.hpp"
#include "support/toy_run.hpp"

namespace luohu::testing {

/// Everyone leaves at `hazard` times the pull of where they live, whatever their age, sex, schooling, frailty or
/// home; nobody minds who else lives where. With one kind of person the pull's population mean is 1.
inline void move_alike(ToyRun& run, double hazard) {
  Parameters& c = run.toy.parameters;
  c.mobility_level = 1;
  c.rc_child_level = c.rc_labour_level = c.rc_student_level = 0;
  c.rc_constant = hazard;
  c.mobility_senior = c.mobility_tertiary = c.mobility_male = c.mobility_owner = 1;
  c.frailty_variance = c.network_elasticity = 0;
  Grid<double, 2>& amenity = run.toy.economy.amenity;
  for (std::size_t z = 0; z < amenity.shape()[0]; ++z) amenity(z, 0U) = amenity(z, 1U);
}

/// Everyone dies at `hazard`, whatever their age, sex or place.
inline void die_alike(ToyRun& run, double hazard) {
  VitalTables& vital = run.toy.vital;
  std::ranges::fill(vital.mortality.values(), hazard);
  for (std::size_t s = 0; s < sexes; ++s)
    vital.mortality(s, 0U) = hazard / 2;  // age 0 answers for the half-year before
  std::ranges::fill(vital.mortality_factor, 1.0);
}

/// The choice tables of the first year of a run in which acquaintances do not matter.
inline ChoiceTables choice_without_networks(const ToyRun& run) {
  const Places& places = run.toy.places;
  return ChoiceTables{{places, run.toy.economy, run.toy.parameters,
                       expected_wedge(run.toy.settings, run.toy.parameters),
                       Grid<std::int64_t, 2>{{places.size(), places.zones()}}}};
}

/// Simulate `people` to the last year; `see(simulation)` after each.
template <class See>
void simulate(const ToyRun& run, Seed seed, Population people, See see) {
  const Model model = run.model();
  RunOptions options = run.options();
  options.seed = seed;
  Simulation simulation{model, options, std::move(people)};
  while (simulation.year() < run.last_year) {
    simulation.advance();
    see(std::as_const(simulation));
  }
}

}  // namespace luohu::testing
