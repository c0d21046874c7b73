#pragma once
// The people of W1: twelve bytes each, of which the yearly pass over everyone reads the id and `Life`.

#include <cstdint>

#include "luohu/core/id.hpp"
#include "luohu/population/column.hpp"
#include "luohu/random/draw.hpp"

namespace luohu::bench {

struct W1Parameters;

inline constexpr std::size_t w1_ages = 111;  ///< 0 … 110; nobody outlives 110
inline constexpr std::size_t w1_cohorts = 128;

/// Year of birth and sex in one byte: all that W1's probabilities depend on. The year is kept modulo
/// 128, which no two living cohorts share.
class Life {
 public:
  constexpr Life() = default;
  constexpr Life(Sex sex, Year born)
      : bits_{static_cast<std::uint8_t>((static_cast<unsigned>(born) % w1_cohorts) |
                                        (sex == Sex::male ? w1_cohorts : 0U))} {}

  [[nodiscard]] constexpr Sex sex() const { return bits_ < w1_cohorts ? Sex::female : Sex::male; }
  [[nodiscard]] constexpr std::size_t cohort() const { return bits_ % w1_cohorts; }
  [[nodiscard]] constexpr std::size_t age(Year now) const {
    return (static_cast<unsigned>(now) - static_cast<unsigned>(cohort())) % w1_cohorts;
  }
  [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }
  [[nodiscard]] static constexpr Life of_bits(std::uint8_t bits) {
    Life life;
    life.bits_ = bits;
    return life;
  }

 private:
  std::uint8_t bits_ = 0;
};

/// What only events read and change: one cache miss for all three.
struct Home {
  std::uint8_t place;
  std::uint8_t registered;  ///< place of registration
  std::uint8_t moved;       ///< year of the last move; year 0 is `moved_epoch`

  static constexpr std::uint8_t gone = 255;  ///< place of the dead until they are compacted away
  static constexpr int moved_epoch = 20;
};

struct W1People {
  Column<std::uint64_t> id;
  Column<Life> life;
  Column<Home> home;

  /// The one list of columns.
  template <class Self, class Visit>
  static void for_each_column(Self& self, Visit&& visit) {
    visit(self.id), visit(self.life), visit(self.home);
  }

  [[nodiscard]] std::size_t size() const { return id.size(); }
  void reserve(std::size_t rows);
  void resize(std::size_t rows);
  /// Memory held by the columns.
  [[nodiscard]] std::size_t bytes() const;
};

/// Draw the start population: ids 0 … people − 1 in row order, everything else independent.
[[nodiscard]] W1People start_population(const W1Parameters& parameters, std::size_t people, Seed seed);

/// Remove the gone, keeping everyone else's order.
void compact(W1People& people);

/// Digest of the living: a sum, so that neither order nor rows of the dead matter.
[[nodiscard]] std::uint64_t digest(const W1People& people);

}  // namespace luohu::bench
