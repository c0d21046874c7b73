#include "luohu/processes/process.hpp"

namespace luohu {

Registration registration_of(const Places& places, ZoneId home, ZoneId registered, Township township) {
  const PlaceId there = places.place_of(registered);
  if (places.place_of(home) == there) {
    return township == Township::registered ? Registration::local : Registration::same_prefecture;
  }
  return places.internal(there) ? Registration::other_prefecture : Registration::other_province;
}

void locate(const YearContext& now, const Cells& cells, const Population& people, const Chunk& chunk, Scratch& scratch) {
  const std::size_t rows = chunk.last - chunk.first;
  scratch.cell.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t row = chunk.first + i;
    if (people.gone(row)) {
      scratch.cell[i] = cells.gone();
      continue;
    }
    const ZoneId home = people.home[row];
    scratch.cell[i]   = cells(home.value(), status_of(now.places, home, people.registered[row]), people.traits[row].sex(),
                              table_age(age_at_start(people, row, now.year)));
  }
}

}  // namespace luohu
