#include "luohu/population/population.hpp"

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

std::size_t compact(Population& people) {
  const std::size_t rows = people.size();
  const std::size_t chunks = chunks_of(rows);
  std::vector<std::size_t> kept(chunks);

  // Each chunk closes its own gaps; then whole chunks slide together.
  for_each_chunk(rows, [&](const Chunk& chunk, std::size_t) {
    std::vector<std::uint32_t> stay;
    stay.reserve(chunk_rows);
    for (std::size_t row = chunk.first; row < chunk.last; ++row) {
      if (!people.gone(row)) stay.push_back(static_cast<std::uint32_t>(row - chunk.first));
    }
    kept[chunk.index] = stay.size();
    if (stay.size() == chunk.last - chunk.first) return;
    Population::for_each_column(people, [&](auto, auto& column, auto) {
      auto* values = column.data() + chunk.first;
      for (std::size_t i = 0; i < stay.size(); ++i) values[i] = values[stay[i]];
    });
  });

  std::size_t end = 0;
  for (std::size_t index = 0; index < chunks; ++index) {
    const std::size_t first = index * chunk_rows;
    if (first != end) {
      Population::for_each_column(people, [&](auto, auto& column, auto) {
        std::memmove(column.data() + end, column.data() + first,
                     kept[index] * sizeof(typename std::remove_cvref_t<decltype(column)>::Value));
      });
    }
    end += kept[index];
  }
  people.resize(end);
  return rows - end;
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
    Population::for_each_column(people, [&](auto, const auto& column, auto) {
      constexpr unsigned bits = 8 * sizeof(typename std::remove_cvref_t<decltype(column)>::Value);
      if (filled + bits > 64) close_lane();
      lane |= word(column[row]) << filled;
      filled += bits;
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
