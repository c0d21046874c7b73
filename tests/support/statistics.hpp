#pragma once
// Statistical tests: two-sided probabilities of what was observed, if the engine does what it says.
// Every test is made once with fixed seeds; `false_alarm` is its chance of failing after a reseeding.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace luohu::testing {

inline constexpr double false_alarm = 1e-6;

/// Two-sided tail of a standard normal variable.
inline double two_sided_p(double z) {
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

/// Two-sided p of `count` ~ Binomial(n, p), by its normal limit: for n p (1 - p) of a hundred or more.
inline double binomial_p(double count, double n, double p) {
  if (p <= 0 || p >= 1) return count == n * p ? 1.0 : 0.0;
  return two_sided_p((count - n * p) / std::sqrt(n * p * (1 - p)));
}

/// Two-sided p of `count` ~ Poisson(mean), by its normal limit.
inline double poisson_p(double count, double mean) {
  return two_sided_p((count - mean) / std::sqrt(mean));
}

/// Two-sided p of Student's t (Wallace 1959, Annals of Mathematical Statistics 30, to a percent of z).
inline double student_p(double t, double degrees) {
  return two_sided_p((8 * degrees + 1) / (8 * degrees + 3) * std::sqrt(degrees * std::log1p(t * t / degrees)));
}

/// Two-sided p of the ratio of two normal samples' variances, each on `degrees` (Fisher 1924: half its log is nearly
/// normal).
inline double variance_ratio_p(double ratio, double degrees) {
  return two_sided_p(std::log(ratio) / 2 * std::sqrt(degrees));
}

/// Mean and unbiased variance.
struct Moments {
  double mean = 0, variance = 0;
};
inline Moments moments_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Moments moments;
  for (const double x : values) moments.mean += x / n;
  for (const double x : values) moments.variance += (x - moments.mean) * (x - moments.mean) / (n - 1);
  return moments;
}

/// Regularised upper incomplete gamma function Q(a, x): series below a + 1, continued fraction above
/// (Abramowitz & Stegun 6.5.29 and 6.5.31).
inline double gamma_q(double a, double x) {
  if (x <= 0) return 1;
  const double front = std::exp(a * std::log(x) - x - std::lgamma(a));
  if (x < a + 1) {
    double term = 1 / a, sum = term;
    for (double n = a + 1; term > sum * 1e-16; n += 1) sum += term *= x / n;
    return 1 - front * sum;
  }
  double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;
  for (int i = 1; i < 10'000; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (std::abs(c * d - 1) < 1e-15) break;
  }
  return front * fraction;
}

/// Upper tail of chi-square.
inline double chi_square_p(double chi_square, double degrees) {
  return gamma_q(degrees / 2, chi_square / 2);
}

/// Upper tail of Pearson's chi-square of counts against probabilities; cells that expect fewer than
/// ten are pooled.
template <class Counts>
double multinomial_p(const Counts& counts, const std::vector<double>& probability) {
  double n = 0;
  for (const auto count : counts) n += static_cast<double>(count);
  double statistic = 0, cells = 0, rest_seen = 0, rest_expected = 0;
  const auto add = [&](double seen, double expected) {
    statistic += (seen - expected) * (seen - expected) / expected;
    cells += 1;
  };
  for (std::size_t i = 0; i < probability.size(); ++i) {
    const double seen = static_cast<double>(counts[i]), expected = n * probability[i];
    if (expected >= 10) {
      add(seen, expected);
    } else {
      rest_seen += seen, rest_expected += expected;
    }
  }
  if (rest_expected > 0) {
    if (rest_expected < 1e-6 && rest_seen > 0) return 0;
    if (rest_expected >= 1) add(rest_seen, rest_expected);
  }
  return cells > 1 ? chi_square_p(statistic, cells - 1) : 1;
}

}  // namespace luohu::testing
