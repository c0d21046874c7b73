#include "luohu/processes/process.hpp"

#include <numeric>

#include "luohu/population/screening.hpp"
#include "luohu/random/batch.hpp"

namespace luohu {

Cells::Cells(const Places& places) : zones_{places.zones()} {
  for (std::size_t home = 0; home < zones_; ++home) {
    for (std::size_t registered = 0; registered < zones_; ++registered) {
      const Status status =
          status_of(places, ZoneId{static_cast<ZoneId::Value>(home)}, ZoneId{static_cast<ZoneId::Value>(registered)});
      first_.push_back((*this)(home, status, Sex::female, 0));
    }
  }
}

void locate(const YearContext& now, const Cells& cells, const Population& people, const Chunk& chunk,
            Scratch& scratch) {
  const std::size_t rows = chunk.last - chunk.first;
  scratch.cell.resize(rows);
  // Plain pointers: the compiler cannot know that writing a cell changes no column.
  std::uint32_t* cell = scratch.cell.data();
  const ZoneId* home = people.home.data() + chunk.first;
  const ZoneId* registered = people.registered.data() + chunk.first;
  const Traits* traits = people.traits.data() + chunk.first;
  const ShortYear* born = people.born.data() + chunk.first;
  const Year last_year = now.year - 1;
  for (std::size_t i = 0; i < rows; ++i) {
    cell[i] = home[i] ? cells.first(home[i], registered[i]) +
                            static_cast<std::uint32_t>(static_cast<std::size_t>(traits[i].sex()) * single_ages +
                                                       table_age(last_year - born[i].year()))
                      : cells.gone();
  }
}

void screen(const YearContext& now, Stream stream, const Population& people, const Chunk& chunk, Scratch& scratch) {
  static_assert(sizeof(PersonId) == sizeof(std::uint64_t));
  const std::size_t rows = chunk.last - chunk.first;
  const std::span ids{reinterpret_cast<const std::uint64_t*>(people.id.data() + chunk.first), rows};
  const DrawKey key{now.seed, stream, now.year};
  scratch.byte.resize(rows);
  scratch.passed.resize(rows);
  draw_screen_bytes(key, ids, scratch.byte);
  if (now.screening) {
    scratch.passed.resize(screen_by_row(scratch.byte, scratch.bound, scratch.passed));
  } else {
    std::iota(scratch.passed.begin(), scratch.passed.end(), 0U);
    std::erase_if(scratch.passed, [&](std::uint32_t i) { return people.gone(chunk.first + i); });
  }
  scratch.id.resize(scratch.passed.size());
  scratch.own.resize(scratch.passed.size());
  for (std::size_t k = 0; k < scratch.passed.size(); ++k) scratch.id[k] = ids[scratch.passed[k]];
  draw_own_words(key, scratch.id, scratch.own);
}

}  // namespace luohu
