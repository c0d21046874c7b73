#pragma once
// When to stop adding replicates: sequential sampling to a fixed half-width.

#include <cstddef>
#include <span>

namespace luohu {

/// Replicates before the first look: fewer say too little of the variance.
inline constexpr std::size_t fewest_replicates = 10;

/// Whether these samples, paired differences or values, suffice: `fewest_replicates` at least, and the interval of
/// Student's t at `level` has a half-width below `bound`. To be asked after every replicate (Chow & Robbins 1965,
/// Annals of Mathematical Statistics 36: the coverage tends to the level as the bound tends to 0). Looking so often
/// costs coverage where few replicates are needed: of a nominal 95 % at worst 93.5 remain, near 30 of them
/// (tests/inference/stopping_test.cpp).
[[nodiscard]] bool precise(std::span<const double> samples, double level, double bound);

}  // namespace luohu
