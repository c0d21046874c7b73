#include "luohu/rates/choice.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/choice_world.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

void require_own_utilities(const ChoiceWorld& world) {
  const ChoiceTables tables = world.tables();
  for_each_cell(tables, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
    const Utilities u = naive(world, o, h, e, band);
    double total = 0, shares = 0;
    for (std::size_t d = 0; d < toy_zones; ++d) total += d == o ? 0 : std::exp(u.go[d]);
    for (std::size_t d = 0; d < toy_zones; ++d) {
      REQUIRE(tables.share(cell, d) == Approx(d == o ? 0 : std::exp(u.go[d]) / total).margin(1e-8));
      shares += tables.share(cell, d);
    }
    REQUIRE(shares == 1);
    REQUIRE(tables.logsum(cell) == Approx(std::log(total)).epsilon(1e-12));
    REQUIRE(tables.pull(cell) == Approx(world.parameters.push_exponent * (std::log(total) - u.stay)).margin(1e-12));
  });
}

}  // namespace

TEST_CASE("shares, logsum and pull are those of the utilities", "[choice]") {
  require_own_utilities(ChoiceWorld{});
}

TEST_CASE("what markets and measures make of places enters the utilities", "[choice]") {
  ChoiceWorld world;
  world.change_conditions();
  require_own_utilities(world);
}

TEST_CASE("a wedge on wages and an iceberg cost share the loss of living unregistered", "[choice]") {
  ChoiceWorld world;
  world.base_wedge = Grid<double, 2>{{3, education_levels}, 0.2};
  for (const double share : {0.0, 0.3, 1.0}) {
    world.parameters.iceberg_share = share;
    require_own_utilities(world);
  }
}

TEST_CASE("an iceberg cost is as large as the wedge of the base year, and stays when services come", "[choice]") {
  // Formula: an alternative whose loss is not in the wage weighs (1 - W0)^(kappa / (1 + nu)) times what it would
  // without loss, W0 of the base year. Exact to the tables' 2^-32.
  ChoiceWorld wedge, iceberg;
  iceberg.parameters.iceberg_share = 1;
  // In the base year, people without land face the same choice.
  const ChoiceTables wage_lost = wedge.tables(), utility_lost = iceberg.tables();
  for_each_cell(wage_lost, [&](std::size_t o, std::size_t h, auto, auto, std::size_t cell) {
    if (h < 6 && h % 2 == 1) return;
    REQUIRE(utility_lost.pull(cell) == Approx(wage_lost.pull(cell)).margin(1e-12));
    for (std::size_t d = 0; d < toy_zones; ++d) {
      if (d != o) REQUIRE(utility_lost.share(cell, d) == Approx(wage_lost.share(cell, d)).margin(1e-9));
    }
  });
  // Once the services are there the wedge is gone, and the cost is not.
  iceberg.base_wedge = wedge.base_wedge = wedge.wedge;
  const Grid<double, 2> none{{3, education_levels}};
  iceberg.wedge = wedge.wedge = none;
  const ChoiceTables free = wedge.tables(), still = iceberg.tables();
  const Parameters& c = wedge.parameters;
  for_each_cell(free, [&](std::size_t o, std::size_t h, std::size_t e, auto, std::size_t cell) {
    const std::size_t unaffected = o == 6 ? 7 : 6;  // outside the province nobody loses
    for (std::size_t d = 0; d < 6; ++d) {
      if (d == o) continue;
      const double lost = d / 2 == h / 2 ? 0 : wedge.base_wedge(d / 2, e);
      REQUIRE(still.share(cell, d) / still.share(cell, unaffected) ==
              Approx(free.share(cell, d) / free.share(cell, unaffected) *
                     std::pow(1 - lost, c.income_elasticity_stock / (1 + c.push_exponent)))
                  .epsilon(1e-6));
    }
  });
}

TEST_CASE("without an iceberg cost nothing of the base year's wedge is left", "[choice]") {
  ChoiceWorld world, other;
  other.base_wedge = Grid<double, 2>{{3, education_levels}, 0.7};
  const ChoiceTables tables = world.tables(), same = other.tables();
  for_each_cell(tables, [&](auto, auto, auto, auto, std::size_t cell) {
    REQUIRE(same.pull(cell) == tables.pull(cell));
    for (std::size_t d = 0; d < toy_zones; ++d) REQUIRE(same.share(cell, d) == tables.share(cell, d));
  });
}

TEST_CASE("cells are numbered without gaps or overlaps", "[choice]") {
  const ChoiceTables tables = ChoiceWorld{}.tables();
  std::vector<int> seen(tables.cells());
  for_each_cell(tables, [&](auto, auto, auto, auto, std::size_t cell) { ++seen.at(cell); });
  CHECK(seen == std::vector<int>(tables.cells(), 1));
}

TEST_CASE("nobody moves to where they are", "[choice]") {
  ChoiceWorld world;
  for (const double kappa : {0.0, 1.5, 60.0}) {
    world.parameters.income_elasticity_stock = kappa;
    const ChoiceTables tables = world.tables();
    for_each_cell(tables, [&](std::size_t o, auto, auto, auto, std::size_t cell) {
      for (const std::uint32_t word : {0U, 1U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFEU, 0xFFFFFFFFU}) {
        const std::size_t d = tables.destination(cell, word);
        REQUIRE(d < toy_zones);
        REQUIRE(d != o);
      }
      for (std::uint32_t i = 0; i < 64; ++i) REQUIRE(tables.destination(cell, i * 0x3FFFFFFU) != o);
    });
  }
}

TEST_CASE("a word finds the destination whose share of all words it lies in, among few zones and many", "[choice]") {
  for (const std::size_t prefectures : {1U, 20U, 32U, 70U}) {
    std::vector<Place> rows;
    for (std::size_t p = 0; p < prefectures; ++p) {
      rows.push_back({static_cast<std::int32_t>(p), "", "", "", false, 0, 0, 0});
    }
    const Places places{rows};
    const std::size_t count = places.zones();
    EconomyTables economy;
    economy.rent_index.assign(count, 1.0);
    economy.amenity = Grid<double, 2>{{count, 2}};
    economy.travel_minutes = Grid<double, 2>{{prefectures, prefectures}, 60.0};
    for (std::size_t z = 0; z < count; ++z) economy.income_index.push_back(0.2 + static_cast<double>(z * 7 % 5));
    const Grid<double, 2> wedge{{prefectures, education_levels}};
    const Grid<std::int64_t, 2> stock{{prefectures, count}};
    const Parameters parameters;
    const ChoiceTables tables{{places, economy, parameters, wedge, stock}};
    for (std::size_t o = 0; o < count; o += 3) {
      const std::size_t cell = tables.cell(o, (o + 1) % count, 0, 2);
      double below = 0;
      for (std::size_t d = 0; d < count; ++d) {
        const double share = tables.share(cell, d) * 0x1p32;
        if (share >= 1) {
          REQUIRE(tables.destination(cell, static_cast<std::uint32_t>(below)) == d);
          REQUIRE(tables.destination(cell, static_cast<std::uint32_t>(below + share - 1)) == d);
        }
        below += share;
      }
      REQUIRE(below == 0x1p32);
    }
  }
}

TEST_CASE("age bands are the broad ages", "[choice]") {
  CHECK(age_band(0) == 0);
  CHECK(age_band(14) == 0);
  CHECK(age_band(15) == 1);
  CHECK(age_band(24) == 1);
  CHECK(age_band(25) == 2);
  CHECK(age_band(44) == 2);
  CHECK(age_band(45) == 3);
  CHECK(age_band(120) == 3);
}
