#pragma once
// What a process is: one sentence of demography – who is at risk, with what probability, and what
// happens – and the pass over a chunk of people that runs it (bounded screening).
//
// A process declares its name (also its random stream), and gives
//   bound(cell)       an upper bound of this year's probability for everyone in a coarse cell,
//   threshold(row)    the exact probability of one person, as a threshold on a 32-bit draw,
//   happens(row, …)   the change, and the count in the ledger.
// Only those whose screening byte passes the bound have the exact probability computed. The same
// draw serves both, so that the bound changes the speed and never the result.

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "luohu/core/error.hpp"
#include "luohu/places/places.hpp"
#include "luohu/policy/settings.hpp"
#include "luohu/population/ledger.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/population/population.hpp"
#include "luohu/random/draw.hpp"
#include "luohu/rates/life.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Whom a process can touch at all: it runs over this part of a chunk.
enum class AtRisk : std::uint8_t {
  everyone,
  unregistered,  ///< people living in another zone than the one they are registered in
};

struct ProcessInfo {
  std::string_view name;    ///< the ODD submodel, the random stream, the timing label
  std::string_view writes;  ///< columns it may change, space separated; a test holds it to that
  AtRisk at_risk = AtRisk::everyone;
  [[nodiscard]] constexpr Stream stream() const { return stream_named(name); }
};

/// Where a person lives, seen from where they are registered.
enum class Status : std::uint8_t { home, same_place, away };
inline constexpr std::size_t statuses = 3;

/// How a person's residence relates to their registration, as far as screening cares.
[[nodiscard]] inline Status status_of(const Places& places, ZoneId home, ZoneId registered) {
  constexpr std::array<Status, 4> of_tie{Status::home, Status::same_place, Status::away, Status::away};
  return of_tie[static_cast<std::size_t>(places.tie(home, registered))];
}

/// The coarse cells of screening: zone × status × sex × age at the start of the year; behind them, as
/// sex × age once more, the cells of the gone, who are at no risk.
class Cells {
 public:
  explicit Cells(const Places& places);
  [[nodiscard]] std::size_t zones() const { return zones_; }
  [[nodiscard]] std::size_t size() const { return (zones_ * statuses + 1) * sexes * single_ages; }
  [[nodiscard]] std::uint32_t operator()(std::size_t zone, Status status, Sex sex, std::size_t age) const {
    const std::size_t block = zone * statuses + static_cast<std::size_t>(status);
    return static_cast<std::uint32_t>((block * sexes + static_cast<std::size_t>(sex)) * single_ages + age);
  }
  /// [home, or zones() for the gone][registered] cell of a girl aged 0.
  [[nodiscard]] std::span<const std::uint32_t> first() const { return first_; }

 private:
  std::size_t zones_;
  std::vector<std::uint32_t> first_;
};

/// Upper bounds in 256ths: a screening byte b passes if b < bound; 255 passes every byte.
using Bounds = std::vector<std::uint8_t>;
/// Smallest bound under which no draw below `threshold` is lost.
[[nodiscard]] constexpr std::uint8_t bound_of(std::uint64_t threshold) {
  const std::uint64_t bytes = (threshold + 0xFFFFFFU) >> 24U;
  return static_cast<std::uint8_t>(bytes > 255 ? 255 : bytes);
}
[[nodiscard]] constexpr bool passes(std::uint8_t byte, std::uint8_t bound) {
  return byte < bound || bound == 255;
}

/// Bounds of every cell from `threshold(zone, status, sex, age)`; 0 for the gone.
template <class Threshold>
[[nodiscard]] Bounds bounds_of(const Cells& cells, Threshold threshold) {
  Bounds bounds(cells.size(), 0);
  for (std::size_t zone = 0; zone < cells.zones(); ++zone) {
    for (const Status status : {Status::home, Status::same_place, Status::away}) {
      for (const Sex sex : {Sex::female, Sex::male}) {
        for (std::size_t age = 0; age < single_ages; ++age) {
          bounds[cells(zone, status, sex, age)] =
              bound_of(threshold(ZoneId{static_cast<std::uint16_t>(zone)}, status, sex, static_cast<int>(age)));
        }
      }
    }
  }
  return bounds;
}

/// Everything a year's processes share. Read-only while people are being processed.
struct YearContext {
  Seed seed;
  Year year = 0;
  const Places& places;
  const Parameters& parameters;
  const Settings& settings;
  std::span<const std::uint16_t> group_of;  ///< [place] recognition group; a number of its own if in none
  bool screening = true;
};

/// Someone who wishes to register where they live and may.
struct Application {
  std::uint32_t draw = 0;  ///< decides under a quota: the smallest are admitted
  Slot person;
  Route route = Route::residence;
};

/// What one person's event asks of others, collected by chunk and handled after its processes or after
/// the pass.
struct Requests {
  std::vector<Slot> mothers;
  std::vector<Person> children;  ///< of the mothers, once they have moved and settled
  std::vector<Application> applications;
};

/// People of a chunk, in the order of their rows: all of them, or some.
struct Roll {
  std::uint32_t first = 0;              ///< row of the first, if `row` is empty and everyone is on the roll
  std::span<const std::uint32_t> row;   ///< of the population; empty: consecutive from `first`
  std::span<const std::uint32_t> cell;  ///< at the start of the year
  std::span<const std::uint64_t> id;
  std::span<const std::uint16_t> risk;  ///< [block of people] processes that touch anyone of it, a bit each
  [[nodiscard]] std::size_t size() const { return cell.size(); }
  [[nodiscard]] std::size_t row_of(std::size_t i) const { return row.empty() ? first + i : row[i]; }
  /// The people [begin, end) of the roll.
  [[nodiscard]] Roll part(std::size_t begin, std::size_t end) const {
    return {first + static_cast<std::uint32_t>(begin),
            row.empty() ? row : row.subspan(begin, end - begin),
            cell.subspan(begin, end - begin),
            id.subspan(begin, end - begin),
            {}};
  }
};

/// People of a roll whose risks are looked at together. Neighbours are alike, so that most blocks have
/// nobody whom a process for one sex or a few ages can touch.
inline constexpr std::size_t risk_block = 256;

/// Which processes touch anyone of a cell: a bit each, in the order of `Processes`.
template <class... Processes>
class RiskTable {
 public:
  explicit RiskTable(const Cells& cells, const Processes&... processes) : mask_(cells.size()) {
    static_assert(sizeof...(Processes) <= 16);
    for (std::uint32_t cell = 0; cell < mask_.size(); ++cell) {
      ((mask_[cell] = static_cast<std::uint16_t>(mask_[cell] | (processes.touches(cell) ? bit<Processes>() : 0))), ...);
    }
  }
  [[nodiscard]] std::span<const std::uint16_t> mask() const { return mask_; }
  template <class Process>
  [[nodiscard]] static constexpr std::uint16_t bit() {
    unsigned position = 0;
    const bool found = ((std::is_same_v<Process, Processes> || (++position, false)) || ...);
    return found ? static_cast<std::uint16_t>(1U << position) : std::uint16_t{0};
  }

 private:
  std::vector<std::uint16_t> mask_;  ///< [cell]
};

inline constexpr std::uint16_t any_risk = 0xFFFF;

/// Buffers of one thread, reused by every chunk and process.
struct Scratch {
  Roll everyone;  ///< those gone included, in the cell that is at no risk
  Roll unregistered;
  std::vector<std::uint32_t> cell;      ///< what the rolls look at
  std::vector<std::uint8_t> elsewhere;  ///< [row of chunk] 1 for people away from where they are registered
  std::vector<std::uint32_t> unregistered_row, unregistered_cell;
  std::vector<std::uint64_t> unregistered_id;
  std::vector<std::uint16_t> everyone_risk, unregistered_risk;

  std::vector<std::uint8_t> bound;    ///< [person of the roll]
  std::vector<std::uint8_t> byte;     ///< [person of the roll]
  std::vector<std::uint32_t> passed;  ///< people of the roll whose byte passes their bound, ascending
  std::vector<std::uint64_t> id;      ///< [passed]
  std::vector<Words> own;             ///< [passed]
};

/// Age last birthday at the start of the year; 0 for someone born last year.
[[nodiscard]] inline int age_at_start(const Population& people, std::size_t row, Year year) {
  return year - 1 - people.born[row].year();
}

/// Call the rolls of a chunk: who is there, in which cell, at which risks (`risk_of` [cell]; empty: all).
void locate(const YearContext& now, const Cells& cells, const Population& people, const Chunk& chunk, Scratch& scratch,
            std::span<const std::uint16_t> risk_of = {});

/// Draw the bytes of the roll and find those that pass `scratch.bound`, with their own words; all who
/// are not gone if screening is off.
void screen(const YearContext& now, Stream stream, const Population& people, const Roll& roll, Scratch& scratch);

/// Sees every person before and after a process changes them; this one looks away.
struct Unobserved {
  void before(std::size_t) const {}
  void after(std::size_t) const {}
};

/// A process that gives a hazard spares most people who pass the screen the exponential: the
/// probability 1 − exp(−h) lies between h − h²/2 and h.
template <class Process>
concept HasHazard = requires(const Process& process, const YearContext& now, const Population& people) {
  { process.hazard(now, people, std::size_t{}) } -> std::same_as<double>;
};

/// Run one process over people of a roll.
template <class Process, class Observer>
void run_on_roll(const Process& process, const YearContext& now, Population& people, const Roll& roll, Scratch& scratch,
                 Ledger& ledger, Requests& requests, const Observer& observer) {
  constexpr bool everyone = Process::info.at_risk == AtRisk::everyone;
  const auto row_of = [&roll](std::size_t i) -> std::size_t { return everyone ? roll.first + i : roll.row[i]; };

  scratch.bound.resize(roll.size());
  std::uint8_t* __restrict bound = scratch.bound.data();  // bytes alias everything unless told otherwise
  std::uint8_t any = 0;
  for (std::size_t i = 0; i < roll.size(); ++i) {
    bound[i] = process.bound(people, row_of(i), roll.cell[i]);
    any |= bound[i];
  }
  if (any == 0 && now.screening) return;

  screen(now, Process::info.stream(), people, roll, scratch);
  for (std::size_t k = 0; k < scratch.passed.size(); ++k) {
    const std::size_t i = scratch.passed[k];
    const std::size_t row = row_of(i);
    const std::uint32_t draw = compose(scratch.byte[i], scratch.own[k]);
    std::uint64_t threshold = 0;
    if constexpr (HasHazard<Process>) {
      const double hazard = process.hazard(now, people, row);
      if (draw >= threshold_of(hazard)) continue;
      threshold = threshold_of(hazard - hazard * hazard / 2);
      if (draw >= threshold) threshold = process.threshold(now, people, row);
    } else {
      threshold = process.threshold(now, people, row);
    }
    if (bound_of(threshold) > bound[i]) {
      throw InternalError{"process '" + std::string{Process::info.name} +
                          "': a probability exceeds its screening bound"};
    }
    if (draw < threshold) {
      constexpr bool changes = !Process::info.writes.empty();
      if constexpr (changes) observer.before(row);
      process.happens(now, people, row, scratch.own[k], ledger, requests);
      if constexpr (changes) observer.after(row);
    }
  }
}

/// Run one process over one chunk, after `locate`: over the stretches of blocks that have `risk`.
template <class Process, class Observer = Unobserved>
void run_on_chunk(const Process& process, const YearContext& now, Population& people, Scratch& scratch, Ledger& ledger,
                  Requests& requests, const Observer& observer = {}, std::uint16_t risk = any_risk) {
  const Roll& roll = Process::info.at_risk == AtRisk::everyone ? scratch.everyone : scratch.unregistered;
  const auto at_risk = [&](std::size_t block) { return !now.screening || (roll.risk[block] & risk) != 0; };
  std::size_t block = 0;
  while (block < roll.risk.size()) {
    if (!at_risk(block)) {
      ++block;
      continue;
    }
    const std::size_t begin = block;
    while (block < roll.risk.size() && at_risk(block)) ++block;
    const Roll stretch = roll.part(begin * risk_block, std::min(block * risk_block, roll.size()));
    run_on_roll(process, now, people, stretch, scratch, ledger, requests, observer);
  }
}

}  // namespace luohu
