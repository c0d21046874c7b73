// What must not change a result: threads, vector instructions, screening, being stopped and gone on with, and writing
// the scenario down.

#include <catch2/catch.hpp>

#include "luohu/core/vector_path.hpp"
#include "luohu/population/parallel.hpp"
#include "random_case.hpp"
#include "support/restarts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

void require_same(const std::vector<YearRecord>& a, const std::vector<YearRecord>& b, const std::string& what) {
  REQUIRE(a.size() == b.size());
  for (std::size_t y = 0; y < a.size(); ++y) {
    INFO(what << ": year " << y << " of the run differs");
    REQUIRE(same(a[y], b[y]));
  }
}

}  // namespace

TEST_CASE("random scenarios: the same bytes on any threads, vector path and screening", "[property][determinism]") {
  const VectorPath widest = vector_path();
  for (std::uint64_t number = cases().first; number <= cases().last; ++number) {
    const RandomCase files{number};
    INFO(files.described());
    const ToyRun run = files.read("variant.toml");
    // The population too is made on these threads.
    const auto records = [&](int n, VectorPath path, bool screening) {
      set_threads(n);
      set_vector_path(path);
      return run.records(screening);
    };
    const auto reference = records(1, widest, true);
    require_same(records(2, VectorPath::baseline, true), reference, "2 threads, baseline");
    require_same(records(3, VectorPath::avx2, true), reference, "3 threads, AVX2");
    require_same(records(1, VectorPath::baseline, false), reference, "screening off");
  }
  set_vector_path(widest);
  set_threads(available_threads());
}

TEST_CASE("random scenarios: stopped after every year and gone on with, the same bytes", "[property][determinism]") {
  for (std::uint64_t number = cases().first; number <= cases().last; ++number) {
    const RandomCase files{number};
    INFO(files.described());
    const ToyRun run = files.read("variant.toml");
    const auto reference = run.records();
    std::vector<Year> stops;
    for (Year year = run.toy.base_year + 1; year <= run.last_year; ++year) stops.push_back(year);
    const int first = 1 + static_cast<int>(number % 3);
    require_same(records_with_restarts(run, files / "", stops, {first, 3, 1, 2}), reference, "stopped every year");
  }
}

TEST_CASE("random scenarios: the reader reads what was written", "[property]") {
  for (std::uint64_t number = cases().first; number <= cases().last; ++number) {
    const RandomCase files{number};
    INFO(files.described());
    const Tables &written = files.tables(), read = read_tables(files / "tables");
    REQUIRE(read.places.rows().size() == written.places.rows().size());
    REQUIRE(read.census.residents == written.census.residents);
    REQUIRE(read.census.zone_totals == written.census.zone_totals);
    REQUIRE(read.census.class_totals == written.census.class_totals);
    REQUIRE(read.census.education == written.census.education);
    REQUIRE(read.census.education_seed == written.census.education_seed);
    REQUIRE(read.census.registered == written.census.registered);
    REQUIRE(read.census.registered_urban == written.census.registered_urban);
    REQUIRE(read.census.elsewhere == written.census.elsewhere);
    REQUIRE(read.census.profile_seed == written.census.profile_seed);
    REQUIRE(read.census.owner_share == written.census.owner_share);
    REQUIRE(read.vital.mortality == written.vital.mortality);
    REQUIRE(read.vital.fertility == written.vital.fertility);
    REQUIRE(read.vital.mortality_path == written.vital.mortality_path);
    REQUIRE(read.vital.fertility_path == written.vital.fertility_path);
    REQUIRE(read.economy.income_index == written.economy.income_index);
    REQUIRE(read.economy.amenity == written.economy.amenity);
    REQUIRE(read.economy.travel_minutes == written.economy.travel_minutes);
    REQUIRE(read.boundary.inflow == written.boundary.inflow);
    REQUIRE(read.boundary.reclassification == written.boundary.reclassification);
    REQUIRE(read.settings == written.settings);
    // The resolved text, the one kept in a results file, is the same scenario and its own fixed point.
    const Scenario scenario = read_scenario(files / "variant.toml");
    std::ofstream{files / "again.toml"} << scenario.text;
    const Scenario again = read_scenario(files / "again.toml");
    REQUIRE(again.text == scenario.text);
    REQUIRE(again.measures.size() == scenario.measures.size());
    for (Year year = scenario.first_year; year <= scenario.last_year; ++year)
      REQUIRE(settings_of(year, read.settings, again.measures) == settings_of(year, read.settings, scenario.measures));
    for (const ParameterInfo& p : parameter_table()) REQUIRE(again.parameters.*p.field == scenario.parameters.*p.field);
  }
}
