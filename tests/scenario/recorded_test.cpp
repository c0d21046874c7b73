#include "luohu/scenario/recorded.hpp"

#include <catch2/catch.hpp>

#include "luohu/scenario/scenario.hpp"

using namespace luohu;

TEST_CASE("the measures of a resolved scenario are read back from its text", "[scenario]") {
  const Scenario scenario = read_scenario(LUOHU_SOURCE_DIR "/scenarios/hunan/measure-01.toml");
  const auto recorded = recorded_measures(scenario.text);
  REQUIRE(recorded.size() == scenario.measures.size());
  for (std::size_t m = 0; m < recorded.size(); ++m) {
    const Measure& measure = scenario.measures[m];
    CHECK(recorded[m].id == measure.id);
    CHECK(recorded[m].number == measure.number);
    CHECK(recorded[m].title.zh == measure.title.zh);
    CHECK(recorded[m].title.en == measure.title.en);
    CHECK(recorded[m].lever == measure.lever->name);
    CHECK(recorded[m].places.size() == measure.places.size());
    CHECK(recorded[m].enabled == measure.enabled);
  }
}

TEST_CASE("a text without measures, or no scenario at all, records none", "[scenario]") {
  CHECK(recorded_measures("id = \"baseline\"\n").empty());
  CHECK(recorded_measures("not [ TOML").empty());
  CHECK(recorded_measures("measure = 3").empty());
  const auto odd = recorded_measures("[[measure]]\nid = 3\ntitle = \"x\"\nplace = \"all\"\n");
  REQUIRE(odd.size() == 1);
  CHECK(odd[0].id.empty());
  CHECK(odd[0].places.empty());
}
