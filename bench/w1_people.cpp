#include "w1_people.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <vector>

#include "chooser.hpp"
#include "luohu/core/hash.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/random/batch.hpp"
#include "w1.hpp"

namespace luohu::bench {
namespace {

/// Move the living of rows [first, last) to `first` and on, in order; returns how many they are.
std::size_t close_gaps(W1People& people, std::size_t first, std::size_t last) {
  constexpr std::size_t block = 4096;  // a list of rows that stays in the first-level cache
  std::array<std::uint32_t, block> stay;
  std::size_t end = first;
  for (std::size_t begin = first; begin < last; begin += block) {
    const std::size_t rows = std::min(block, last - begin);
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      stay[count] = static_cast<std::uint32_t>(i);
      count += static_cast<std::size_t>(people.home[begin + i].place != Home::gone);
    }
    W1People::for_each_column(people, [&](auto& column) {
      auto* values = column.data();
      for (std::size_t i = 0; i < count; ++i) values[end + i] = values[begin + stay[i]];
    });
    end += count;
  }
  return end - first;
}

/// Rows beside the living: the dead and newborn of the years between two compactions.
constexpr std::size_t spare(std::size_t people) {
  return people / 10 + 1024;
}

}  // namespace

void W1People::reserve(std::size_t rows) {
  for_each_column(*this, [rows](auto& column) { column.reserve(rows); });
}

void W1People::resize(std::size_t rows) {
  for_each_column(*this, [rows](auto& column) { column.resize(rows); });
}

std::size_t W1People::bytes() const {
  std::size_t bytes = 0;
  for_each_column(*this, [&bytes](const auto& column) {
    bytes += column.capacity() * sizeof(typename std::remove_cvref_t<decltype(column)>::Value);
  });
  return bytes;
}

W1People start_population(const W1Parameters& parameters, std::size_t people, Seed seed) {
  const Chooser age{parameters.start_age};
  const Chooser place{parameters.start_place};
  const std::uint64_t registered_here = threshold_of(parameters.registered_at_start);
  W1People start;
  start.reserve(people + spare(people));
  start.resize(people);
  for_each_chunk(people, [&](const Chunk& chunk, std::size_t) {
    std::vector<Words> a(chunk.last - chunk.first);
    std::vector<Words> b(chunk.last - chunk.first);
    for (std::size_t row = chunk.first; row < chunk.last; ++row) start.id[row] = row;
    draw_own_words({seed, stream_named("w1-start"), 0}, start.id.rows(chunk.first, chunk.last), a);
    draw_own_words({seed, stream_named("w1-start"), 1}, start.id.rows(chunk.first, chunk.last), b);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::size_t lives = place(a[i][2]);
      const std::size_t registered = a[i][3] < registered_here ? lives : place(b[i][0]);
      const int since_move = static_cast<int>(21 * uniform(b[i][1]));
      start.life[chunk.first + i] = Life{static_cast<Sex>(a[i][1] & 1U), -static_cast<Year>(age(a[i][0]))};
      start.home[chunk.first + i] = {static_cast<std::uint8_t>(lives), static_cast<std::uint8_t>(registered),
                                     static_cast<std::uint8_t>(Home::moved_epoch - since_move)};
    }
  });
  return start;
}

void compact(W1People& people) {
  // Each thread closes the gaps in its share of the rows; then the shares slide together.
  struct Share {
    std::size_t first = 0, kept = 0;
  };
  std::vector<Share> shares(static_cast<std::size_t>(threads()));
  for_each_task(shares.size(), [&](std::size_t s) {
    const std::size_t first = people.size() * s / shares.size();
    const std::size_t last = people.size() * (s + 1) / shares.size();
    shares[s] = {first, close_gaps(people, first, last)};
  });
  std::size_t end = 0;
  for (const Share& share : shares) {
    W1People::for_each_column(people, [&](auto& column) {
      if (end == share.first) return;
      std::memmove(column.data() + end, column.data() + share.first,
                   share.kept * sizeof(typename std::remove_cvref_t<decltype(column)>::Value));
    });
    end += share.kept;
  }
  people.resize(end);
}

std::uint64_t digest(const W1People& people) {
  std::vector<std::uint64_t> parts(static_cast<std::size_t>(threads()));
  for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t thread) {
    for (std::size_t row = chunk.first; row < chunk.last; ++row) {
      const Home home = people.home[row];
      if (home.place == Home::gone) continue;
      const std::uint64_t state = people.life[row].bits() | (std::uint64_t{home.place} << 8U) |
                                  (std::uint64_t{home.registered} << 16U) | (std::uint64_t{home.moved} << 24U);
      parts[thread] += hash_words(people.id[row], state);
    }
  });
  return std::accumulate(parts.begin(), parts.end(), std::uint64_t{0});
}

}  // namespace luohu::bench
