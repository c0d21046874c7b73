// The hindcasts we ship: seven provinces of 2010, their rules, and what they may know.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>

#include "luohu/scenario/scenario.hpp"
#include "luohu/scenario/targets.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

std::int64_t total(const std::vector<std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("the census of 2010 is whole in all seven provinces", "[hindcast]") {
  for (const Shipped& shipped : hindcasts) {
    INFO(shipped.folder);
    const Tables t = read_tables(folder_of(shipped) / "census-2010");
    CHECK(t.places.prefectures() == shipped.prefectures);
    CHECK(total(t.census.residents.values()) == shipped.residents_2010);
    const CensusTargets targets = read_targets(folder_of(shipped), t.places, 2020);
    CHECK(total(targets.residents.values()) == shipped.residents_2020);
    const NetMigration net = read_net_migration(folder_of(shipped) / "census-2010", t.places);
    CHECK(net.zone.empty());
    CHECK(net.youth.size() == t.places.prefectures());
    CHECK(read_growing_stocks(folder_of(shipped) / "census-2010", t.places).size() == t.places.zones());
    CHECK(read_natural_increase(folder_of(shipped) / "census-2010", t.places).size() == t.places.prefectures());
  }
}

TEST_CASE("Hunan 2010 has its published totals", "[hindcast]") {
  const Tables t = read_tables(folder_of(hindcasts[0]) / "census-2010");
  CHECK(total(t.census.residents.values()) == 65'700'762);
  CHECK(total(t.census.registered) == 70'780'713);
}

TEST_CASE("no table that a hindcast starts from cites the census it is scored with", "[hindcast]") {
  std::size_t files = 0;
  for (const Shipped& shipped : hindcasts) {
    for (const auto& file : std::filesystem::directory_iterator{folder_of(shipped) / "census-2010"}) {
      std::ifstream in{file.path()};
      for (std::string line; std::getline(in, line) && line.starts_with('#');) {
        INFO(file.path() << ": " << line);
        CHECK(line.find("2020") == std::string::npos);
        CHECK(line.find("7th") == std::string::npos);
      }
      ++files;
    }
  }
  CHECK(files == 7 * 25);
}

TEST_CASE("the hindcasts open registration when the national rules did", "[hindcast]") {
  for (const Shipped& shipped : hindcasts) {
    INFO(shipped.folder);
    const Scenario scenario = read_scenario(folder_of(shipped) / "hindcast.toml");
    CHECK(scenario.first_year == 2010);
    CHECK(scenario.last_year == 2020);
    const Tables t = read_tables(scenario.tables);
    const Settings at_first = settings_of(2010, t.settings, scenario.measures);
    const Settings at_last = settings_of(2020, t.settings, scenario.measures);
    CHECK(at_first == t.settings);
    for (std::size_t p = 0; p < t.places.prefectures(); ++p) {
      INFO(t.places.rows()[p].name_en);
      const double people = t.places.rows()[p].city_proper;
      CHECK(at_last[p].residence_years <= at_first[p].residence_years);
      CHECK(at_last[p].wedge == Approx(0.667 * at_first[p].wedge));
      const bool controlled = at_first[p].residence_years == 5;
      if (people < 5e5 && !controlled) CHECK(at_last[p].residence_years == 0);                   // 2014
      if (people >= 1e6 && people < 3e6 && !controlled) CHECK(at_last[p].residence_years == 0);  // 2019
      if (people >= 3e6) CHECK(controlled);
    }
  }
}
