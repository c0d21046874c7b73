#pragma once
// Designs: which values of the parameters to try. Points lie in the unit cube, a dimension for each parameter, and
// are mapped to the parameters' ranges.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "luohu/random/draw.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// A parameter and the values it may take, all equally likely.
struct ParameterRange {
  const ParameterInfo* parameter = nullptr;
  double lower = 0;
  double upper = 1;
  bool log = false;    ///< equally likely are logarithms instead
  bool named = false;  ///< by the user; otherwise the value ± `default_spread`

  /// The value that lies `u` of the way from lower to upper, in [0, 1].
  [[nodiscard]] double at(double u) const;
};

/// Where no range is named, a parameter is varied by this share of its own value, up and down.
inline constexpr double default_spread = 0.25;

/// From "NAME=LOWER:UPPER", "NAME=LOWER:UPPER:log" or "NAME", which is `around`'s value ± `default_spread` within the
/// parameter's limits. Throws Error{usage} for a parameter there is not or that is named twice, for a range that is
/// empty or leaves the limits, for logarithms of what is not positive, and for "NAME" of a parameter that is 0.
[[nodiscard]] std::vector<ParameterRange> ranges_of(const std::vector<std::string>& texts, const Parameters& around);

/// `base`, but the parameters of `ranges` at `point`, which has as many dimensions at least.
[[nodiscard]] Parameters parameters_at(const Parameters& base, std::span<const ParameterRange> ranges,
                                       std::span<const double> point);

using Design = std::vector<std::vector<double>>;  ///< [point][dimension], in (0, 1)

/// Latin hypercube (McKay, Beckman & Conover 1979, Technometrics 21): of n points one in every n-th of every
/// dimension, at random within it, dimensions paired at random.
[[nodiscard]] Design latin_hypercube(std::size_t points, std::size_t dimensions, Seed seed);

/// The first points of Sobol's sequence, the origin included, with direction numbers of Joe & Kuo 2008 (SIAM J. Sci.
/// Comput. 30), nested uniform scrambling of 32 bits (Owen 1995): of 2^m points every elementary interval of 2^-m
/// holds as many as without, and each point by itself is uniform. At most 2^32 points of 3667 dimensions.
[[nodiscard]] Design sobol_sequence(std::size_t points, std::size_t dimensions, Seed seed);

}  // namespace luohu
