// Elementary effects.

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/inference/design.hpp"
#include "luohu/inference/sensitivity.hpp"

namespace luohu {
namespace {

constexpr double step = 2.0 / 3;  // of levels 0, 1/3, 2/3, 1: all are taken equally often (Morris 1991)

/// Where a parameter starts and where its step takes it, for a number in (0, 1): the four ways are equally likely.
std::pair<double, double> start_and_end(double u) {
  constexpr double third = 1.0 / 3;
  constexpr std::array<std::pair<double, double>, 4> ways{
      {{0, step}, {step, 0}, {third, third + step}, {third + step, third}}};
  return ways[static_cast<std::size_t>(4 * u)];
}

/// All factors in random order.
std::vector<std::size_t> shuffled(std::size_t factors, std::uint64_t trajectory, const DrawKey& key) {
  std::vector<std::size_t> order(factors);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t f) { return own_words(key, trajectory * factors + f); });
  return order;
}

}  // namespace

Trajectories morris_trajectories(std::size_t parameters, std::size_t trajectories, Seed seed) {
  const DrawKey key{seed, stream_named("morris order")};
  const Design ways = latin_hypercube(trajectories, parameters, seed);
  Trajectories design;
  design.factors = parameters + 1;
  for (std::size_t t = 0; t < trajectories; ++t) {
    Trial trial{std::vector<double>(parameters), 2 * t};
    for (std::size_t p = 0; p < parameters; ++p) trial.point[p] = start_and_end(ways[t][p]).first;
    design.trials.push_back(trial);
    for (const std::size_t factor : shuffled(design.factors, t, key)) {
      if (factor < parameters) {
        trial.point[factor] = start_and_end(ways[t][factor]).second;
      } else {
        ++trial.seed;
      }
      design.trials.push_back(trial);
      design.moved.push_back(factor);
    }
  }
  return design;
}

std::vector<ElementaryEffects> elementary_effects(const Trajectories& design, std::span<const double> values,
                                                  double level) {
  const std::size_t factors = design.factors;
  const std::size_t trajectories = design.moved.size() / factors;
  LUOHU_EXPECT(values.size() == design.trials.size() && trajectories > 1);
  std::vector<std::vector<double>> effects(factors);
  for (std::size_t t = 0; t < trajectories; ++t) {
    for (std::size_t i = 0; i < factors; ++i) {
      const std::size_t factor = design.moved[t * factors + i];
      const std::size_t from = t * (factors + 1) + i;
      const double change = values[from + 1] - values[from];
      const bool is_seed = factor + 1 == factors;
      const bool up = is_seed || design.trials[from + 1].point[factor] > design.trials[from].point[factor];
      effects[factor].push_back(is_seed ? change : (up ? change : -change) / step);
    }
  }
  std::vector<ElementaryEffects> result;
  for (const auto& of_factor : effects) {
    std::vector<double> sizes(of_factor.size());
    std::ranges::transform(of_factor, sizes.begin(), [](double e) { return std::abs(e); });
    const auto n = static_cast<double>(of_factor.size());
    const double mu = std::accumulate(of_factor.begin(), of_factor.end(), 0.0) / n;
    double squares = 0;
    for (const double e : of_factor) squares += (e - mu) * (e - mu);
    result.push_back({mean_interval(sizes, level), mu, std::sqrt(squares / (n - 1))});
  }
  return result;
}

}  // namespace luohu
