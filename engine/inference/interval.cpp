#include "luohu/inference/interval.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// P(|T| < sqrt(df) tan(angle)) for 0 <= angle < pi / 2.
double central_share(double angle, int df) {
  const bool odd = df % 2 == 1;
  const double cosine2 = std::cos(angle) * std::cos(angle);
  double term = odd ? std::cos(angle) : 1.0;
  double sum = 0;
  for (int k = odd ? 2 : 1; k < df; k += 2) {
    sum += term;
    term *= cosine2 * k / (k + 1);
  }
  return odd ? 2 / std::numbers::pi * (angle + std::sin(angle) * sum) : std::sin(angle) * sum;
}

}  // namespace

double student_t_quantile(double probability, int df) {
  LUOHU_EXPECT(probability > 0 && probability < 1 && df >= 1);
  if (probability < 0.5) return -student_t_quantile(1 - probability, df);
  const double wanted = 2 * probability - 1;
  double low = 0;
  double high = std::numbers::pi / 2;
  for (double middle = high / 2; low < middle && middle < high; middle = low + (high - low) / 2) {
    (central_share(middle, df) < wanted ? low : high) = middle;
  }
  return std::sqrt(df) * std::tan(low);
}

Interval mean_interval(std::span<const double> samples, double level) {
  LUOHU_EXPECT(!samples.empty() && level > 0 && level < 1);
  const auto n = static_cast<double>(samples.size());
  const double mean = std::accumulate(samples.begin(), samples.end(), 0.0) / n;
  if (samples.size() == 1) return {mean, std::numeric_limits<double>::quiet_NaN()};
  double squares = 0;
  for (const double sample : samples) squares += (sample - mean) * (sample - mean);
  const double t = student_t_quantile((1 + level) / 2, static_cast<int>(samples.size()) - 1);
  return {mean, t * std::sqrt(squares / (n - 1) / n)};
}

}  // namespace luohu
