#include "luohu/processes/deaths.hpp"

namespace luohu {

Deaths::Deaths(const VitalTables& vital, const YearContext& now, const Cells& cells)
    : thresholds_{death_thresholds(vital, now.places.size(), now.year)},
      bounds_{bounds_of(cells, [&](ZoneId zone, Status, Sex sex, int age) {
        return thresholds_(now.places.place_of(zone).value(), static_cast<std::size_t>(sex), table_age(age));
      })} {}

std::uint64_t Deaths::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row)) return 0;
  return thresholds_(now.places.place_of(people.home[row]).value(), static_cast<std::size_t>(people.traits[row].sex()),
                     table_age(age_at_start(people, row, now.year)));
}

void Deaths::happens(const YearContext&, Population& people, std::size_t row, const Words&, Ledger& ledger,
                     Requests&) const {
  ledger.deaths(people.home[row].value(), people.traits[row].sex()) += ledger.weight;
  ledger.registered_deaths[people.registered[row].value()] += ledger.weight;
  people.home[row] = ZoneId{};
}

}  // namespace luohu
