#include "luohu/tabulate/tables.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "luohu/core/error.hpp"
#include "luohu/markets/fiscal.hpp"
#include "luohu/tabulate/indicators.hpp"
#include "luohu/tabulate/outcomes.hpp"
#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// A year in which 40 people lived in every zone and sex, and these things happened, balance kept.
struct HandMade {
  Places places = toy_places();
  Settings settings = toy_settings();
  Stock start, end;
  Ledger flows{5, 8};
  std::vector<std::int64_t> eligible{30, 20, 10};
  MarketOutcome market;
  std::vector<std::int64_t> left_behind = std::vector<std::int64_t>(3);

  HandMade() {
    for (Stock* stock : {&start, &end}) {
      stock->population = Grid<std::int64_t, 4>{{8, sexes, age_groups, registrations}};
      stock->by_origin = Grid<std::int64_t, 2>{{5, 8}};
      stock->registered.assign(8, 80);
      stock->choosers = empty_stock(places).choosers;
      for (std::size_t z = 0; z < 8; ++z) {
        for (std::size_t s = 0; s < sexes; ++s) stock->population(z, s, 6U, 0U) = 40;
        stock->by_origin(z < 6 ? z / 2 : z - 3, z) = 80;
      }
    }
    // Two births and a death in A's town; one woman moves from B's country to A's town, settles there.
    // In A's town live people of its town, of its country, of B's town and of a node; only the first have two ages.
    for (const auto& [registered, band] : {std::pair{0U, 1U}, {0U, 2U}, {1U, 2U}, {2U, 2U}, {6U, 2U}}) {
      start.choosers(0U, registered, 1U, band) = 20;
    }
    flows.births(0U, 1U) = 2, flows.deaths(0U, 0U) = 1;
    flows.departures(3U, 0U) = 1, flows.arrivals(0U, 0U) = 1;
    flows.moves(1U, 0U, 2U, 2U) = 1;
    flows.settled(0U, Route::home) = 1;
    flows.willing[0] = 3;
    flows.registered_births[0] = 2, flows.registered_deaths[0] = 1;
    flows.registered_out[3] = 1, flows.registered_in[0] = 1;
    // A man in B's country becomes urban; an incomer reaches C's town.
    flows.reclassified(2U, 1U) = 1, flows.reclassified(3U, 1U) = -1;
    flows.registered_reclassified[2] = 1, flows.registered_reclassified[3] = -1;
    flows.incomers(4U, 1U) = 1;
    flows.came(3U, 2U, 1U) = 1;
    flows.registered_in[6] = 1;
    end.population(0U, 1U, 0U, 0U) = 2;
    end.population(3U, 0U, 6U, 0U) = 39;
    end.population(2U, 1U, 6U, 0U) = 41, end.population(3U, 1U, 6U, 0U) = 39;
    end.population(4U, 1U, 6U, 3U) = 1;
    end.registered = {82, 80, 81, 78, 80, 80, 81, 80};
  }
  [[nodiscard]] YearOutcome outcome(std::int64_t scale) const {
    return {places, scale, start, end, flows, eligible, settings, left_behind, market};
  }
};

const Values& values_of(const Layout& layout, const YearRecord& record, std::string_view name) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name == name) return record.values[v];
  }
  throw std::logic_error{"no such variable"};
}

const std::vector<std::int64_t>& counts(const Layout& layout, const YearRecord& record, std::string_view name) {
  return std::get<std::vector<std::int64_t>>(values_of(layout, record, name));
}

}  // namespace

TEST_CASE("a record has a value for every cell of every variable, of its kind", "[tabulate]") {
  const HandMade made;
  const Layout layout = results_layout(made.places);
  const YearRecord record = record_year(made.outcome(1));
  REQUIRE(record.values.size() == layout.variables.size());
  std::set<std::string> names;
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    const Variable& variable = layout.variables[v];
    INFO(variable.name);
    CHECK(names.insert(variable.name).second);
    CHECK_FALSE(variable.long_name.empty());
    CHECK_FALSE(variable.long_name_zh.empty());
    CHECK_FALSE(variable.units.empty());
    CHECK(std::visit([](const auto& values) { return values.size(); }, record.values[v]) == layout.size(variable));
    CHECK(record.values[v].index() == static_cast<std::size_t>(variable.kind));
  }
}

TEST_CASE("every axis has as many labels as values", "[tabulate]") {
  for (const Axis& axis : results_layout(toy_places()).axes) {
    INFO(axis.name);
    CHECK(axis.size() > 0);
    CHECK((axis.labels_en.empty() || axis.labels_en.size() == axis.size()));
    CHECK((axis.labels_zh.empty() || axis.labels_zh.size() == axis.size()));
  }
}

TEST_CASE("a record says what happened, in persons", "[tabulate]") {
  const HandMade made;
  const Layout layout = results_layout(made.places);
  const YearRecord record = record_year(made.outcome(10));
  const auto& births = counts(layout, record, "births");
  const auto& inflow = counts(layout, record, "inflow");
  CHECK(births == std::vector<std::int64_t>{0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(inflow == std::vector<std::int64_t>{10, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0});
  CHECK(counts(layout, record, "outflow") == std::vector<std::int64_t>{0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0});
  CHECK(counts(layout, record, "inflow_outside") == std::vector<std::int64_t>{0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0});
  CHECK(counts(layout, record, "outflow_outside") == std::vector<std::int64_t>(12));
  const auto& by_hukou = counts(layout, record, "residents_by_hukou");
  CHECK(std::vector(by_hukou.begin(), by_hukou.begin() + 9) ==
        std::vector<std::int64_t>{0, 400, 0, 0, 200, 0, 0, 400, 0});
  CHECK(counts(layout, record, "reclassified") == std::vector<std::int64_t>{0, 0, 0, 0, 0, 10, 0, -10, 0, 0, 0, 0});
  CHECK(counts(layout, record, "registered") == std::vector<std::int64_t>{820, 800, 810, 780, 800, 800});
  CHECK(counts(layout, record, "registered_in") == std::vector<std::int64_t>{10, 0, 0, 0, 0, 0});
  CHECK(counts(layout, record, "eligible") == std::vector<std::int64_t>{300, 200, 100});
  CHECK(counts(layout, record, "willing") == std::vector<std::int64_t>{30, 0, 0});
  CHECK(counts(layout, record, "settled") ==
        std::vector<std::int64_t>{0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(counts(layout, record, "flow")[((1 * 5 + 0) * broad_ages + 2) * registrations + 2] == 10);
  CHECK(counts(layout, record, "flow")[((3 * 5 + 2) * broad_ages + 1) * registrations + 3] == 10);
  CHECK(counts(layout, record, "migrant_stock")[0] == 1600);
  CHECK(counts(layout, record, "migrant_stock")[3 * 5 + 3] == 800);
  CHECK(counts(layout, record, "balance_residual") == std::vector<std::int64_t>(12, 0));
  const auto& coverage = std::get<std::vector<double>>(values_of(layout, record, "coverage"));
  CHECK(coverage[0] == 0.8);
  CHECK(coverage[5 + 4] == 0.3);
}

TEST_CASE("a summary is the province's answer", "[tabulate]") {
  const HandMade made;
  const Layout layout = results_layout(made.places);
  const Summary summary = summarise(layout, record_year(made.outcome(10)));
  // 480 + 2 born - 1 dead + 1 incomer; by zones 82, 80, 81, 78, 81, 80.
  CHECK(summary.residents == 4820);
  CHECK(summary.urbanisation == Approx((82 + 81 + 81) / 482.0));
  CHECK(summary.registered_urbanisation == Approx((82 + 81 + 80) / 481.0));
  CHECK(summary.settled == 10);
  CHECK(summary.moves == 20);  // the incomer too
  CHECK(summary.births == 20);
  CHECK(summary.deaths == 10);
  CHECK(summary.net_migration == 10);
}

TEST_CASE("outcomes are of the last year or of all simulated ones, of the province or a prefecture", "[tabulate]") {
  HandMade made;
  made.left_behind = {4, 5, 6};
  made.market.fiscal_cost.assign(3 * cost_levels * cost_items, 0);
  for (std::size_t p = 0; p < 3; ++p) {
    for (std::size_t i = 0; i < cost_items; ++i) {
      made.market.fiscal_cost[(p * cost_levels + 0) * cost_items + i] = 1'000'000;  // low: not asked for
      made.market.fiscal_cost[(p * cost_levels + 1) * cost_items + i] = static_cast<std::int64_t>(100 * (p + 1));
    }
  }
  const Layout layout = results_layout(made.places);
  const std::vector<YearRecord> years(3, record_year(made.outcome(10)));  // a base year and two more
  const auto outcome = [&](std::string_view name, std::optional<std::size_t> prefecture = {}) {
    const auto found = std::ranges::find(outcomes(), name, &Outcome::name);
    REQUIRE(found != outcomes().end());
    return found->of(layout, years, prefecture);
  };
  CHECK(outcome("residents") == 4820);
  CHECK(outcome("residents", 1) == 1590);
  CHECK(outcome("urbanisation", 1) == Approx(100 * 81 / 159.0));
  CHECK(outcome("urbanisation") == Approx(100 * (82 + 81 + 81) / 482.0));
  CHECK(outcome("registered", 2) == 1600);
  CHECK(outcome("registered_urbanisation", 0) == Approx(100 * 82 / 162.0));
  CHECK(outcome("settled") == 2 * 10);
  CHECK(outcome("settled", 0) == 2 * 10);
  CHECK(outcome("settled", 1) == 0);
  CHECK(outcome("moves") == 2 * 20);
  CHECK(outcome("left_behind_children") == 150);
  CHECK(outcome("left_behind_children", 2) == 60);
  CHECK(outcome("fiscal_cost", 2) == 2.0 * 300 * cost_items);
  CHECK(outcome("fiscal_cost") == 2.0 * 600 * cost_items);
}

TEST_CASE("a year whose accounts do not close is our bug", "[tabulate]") {
  HandMade residents;
  residents.flows.births(5U, 0U) = 1;
  CHECK_THROWS_AS(record_year(residents.outcome(1)), InternalError);
  HandMade registered;
  registered.flows.registered_out[1] = 1;
  CHECK_THROWS_AS(record_year(registered.outcome(1)), InternalError);
  HandMade outside;  // external zones are held to it too
  outside.flows.departures(7U, 1U) = 1;
  CHECK_THROWS_AS(record_year(outside.outcome(1)), InternalError);
}
