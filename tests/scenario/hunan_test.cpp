// The scenarios we ship are read without a finding, and say what the policy text says.

#include <catch2/catch.hpp>

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
  CHECK(files >= 5);
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
    CHECK(after[p].application_factor == Approx(1.2));
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
  CHECK(after[0].coverage_housing - before[0].coverage_housing == Approx(87'000 / unregistered).margin(0.0005));
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
