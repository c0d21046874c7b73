// Where there is no noise, the simulation is its expectation.

#include <catch2/catch.hpp>

#include "luohu/population/parallel.hpp"
#include "support/processes.hpp"
#include "twin.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// The frozen toy province, and nobody learns, finds or loses work, or buys a home either.
ToyRun frozen_run(std::int64_t persons) {
  ToyRun run = independent_run(persons);
  run.freeze();
  Parameters& c = run.toy.parameters;
  for (double* rate : {&c.senior_transition_urban, &c.senior_transition_rural, &c.senior_transition_away,
                       &c.tertiary_transition, &c.insurance_entry_basic, &c.insurance_entry_senior,
                       &c.insurance_entry_tertiary, &c.insurance_exit, &c.home_purchase}) {
    *rate = 0;
  }
  return run;
}

std::vector<YearRecord> expectation_of(const ToyRun& run, bool lumping = true, std::int64_t scale = 1) {
  const Model model = run.model();
  ProjectionOptions options;
  options.scale = scale;
  options.lumping = lumping;
  return project(model, options, run.population()).years;
}

/// Largest difference of any number but the digest and the market variables, which an expectation does not have.
double difference(const std::vector<YearRecord>& a, const std::vector<YearRecord>& b) {
  REQUIRE(a.size() == b.size());
  double most = 0;
  std::size_t missing = 0;
  const auto numbers = [](const Values& values) {
    return std::visit([](const auto& v) { return std::vector<double>(v.begin(), v.end()); }, values);
  };
  for (std::size_t y = 0; y < a.size(); ++y) {
    for (std::size_t v = 0; v < a[y].values.size(); ++v) {
      if (std::holds_alternative<std::vector<std::uint64_t>>(a[y].values[v])) continue;
      const std::vector<double> x = numbers(a[y].values[v]), z = numbers(b[y].values[v]);
      REQUIRE(x.size() == z.size());
      missing += std::isnan(z.front()) ? 1 : 0;
      for (std::size_t i = 0; i < x.size(); ++i) most = std::max(most, std::abs(x[i] - z[i]));
    }
  }
  constexpr std::size_t market_variables = 11;
  REQUIRE(missing == market_variables * a.size());
  return most;
}

}  // namespace

TEST_CASE("where nothing happens, nothing is expected to", "[projection]") {
  const ToyRun run = frozen_run(20'000);
  CHECK(difference(run.records(), expectation_of(run)) == 0);
}

TEST_CASE("where everything is certain, the expectation is what happens", "[projection]") {
  // Schooling, insured work won and lost, homes, births of boys, wishes, registration here and outside,
  // reclassification: whoever can, does. Nobody moves or comes, for where to and how many are chance.
  ToyRun run = frozen_run(20'000);
  run.last_year = 2026;
  constexpr double certain = 1e9;
  Parameters& c = run.toy.parameters;
  c.senior_transition_urban = c.senior_transition_rural = c.senior_transition_away = c.tertiary_transition = 1;
  c.insurance_entry_basic = c.insurance_entry_senior = c.insurance_entry_tertiary = c.insurance_exit = certain;
  c.home_purchase = c.application_rate = c.external_registration = certain;
  c.male_birth_share = 1;
  for (std::size_t age = 20; age < 40; ++age) run.toy.vital.fertility[age] = certain;
  for (std::size_t age = 80; age < single_ages; ++age) {
    for (std::size_t sex = 0; sex < sexes; ++sex) run.toy.vital.mortality(sex, age) = certain;
  }
  run.measures = {measure_of("registration.required_residence_years", 8, 2021),
                  measure_of("registration.minimum_education", 3, 2021),
                  measure_of("registration.home_route", 0, 2021)};
  SECTION("boundaries as they are") {}
  SECTION("all countryside becomes town") {
    run.toy.boundary.reclassification = {1, 1, 1};
  }
  const auto simulated = run.records();
  CHECK(difference(simulated, expectation_of(run)) == 0);
  const Layout layout = results_layout(run.toy.places);
  for (const std::string_view flow : {"births", "deaths", "settled", "registered_out"}) {
    CHECK(total(counts_in(layout, simulated[1], flow)) > 0);
  }
}

TEST_CASE("where moves are certain, everyone is expected to move", "[projection]") {
  ToyRun run = frozen_run(20'000);
  run.last_year = 2022;
  run.toy.parameters.mobility_level = 1e9;
  const Model model = run.model();
  Simulation simulation{model, run.options(), run.population()};
  Projection twin{model, simulation.base(), {}, simulation.people(), simulation.year()};
  const Stock start = twin.stock();
  simulation.advance();
  twin.advance();
  for (std::size_t z = 0; z < run.toy.places.zones(); ++z) {
    for (std::size_t s = 0; s < sexes; ++s) {
      CHECK(twin.flows().departures(z, s) == start.residents(z, s));
      CHECK(twin.flows().departures(z, s) == simulation.flows().departures(z, s) * units_per_person);
    }
  }
}

TEST_CASE("expected persons balance to the last unit", "[projection]") {
  // Mass balance: 1e-9 relative would do; whole units make it exact, in every year, zone and sex.
  ToyRun run = independent_run(20'000);
  run.toy.parameters.frailty_variance = 0;
  const Model model = run.model();
  const BaseYear base = Simulation{model, run.options(), run.population()}.base();
  Projection twin{model, base, {}, run.population(), run.toy.base_year};
  while (twin.year() < 2024) {
    const std::int64_t start = twin.stock().people();
    twin.advance();
    const Ledger& flows = twin.flows();
    const auto gone = [&] {  // left the model: departures that arrive nowhere
      return total(flows.departures.values()) - total(flows.arrivals.values());
    };
    CHECK(start + total(flows.births.values()) + total(flows.incomers.values()) - total(flows.deaths.values()) -
              gone() ==
          twin.stock().people());
    std::int64_t weight = 0;
    for (const Weighted& one : twin.states()) {
      if (one.weight <= 0) FAIL("a state without people");
      weight += one.weight;
    }
    CHECK(weight == twin.stock().people());
    CHECK_NOTHROW(twin.record());  // throws unless every zone and sex balances, residents and registered
  }
}

TEST_CASE("an expectation depends neither on threads nor on the order of people", "[projection][determinism]") {
  ToyRun run = independent_run(10'000);
  run.last_year = 2023;
  const Model model = run.model();
  set_threads(1);
  const auto reference = expectation_of(run);
  set_threads(3);
  CHECK(difference(expectation_of(run), reference) == 0);
  const Population people = run.population();
  const std::size_t n = people.size();
  const auto backward = project(model, {}, people_of(n, [&](std::size_t row) { return people.at(n - 1 - row); }));
  CHECK(difference(backward.years, reference) == 0);
  set_threads(available_threads());
}

TEST_CASE("what lumping forgets never mattered", "[projection]") {
  // Everyone stands for 10 000: what remains is the rounding of some 10^7 splits by at most 2^-33 of a person
  // each, out of three million.
  for (const double duration : {0.2, 0.0}) {
    for (const double frailty : {0.8, 0.0}) {
      for (const double recognition : {1.0, 0.0}) {
        ToyRun run = independent_run(300);
        run.last_year = 2023;
        run.toy.parameters.wish_duration = duration;
        run.toy.parameters.frailty_variance = frailty;
        run.measures = {measure_of("registration.credit_recognition", recognition, 2021),
                        measure_of("registration.required_insurance_years", 2.5, 2022)};
        INFO("duration " << duration << ", frailty " << frailty << ", recognition " << recognition);
        constexpr std::int64_t scale = 10'000;
        const double persons = static_cast<double>(run.population().size()) * static_cast<double>(scale);
        CHECK(difference(expectation_of(run, true, scale), expectation_of(run, false, scale)) < 1e-10 * persons);
      }
    }
  }
}

TEST_CASE("an agent who stands for many persons is expected as many", "[projection]") {
  ToyRun run = frozen_run(60'000);
  run.scale = 10;
  CHECK(difference(run.records(), expectation_of(run, true, run.scale)) == 0);
}
