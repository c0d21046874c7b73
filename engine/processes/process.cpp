#include "luohu/processes/process.hpp"

#include <algorithm>
#include <numeric>

#include "luohu/core/vector_path.hpp"
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
  first_.resize(first_.size() + zones_, (*this)(zones_, Status::home, Sex::female, 0));
}

namespace {

/// The columns of a chunk that its cells depend on. No branches and plain pointers, for the vectoriser.
struct CellColumns {
  const ZoneId* __restrict home;
  const ZoneId* __restrict registered;
  const Traits* __restrict traits;
  const ShortYear* __restrict born;
};

LUOHU_COPY_FOR_EVERY_PATH void find_keys(const CellColumns& columns, std::size_t rows,
                                         std::span<const std::uint32_t> first_cell, std::uint32_t zones, Year last_year,
                                         std::uint32_t* __restrict key, std::uint8_t* __restrict elsewhere) {
  const std::uint32_t* __restrict first = first_cell.data();
  constexpr auto ages = static_cast<std::uint32_t>(single_ages);
  constexpr auto bands = static_cast<std::uint32_t>(frailty_bands);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t home = columns.home[i].value();
    const std::uint32_t registered = columns.registered[i].value();
    const auto sex = static_cast<std::uint32_t>(columns.traits[i].sex());
    const auto age = static_cast<std::uint32_t>(std::min(last_year - columns.born[i].year(), oldest_age));
    const std::uint32_t cell = first[std::min(home, zones) * zones + registered] + sex * ages + age;
    key[i] = cell * bands + columns.traits[i].frailty();
    elsewhere[i] = home < zones && home != registered ? 1 : 0;
  }
}

/// Bounds and risks of a roll, if there are processes to look up.
void look_up(std::span<const std::uint64_t> packed, std::span<const std::uint32_t> key,
             std::vector<std::uint8_t>& bound, std::vector<std::uint64_t>& risk) {
  if (packed.empty()) return;
  bound.resize(packed_processes * key.size());
  risk.resize((key.size() + risk_block - 1) / risk_block);
  look_up_bounds(packed, key, bound, risk);
}

}  // namespace

void locate(const YearContext& now, const Cells& cells, const Population& people, const Chunk& chunk, Scratch& scratch,
            const PackedScreens& screens) {
  static_assert(sizeof(PersonId) == sizeof(std::uint64_t));
  const std::size_t rows = chunk.last - chunk.first;
  const auto* id = reinterpret_cast<const std::uint64_t*>(people.id.data() + chunk.first);
  scratch.key.resize(rows);
  scratch.elsewhere.resize(rows);
  scratch.unregistered_row.resize(rows);
  find_keys({people.home.data() + chunk.first, people.registered.data() + chunk.first,
             people.traits.data() + chunk.first, people.born.data() + chunk.first},
            rows, cells.first(), static_cast<std::uint32_t>(cells.zones()), now.year - 1, scratch.key.data(),
            scratch.elsewhere.data());

  scratch.byte.assign(rows, 0);  // passes where `elsewhere` is 1
  const std::size_t count = screen_by_row(scratch.byte, scratch.elsewhere, scratch.unregistered_row);
  scratch.unregistered_row.resize(count);
  scratch.unregistered_key.resize(count);
  scratch.unregistered_id.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint32_t i = scratch.unregistered_row[k];
    scratch.unregistered_key[k] = scratch.key[i];
    scratch.unregistered_id[k] = id[i];
    scratch.unregistered_row[k] = static_cast<std::uint32_t>(chunk.first) + i;
  }
  look_up(screens.everyone, scratch.key, scratch.everyone_bound, scratch.everyone_risk);
  look_up(screens.unregistered, scratch.unregistered_key, scratch.unregistered_bound, scratch.unregistered_risk);
  scratch.everyone = {
      static_cast<std::uint32_t>(chunk.first), {}, {id, rows}, scratch.everyone_risk, scratch.everyone_bound};
  scratch.unregistered = {0, scratch.unregistered_row, scratch.unregistered_id, scratch.unregistered_risk,
                          scratch.unregistered_bound};
}

void screen(const YearContext& now, Stream stream, const Population& people, const Roll& roll, std::size_t begin,
            std::span<const std::uint8_t> bound, Scratch& scratch) {
  const DrawKey key{now.seed, stream, now.year};
  const std::span<const std::uint64_t> ids = roll.id.subspan(begin, bound.size());
  scratch.byte.resize(ids.size());
  scratch.passed.resize(ids.size());
  draw_screen_bytes(key, ids, scratch.byte);
  if (now.screening) {
    scratch.passed.resize(screen_by_row(scratch.byte, bound, scratch.passed));
  } else {
    std::iota(scratch.passed.begin(), scratch.passed.end(), 0U);
    std::erase_if(scratch.passed, [&](std::uint32_t i) { return people.gone(roll.row_of(begin + i)); });
  }
  scratch.id.resize(scratch.passed.size());
  scratch.own.resize(scratch.passed.size());
  for (std::size_t k = 0; k < scratch.passed.size(); ++k) scratch.id[k] = ids[scratch.passed[k]];
  draw_own_words(key, scratch.id, scratch.own);
}

}  // namespace luohu
