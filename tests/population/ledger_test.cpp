#include "luohu/population/ledger.hpp"

#include <catch2/catch.hpp>

using namespace luohu;

namespace {

/// Every cell of every table different, starting from `first`.
Ledger numbered(std::int64_t first) {
  Ledger ledger{5, 8};
  Ledger::for_each_table(ledger, [&](std::vector<std::int64_t>& table) {
    for (std::int64_t& cell : table) cell = first++;
  });
  return ledger;
}

std::vector<std::int64_t> cells_of(const Ledger& ledger) {
  std::vector<std::int64_t> cells;
  Ledger::for_each_table(ledger, [&](const auto& table) { cells.insert(cells.end(), table.begin(), table.end()); });
  return cells;
}

}  // namespace

TEST_CASE("a ledger has a table for everything that happens", "[ledger]") {
  // Eight of [zone][sex], moves, who came, settled, willing, land exits, and five of the registered population.
  const std::size_t cells = 8 * 8 * sexes + 5 * 5 * broad_ages * (registrations + 1) + 5 * routes + 2 * 5 + 5 * 8;
  CHECK(cells_of(Ledger{5, 8}) == std::vector<std::int64_t>(cells, 0));
  std::size_t tables = 0;
  Ledger ledger{5, 8};
  Ledger::for_each_table(ledger, [&](auto&) { ++tables; });
  CHECK(tables == 18);
}

TEST_CASE("adding ledgers adds every cell", "[ledger]") {
  Ledger sum = numbered(1);
  sum += numbered(1000);
  std::int64_t next = 0;
  for (const std::int64_t cell : cells_of(sum)) {
    CHECK(cell == 1001 + 2 * next);
    ++next;
  }
}

TEST_CASE("clearing empties every cell", "[ledger]") {
  Ledger ledger = numbered(1);
  ledger.clear();
  CHECK(cells_of(ledger) == cells_of(Ledger{5, 8}));
}
