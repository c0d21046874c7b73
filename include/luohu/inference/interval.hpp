#pragma once
// Means over replicates with intervals of Student's t.

#include <span>

namespace luohu {

/// mean ± half_width; the half width is NaN if there is a single sample.
struct MeanInterval {
  double mean = 0;
  double half_width = 0;
};

/// Two-sided interval at `level` (0.95) of the mean of independent samples, of which there must be one. For a paired
/// comparison the samples are differences, each of two runs with the same random numbers.
[[nodiscard]] MeanInterval mean_interval(std::span<const double> samples, double level);

}  // namespace luohu
