#pragma once
// Random numbers of the generator of scenarios: the same on every platform, because the mapping from
// the generator's words is our own.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include "luohu/core/hash.hpp"

namespace luohu::testing {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_{mix(seed)} {}

  /// Uniform in 0 … limit − 1.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(generator_() % limit); }
  /// Uniform in first … last.
  int whole(int first, int last) { return first + static_cast<int>(below(static_cast<std::size_t>(last - first) + 1)); }
  bool chance(double probability) { return uniform() < probability; }

  /// Uniform in [low, high], to four decimals, so that a scenario file can be read; one in ten is an end.
  double between(double low, double high) {
    if (chance(0.1)) return chance(0.5) ? low : high;
    return std::clamp(std::round((low + (high - low) * uniform()) * 1e4) / 1e4, low, high);
  }
  /// Log-uniform in [low, high], to three digits. Requires 0 < low.
  double magnitude(double low, double high) {
    const double value = low * std::pow(high / low, uniform());
    const double unit = std::pow(10, std::abs(std::floor(std::log10(value)) - 2));
    const double rounded = value < 100 ? std::round(value * unit) / unit : std::round(value / unit) * unit;
    return std::clamp(rounded, low, high);
  }

 private:
  double uniform() { return static_cast<double>(generator_() >> 11U) * 0x1p-53; }

  std::mt19937_64 generator_;
};

}  // namespace luohu::testing
