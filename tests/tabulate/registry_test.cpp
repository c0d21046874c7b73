// The registry of indicators: its formulas' limits, its names, what it says when results lack something.

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "luohu/tabulate/indicators.hpp"
#include "luohu/tabulate/tables.hpp"
#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("concentration has its limits", "[indicators]") {
  const auto of = [](std::string_view name, const std::vector<double>& sizes) {
    const std::vector<std::span<const double>> operands{sizes};
    return indicator_named(name)->formula(operands);
  };
  CHECK(of("gini_urban", {3, 3, 3, 3}) == 0);
  CHECK(of("gini_urban", {0, 0, 0, 8}) == Approx(0.75).epsilon(1e-14));  // 1 - 1/n
  const auto theil = [](const std::vector<double>& amounts, const std::vector<double>& people) {
    const std::vector<std::span<const double>> operands{amounts, people};
    return indicator_named("theil_coverage_school")->formula(operands);
  };
  CHECK(std::abs(theil({2, 4, 6}, {1, 2, 3})) < 1e-15);                      // equal means
  CHECK(theil({0, 0, 8}, {1, 1, 2}) == Approx(std::log(2)).epsilon(1e-14));  // all of it with half of the people
  CHECK(theil({0, 0, 8}, {1, 1, 2}) == theil({0, 0, 0, 8}, {1, 0, 1, 2}));   // a place of nobody
  CHECK(std::isnan(theil({0, 0}, {1, 1})));
  // Sizes exactly (rank - 1/2)^(-1/z) have the exponent z.
  std::vector<double> zipf;
  for (int rank = 1; rank <= 14; ++rank) zipf.push_back(1e6 * std::pow(rank - 0.5, -1 / 1.2));
  CHECK(of("rank_size_urban", zipf) == Approx(1.2).epsilon(1e-10));
  CHECK(std::isnan(of("primacy_urban", {5})));
  CHECK(std::isnan(of("median_age", std::vector<double>(18))));
  CHECK(of("median_age", {0, 0, 4, 0}) == Approx(12.5).epsilon(1e-14));
  CHECK(of("median_age", {0, 0, 0, 4}) == Approx(15).epsilon(1e-14));  // the last group is open
  CHECK(of("migration_effectiveness", {0, 6, 6, 0}) == 0);
  CHECK(of("migration_effectiveness", {0, 6, 0, 0}) == 100);
}

TEST_CASE("what an indicator lacks is said", "[indicators]") {
  Layout layout = results_layout(toy_places());
  for (const Indicator& indicator : indicators()) CHECK_FALSE(lacking(indicator, layout));
  std::erase_if(layout.variables, [](const Variable& variable) { return variable.name == "rent"; });
  CHECK(lacking(*indicator_named("rent"), layout) == "variable 'rent'");
  for (Axis& axis : layout.axes) {
    if (axis.name == "cost_level") axis.ids = {"low", "middle", "high"};
  }
  CHECK(lacking(*indicator_named("fiscal_cost"), layout) == "'mid' in the dimension 'cost_level'");
  CHECK_FALSE(lacking(*indicator_named("fiscal_cost_low"), layout));
}

TEST_CASE("indicators have names, titles in both languages, units and definitions of their own", "[indicators]") {
  std::set<std::string_view> names, chinese;
  for (const Indicator& indicator : indicators()) {
    INFO(indicator.name);
    CHECK(names.insert(indicator.name).second);
    CHECK(chinese.insert(indicator.long_name_zh).second);
    CHECK_FALSE(indicator.long_name.empty());
    CHECK_FALSE(indicator.unit.empty());
    CHECK_FALSE(indicator.definition.empty());
    CHECK_FALSE(computed_from(indicator).empty());
  }
  CHECK(indicator_named("no_such") == nullptr);
  CHECK(computed_from(*indicator_named("urbanisation")) == "population[zone=urban]; population");
}
