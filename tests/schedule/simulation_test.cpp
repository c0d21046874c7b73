// The whole model on the toy province: accounts, determinism, null policies, single processes.

#include "luohu/schedule/simulation.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "luohu/core/vector_path.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/processes/settling.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

bool all_same(const std::vector<YearRecord>& a, const std::vector<YearRecord>& b) {
  return std::ranges::equal(a, b, same);
}

}  // namespace

TEST_CASE("the base year has stocks and no flows", "[schedule]") {
  const ToyRun run;
  const Layout layout = results_layout(run.toy.places);
  const Model model = run.model();
  const Simulation simulation{model, run.options(), run.population()};
  const YearRecord record = simulation.record();
  CHECK(simulation.year() == 2020);
  for (const std::string_view flow :
       {"births", "deaths", "inflow", "outflow", "reclassified", "flow", "settled", "eligible", "willing"}) {
    CHECK(total(counts_in(layout, record, flow)) == 0);
  }
  std::int64_t residents = 0;
  for (const std::int64_t count : run.toy.census.residents.values()) residents += count;
  CHECK(total(counts_in(layout, record, "population")) == residents);
}

TEST_CASE("the order of the first people does not matter", "[schedule][determinism]") {
  ToyRun run;
  run.feedbacks.families = true;
  const Model model = run.model();
  const Population people = run.population();
  const std::size_t n = people.size();
  const auto forward = run_replicate(model, run.options(), copy_of(people)).years;
  const auto mirrored = [&](std::size_t row) {
    Person person = people.at(n - 1 - row);
    if (person.mother) person.mother = Slot{static_cast<std::uint32_t>(n - 1 - person.mother.value())};
    return person;
  };
  const auto backward = run_replicate(model, run.options(), people_of(n, mirrored)).years;
  CHECK(all_same(forward, backward));
}

TEST_CASE("frozen networks are those of the base year", "[schedule][feedbacks]") {
  // The first year's networks are the base year's anyway; from the second on they have moved.
  ToyRun run;
  const auto following = run.records();
  run.feedbacks.networks = false;
  const auto frozen = run.records();
  CHECK(same(frozen[1], following[1]));
  CHECK_FALSE(same(frozen[2], following[2]));
  // Where acquaintances do not count, it does not matter when they were counted.
  run.toy.parameters.network_elasticity = 0;
  const auto strangers = run.records();
  run.feedbacks.networks = true;
  CHECK(all_same(run.records(), strangers));
}

TEST_CASE("another seed gives other people", "[schedule]") {
  const ToyRun run;
  const Model model = run.model();
  RunOptions other = run.options();
  other.seed = seed_of_replicate(other.seed, 1);
  CHECK_FALSE(all_same(run_replicate(model, other, run.population()).years, run.records()));
}

TEST_CASE("a policy changes nothing before it starts and something after", "[schedule]") {
  ToyRun run;
  const auto baseline = run.records();
  for (const auto& [lever, value] : {std::pair{"registration.habitual_route", 1.0},
                                     {"coverage.housing", 1.0},
                                     {"registration.quota", 5.0},
                                     {"land.rights_kept", 1.0},
                                     {"registration.application_factor", 2.0}}) {
    INFO(lever);
    run.measures = {measure_of(lever, value, 2026)};
    const auto records = run.records();
    for (std::size_t y = 0; y < 6; ++y) CHECK(same(records[y], baseline[y]));
    CHECK_FALSE(same(records[6], baseline[6]));
  }
}

TEST_CASE("a quota holds in every place and year", "[schedule]") {
  ToyRun run;
  run.scale = 10;
  run.measures = {measure_of("registration.quota", 70, 2021)};
  std::ranges::fill(run.toy.boundary.reclassification, 0.0);  // no applicant is registered otherwise
  const Layout layout = results_layout(run.toy.places);
  const auto records = run.records();
  for (std::size_t y = 1; y < records.size(); ++y) {
    for (std::size_t p = 0; p < 3; ++p) {
      std::int64_t settled = 0;
      for (std::size_t r = 0; r < routes; ++r) settled += counts_in(layout, records[y], "settled")[p * routes + r];
      CHECK(settled == std::min<std::int64_t>(70, counts_in(layout, records[y], "willing")[p]));
    }
  }
}

TEST_CASE("a frozen model stands still but for age", "[schedule]") {
  ToyRun run;
  run.freeze();
  const Layout layout = results_layout(run.toy.places);
  const auto records = run.records();
  for (std::size_t y = 1; y < records.size(); ++y) {
    CHECK(counts_in(layout, records[y], "migrant_stock") == counts_in(layout, records[0], "migrant_stock"));
    CHECK(counts_in(layout, records[y], "registered") == counts_in(layout, records[0], "registered"));
    CHECK(total(counts_in(layout, records[y], "eligible")) > 0);  // may apply, and do not
  }
}

TEST_CASE("incomers follow attractiveness at its elasticity", "[schedule][statistical]") {
  // Where the wedge w of newcomers with basic schooling is lifted, real income rises by 1 / (1 - w) in both
  // zones and inflow by its power kappa / (1 + nu) times the response; elsewhere it stays. Three years of
  // Poisson(10,000 a place) times 3.2 in A: 2 % of the factor are 6 sd, its inverse hundreds.
  ToyRun run;
  run.freeze();
  Parameters& c = run.toy.parameters;
  c.network_elasticity = 0;
  c.inflow_response = 2;
  c.inflow_level = 1.5;
  run.last_year = 2023;
  run.toy.boundary.inflow = Grid<double, 2>{{2, 3}, 5000.0 / c.inflow_level};
  for (PlaceSettings& s : run.toy.settings) {
    s.wedge = &s == run.toy.settings.data() ? 0.6 : 0;
    s.coverage_school = s.coverage_preschool = s.coverage_health = s.coverage_pension = s.coverage_housing = 0;
  }
  run.measures = {measure_of("registration.income_wedge", 0, 2021)};
  const double wedge = expected_wedge(run.toy.settings, c)(0U, 0U);
  const double factor = std::pow(1 / (1 - wedge), flow_elasticity(c) * c.inflow_response);
  const Layout layout = results_layout(run.toy.places);
  std::vector<double> came(3);
  for (const YearRecord& record : run.records()) {
    for (std::size_t i = 0; i < 3 * zone_kinds * sexes; ++i)
      came[i / (zone_kinds * sexes)] += static_cast<double>(counts_in(layout, record, "inflow")[i]);
  }
  CHECK(poisson_p(came[0], 30'000 * factor) > false_alarm);
  CHECK(poisson_p(came[1], 30'000) > false_alarm);
  CHECK(poisson_p(came[2], 30'000) > false_alarm);
}

TEST_CASE("incomers have the ages of the migration schedule, however mobile the province is",
          "[schedule][statistical]") {
  // Chi-square of ages at arrival against the schedule's shape, n = 27,000 on about 100 df.
  ToyRun run;
  run.freeze();
  run.toy.boundary.inflow = Grid<double, 2>{{2, 3}, 450.0};
  std::vector<double> share;
  double sum = 0;
  for (int age = 0; age <= oldest_age; ++age) {
    share.push_back(move_schedule(Parameters{}, age));
    sum += share.back();
  }
  for (double& s : share) s /= sum;
  for (const double level : {0.0, 1e-6}) {
    run.toy.parameters.mobility_level = level;
    const Model model = run.model();
    Simulation simulation{model, run.options(), run.population()};
    const std::size_t first = simulation.people().size();
    while (simulation.year() < run.last_year) simulation.advance();
    std::vector<std::int64_t> ages(single_ages);
    for (std::size_t row = first; row < simulation.people().size(); ++row) {
      const Person who = simulation.people().at(row);
      ++ages.at(static_cast<std::size_t>(who.arrived.year() - 1 - who.born.year()));
    }
    CHECK(total(ages) > 20'000);
    CHECK(multinomial_p(ages, share) > false_alarm);
  }
}

TEST_CASE("every child has the id of its mother's child", "[schedule]") {
  ToyRun run;
  run.last_year = 2024;
  const Model model = run.model();
  Simulation simulation{model, run.options(), run.population()};
  while (simulation.year() < run.last_year) {
    std::set<std::uint64_t> before, possible;
    for (std::size_t row = 0; row < simulation.people().size(); ++row) {
      if (simulation.people().gone(row)) continue;
      const PersonId id = simulation.people().id[row];
      before.insert(id.value());
      if (simulation.people().traits[row].sex() == Sex::female)
        possible.insert(child_id(id, simulation.year() + 1, 0).value());
    }
    simulation.advance();
    std::int64_t children = 0, incomers = 0;
    for (std::size_t row = 0; row < simulation.people().size(); ++row) {
      const Person who = simulation.people().at(row);
      if (!who.home || before.contains(who.id.value())) continue;
      if (who.born.year() == simulation.year()) {
        ++children;
        REQUIRE(possible.contains(who.id.value()));
        REQUIRE(who.insured_since == ShortYear::never());
      } else {
        ++incomers;
        REQUIRE(who.registered.value() >= 6);
      }
    }
    CHECK(children == total(simulation.flows().births.values()));
    CHECK(incomers == total(simulation.flows().incomers.values()));
  }
}

TEST_CASE("births respond to policy only through their mothers", "[schedule]") {
  // The same women bear the same children in a scenario that changes only who is registered where.
  ToyRun run;
  run.toy.parameters.mobility_level = 0;
  std::ranges::fill(run.toy.boundary.inflow.values(), 0.0);  // they come where registration is near
  const Layout layout = results_layout(run.toy.places);
  const auto baseline = run.records();
  run.measures = {measure_of("registration.habitual_route", 1, 2022),
                  measure_of("registration.application_factor", 3, 2022)};
  const auto open = run.records();
  for (std::size_t y = 0; y < baseline.size(); ++y) {
    CHECK(counts_in(layout, open[y], "births") == counts_in(layout, baseline[y], "births"));
    CHECK(counts_in(layout, open[y], "deaths") == counts_in(layout, baseline[y], "deaths"));
  }
  CHECK(counts_in(layout, open[5], "settled") != counts_in(layout, baseline[5], "settled"));
}

TEST_CASE("a replicate counts its work and can be stopped between years", "[schedule]") {
  ToyRun run{20'000};
  run.last_year = 2023;
  const Model model = run.model();
  std::vector<Year> asked;
  const ReplicateResult result = run_replicate(model, run.options(), run.population(), [&](Year year) {
    asked.push_back(year);
    return true;
  });
  CHECK(asked == std::vector<Year>{2021, 2022, 2023});
  CHECK(result.years.size() == 4);
  CHECK(result.person_years > 3 * 20'000);
  CHECK(result.peak_agents > 20'000);
  CHECK_THROWS_AS(run_replicate(model, run.options(), run.population(), [](Year year) { return year < 2022; }),
                  Interrupted);
  run.last_year = 2020;
  const Model base = run.model();
  const ReplicateResult only = run_replicate(base, run.options(), run.population());
  CHECK(only.years.size() == 1);
  CHECK(only.person_years == 0);
  CHECK(only.peak_agents == run.population().size());
}

TEST_CASE("recognition groups are numbered, and everyone else alone", "[schedule]") {
  const std::vector<RecognitionGroup> groups{{"x", {place(2), place(0)}}};
  const auto number = number_groups(toy_places(), groups);
  REQUIRE(number.size() == 5);
  CHECK(number[0] == number[2]);
  CHECK(std::set<std::uint16_t>(number.begin(), number.end()).size() == 4);
}

TEST_CASE("a quota that nobody reaches is no quota", "[schedule]") {
  ToyRun run;
  run.feedbacks.families = true;
  const auto without = run.records();
  for (PlaceSettings& s : run.toy.settings) s.quota = 1e9;
  CHECK(all_same(run.records(), without));
}
