#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// What a year brings a child under 16 through its mother.
enum class FamilyEvent : std::uint8_t {
  none,
  grown,         ///< turns 16, or bears a child: decides alone from now on
  orphaned,      ///< the mother has died, or left the province without the child
  leaves,        ///< leaves the model with the mother
  follows,       ///< moves with her
  left_behind,   ///< stays where it is
  joins,         ///< moves to her later
  met,           ///< she has come to live where the child lives
  reclassified,  ///< lives with her in countryside that has become town
  registers,     ///< registers where she is registered and both live
};

/// Children and their mothers: a child under 16 whose mother is in the model neither moves nor registers
/// by itself. When she moves, it follows with probability logistic(z), z rising with the school coverage
/// of unregistered children where she goes and falling from the age of 12; otherwise it is left behind,
/// and joins her later at a hazard with the same factor. It registers where she is registered once both
/// live there, whatever the quota. Runs after everyone's own decisions, which change no other person.
class Families {
 public:
  static constexpr Stream stream = stream_named("families");
  static constexpr int grown_up = 16;
  static constexpr int teens = 12;

  explicit Families(const YearContext& now);

  /// Of the child in this row, which has a mother. `mother_changed`: anything happened to her this year.
  [[nodiscard]] FamilyEvent event(const YearContext& now, const Population& people, std::size_t row,
                                  bool mother_changed) const;
  static void happens(FamilyEvent event, const YearContext& now, Population& people, std::size_t row, Ledger& ledger);

  /// Probability that a child follows its mother to a place with this school coverage (0 … 1).
  [[nodiscard]] static double follow(const Parameters& c, double coverage, bool teen);

 private:
  [[nodiscard]] std::size_t school_of(const YearContext& now, const Population& people, std::size_t row,
                                      ZoneId target) const;

  // [place or, for a child's own place of registration, one more][younger, teen], thresholds on a 32-bit draw
  Grid<std::uint64_t, 2> follow_, join_;
};

/// A bit a row: whom anything has happened to this year. Words belong to one chunk, and so to one thread, which alone
/// writes them; another may read the bit of a mother while that of a child in the same word is set.
class Touched {
 public:
  void clear(std::size_t rows) { words_.assign((rows + width - 1) / width, 0); }
  void set(std::size_t row) {
    std::uint64_t& word = words_[row / width];
    __atomic_store_n(&word, word | std::uint64_t{1} << (row % width), __ATOMIC_RELAXED);
  }
  [[nodiscard]] bool operator[](std::size_t row) const {
    return (__atomic_load_n(&words_[row / width], __ATOMIC_RELAXED) >> (row % width) & 1U) != 0;
  }
  /// Fetch what `[row]` will look at.
  void prefetch(std::size_t row) const { __builtin_prefetch(&words_[row / width]); }

 private:
  static constexpr std::size_t width = 64;
  static_assert(chunk_rows % width == 0);
  std::vector<std::uint64_t> words_;
};

/// Add the person to `left_behind` [prefecture] if it is a child living apart from its mother.
inline void count_left_behind(const Places& places, const Population& people, std::size_t row,
                              std::span<std::int64_t> left_behind) {
  if (!people.mother[row] || people.gone(row) || people.traits[row].with_mother()) return;
  if (places.internal(people.home[row])) ++left_behind[places.place_of(people.home[row]).value()];
}

/// Run over the children of one chunk and count those left behind [prefecture] at the year's end.
template <class Observer>
void run_families(const Families& families, const YearContext& now, Population& people, const Chunk& chunk,
                  const Touched& touched, Ledger& ledger, std::span<std::int64_t> left_behind,
                  const Observer& observer) {
  // Mothers stand anywhere: what a child asks of hers is fetched some children ahead.
  constexpr std::size_t ahead = 24;
  for (std::size_t row = chunk.first; row < chunk.last; ++row) {
    if (row + ahead < chunk.last && people.mother[row + ahead]) {
      const std::size_t mother = people.mother[row + ahead].value();
      touched.prefetch(mother);
      __builtin_prefetch(&people.home[mother]);
    }
    if (!people.mother[row] || people.gone(row)) continue;
    const FamilyEvent event = families.event(now, people, row, touched[people.mother[row].value()]);
    if (event != FamilyEvent::none) {
      observer.before(row);
      Families::happens(event, now, people, row, ledger);
      observer.after(row);
    }
    count_left_behind(now.places, people, row, left_behind);
  }
}

}  // namespace luohu
