// VarianceShares of variance.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "luohu/core/error.hpp"
#include "luohu/inference/design.hpp"
#include "luohu/inference/sensitivity.hpp"

namespace luohu {
namespace {

constexpr std::size_t resamples = 1000;

/// The outcomes of one point less the mean of all A and B, with which estimates of first-order indices vary least.
struct AtPoint {
  double a = 0, b = 0;
  std::vector<double> mixed;  ///< [factor] A with the factor as in B
};

struct VarianceShares {
  std::vector<double> first, total;  ///< [factor]
};

VarianceShares shares_of(const std::vector<AtPoint>& points, std::span<const std::size_t> chosen) {
  const std::size_t factors = points.front().mixed.size();
  VarianceShares shares{std::vector<double>(factors), std::vector<double>(factors)};
  double sum = 0;
  double squares = 0;
  for (const std::size_t j : chosen) {
    const AtPoint& p = points[j];
    sum += p.a + p.b;
    squares += p.a * p.a + p.b * p.b;
    for (std::size_t f = 0; f < factors; ++f) {
      const double change = p.mixed[f] - p.a;
      shares.first[f] += p.b * change;
      shares.total[f] += change * change / 2;
    }
  }
  const auto n = static_cast<double>(chosen.size());
  const double mean = sum / (2 * n);
  const double variance = squares / (2 * n) - mean * mean;
  const double unit = variance > 0 ? n * variance : std::numeric_limits<double>::quiet_NaN();
  for (std::size_t f = 0; f < factors; ++f) {
    shares.first[f] /= unit;
    shares.total[f] /= unit;
  }
  return shares;
}

std::vector<AtPoint> centred(std::span<const double> values, std::size_t stride) {
  std::vector<AtPoint> points(values.size() / stride);
  // From the first value, so that what is constant is 0 without rounding.
  double mean = 0;
  for (std::size_t j = 0; j < points.size(); ++j) {
    mean +=
        (values[j * stride] - values[0] + values[j * stride + 1] - values[0]) / static_cast<double>(2 * points.size());
  }
  for (std::size_t j = 0; j < points.size(); ++j) {
    const auto here = values.subspan(j * stride, stride);
    const auto from_mean = [&](double value) { return value - values[0] - mean; };
    points[j] = {from_mean(here[0]), from_mean(here[1]), {}};
    for (const double value : here.subspan(2)) points[j].mixed.push_back(from_mean(value));
  }
  return points;
}

/// The number of `count` that this draw falls on.
std::size_t one_of(std::size_t count, std::uint32_t word) {
  return static_cast<std::size_t>(std::uint64_t{word} * count >> 32U);
}

Estimate estimate(double value, std::vector<double> resampled, double level) {
  if (std::isnan(value)) return {value, value, value};
  std::erase_if(resampled, [](double x) { return std::isnan(x); });
  std::ranges::sort(resampled);
  const auto quantile = [&](double p) {
    const double at = p * static_cast<double>(resampled.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, resampled.size() - 1);
    return std::lerp(resampled[below], resampled[above], at - static_cast<double>(below));
  };
  return {value, quantile((1 - level) / 2), quantile((1 + level) / 2)};
}

}  // namespace

std::vector<Trial> saltelli_trials(std::size_t parameters, std::size_t points, Seed seed) {
  const Design both = sobol_sequence(points, 2 * parameters, seed);
  std::vector<Trial> trials;
  for (std::size_t j = 0; j < points; ++j) {
    const auto middle = both[j].begin() + static_cast<std::ptrdiff_t>(parameters);
    const Trial a{{both[j].begin(), middle}, 2 * j};
    const Trial b{{middle, both[j].end()}, 2 * j + 1};
    trials.push_back(a);
    trials.push_back(b);
    for (std::size_t p = 0; p < parameters; ++p) {
      trials.push_back(a);
      trials.back().point[p] = b.point[p];
    }
    trials.push_back({a.point, b.seed});
  }
  return trials;
}

std::vector<SobolIndices> sobol_indices(std::span<const double> values, std::size_t factors, double level, Seed seed) {
  const std::size_t stride = factors + 2;
  LUOHU_EXPECT(!values.empty() && values.size() % stride == 0 && level > 0 && level < 1);
  const std::vector<AtPoint> points = centred(values, stride);
  std::vector<std::size_t> chosen(points.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  const VarianceShares found = shares_of(points, chosen);

  const DrawKey key{seed, stream_named("sobol bootstrap")};
  std::vector<VarianceShares> resampled;
  for (std::size_t r = 0; r < resamples; ++r) {
    for (std::size_t j = 0; j < chosen.size(); ++j) {
      chosen[j] = one_of(points.size(), own_words(key, r * chosen.size() + j)[0]);
    }
    resampled.push_back(shares_of(points, chosen));
  }
  std::vector<SobolIndices> indices;
  for (std::size_t f = 0; f < factors; ++f) {
    const auto interval = [&](std::vector<double> VarianceShares::*which) {
      std::vector<double> all;
      for (const VarianceShares& shares : resampled) all.push_back((shares.*which)[f]);
      return estimate((found.*which)[f], std::move(all), level);
    };
    indices.push_back({interval(&VarianceShares::first), interval(&VarianceShares::total)});
  }
  return indices;
}

}  // namespace luohu
