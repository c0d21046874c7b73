#include "luohu/population/ledger.hpp"

#include <algorithm>

namespace luohu {

Ledger::Ledger(std::size_t places, std::size_t zones)
    : births{{zones, sexes}},
      deaths{{zones, sexes}},
      arrivals{{zones, sexes}},
      departures{{zones, sexes}},
      from_outside{{zones, sexes}},
      to_outside{{zones, sexes}},
      incomers{{zones, sexes}},
      reclassified{{zones, sexes}},
      moves{{places, places, broad_ages, registrations}},
      came{{places, places, broad_ages}},
      settled{{places, routes}},
      willing(places),
      land_exits(places),
      registered_births(zones),
      registered_deaths(zones),
      registered_in(zones),
      registered_out(zones),
      registered_reclassified(zones) {}

Ledger& Ledger::operator+=(const Ledger& other) {
  std::vector<const std::vector<std::int64_t>*> theirs;
  for_each_table(other, [&](const std::vector<std::int64_t>& table) { theirs.push_back(&table); });
  std::size_t next = 0;
  for_each_table(*this, [&](std::vector<std::int64_t>& table) {
    const std::vector<std::int64_t>& added = *theirs[next++];
    for (std::size_t i = 0; i < table.size(); ++i) table[i] += added[i];
  });
  return *this;
}

void Ledger::clear() {
  for_each_table(*this, [](std::vector<std::int64_t>& table) { std::ranges::fill(table, 0); });
}

}  // namespace luohu
