#pragma once
// Random numbers as a pure function of (seed, stream, year, person): no state, nothing to checkpoint,
// the same for any number of threads, and shared by every scenario of an experiment.

#include <array>
#include <cstdint>
#include <string_view>

#include "luohu/core/id.hpp"

namespace luohu {

struct Seed {
  std::uint64_t value = 0;
};

/// The seed of one replicate of an experiment.
[[nodiscard]] Seed seed_of_replicate(Seed experiment, std::uint64_t replicate);

/// One process's family of random numbers.
struct Stream {
  std::uint32_t value = 0;
};

/// FNV-1a of the process's name: a new process disturbs no other.
[[nodiscard]] constexpr Stream stream_named(std::string_view name) {
  std::uint32_t h = 2166136261U;
  for (const char c : name) h = (h ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return Stream{h};
}

/// Where in the space of random numbers a process stands this year.
struct DrawKey {
  Seed seed;
  Stream stream;
  Year year = 0;
};

/// Four 32-bit words of a person's own (Philox4x32-10).
using Words = std::array<std::uint32_t, 4>;
[[nodiscard]] Words own_words(const DrawKey& key, std::uint64_t id);

/// The person's screening byte. One Philox block serves the 16 ids that share id / 16, so that a
/// pass over consecutive ids costs a sixteenth of a block each.
[[nodiscard]] std::uint8_t screen_byte(const DrawKey& key, std::uint64_t id);

/// The number a probability is held against: the screening byte leads, 24 bits of the person's own
/// follow. Words 1–3 of `own` remain for what the event needs (destination, sex of the child …).
[[nodiscard]] constexpr std::uint32_t compose(std::uint8_t byte, const Words& own) {
  return (static_cast<std::uint32_t>(byte) << 24U) | (own[0] >> 8U);
}

/// `u < threshold_of(p)` happens with probability p for a uniform 32-bit u (to 2^-32).
[[nodiscard]] constexpr std::uint64_t threshold_of(double probability) {
  if (!(probability > 0)) return 0;
  if (probability >= 1) return std::uint64_t{1} << 32U;
  return static_cast<std::uint64_t>(probability * 4294967296.0);
}

/// Uniform in (0, 1) from one word.
[[nodiscard]] constexpr double uniform(std::uint32_t word) {
  return (word + 0.5) * 0x1p-32;
}

/// Id of the k-th child a mother bears in a year: the same person in every scenario.
[[nodiscard]] PersonId child_id(PersonId mother, Year year, std::uint32_t k);
/// Id of the n-th person arriving from outside through one channel in a year.
[[nodiscard]] PersonId incomer_id(std::uint64_t channel, Year year, std::uint64_t n);

/// Smallest k with P(Poisson(mean) <= k) > u: increasing in both, so that a changed mean changes
/// only the last arrivals. Requires 0 < u < 1, 0 <= mean.
[[nodiscard]] std::int64_t poisson_quantile(double mean, double u);

}  // namespace luohu
