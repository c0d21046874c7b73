#pragma once
// Draws an index by given shares: inversion of the cumulative shares, so that a change of one share
// leaves most choices as they are, with a guide table for speed (Chen & Asau 1974).

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "luohu/random/draw.hpp"

namespace luohu::bench {

class Chooser {
 public:
  /// At most 256 shares that sum to about 1. The last positive one takes what rounding leaves.
  explicit Chooser(std::span<const double> shares) : ends_(shares.size(), certain) {
    std::size_t last = shares.size() - 1;
    while (last > 0 && shares[last] == 0) --last;
    double sum = 0;
    for (std::size_t k = 0; k < last; ++k) ends_[k] = threshold_of(sum += shares[k]);
    std::size_t k = 0;
    for (std::size_t byte = 0; byte < guide_.size(); ++byte) {
      while (ends_[k] <= byte << 24U) ++k;
      guide_[byte] = static_cast<std::uint8_t>(k);
    }
  }

  /// The first index whose end lies above `word`. The leading byte mostly decides.
  [[nodiscard]] std::size_t operator()(std::uint32_t word) const {
    std::size_t k = guide_[word >> 24U];
    while (word >= ends_[k]) ++k;
    return k;
  }

 private:
  static constexpr std::uint64_t certain = std::uint64_t{1} << 32U;

  std::vector<std::uint64_t> ends_;
  std::array<std::uint8_t, 256> guide_{};
};

}  // namespace luohu::bench
