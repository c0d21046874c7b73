// The people of 2010 in all seven provinces against the census tables they are made from.

#include <catch2/catch.hpp>

#include "luohu/scenario/scenario.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("at 1:1 the plan of every hindcast meets every census margin exactly", "[synthesis][hindcast]") {
  for (const Shipped& shipped : hindcasts) {
    const Tables t = read_tables(folder_of(shipped) / "census-2010");
    const Parameters parameters;
    std::vector<std::uint16_t> group_of;
    for (std::uint16_t q = 0; q < t.places.size(); ++q) group_of.push_back(q);
    const PopulationPlan plan = plan_population({t.places, t.census, parameters, group_of, 2010, Seed{2010}, 1});
    for (std::size_t p = 0; p < t.places.prefectures(); ++p) {
      INFO(shipped.folder << ", " << t.places.rows()[p].name_en);
      std::vector<std::int64_t> zone(zone_kinds), klass(resident_classes);
      Grid<std::int64_t, 2> sex_age{{sexes, census_age_groups}};
      for (std::size_t z = 0; z < zone_kinds; ++z) {
        for (std::size_t c = 0; c < resident_classes; ++c) {
          for (std::size_t s = 0; s < sexes; ++s) {
            for (std::size_t g = 0; g < census_age_groups; ++g) {
              const std::int64_t n = plan.residents[p](z, c, s, g);
              REQUIRE(n >= 0);
              zone[z] += n, klass[c] += n, sex_age(s, g) += n;
            }
          }
        }
      }
      for (std::size_t z = 0; z < zone_kinds; ++z) CHECK(zone[z] == t.census.zone_totals(p, z));
      for (std::size_t c = 0; c < resident_classes; ++c) CHECK(klass[c] == t.census.class_totals(p, c));
      for (std::size_t s = 0; s < sexes; ++s) {
        for (std::size_t g = 0; g < census_age_groups; ++g) CHECK(sex_age(s, g) == t.census.residents(p, s, g));
      }
    }
    CHECK(plan.origins == t.census.elsewhere);
    CHECK(plan.agents() == expected_agents(t.census, 1));
  }
}
