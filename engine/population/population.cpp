#include "luohu/population/population.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>

#include "luohu/core/hash.hpp"
#include "luohu/population/parallel.hpp"

namespace luohu {
namespace {

/// The bits of a column's value.
template <class T>
std::uint64_t word(const T& value) {
  using Bits = std::conditional_t<sizeof(T) == 1, std::uint8_t,
                                  std::conditional_t<sizeof(T) == 2, std::uint16_t, std::uint64_t>>;
  return std::bit_cast<Bits>(value);
}

}  // namespace

void Population::reserve(std::size_t rows) {
  for_each_column(*this, [rows](auto, auto& column, auto) { column.reserve(rows); });
}

void Population::resize(std::size_t rows) {
  for_each_column(*this, [rows](auto, auto& column, auto) { column.resize(rows); });
}

void Population::put(std::size_t row, const Person& person) {
  for_each_column(*this, [row, &person](auto, auto& column, auto member) { column[row] = person.*member; });
}

Person Population::at(std::size_t row) const {
  Person person;
  for_each_column(*this, [row, &person](auto, const auto& column, auto member) { person.*member = column[row]; });
  return person;
}

std::size_t Population::bytes_per_person() {
  std::size_t bytes = 0;
  const Population none;
  for_each_column(none, [&bytes](auto, const auto& column, auto) {
    bytes += sizeof(typename std::remove_cvref_t<decltype(column)>::Value);
  });
  return bytes;
}

namespace {

/// Who stays, a bit a row, and where they will stand.
class Survivors {
 public:
  explicit Survivors(const Population& people) : bits_((people.size() + width - 1) / width), before_(bits_.size()) {
    static_assert(chunk_rows % width == 0, "a word belongs to one chunk");
    for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t) {
      for (std::size_t row = chunk.first; row < chunk.last; ++row) {
        bits_[row / width] |= static_cast<std::uint64_t>(!people.gone(row)) << (row % width);
      }
    });
    for (std::size_t word = 0; word < bits_.size(); ++word) {
      before_[word] = count_;
      count_ += static_cast<std::uint32_t>(std::popcount(bits_[word]));
    }
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool stays(std::size_t row) const { return (bits_[row / width] >> (row % width) & 1U) != 0; }
  /// How many stay of the earlier rows: the new row of one who stays.
  [[nodiscard]] std::uint32_t rank(std::size_t row) const {
    const std::uint64_t earlier = bits_[row / width] & ((std::uint64_t{1} << (row % width)) - 1);
    return before_[row / width] + static_cast<std::uint32_t>(std::popcount(earlier));
  }
  [[nodiscard]] Slot moved(Slot slot) const { return slot && stays(slot.value()) ? Slot{rank(slot.value())} : Slot{}; }

 private:
  static constexpr std::size_t width = 64;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> before_;  ///< [word] survivors in earlier words
  std::uint32_t count_ = 0;
};

}  // namespace

std::size_t compact(Population& people) {
  const std::size_t rows = people.size();
  const Survivors survivors{people};

  // Each chunk closes its own gaps; then whole chunks slide together.
  for_each_chunk(rows, [&](const Chunk& chunk, std::size_t) {
    std::vector<std::uint32_t> stay;
    stay.reserve(chunk_rows);
    for (std::size_t row = chunk.first; row < chunk.last; ++row) {
      if (survivors.stays(row)) stay.push_back(static_cast<std::uint32_t>(row - chunk.first));
    }
    Population::for_each_column(people, [&]<class T>(auto, Column<T>& column, auto) {
      T* values = column.data() + chunk.first;
      for (std::size_t i = 0; i < stay.size(); ++i) {
        if constexpr (std::is_same_v<T, Slot>) {
          values[i] = survivors.moved(values[stay[i]]);
        } else {
          values[i] = values[stay[i]];
        }
      }
    });
  });

  for (std::size_t index = 1; index < chunks_of(rows); ++index) {
    const std::size_t first = index * chunk_rows;
    const std::size_t end = survivors.rank(first);
    const std::size_t next = std::min(first + chunk_rows, rows);
    const std::size_t kept = (next < rows ? survivors.rank(next) : survivors.count()) - end;
    if (first == end) continue;
    Population::for_each_column(people, [&]<class T>(auto, Column<T>& column, auto) {
      std::memmove(column.data() + end, column.data() + first, kept * sizeof(T));
    });
  }
  people.resize(survivors.count());
  return rows - survivors.count();
}

std::uint64_t digest(const Population& people, std::size_t first, std::size_t last) {
  std::uint64_t sum = 0;
  for (std::size_t row = first; row < last; ++row) {
    // Columns are packed into 64-bit lanes, a full lane is multiplied by an odd constant of its own, and
    // one mix scatters the sum: independent multiplications, cheap beside the pass over memory.
    std::uint64_t code = 0;
    std::uint64_t lane = 0;
    unsigned filled = 0;
    std::uint64_t number = 0;
    const auto close_lane = [&] {
      code += lane * (mix(++number) | 1U);
      lane = 0;
      filled = 0;
    };
    Population::for_each_column(people, [&]<class T>(auto, const Column<T>& column, auto) {
      if constexpr (!std::is_same_v<T, Slot>) {
        constexpr unsigned bits = 8 * sizeof(T);
        if (filled + bits > 64) close_lane();
        lane |= word(column[row]) << filled;
        filled += bits;
      }
    });
    close_lane();
    sum += people.gone(row) ? 0 : mix(code);
  }
  return sum;
}

std::uint64_t digest(const Population& people) {
  std::atomic<std::uint64_t> total{0};
  for_each_chunk(people.size(),
                 [&](const Chunk& chunk, std::size_t) { total += digest(people, chunk.first, chunk.last); });
  return total;
}

}  // namespace luohu
