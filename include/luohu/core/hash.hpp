#pragma once
// Mixing of 64-bit words: child ids, replicate seeds and digests. Not a random number generator.

#include <cstdint>

namespace luohu {

/// Bijective mix of one word (the finaliser of SplitMix64, Steele, Lea & Flood 2014).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

/// Hash of a sequence of words; order matters.
template <class... Words>
[[nodiscard]] constexpr std::uint64_t hash_words(Words... words) {
  std::uint64_t h = 0;
  ((h = mix(h ^ static_cast<std::uint64_t>(words))), ...);
  return h;
}

}  // namespace luohu
