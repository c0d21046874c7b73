#include "luohu/tabulate/layout.hpp"

#include <catch2/catch.hpp>

#include "luohu/core/error.hpp"

using namespace luohu;

TEST_CASE("a variable's size is the product of its axes", "[tabulate]") {
  Layout layout;
  layout.axes = {{"place", "", "", {430100, 430200, 430300}, {}, {}, {}},
                 {"sex", "", "", {}, {"female", "male"}, {}, {}}};
  const auto size = [&](std::vector<std::string> axes) {
    return layout.size({"x", "", "", "1", "", Kind::count, std::move(axes)});
  };
  CHECK(size({}) == 1);
  CHECK(size({"place"}) == 3);
  CHECK(size({"place", "sex", "sex"}) == 12);
}

TEST_CASE("an axis is found by name", "[tabulate]") {
  Layout layout;
  layout.axes = {{"place", "prefecture", "", {430100}, {}, {}, {}}};
  CHECK(layout.axis("place").long_name == "prefecture");
  CHECK_THROWS_AS(layout.axis("zone"), InternalError);
}
