#include "luohu/processes/process.hpp"

#include <algorithm>
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

[[gnu::target_clones("avx512f", "avx2", "default")]] void find_cells(const CellColumns& columns, std::size_t rows,
                                                                     std::span<const std::uint32_t> first_cell,
                                                                     std::uint32_t zones, Year last_year,
                                                                     std::uint32_t* __restrict cell,
                                                                     std::uint8_t* __restrict elsewhere) {
  const std::uint32_t* __restrict first = first_cell.data();
  constexpr auto ages = static_cast<std::uint32_t>(single_ages);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t home = columns.home[i].value();
    const std::uint32_t registered = columns.registered[i].value();
    const auto sex = static_cast<std::uint32_t>(columns.traits[i].bits() & 1U);
    const auto age = static_cast<std::uint32_t>(std::min(last_year - columns.born[i].year(), oldest_age));
    cell[i] = first[std::min(home, zones) * zones + registered] + sex * ages + age;
    elsewhere[i] = home < zones && home != registered ? 1 : 0;
  }
}

}  // namespace

namespace {

/// The risks of every block of people in these cells.
void find_risks(std::span<const std::uint32_t> cell, std::span<const std::uint16_t> risk_of,
                std::vector<std::uint16_t>& risk) {
  risk.assign((cell.size() + risk_block - 1) / risk_block, risk_of.empty() ? any_risk : std::uint16_t{0});
  if (risk_of.empty()) return;
  for (std::size_t block = 0; block < risk.size(); ++block) {
    std::uint16_t found = 0;
    const std::size_t end = std::min((block + 1) * risk_block, cell.size());
    for (std::size_t i = block * risk_block; i < end; ++i) found = static_cast<std::uint16_t>(found | risk_of[cell[i]]);
    risk[block] = found;
  }
}

}  // namespace

void locate(const YearContext& now, const Cells& cells, const Population& people, const Chunk& chunk, Scratch& scratch,
            std::span<const std::uint16_t> risk_of) {
  static_assert(sizeof(PersonId) == sizeof(std::uint64_t));
  const std::size_t rows = chunk.last - chunk.first;
  const auto* id = reinterpret_cast<const std::uint64_t*>(people.id.data() + chunk.first);
  scratch.cell.resize(rows);
  scratch.elsewhere.resize(rows);
  scratch.unregistered_row.resize(rows);
  find_cells({people.home.data() + chunk.first, people.registered.data() + chunk.first,
              people.traits.data() + chunk.first, people.born.data() + chunk.first},
             rows, cells.first(), static_cast<std::uint32_t>(cells.zones()), now.year - 1, scratch.cell.data(),
             scratch.elsewhere.data());

  scratch.byte.assign(rows, 0);  // passes where `elsewhere` is 1
  const std::size_t count = screen_by_row(scratch.byte, scratch.elsewhere, scratch.unregistered_row);
  scratch.unregistered_row.resize(count);
  scratch.unregistered_cell.resize(count);
  scratch.unregistered_id.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint32_t i = scratch.unregistered_row[k];
    scratch.unregistered_cell[k] = scratch.cell[i];
    scratch.unregistered_id[k] = id[i];
    scratch.unregistered_row[k] = static_cast<std::uint32_t>(chunk.first) + i;
  }
  find_risks(scratch.cell, risk_of, scratch.everyone_risk);
  find_risks(scratch.unregistered_cell, risk_of, scratch.unregistered_risk);
  scratch.everyone = {static_cast<std::uint32_t>(chunk.first), {}, scratch.cell, {id, rows}, scratch.everyone_risk};
  scratch.unregistered = {0, scratch.unregistered_row, scratch.unregistered_cell, scratch.unregistered_id,
                          scratch.unregistered_risk};
}

void screen(const YearContext& now, Stream stream, const Population& people, const Roll& roll, Scratch& scratch) {
  const DrawKey key{now.seed, stream, now.year};
  scratch.byte.resize(roll.size());
  scratch.passed.resize(roll.size());
  draw_screen_bytes(key, roll.id, scratch.byte);
  if (now.screening) {
    scratch.passed.resize(screen_by_row(scratch.byte, scratch.bound, scratch.passed));
  } else {
    std::iota(scratch.passed.begin(), scratch.passed.end(), 0U);
    std::erase_if(scratch.passed, [&](std::uint32_t i) { return people.gone(roll.row_of(i)); });
  }
  scratch.id.resize(scratch.passed.size());
  scratch.own.resize(scratch.passed.size());
  for (std::size_t k = 0; k < scratch.passed.size(); ++k) scratch.id[k] = roll.id[scratch.passed[k]];
  draw_own_words(key, scratch.id, scratch.own);
}

}  // namespace luohu
