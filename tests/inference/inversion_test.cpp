// Amenities from flows: an inversion finds those that the flows came from.

#include "luohu/inference/inversion.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/scenario/scenario.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("amenities are recovered from the flows of the first year they make", "[inversion]") {
  // Guizhou at 1:200 with the same random numbers every round. The towns turn over some 20,000 persons a year or more,
  // so that an amenity 0.1 off moves 2000, which is beyond the tolerance; a sign turned round never arrives at all.
  const Scenario scenario = read_scenario(folder_of(hindcasts[6]) / "hindcast.toml");
  Tables tables = read_tables(scenario.tables);
  const Settings& settings = tables.settings;
  const std::vector<std::uint16_t> group_of = number_groups(tables.places, scenario.groups);
  constexpr std::int64_t scale = 200;
  const SynthesisInputs inputs{tables.places, tables.census, scenario.parameters,   group_of, 2010,
                               Seed{5},       scale,         tables.vital.fertility};
  const PopulationPlan plan = plan_population(inputs);
  const auto people = [&] { return synthesise(inputs, plan, 4096); };
  const auto model_of = [&](const EconomyTables& economy) {
    return Model{tables.places,       tables.census,   tables.vital, economy,
                 tables.boundary,     tables.capacity, settings,     scenario.measures,
                 scenario.parameters, group_of,        2010,         2020,
                 scenario.feedbacks};
  };
  const InversionOptions options{Seed{5}, scale, 60, 1500};
  const NetMigration wanted = read_net_migration(scenario.tables, tables.places);
  EconomyTables flat = tables.economy;
  for (double& value : flat.amenity.values()) value = 0;
  const Inversion found = invert_amenity(model_of(flat), wanted, options, people);
  CHECK(found.worst <= options.tolerance);
  CHECK(found.worst_youth <= options.tolerance);
  CHECK(found.rounds > 1);

  double mean = 0;
  for (std::size_t z = 0; z < tables.places.internal_zones(); ++z) mean += found.amenity(z, 1U);
  CHECK(mean == Approx(0).margin(1e-9));
  for (std::size_t z = tables.places.internal_zones(); z < tables.places.zones(); ++z) {
    CHECK(found.amenity(z, 0U) == found.amenity(z, 1U));  // external nodes know no youth
  }

  // Started from the answer nothing is left to do.
  EconomyTables answer = tables.economy;
  answer.amenity = found.amenity;
  CHECK(invert_amenity(model_of(answer), wanted, options, people).rounds == 1);
}
