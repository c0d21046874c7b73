// The scenarios we ship are read without a finding, and say what the policy text says.

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "luohu/policy/work_points.hpp"
#include "luohu/scenario/scenario.hpp"

using namespace luohu;

namespace {

const std::string hunan = LUOHU_SOURCE_DIR "/scenarios/hunan/";

Settings settings_in(const Scenario& scenario, Year year) {
  return settings_of(year, read_tables(scenario.tables).settings, scenario.measures);
}

}  // namespace

TEST_CASE("the tables of Hunan agree with each other and with the published totals", "[hunan]") {
  const Tables t = read_tables(hunan + "census-2020");
  CHECK(t.places.prefectures() == 14);
  std::int64_t residents = 0, registered = 0;
  for (const std::int64_t count : t.census.residents.values()) residents += count;
  for (const std::int64_t count : t.census.registered) registered += count;
  CHECK(residents == 66'444'864);   // 7th census, communique No. 2 of Hunan
  CHECK(registered == 73'001'100);  // press conference on the census
  double beds = 0;
  for (const double count : t.capacity.hospital_beds) beds += count;
  CHECK(beds == 519'831);  // provincial health communique of 2021
}

TEST_CASE("every shipped scenario is valid", "[hunan]") {
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator{hunan}) {
    if (file.path().extension() != ".toml") continue;
    ++files;
    INFO(file.path());
    const Scenario scenario = read_scenario(file.path());
    CHECK(scenario.id == file.path().stem().string());
    CHECK(scenario.first_year == (scenario.id == "hindcast" ? 2010 : 2020));
  }
  CHECK(files >= 26);
}

TEST_CASE("the baseline keeps the rules of 2020", "[hunan]") {
  const Scenario baseline = read_scenario(hunan + "baseline.toml");
  CHECK(baseline.measures.empty());
  CHECK(settings_in(baseline, baseline.last_year) == read_tables(baseline.tables).settings);
  REQUIRE(baseline.groups.size() == 1);
  CHECK(baseline.groups[0].members == std::vector{PlaceId{0}, PlaceId{1}, PlaceId{2}});
}

TEST_CASE("measure 1 lifts limits outside Changsha and lowers them in it", "[hunan]") {
  const Scenario scenario = read_scenario(hunan + "measure-01.toml");
  const Settings before = settings_in(scenario, 2020), after = settings_in(scenario, 2025);
  CHECK(before == read_tables(scenario.tables).settings);
  CHECK(before[0].residence_years == 2);
  CHECK(after[0].residence_years == 1);
  CHECK(after[0].insurance_years == 1);
  for (std::size_t p = 1; p < after.size(); ++p) {
    CHECK(after[p].residence_years == 0);
    CHECK(after[p].insurance_years == 0);
  }
  for (std::size_t p = 0; p < after.size(); ++p) {
    CHECK(after[p].credit_recognition == (p < 3 ? 1 : 0));
    CHECK(after[p].application_factor == Approx(1.018));
    CHECK(after[p].coverage_school == before[p].coverage_school);
  }
}

TEST_CASE("measure 2 covers unregistered residents and leaves the rules", "[hunan]") {
  const Scenario scenario = read_scenario(hunan + "measure-02.toml");
  const Settings before = settings_in(scenario, 2020), after = settings_in(scenario, 2025);
  for (std::size_t p = 0; p < after.size(); ++p) {
    CHECK(after[p].coverage_school == 1);
    CHECK(after[p].coverage_preschool == 0.85);
    CHECK(after[p].coverage_health > before[p].coverage_health);
    CHECK(after[p].residence_years == before[p].residence_years);
  }
  // 43,500 units for two persons each, over residents of Changsha registered in other prefectures or provinces.
  const CensusTables census = read_tables(scenario.tables).census;
  const auto unregistered = static_cast<double>(census.class_totals(0, 3) + census.class_totals(0, 4));
  CHECK(after[0].rental_units == 43'500);
  CHECK(after[0].coverage_housing - before[0].coverage_housing == Approx(87'000 / unregistered).margin(0.0005));
  // A quarter of the unregistered children had no seat.
  CHECK(after[0].school_seats == Approx(271'200 * (1 - before[0].coverage_school)));
  for (std::size_t p = 1; p < after.size(); ++p) {
    CHECK(after[p].school_seats == 0);
    CHECK(after[p].preschool_places == 0);
    CHECK(after[p].rental_units == 0);
  }
}

TEST_CASE("measure 4 ties land to settlers and keeps land rights, and offers no exit of its own", "[hunan]") {
  for (const PlaceSettings& place : settings_in(read_scenario(hunan + "measure-04.toml"), 2025)) {
    CHECK(place.land_quota_tied == 1);
    CHECK(place.land_rights_kept == 0.9);
    CHECK(place.land_exit_price == 0);
  }
}

TEST_CASE("measures 5, 6 and 14 shorten ways by their factors, one upon the other", "[hunan]") {
  const Settings lines = settings_in(read_scenario(hunan + "measure-05.toml"), 2025);
  for (std::size_t p = 0; p < lines.size(); ++p) {
    CHECK(lines[p].travel_between == Approx(p == 10 || p == 13 ? 1 : 0.8));  // Yongzhou and Xiangxi
  }
  const Settings all = settings_in(read_scenario(hunan + "full.toml"), 2025);
  CHECK(all[0].travel_between == Approx(0.8 * 0.95 * 0.9));
  CHECK(all[3].travel_between == Approx(0.8));
  CHECK(all[10].travel_between == 1);
  for (const PlaceSettings& place : all) CHECK(place.travel_within == Approx(0.95 * 0.97));
}

TEST_CASE("productivity of measures 5 and 7 grows in a line until the end of 2035", "[hunan]") {
  const Scenario south = read_scenario(hunan + "measure-05.toml"), centres = read_scenario(hunan + "measure-07.toml");
  constexpr std::size_t hengyang = 3, yueyang = 5;
  CHECK(settings_in(south, 2028)[hengyang].town_productivity == Approx(1 + 0.003 * 7));  // mid-2021 to mid-2028
  CHECK(settings_in(south, 2036)[hengyang].town_productivity == Approx(1 + 0.003 * 14.5));
  CHECK(settings_in(centres, 2036)[yueyang].town_productivity == Approx(1 + 0.005 * 14.5));
  CHECK(settings_in(centres, 2036)[0].town_productivity == 1);
}

TEST_CASE("measure 8 reaches fifteen county towns", "[hunan]") {
  double seats = 0, amenity = 0;
  for (const PlaceSettings& place : settings_in(read_scenario(hunan + "measure-08.toml"), 2025)) {
    seats += place.school_seats;
    amenity += place.amenity_town;
  }
  CHECK(seats == Approx(15 * 3'400));
  CHECK(amenity == Approx(15 * 0.005));
}

TEST_CASE("measure 16 goes half the way to the elasticity without land regulation", "[hunan]") {
  const double regulated = Parameters{}.housing_supply_elasticity;
  for (const PlaceSettings& place : settings_in(read_scenario(hunan + "measure-16.toml"), 2025)) {
    CHECK(place.supply_elasticity_added == Approx((1.086 - regulated) / 2));
  }
}

TEST_CASE("measure 19 reserves the text's 5 % of new land for villages", "[hunan]") {
  for (const PlaceSettings& place : settings_in(read_scenario(hunan + "measure-19.toml"), 2022)) {
    CHECK(place.land_reserve == 0.05);
  }
}

TEST_CASE("measure 12 has no size of its own", "[hunan]") {
  const Scenario optional = read_scenario(hunan + "measure-12-optional.toml");
  CHECK(settings_in(optional, 2035) == read_tables(optional.tables).settings);
}

TEST_CASE("of every measure 0.50 to 0.60 is delivered where delivery is low", "[hunan]") {
  const Settings written = settings_in(read_scenario(hunan + "full.toml"), 2022);
  const Settings delivered = settings_in(read_scenario(hunan + "full-low-fidelity.toml"), 2022);
  for (std::size_t p = 0; p < written.size(); ++p) {
    const double share = p == 0 ? 0.60 : p == 1 || p == 2 || p == 9 ? 0.5625 : 0.5025;
    CHECK(written[p].fidelity == 1);
    CHECK(delivered[p].fidelity == Approx(share));
    CHECK(delivered[p].land_reserve == Approx(share * written[p].land_reserve));
  }
}

TEST_CASE("packages hold the measures of their files, each once", "[hunan]") {
  const std::map<std::string, std::set<int>> packages{
      {"housing", {10, 16}},
      {"measures-01-02", {1, 2}},
      {"measures-01-02-04", {1, 2, 4}},
      {"full", {1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16, 18, 19, 20}},
      {"full-low-fidelity", {1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16, 18, 19, 20, 21, 22}}};
  for (const auto& [package, numbers] : packages) {
    INFO(package);
    std::set<int> found;
    std::size_t parts = 0;
    const Scenario scenario = read_scenario(hunan + package + ".toml");
    for (const Measure& measure : scenario.measures) found.insert(measure.number.value());
    for (const WorkPoint& point : work_points()) {
      if (numbers.contains(point.number)) parts += read_scenario(hunan + std::string{point.scenario}).measures.size();
    }
    CHECK(found == numbers);
    CHECK(scenario.measures.size() == parts);
  }
}

TEST_CASE("both measures together are the measures of both files over one baseline", "[hunan]") {
  const Scenario both = read_scenario(hunan + "measures-01-02.toml");
  const Scenario one = read_scenario(hunan + "measure-01.toml"), two = read_scenario(hunan + "measure-02.toml");
  REQUIRE(both.measures.size() == one.measures.size() + two.measures.size());
  for (std::size_t i = 0; i < one.measures.size(); ++i) CHECK(both.measures[i].id == one.measures[i].id);
  CHECK(both.measures.back().id == two.measures.back().id);
}

TEST_CASE("the upper bound leaves no requirement and no gap in coverage", "[hunan]") {
  const Scenario scenario = read_scenario(hunan + "abolish-all.toml");
  for (const PlaceSettings& place : settings_in(scenario, 2021)) {
    CHECK(place.residence_years == 0);
    CHECK(place.insurance_years == 0);
    CHECK(place.minimum_education == 0);
    CHECK(place.habitual_route == 1);
    CHECK(place.quota == no_quota);
    for (const double coverage : {place.coverage_school, place.coverage_preschool, place.coverage_health,
                                  place.coverage_pension, place.coverage_housing}) {
      CHECK(coverage == 1);
    }
  }
}
