#pragma once
// Means over replicates with intervals of Student's t.

#include <span>

namespace luohu {

/// The t at which Student's distribution with `df` degrees of freedom reaches `probability`, for 0 < probability < 1
/// and df >= 1; to about 1e-12 of its size. From the closed form of the distribution at whole degrees of freedom
/// (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4).
[[nodiscard]] double student_t_quantile(double probability, int df);

/// mean ± half_width; the half width is NaN if there is a single sample.
struct Interval {
  double mean = 0;
  double half_width = 0;
};

/// Two-sided interval at `level` (0.95) of the mean of independent samples, of which there must be one. For a paired
/// comparison the samples are differences, each of two runs with the same random numbers.
[[nodiscard]] Interval mean_interval(std::span<const double> samples, double level);

}  // namespace luohu
