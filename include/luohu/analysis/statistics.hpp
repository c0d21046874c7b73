#pragma once
// What replicates say about the difference of two scenarios, and how surely.

#include <cstdint>
#include <optional>
#include <span>

namespace luohu {

/// t with P(T ≤ t) = p for Student's T on `degrees` (> 0, not necessarily whole), 0 < p < 1; relative error below
/// 1e-12 where |p − ½| > 1e-4.
[[nodiscard]] double student_quantile(double p, double degrees);

/// Value below which a share of the ascending `sorted` lies, linear between neighbours. Requires a value.
[[nodiscard]] double quantile_of(std::span<const double> sorted, double share);

struct Interval {
  double low = 0, high = 0;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Whether replicate i of both scenarios has the same random numbers, so that its difference is taken.
enum class Pairing : std::uint8_t { paired, unpaired };

/// Means over replicates of one quantity in two scenarios, with what their noise is.
struct Contrast {
  Pairing pairing = Pairing::paired;
  double baseline = 0, scenario = 0;  ///< means
  std::size_t baseline_n = 0, scenario_n = 0;
  double baseline_variance = 0, scenario_variance = 0, difference_variance = 0;  ///< of the means
  double degrees = 0;      ///< of freedom of the difference; 0 with one replicate or without values: no interval
  bool identical = false;  ///< paired, and equal in every replicate

  [[nodiscard]] double difference() const { return scenario - baseline; }
  [[nodiscard]] double ratio() const;    ///< NaN if the baseline is 0
  [[nodiscard]] double percent() const;  ///< 100 difference / |baseline|: the sign is the difference's
};

/// Requires: as many values on both sides if paired. One replicate has no variance: no interval.
[[nodiscard]] Contrast contrast(std::span<const double> baseline, std::span<const double> scenario, Pairing pairing);

/// Of the difference: Student's t of the paired differences, or Welch's (1947, Biometrika 34) if unpaired.
[[nodiscard]] std::optional<Interval> difference_interval(const Contrast& contrast, double confidence);

/// Of the ratio of means, by Fieller's theorem (1954, Journal of the Royal Statistical Society B 16): exact for
/// normal replicates, no resampling. Nothing if the baseline is not distinguishable from 0, when no bounded interval
/// exists. Excludes 1 exactly when the paired interval of the difference excludes 0.
[[nodiscard]] std::optional<Interval> ratio_interval(const Contrast& contrast, double confidence);

/// Of `percent`, from that of the ratio.
[[nodiscard]] std::optional<Interval> percent_interval(const Contrast& contrast, double confidence);

/// Whether the interval of the difference excludes 0; nothing if there is none.
[[nodiscard]] std::optional<bool> distinguishable(const Contrast& contrast, double confidence);

/// Replicates of each scenario at which the interval would exclude 0, were mean and variance to stay as they are.
/// Nothing without variance or difference, or beyond a million.
[[nodiscard]] std::optional<std::int64_t> replicates_needed(const Contrast& contrast, double confidence);

/// Variance of the unpaired difference over that of the paired one, from paired replicates: how many times more
/// replicates independent random numbers would need. Infinite if every paired difference is the same.
[[nodiscard]] std::optional<double> variance_reduction(const Contrast& paired);

}  // namespace luohu
