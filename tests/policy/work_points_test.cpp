#include "luohu/policy/work_points.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "luohu/policy/levers.hpp"

using namespace luohu;

TEST_CASE("the work points have 22 numbered measures", "[work_points]") {
  REQUIRE(work_points().size() == 22);
  std::set<std::string_view> titles;
  for (std::size_t i = 0; i < work_points().size(); ++i) {
    const WorkPoint& point = work_points()[i];
    CHECK(point.number == static_cast<int>(i) + 1);
    CHECK(titles.insert(point.title_zh).second);
    CHECK(titles.insert(point.title_en).second);
    CHECK_FALSE(point.effect_zh.empty());
    CHECK_FALSE(point.effect_en.empty());
    CHECK_FALSE(point.indicator.empty());
  }
}

TEST_CASE("a measure names levers that exist, each once, exactly if it has a scenario", "[work_points]") {
  for (const WorkPoint& point : work_points()) {
    INFO(point.number);
    std::set<std::string_view> names;
    for (const std::string_view lever : point.levers) {
      INFO(lever);
      CHECK(find_lever(lever) != nullptr);
      CHECK(names.insert(lever).second);
    }
    CHECK(point.levers.empty() == point.scenario.empty());
  }
}

TEST_CASE("a measure is recorded only, says that it does nothing and has no scenario, or none of the three",
          "[work_points]") {
  for (const WorkPoint& point : work_points()) {
    INFO(point.number);
    const bool recorded = point.treatment == Treatment::recorded;
    CHECK(point.effect_en.starts_with("does nothing") == recorded);
    CHECK(point.effect_zh.starts_with("不起作用") == recorded);
    CHECK(point.scenario.empty() == recorded);
    CHECK((scenario_text(point) == "none") == recorded);
  }
}
