#pragma once
// Expected persons by state. Who is in exactly the same state faces the same chances, so that one number
// stands for all of them.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "luohu/population/population.hpp"

namespace luohu {

/// Expected persons are whole numbers of units of 2^-32 of a person: their sums are exact and do not depend
/// on the order of adding.
inline constexpr int unit_bits = 32;
inline constexpr std::int64_t units_per_person = std::int64_t{1} << unit_bits;

/// `weight` × `threshold` / 2^32, to the nearest unit. Requires: 0 <= weight, threshold <= 2^32.
[[nodiscard]] std::int64_t portion(std::int64_t weight, std::uint64_t threshold);

/// Most zones that a packed state can tell apart.
inline constexpr std::size_t most_zones = std::size_t{1} << 11U;

/// Everything about a person but the id, in one word. Requires: at home somewhere, fewer than `most_zones`.
[[nodiscard]] std::uint64_t pack(const Person& person);
[[nodiscard]] Person unpack(std::uint64_t state);
/// The same state with the home in its lowest bits instead of its highest, and back.
[[nodiscard]] std::uint64_t home_last(std::uint64_t state);
[[nodiscard]] std::uint64_t home_first(std::uint64_t state);
/// The zone in the highest bits: the home, or the registration of a state with the home last.
[[nodiscard]] std::size_t leading_zone(std::uint64_t state);

struct Weighted {
  std::uint64_t state = 0;  ///< packed
  std::int64_t weight = 0;  ///< units
};

/// A sum of expected persons for every state that occurs: a hash table with open addressing.
class StateTable {
 public:
  /// Requires: weight >= 0; nothing happens for 0.
  void add(std::uint64_t state, std::int64_t weight);
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  void clear();
  /// Every state once, ascending; the table is empty afterwards and holds no memory.
  [[nodiscard]] std::vector<Weighted> take();
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Weighted& slot : slots_) {
      if (slot.weight != 0) visit(slot);
    }
  }

 private:
  [[nodiscard]] Weighted& slot_of(std::uint64_t state);
  void grow();

  std::vector<Weighted> slots_;  ///< as many as a power of two; free where the weight is 0
  std::size_t size_ = 0;
};

}  // namespace luohu
