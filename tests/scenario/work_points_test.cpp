// The registry of the numbered measures agrees with the scenario files of Hunan.

#include "luohu/policy/work_points.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "luohu/scenario/scenario.hpp"

using namespace luohu;

namespace {

const std::filesystem::path hunan = LUOHU_SOURCE_DIR "/scenarios/hunan";

}  // namespace

TEST_CASE("a measure's scenario sets the levers the registry lists, under its number alone", "[work_points]") {
  for (const WorkPoint& point : work_points()) {
    if (point.scenario.empty()) continue;
    INFO(point.scenario);
    REQUIRE(std::filesystem::exists(hunan / point.scenario));
    std::set<std::string_view> set;
    for (const Measure& measure : read_scenario(hunan / point.scenario).measures) {
      INFO(measure.id);
      CHECK(measure.number == point.number);
      set.insert(measure.lever->name);
    }
    CHECK(set == std::set<std::string_view>(point.levers.begin(), point.levers.end()));
  }
}

TEST_CASE("every scenario of a single measure is in the registry", "[work_points]") {
  std::set<std::string> listed;
  for (const WorkPoint& point : work_points()) listed.emplace(point.scenario);
  for (const auto& file : std::filesystem::directory_iterator{hunan}) {
    const std::string name = file.path().filename().string();
    if (!name.starts_with("measure-")) continue;
    INFO(name);
    CHECK(listed.contains(name));
  }
}
