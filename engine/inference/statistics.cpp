#include "luohu/inference/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> mean_over(std::span<const double> predicted, std::span<const double> observed,
                                double (*loss)(double, double)) {
  LUOHU_EXPECT(predicted.size() == observed.size());
  if (predicted.empty()) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < predicted.size(); ++i) sum += loss(predicted[i], observed[i]);
  return sum / static_cast<double>(predicted.size());
}

std::vector<double> ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> rank(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    for (std::size_t i = first; i < last; ++i) rank[order[i]] = static_cast<double>(first + last - 1) / 2;
    first = last;
  }
  return rank;
}

/// Flows in proportion to distance^slope with the origins' and destinations' sums of `flows`.
std::vector<double> gravity(const std::vector<Flow>& flows, std::size_t places, double slope) {
  constexpr int rounds = 500;
  constexpr double tolerance = 1e-10;
  std::vector<double> fitted;
  for (const Flow& flow : flows) fitted.push_back(std::pow(flow.distance, slope));
  const auto scale = [&](std::size_t Flow::*end) {
    std::vector<double> wanted(places), sums(places);
    for (std::size_t i = 0; i < flows.size(); ++i) {
      wanted[flows[i].*end] += flows[i].persons;
      sums[flows[i].*end] += fitted[i];
    }
    double worst = 0;
    for (std::size_t i = 0; i < flows.size(); ++i) {
      const double factor = wanted[flows[i].*end] / sums[flows[i].*end];
      worst = std::max(worst, std::abs(factor - 1));
      fitted[i] *= factor;
    }
    return worst;
  };
  for (int round = 0; round < rounds; ++round) {
    scale(&Flow::origin);
    if (scale(&Flow::destination) < tolerance) break;
  }
  return fitted;
}

}  // namespace

std::optional<double> mean_absolute_percentage_error(std::span<const double> predicted,
                                                     std::span<const double> observed) {
  return mean_over(predicted, observed, [](double p, double o) { return 100 * std::abs(p / o - 1); });
}

std::optional<double> mean_absolute_error(std::span<const double> predicted, std::span<const double> observed) {
  return mean_over(predicted, observed, [](double p, double o) { return std::abs(p - o); });
}

std::optional<double> root_mean_square_error(std::span<const double> predicted, std::span<const double> observed) {
  const auto square = mean_over(predicted, observed, [](double p, double o) { return (p - o) * (p - o); });
  return square ? std::optional{std::sqrt(*square)} : std::nullopt;
}

std::optional<double> correlation(std::span<const double> x, std::span<const double> y) {
  LUOHU_EXPECT(x.size() == y.size());
  if (x.size() < 3) return std::nullopt;
  const double mx = mean_of(x);
  const double my = mean_of(y);
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
    xy += (x[i] - mx) * (y[i] - my);
  }
  // No spread but that of rounding: a constant.
  constexpr double rounding = 1e-24;
  const auto n = static_cast<double>(x.size());
  if (xx <= rounding * n * (1 + mx * mx) || yy <= rounding * n * (1 + my * my)) return std::nullopt;
  return xy / std::sqrt(xx * yy);
}

std::optional<double> rank_correlation(std::span<const double> x, std::span<const double> y) {
  return correlation(ranks(x), ranks(y));
}

std::optional<double> gini(std::span<const double> sizes) {
  std::vector<double> sorted(sizes.begin(), sizes.end());
  std::ranges::sort(sorted);
  const double sum = std::accumulate(sorted.begin(), sorted.end(), 0.0);
  if (sorted.size() < 2 || sum <= 0) return std::nullopt;
  const auto n = static_cast<double>(sorted.size());
  double weighted = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) weighted += (2 * static_cast<double>(i + 1) - n - 1) * sorted[i];
  return weighted / (n * sum);
}

std::optional<double> primacy(std::span<const double> sizes) {
  std::vector<double> sorted(sizes.begin(), sizes.end());
  std::ranges::sort(sorted, std::greater{});
  if (sorted.size() < 2 || sorted[1] <= 0) return std::nullopt;
  return sorted[0] / sorted[1];
}

std::optional<std::vector<double>> least_squares(const std::vector<std::vector<double>>& rows,
                                                 std::span<const double> values) {
  LUOHU_EXPECT(rows.size() == values.size());
  const std::size_t width = rows.empty() ? 0 : rows.front().size();
  if (rows.size() < width || width == 0) return std::nullopt;
  // The normal equations, solved by elimination with the largest pivot.
  std::vector<std::vector<double>> system(width, std::vector<double>(width + 1));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t a = 0; a < width; ++a) {
      for (std::size_t b = 0; b < width; ++b) system[a][b] += rows[i][a] * rows[i][b];
      system[a][width] += rows[i][a] * values[i];
    }
  }
  constexpr double singular = 1e-12;
  for (std::size_t a = 0; a < width; ++a) {
    const auto pivot = std::ranges::max_element(system.begin() + static_cast<std::ptrdiff_t>(a), system.end(), {},
                                                [&](const auto& row) { return std::abs(row[a]); });
    std::swap(system[a], *pivot);
    if (std::abs(system[a][a]) < singular) return std::nullopt;
    for (std::size_t b = 0; b < width; ++b) {
      if (b == a) continue;
      const double factor = system[b][a] / system[a][a];
      for (std::size_t c = a; c <= width; ++c) system[b][c] -= factor * system[a][c];
    }
  }
  std::vector<double> coefficients;
  for (std::size_t a = 0; a < width; ++a) coefficients.push_back(system[a][width] / system[a][a]);
  return coefficients;
}

std::optional<std::vector<double>> least_squares_within(std::span<const std::size_t> group,
                                                        std::vector<std::vector<double>> rows,
                                                        std::vector<double> values) {
  LUOHU_EXPECT(rows.size() == values.size() && group.size() == values.size());
  if (rows.empty()) return std::nullopt;
  const std::size_t groups = *std::ranges::max_element(group) + 1;
  const auto centre = [&](auto&& number) {
    std::vector<double> sum(groups), count(groups);
    for (std::size_t i = 0; i < group.size(); ++i) sum[group[i]] += number(i), ++count[group[i]];
    for (std::size_t i = 0; i < group.size(); ++i) number(i) -= sum[group[i]] / count[group[i]];
  };
  centre([&](std::size_t i) -> double& { return values[i]; });
  for (std::size_t k = 0; k < rows.front().size(); ++k) centre([&](std::size_t i) -> double& { return rows[i][k]; });
  return least_squares(rows, values);
}

std::optional<double> distance_coefficient(const std::vector<Flow>& flows) {
  std::size_t places = 0;
  double moved = 0;
  for (const Flow& flow : flows) {
    places = std::max({places, flow.origin + 1, flow.destination + 1});
    moved += flow.persons * std::log(flow.distance);
  }
  // With n (n − 1) flows, 2 n − 1 effects and a slope something must be left to estimate from.
  if (places < 4) return std::nullopt;
  double low = -6;
  double high = 6;
  constexpr int halvings = 40;
  for (int i = 0; i < halvings; ++i) {
    const double slope = (low + high) / 2;
    const std::vector<double> fitted = gravity(flows, places, slope);
    double sum = 0;
    for (std::size_t f = 0; f < flows.size(); ++f) sum += fitted[f] * std::log(flows[f].distance);
    (sum > moved ? high : low) = slope;  // a larger slope moves people farther
  }
  return (low + high) / 2;
}

double great_circle_km(double longitude_a, double latitude_a, double longitude_b, double latitude_b) {
  constexpr double earth_radius = 6371;
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double north = std::sin(radians(latitude_b - latitude_a) / 2);
  const double east = std::sin(radians(longitude_b - longitude_a) / 2);
  const double h = north * north + std::cos(radians(latitude_a)) * std::cos(radians(latitude_b)) * east * east;
  return 2 * earth_radius * std::asin(std::sqrt(h));
}

}  // namespace luohu
