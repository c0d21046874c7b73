// Simulation less expectation is noise: each year given the simulated start of that year, and many years.

#include <catch2/catch.hpp>

#include "twin.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Every year of one seed against its expectation from the simulated start of the year.
std::vector<Comparison> years_against_twin(const ToyRun& run, Seed seed) {
  const Model model = run.model();
  RunOptions options = run.options();
  options.seed = seed;
  Simulation simulation{model, options, run.population()};
  std::vector<Comparison> all;
  while (simulation.year() < run.last_year) {
    Projection twin{model, simulation.base(), {}, simulation.people(), simulation.year()};
    twin.advance();
    simulation.advance();
    const std::vector<Comparison> year = compare(run.toy.places, simulation, twin);
    for (const Comparison& table : year) {
      INFO(table.name << " in " << simulation.year() << ", seed " << seed.value << ": " << table.total_seen()
                      << " seen, " << table.total_expected() << " expected");
      CHECK(table.total_p() > false_alarm);
      CHECK(table.cells_p() > false_alarm);
    }
    pool(all, year);
  }
  return all;
}

/// Rules that look at every date: waiting times, the recognition group, half-open routes, a change on the way; and
/// training, a countryside that registers people, and conditions unlike the base year's.
ToyRun dated_run(std::int64_t persons) {
  ToyRun run = independent_run(persons);
  run.last_year = 2024;
  run.measures = {measure_of("registration.credit_recognition", 1, 2021),
                  measure_of("registration.required_residence_years", 4, 2023),
                  measure_of("registration.minimum_education", 3, 2021),
                  measure_of("skills.training_rate", 0.3, 2021),
                  measure_of("registration.countryside_rate", 0.3, 2022),
                  measure_of("productivity.town", 1.2, 2022)};
  return run;
}

}  // namespace

TEST_CASE("a simulated year is its expectation and noise", "[projection][statistical]") {
  // Every count of every cell, years and seeds one by one and pooled. Power: with 10^5 people the moves of
  // four years show an error of 5 %; the test below is the one for an error of 1 %.
  for (const double duration : {0.2, 0.0}) {
    for (const double frailty : {0.8, 0.0}) {
      ToyRun run = dated_run(60'000);
      run.toy.parameters.wish_duration = duration;
      run.toy.parameters.frailty_variance = frailty;
      run.toy.parameters.application_rate = 0.5;
      std::vector<Comparison> pooled;
      for (const std::uint64_t seed : {11U, 12U}) {
        pool(pooled, years_against_twin(run, Seed{seed}));
      }
      for (const Comparison& flow : pooled) {
        INFO(flow.name);
        CHECK(flow.total_p() > false_alarm);
        CHECK(flow.cells_p() > false_alarm);
      }
    }
  }
}

TEST_CASE("an error of one per cent in a rate shows against the expectation", "[projection][statistical]") {
  // n events show a relative error e as e sqrt(n) standard deviations or more. The false alarm of 1e-6 ends
  // at 4.9 of them, and with another 2.3 an error of 1 % is found 99 times out of 100: n >= 520 000 for each
  // of the seven rates. The rates are raised so that six years of ten million people give as many.
  ToyRun run = independent_run(8'000'000);
  run.last_year = 2026;
  Parameters& c = run.toy.parameters;
  c.frailty_variance = c.wish_duration = 0;
  c.mobility_level *= 3;
  c.application_rate = 0.8;
  c.external_registration = 0.2;
  for (double& rate : run.toy.vital.mortality.values()) rate *= 15;
  for (double& rate : run.toy.vital.fertility) rate *= 8;
  for (double& mean : run.toy.boundary.inflow.values()) mean *= 10;
  run.toy.boundary.reclassification = {0.4, 0.4, 0.4};
  for (PlaceSettings& s : run.toy.settings) s.habitual_route = 1;

  ToyRun off = run;
  off.toy.parameters.application_rate *= 1.01;
  off.toy.parameters.external_registration *= 1.01;
  for (double& rate : off.toy.vital.mortality.values()) rate *= 1.01;
  for (double& rate : off.toy.vital.fertility) rate *= 1.01;
  for (double& rate : off.toy.boundary.reclassification) rate *= 1.01;

  const Model model = run.model(), wrong = off.model();
  Simulation simulation{model, run.options(), run.population()};
  BaseYear wrong_base = simulation.base();
  for (double& rate : wrong_base.age_hazard) rate *= 1.01;
  for (double& mean : wrong_base.inflow.mean.values()) mean *= 1.01;
  std::vector<Comparison> right_total, wrong_total;
  while (simulation.year() < run.last_year) {
    Projection twin{model, simulation.base(), {}, simulation.people(), simulation.year()};
    Projection other{wrong, wrong_base, {}, simulation.people(), simulation.year()};
    twin.advance();
    other.advance();
    simulation.advance();
    pool(right_total, compare(run.toy.places, simulation, twin));
    pool(wrong_total, compare(run.toy.places, simulation, other));
  }
  for (const Comparison& flow : right_total) {
    INFO(flow.name << ": " << flow.total_seen() << " seen, " << flow.total_expected() << " expected");
    CHECK(flow.total_p() > false_alarm);
    CHECK(flow.cells_p() > false_alarm);
  }
  for (const Comparison& flow : wrong_total) {
    INFO(flow.name << ": " << flow.total_seen() << " seen, " << flow.total_expected() << " expected");
    const bool own_rate = flow.name == "births" || flow.name == "deaths" || flow.name == "moves" ||
                          flow.name == "incomers" || flow.name == "reclassified" || flow.name == "willing" ||
                          flow.name == "registered outside";
    if (!own_rate) continue;
    CHECK(flow.total_expected() > 520'000);
    CHECK(flow.total_p() < false_alarm);
  }
}

TEST_CASE("many simulated years are their expectation and noise", "[projection][statistical]") {
  // Networks as they were at the start, ten years on, twenty seeds. People aged 15 and over were there at the
  // start or came by themselves: they live independent lives, and a cell's variance is at most its
  // expectation. Power: a rate that is wrong every year moves a cell by ten times its error.
  ToyRun run = independent_run(60'000);
  run.toy.parameters.frailty_variance = run.toy.parameters.wish_duration = 0;
  const Model model = run.model();
  constexpr std::uint64_t seeds = 20;
  constexpr std::size_t adult = 3;  // first age group, 15-19
  const auto adults = [&](const Grid<std::int64_t, 4>& stock) {
    std::vector<std::int64_t> counts;
    for (std::size_t i = 0; i < stock.values().size(); ++i) {
      if (i / registrations % age_groups >= adult) counts.push_back(stock.values()[i]);
    }
    return counts;
  };
  std::vector<Comparison> pooled;
  const BaseYear base = Simulation{model, run.options(), run.population()}.base();
  Projection twin{model, base, {}, run.population(), run.toy.base_year};
  while (twin.year() < run.last_year) twin.advance();
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    RunOptions options = run.options();
    options.seed = Seed{100 + seed};
    Simulation simulation{model, options, run.population()};
    while (simulation.year() < run.last_year) simulation.advance();
    pool(pooled, {compare("adults", adults(simulation.stock().population), adults(twin.stock().population))});
  }
  INFO(pooled[0].total_seen() << " seen, " << pooled[0].total_expected() << " expected");
  CHECK(pooled[0].total_p() > false_alarm);
  CHECK(pooled[0].cells_p() > false_alarm);
}
