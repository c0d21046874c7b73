// Amenities from stocks and flows: an inversion meets what is known, and finds the amenities that flows came from.

#include "luohu/inference/inversion.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "../../engine/inference/expected_moves.hpp"
#include "luohu/inference/benchmarks.hpp"
#include "luohu/scenario/scenario.hpp"
#include "luohu/schedule/simulation.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Guizhou 2010, its population and model.
struct Guizhou {
  explicit Guizhou(std::int64_t persons_per_agent) : scale{persons_per_agent} {}

  std::int64_t scale;
  Scenario scenario = read_scenario(folder_of(hindcasts[6]) / "hindcast.toml");
  Tables tables = read_tables(scenario.tables);
  std::vector<std::uint16_t> group_of = number_groups(tables.places, scenario.groups);
  SynthesisInputs inputs{tables.places, tables.census, scenario.parameters,   group_of, 2010,
                         Seed{5},       scale,         tables.vital.fertility};
  PopulationPlan plan = plan_population(inputs);
  Population people = synthesise(inputs, plan, 4096);

  [[nodiscard]] Model model(const EconomyTables& economy) const {
    return Model{tables.places,
                 tables.census,
                 tables.vital,
                 economy,
                 tables.boundary,
                 tables.capacity,
                 tables.settings,
                 scenario.measures,
                 scenario.parameters,
                 group_of,
                 2010,
                 2020,
                 scenario.feedbacks};
  }
  [[nodiscard]] EconomyTables flat() const {
    EconomyTables economy = tables.economy;
    for (double& value : economy.amenity.values()) value = 0;
    return economy;
  }
};

}  // namespace

TEST_CASE("amenities meet the shares that stocks of migrants tell", "[inversion]") {
  const Guizhou guizhou{200};
  const Places& places = guizhou.tables.places;
  const NetMigration known = read_net_migration(guizhou.scenario.tables, places);
  REQUIRE(known.zone.empty());
  const InversionOptions options{guizhou.scale, 60, 500};
  const Inversion found = invert_amenity(guizhou.model(guizhou.flat()), known, options, guizhou.people);
  CHECK(found.worst <= options.tolerance);
  CHECK(found.worst_youth <= options.tolerance);
  CHECK(found.rounds > 1);

  double mean = 0;
  for (std::size_t z = 0; z < places.internal_zones(); ++z) mean += found.amenity(z, 1U);
  CHECK(mean == Approx(0).margin(1e-9));
  for (std::size_t z = places.internal_zones(); z < places.zones(); ++z) {
    CHECK(found.amenity(z, 0U) == found.amenity(z, 1U));  // external nodes know no youth
  }

  // Started from the answer nothing is left to do; another level of arrivals in towns asks for other amenities.
  EconomyTables answer = guizhou.tables.economy;
  answer.amenity = found.amenity;
  CHECK(invert_amenity(guizhou.model(answer), known, options, guizhou.people).rounds == 1);
  Model busier = guizhou.model(answer);
  busier.parameters.town_inflow *= 1.5;
  const Inversion towns = invert_amenity(busier, known, options, guizhou.people);
  CHECK(towns.worst <= options.tolerance);
  const std::size_t node = places.internal_zones();
  CHECK(towns.amenity(node, 1U) < found.amenity(node, 1U));
}

TEST_CASE("a capital draws newcomers beyond the share of its stock", "[inversion]") {
  const Guizhou guizhou{200};
  const Places& places = guizhou.tables.places;
  const NetMigration known = read_net_migration(guizhou.scenario.tables, places);
  const InversionOptions options{guizhou.scale, 100, 100};
  EconomyTables economy = guizhou.flat();
  Model model = guizhou.model(economy);
  const auto newcomers = [&](double capital_inflow) {
    model.parameters.capital_inflow = capital_inflow;
    const Inversion found = invert_amenity(model, known, options, guizhou.people);
    CHECK(found.worst <= options.tolerance);
    economy.amenity = found.amenity;
    return FirstYear{model, guizhou.people, guizhou.scale}.moves(economy).across;
  };
  const std::vector<double> as_stocks = newcomers(1);
  const std::vector<double> twice = newcomers(2);
  const std::size_t capital = capital_of(places);
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    if (p == capital) continue;
    INFO(p);
    const double before = as_stocks[capital] / as_stocks[p];
    const double error = 2 * options.tolerance / twice[p] + 2 * options.tolerance / as_stocks[p];
    CHECK(twice[capital] / twice[p] == Approx(2 * before).epsilon(error));
  }
}

TEST_CASE("amenities are recovered from the net migration of a simulated year", "[inversion]") {
  // Towns turn over some 20,000 persons a year or more, 1,000 agents of 20: a net flow is off by some 30 agents, 0.03
  // of a town's turnover and so of a unit of amenity; 0.15 is five standard errors. A sign turned round never arrives
  // at all.
  const Guizhou guizhou{20};
  const Places& places = guizhou.tables.places;
  EconomyTables truth = guizhou.flat();
  for (std::size_t z = 0; z < places.zones(); ++z) {
    truth.amenity(z, 0U) = truth.amenity(z, 1U) = 0.3 * std::sin(static_cast<double>(z));
  }
  Model model = guizhou.model(truth);
  model.feedbacks.families = false;  // as in the expectation, children move by themselves
  Simulation year{model, {Seed{7}, guizhou.scale, true, {}}, synthesise(guizhou.inputs, guizhou.plan, 4096)};
  year.advance();
  const Ledger& flows = year.flows();
  NetMigration known;
  const auto persons = [&](const Counts& counts, std::size_t z) {
    return static_cast<double>(guizhou.scale * (counts(z, 0U) + counts(z, 1U)));
  };
  for (std::size_t z = 0; z < places.zones(); ++z) {
    known.zone.push_back(persons(flows.arrivals, z) + persons(flows.incomers, z) - persons(flows.departures, z));
  }
  constexpr std::size_t young = 1;
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    std::int64_t net = 0;
    for (std::size_t q = 0; q < places.size(); ++q) {
      if (q == p) continue;
      for (std::size_t r = 0; r < registrations; ++r) net += flows.moves(q, p, young, r) - flows.moves(p, q, young, r);
    }
    known.youth.push_back(static_cast<double>(guizhou.scale * net));
  }
  const Inversion found =
      invert_amenity(guizhou.model(guizhou.flat()), known, {guizhou.scale, 100, 200}, guizhou.people);
  double mean = 0;
  for (std::size_t z = 0; z < places.internal_zones(); ++z) {
    mean += truth.amenity(z, 1U) / static_cast<double>(places.internal_zones());
  }
  for (std::size_t z = 0; z < places.zones(); ++z) {
    INFO(z);
    CHECK(found.amenity(z, 1U) == Approx(truth.amenity(z, 1U) - mean).margin(0.15));
  }
}
