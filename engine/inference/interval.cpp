#include "luohu/inference/interval.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include "luohu/analysis/statistics.hpp"
#include "luohu/core/error.hpp"

namespace luohu {
MeanInterval mean_interval(std::span<const double> samples, double level) {
  LUOHU_EXPECT(!samples.empty() && level > 0 && level < 1);
  const auto n = static_cast<double>(samples.size());
  const double mean = std::accumulate(samples.begin(), samples.end(), 0.0) / n;
  if (samples.size() == 1) return {mean, std::numeric_limits<double>::quiet_NaN()};
  double squares = 0;
  for (const double sample : samples) squares += (sample - mean) * (sample - mean);
  const double t = student_quantile((1 + level) / 2, n - 1);
  return {mean, t * std::sqrt(squares / (n - 1) / n)};
}

}  // namespace luohu
