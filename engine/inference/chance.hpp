#pragma once
// Random numbers in a row for one purpose, from the same generator as everyone's in the model.

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

#include "luohu/random/draw.hpp"

namespace luohu {

class Chance {
 public:
  /// `purpose` and `number` keep sequences apart that share a seed.
  Chance(Seed seed, std::string_view purpose, std::uint64_t number = 0)
      : key_{seed, stream_named(purpose), 0}, next_{number << 32U} {}

  /// In (0, 1).
  double uniform() { return luohu::uniform(own_words(key_, next_++)[0]); }
  /// Standard normal (Box & Muller 1958).
  double normal() {
    const Words words = own_words(key_, next_++);
    return std::sqrt(-2 * std::log(luohu::uniform(words[0]))) *
           std::cos(2 * std::numbers::pi * luohu::uniform(words[1]));
  }
  /// 0 to n − 1.
  std::size_t index(std::size_t n) { return static_cast<std::size_t>(uniform() * static_cast<double>(n)); }

 private:
  DrawKey key_;
  std::uint64_t next_;
};

}  // namespace luohu
