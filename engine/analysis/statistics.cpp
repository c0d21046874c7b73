#include "luohu/analysis/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Variance of the mean of the values.
double variance_of_mean(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / (n * (n - 1));
}

/// Welch's and Satterthwaite's degrees of freedom of a sum of two independent variances.
double welch_degrees(double a, std::size_t a_n, double b, std::size_t b_n) {
  const double bottom = a * a / static_cast<double>(a_n - 1) + b * b / static_cast<double>(b_n - 1);
  // Without any variance every t gives the same interval.
  return bottom > 0 ? (a + b) * (a + b) / bottom : static_cast<double>(a_n + b_n - 2);
}

/// Paired contrasts ask for the same few quantiles again and again.
double quantile(double confidence, double degrees) {
  thread_local std::map<std::pair<double, double>, double> known;
  if (degrees != std::floor(degrees)) return student_quantile((1 + confidence) / 2, degrees);
  const auto [entry, is_new] = known.try_emplace({confidence, degrees});
  if (is_new) entry->second = student_quantile((1 + confidence) / 2, degrees);
  return entry->second;
}

}  // namespace

double quantile_of(std::span<const double> sorted, double share) {
  LUOHU_EXPECT(!sorted.empty());
  const double rank = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (rank - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double Contrast::ratio() const {
  return baseline != 0 ? scenario / baseline : std::numeric_limits<double>::quiet_NaN();
}
double Contrast::percent() const {
  return baseline != 0 ? 100 * difference() / std::abs(baseline) : std::numeric_limits<double>::quiet_NaN();
}
Contrast contrast(std::span<const double> baseline, std::span<const double> scenario, Pairing pairing) {
  const bool paired = pairing == Pairing::paired;
  LUOHU_EXPECT(!baseline.empty() && !scenario.empty() && (!paired || baseline.size() == scenario.size()));
  Contrast made;
  made.pairing = pairing;
  made.baseline = mean_of(baseline);
  made.scenario = mean_of(scenario);
  made.baseline_n = baseline.size();
  made.scenario_n = scenario.size();
  made.identical = paired && std::ranges::equal(baseline, scenario);
  if (baseline.size() < 2 || scenario.size() < 2 || !std::isfinite(made.difference())) return made;
  made.baseline_variance = variance_of_mean(baseline);
  made.scenario_variance = variance_of_mean(scenario);
  if (paired) {
    std::vector<double> differences(scenario.begin(), scenario.end());
    for (std::size_t i = 0; i < differences.size(); ++i) differences[i] -= baseline[i];
    made.difference_variance = variance_of_mean(differences);
    made.degrees = static_cast<double>(baseline.size() - 1);
  } else {
    made.difference_variance = made.baseline_variance + made.scenario_variance;
    made.degrees = welch_degrees(made.baseline_variance, baseline.size(), made.scenario_variance, scenario.size());
  }
  return made;
}

std::optional<Interval> difference_interval(const Contrast& of, double confidence) {
  if (of.degrees <= 0) return std::nullopt;
  const double half = quantile(confidence, of.degrees) * std::sqrt(of.difference_variance);
  return Interval{of.difference() - half, of.difference() + half};
}

std::optional<Interval> ratio_interval(const Contrast& of, double confidence) {
  if (of.degrees <= 0 || of.baseline == 0) return std::nullopt;
  const double r = of.ratio();
  const double degrees = of.pairing == Pairing::paired ? of.degrees
                                                       : welch_degrees(r * r * of.baseline_variance, of.baseline_n,
                                                                       of.scenario_variance, of.scenario_n);
  const double t2 = std::pow(quantile(confidence, degrees), 2);
  const double covariance = (of.baseline_variance + of.scenario_variance - of.difference_variance) / 2;
  // Where (scenario − R baseline)² = t² Var(scenario − R baseline).
  const double a = of.baseline * of.baseline - t2 * of.baseline_variance;
  const double b = of.baseline * of.scenario - t2 * covariance;
  const double c = of.scenario * of.scenario - t2 * of.scenario_variance;
  if (a <= 0) return std::nullopt;
  const double root = std::sqrt(std::max(0.0, b * b - a * c));
  return Interval{(b - root) / a, (b + root) / a};
}

std::optional<Interval> percent_interval(const Contrast& of, double confidence) {
  const auto ratio = ratio_interval(of, confidence);
  if (!ratio) return std::nullopt;
  const double low = 100 * (ratio->low - 1), high = 100 * (ratio->high - 1);
  return of.baseline > 0 ? Interval{low, high} : Interval{-high, -low};
}

std::optional<bool> distinguishable(const Contrast& of, double confidence) {
  if (of.identical) return false;
  const auto interval = difference_interval(of, confidence);
  if (!interval) return std::nullopt;
  return interval->low > 0 || interval->high < 0;
}

std::optional<std::int64_t> replicates_needed(const Contrast& of, double confidence) {
  if (of.degrees <= 0 || of.difference() == 0) return std::nullopt;
  const auto excludes_zero = [&](std::int64_t replicates) {
    // Variances of the means and degrees of freedom as this many replicates a side would have them.
    const auto n = static_cast<std::size_t>(replicates);
    const auto scaled = [n](double variance, std::size_t had) {
      return variance * static_cast<double>(had) / static_cast<double>(n);
    };
    const double b = scaled(of.baseline_variance, of.baseline_n), s = scaled(of.scenario_variance, of.scenario_n);
    const bool paired = of.pairing == Pairing::paired;
    const double variance = paired ? scaled(of.difference_variance, of.baseline_n) : b + s;
    const double degrees = paired ? static_cast<double>(n - 1) : welch_degrees(b, n, s, n);
    return std::abs(of.difference()) > quantile(confidence, degrees) * std::sqrt(variance);
  };
  constexpr std::int64_t most = 1'000'000;
  std::int64_t low = 1, high = 2;  // `low` is too few
  while (!excludes_zero(high)) {
    if (high >= most) return std::nullopt;
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (excludes_zero(middle) ? high : low) = middle;
  }
  return high;
}

std::optional<double> variance_reduction(const Contrast& paired) {
  if (paired.degrees <= 0) return std::nullopt;
  const double unpaired = paired.baseline_variance + paired.scenario_variance;
  if (unpaired == 0) return std::nullopt;
  return unpaired / paired.difference_variance;
}

}  // namespace luohu
