#pragma once
// What a process is: one sentence of demography – who is at risk, with what probability, and what
// happens – and the pass over a chunk of people that runs it (bounded screening).
//
// A process declares its name (also its random stream), and gives
//   bound(cell, band) an upper bound of this year's probability for everyone in a coarse cell and frailty band,
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
#include "luohu/population/screening.hpp"
#include "luohu/random/draw.hpp"
#include "luohu/rates/life.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Whom a process can touch at all: it runs over this part of a chunk.
enum class AtRisk : std::uint8_t {
  everyone,
  unregistered,  ///< people living in another zone than the one they are registered in
};
inline constexpr std::size_t rolls = 2;

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
  bool families = false;  ///< children with a mother in the model follow her
};

/// True for children whom their mothers decide for.
[[nodiscard]] inline bool dependent(const YearContext& now, const Population& people, std::size_t row) {
  return now.families && static_cast<bool>(people.mother[row]);
}

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
  std::span<const std::uint64_t> id;    ///< a person each
  std::span<const std::uint64_t> risk;  ///< [block of people] their packed bounds, all in one by or
  std::span<const std::uint8_t> bound;  ///< [process of the roll][person], at the start of the year
  [[nodiscard]] std::size_t size() const { return id.size(); }
  [[nodiscard]] std::size_t row_of(std::size_t i) const { return row.empty() ? first + i : row[i]; }
};

/// The processes of a year and everyone's bounds in them. Bounds of processes that run over the same
/// roll lie side by side, a byte each, so that one look-up a person serves them all.
template <class... Processes>
class Screens {
 public:
  explicit Screens(const Cells& cells, const Processes&... processes) {
    for (PackedBounds& packed : packed_) packed.assign(cells.size() * frailty_bands, 0);
    (add(cells, processes), ...);
  }
  /// [cell × frailty band] of the processes of a roll.
  [[nodiscard]] std::span<const std::uint64_t> packed(AtRisk roll) const {
    return packed_[static_cast<std::size_t>(roll)];
  }
  /// Which of its roll's processes `Process` is.
  template <class Process>
  [[nodiscard]] static constexpr std::size_t position() {
    std::size_t before = 0;
    bool found = false;
    ((found = found || std::is_same_v<Process, Processes>,
      before += !found && Processes::info.at_risk == Process::info.at_risk ? 1 : 0),
     ...);
    return before;
  }

 private:
  using PackedBounds = std::vector<std::uint64_t>;

  template <class Process>
  void add(const Cells& cells, const Process& process) {
    static_assert(position<Process>() < packed_processes);
    PackedBounds& packed = packed_[static_cast<std::size_t>(Process::info.at_risk)];
    std::uint64_t* next = packed.data();
    for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
      for (unsigned band = 0; band < frailty_bands; ++band) {
        *next++ |= static_cast<std::uint64_t>(process.bound(cell, band)) << (8 * position<Process>());
      }
    }
  }

  std::array<PackedBounds, rolls> packed_;
};

/// Buffers of one thread, reused by every chunk and process.
struct Scratch {
  Roll everyone;  ///< those gone included, in the cell that is at no risk
  Roll unregistered;
  // What the rolls look at.
  std::vector<std::uint32_t> key;       ///< [row of chunk] cell × frailty band
  std::vector<std::uint8_t> elsewhere;  ///< [row of chunk] 1 for people away from where they are registered
  std::vector<std::uint32_t> unregistered_row, unregistered_key;
  std::vector<std::uint64_t> unregistered_id;
  std::vector<std::uint64_t> everyone_risk, unregistered_risk;
  std::vector<std::uint8_t> everyone_bound, unregistered_bound;

  std::vector<std::uint8_t> byte;     ///< [person of the roll]
  std::vector<std::uint32_t> passed;  ///< people of the roll whose byte passes their bound, ascending
  std::vector<std::uint64_t> id;      ///< [passed]
  std::vector<Words> own;             ///< [passed]
};

/// Age last birthday at the start of the year; 0 for someone born last year.
[[nodiscard]] inline int age_at_start(const Population& people, std::size_t row, Year year) {
  return year - 1 - people.born[row].year();
}

/// Packed bounds of the processes of each roll, [cell × frailty band]; empty: the roll is only called.
struct PackedScreens {
  std::span<const std::uint64_t> everyone;
  std::span<const std::uint64_t> unregistered;
};

/// Call the rolls of a chunk: who is there, with which bounds.
void locate(const YearContext& now, const Cells& cells, const Population& people, const Chunk& chunk, Scratch& scratch,
            const PackedScreens& screens = {});

/// Draw the bytes of the people [begin, begin + bound.size()) of the roll and find those that pass their
/// bound, with their own words; all who are not gone if screening is off.
void screen(const YearContext& now, Stream stream, const Population& people, const Roll& roll, std::size_t begin,
            std::span<const std::uint8_t> bound, Scratch& scratch);

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

/// Run one process over the people [begin, begin + bound.size()) of a roll.
template <class Process, class Observer>
void run_on_stretch(const Process& process, const YearContext& now, Population& people, const Roll& roll,
                    std::size_t begin, std::span<const std::uint8_t> bound, Scratch& scratch, Ledger& ledger,
                    Requests& requests, const Observer& observer) {
  screen(now, Process::info.stream(), people, roll, begin, bound, scratch);
  for (std::size_t k = 0; k < scratch.passed.size(); ++k) {
    const std::size_t i = scratch.passed[k];
    const std::size_t row = roll.row_of(begin + i);
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

/// Run one process over one chunk, after `locate`: over the stretches of blocks in which it touches
/// anyone. `position`: see Screens.
template <class Process, class Observer = Unobserved>
void run_on_chunk(const Process& process, std::size_t position, const YearContext& now, Population& people,
                  Scratch& scratch, Ledger& ledger, Requests& requests, const Observer& observer = {}) {
  const Roll& roll = Process::info.at_risk == AtRisk::everyone ? scratch.everyone : scratch.unregistered;
  const std::span<const std::uint8_t> bound = roll.bound.subspan(position * roll.size(), roll.size());
  const auto touched = [&](std::size_t block) {
    return !now.screening || static_cast<std::uint8_t>(roll.risk[block] >> (8 * position)) != 0;
  };
  std::size_t block = 0;
  while (block < roll.risk.size()) {
    if (!touched(block)) {
      ++block;
      continue;
    }
    const std::size_t begin = block * risk_block;
    while (block < roll.risk.size() && touched(block)) ++block;
    const std::size_t end = std::min(block * risk_block, roll.size());
    run_on_stretch(process, now, people, roll, begin, bound.subspan(begin, end - begin), scratch, ledger, requests,
                   observer);
  }
}

}  // namespace luohu
