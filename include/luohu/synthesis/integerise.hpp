#pragma once
// From expected counts to whole people, with every observed margin met exactly.

#include <cstdint>
#include <span>
#include <vector>

#include "luohu/core/grid.hpp"

namespace luohu {

/// Whole numbers that sum to `total` and lie within one of `weights` scaled to it (largest remainders,
/// ties to the first). Requires non-negative weights, not all zero unless total is 0.
[[nodiscard]] std::vector<std::int64_t> apportion(std::span<const double> weights, std::int64_t total);

/// A prefecture's residents: [zone][class][sex][age group].
using ResidentTable = Grid<double, 4>;
using ResidentCounts = Grid<std::int64_t, 4>;

/// Whole margins of a prefecture, in agents; each sums to the same total.
struct ResidentMargins {
  std::vector<std::int64_t> zone;     ///< [zone]
  std::vector<std::int64_t> klass;    ///< [class]
  std::vector<std::int64_t> sex_age;  ///< [sex][age group]
};

/// Whole counts close to `expected` that meet all three margins exactly. The margins lie on disjoint
/// axes, so a person moved along one axis leaves the other margins as they are.
[[nodiscard]] ResidentCounts integerise(const ResidentTable& expected, const ResidentMargins& margins);

}  // namespace luohu
