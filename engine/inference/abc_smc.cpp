#include "luohu/inference/abc_smc.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "chance.hpp"
#include "luohu/population/parallel.hpp"
#include "walk.hpp"

namespace luohu {
namespace {

/// exp of the logarithms, in proportion; they sum to 1.
std::vector<double> normalised(std::vector<double> logs) {
  const double top = *std::ranges::max_element(logs);
  double sum = 0;
  for (double& value : logs) sum += value = std::exp(value - top);
  for (double& value : logs) value /= sum;
  return logs;
}

double effective_size(const std::vector<double>& weights) {
  double squares = 0;
  for (const double w : weights) squares += w * w;
  return 1 / squares;
}

/// The `n` of `known` nearest to the middle of `points`, in their standard deviations.
std::vector<std::size_t> nearest(const Design& known, const Design& points, std::size_t n) {
  const std::size_t dimensions = points.front().size();
  const auto count = static_cast<double>(points.size());
  std::vector<double> mean(dimensions), variance(dimensions);
  for (const auto& point : points) {
    for (std::size_t k = 0; k < dimensions; ++k) mean[k] += point[k] / count;
  }
  for (const auto& point : points) {
    for (std::size_t k = 0; k < dimensions; ++k) variance[k] += (point[k] - mean[k]) * (point[k] - mean[k]) / count;
  }
  constexpr double narrowest = 1e-4;
  std::vector<double> apart;
  for (const auto& point : known) {
    double squares = 0;
    for (std::size_t k = 0; k < dimensions; ++k) {
      squares += (point[k] - mean[k]) * (point[k] - mean[k]) / std::max(variance[k], narrowest);
    }
    apart.push_back(squares);
  }
  std::vector<std::size_t> order(known.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return apart[i]; });
  order.resize(std::min(n, order.size()));
  return order;
}

class Sampler {
 public:
  Sampler(const Evaluate& evaluate, const ErrorModel& errors, std::span<const double> observed,
          std::span<const double> extra, const HistoryMatch& match, const SampleOptions& options)
      : evaluate_{evaluate},
        errors_{errors},
        observed_{observed},
        extra_{extra},
        region_{match.region},
        emulator_{match.emulator},
        options_{options},
        known_{match.points},
        values_{match.values} {
    sample_.points.assign(match.plausible.begin(), match.plausible.end());
    sample_.weights.assign(sample_.points.size(), 1 / static_cast<double>(sample_.points.size()));
  }

  Sample run(const std::function<void(const std::string&)>& say) {
    double tolerance = options_.widest;
    for (std::size_t g = 0; g < options_.generations; ++g) {
      generation(tolerance, g);
      const Generation& last = sample_.generations.back();
      say(fmt::format("generation {}: tolerance {:.2f}, {} evaluations, effective size {:.0f}", g + 1, last.tolerance,
                      last.evaluations, last.effective));
      if (tolerance <= 1 && last.effective >= enough()) break;
      // Too few: the emulator was wrong there, and has learnt.
      if (last.effective >= enough() / 2) tolerance = next_tolerance(tolerance);
    }
    return std::move(sample_);
  }

 private:
  [[nodiscard]] double enough() const { return static_cast<double>(options_.particles) / 2; }

  [[nodiscard]] double expected_misfit(std::span<const double> point, double tolerance) const {
    Emulator::Prediction predicted = (*emulator_)(point);
    for (std::size_t i = 0; i < extra_.size(); ++i) predicted.variance[i] += extra_[i];
    return errors_.misfit(predicted.mean, observed_, predicted.variance, tolerance);
  }
  [[nodiscard]] double misfit(const std::vector<double>& simulated, double tolerance) const {
    return errors_.misfit(simulated, observed_, extra_, tolerance);
  }

  /// The last generation's points, by their weights if these are worth something: a few heavy particles are a sign that
  /// the emulator was wrong, and no place for all walks to begin.
  [[nodiscard]] Design starting_points(std::size_t number) const {
    Sample from{{}, sample_.points, sample_.weights};
    if (number > 0 && sample_.generations.back().effective < enough() / 2) {
      from.weights.assign(from.points.size(), 1 / static_cast<double>(from.points.size()));
    }
    return resampled(from, options_.particles, seed_of_replicate(options_.seed, number));
  }

  /// Points by the emulator's posterior at this tolerance, then weighed by what is simulated there.
  void generation(double tolerance, std::size_t number) {
    const Design starts = starting_points(number);
    const Walk walk{starts};
    Design points(starts.size());
    std::vector<double> expected(starts.size());
    for_each_task(starts.size(), [&](std::size_t i) {
      Chance chance{options_.seed, "walk on the emulator", number * options_.particles + i};
      std::vector<double> at = starts[i];
      double here = expected_misfit(at, tolerance);
      for (int step = 0; step < options_.steps; ++step) {
        std::vector<double> next = walk.step(at, chance);
        const double level = chance.uniform();
        if (!in_cube(next)) continue;
        const double there = expected_misfit(next, tolerance);
        if (std::log(level) >= (here - there) / 2 || !region_.contains(next)) continue;
        at = std::move(next);
        here = there;
      }
      points[i] = std::move(at);
      expected[i] = here;
    });
    const auto values = evaluate_(points, 0);
    current_ = values;
    std::vector<double> logs;
    for (std::size_t i = 0; i < points.size(); ++i) logs.push_back((expected[i] - misfit(values[i], tolerance)) / 2);
    sample_.points = points;
    sample_.weights = normalised(std::move(logs));
    sample_.generations.push_back({tolerance, points.size(), effective_size(sample_.weights)});
    learn(points, values);
  }

  /// The emulator of the next generation: of the evaluations nearest to the present points. Those far away would have a
  /// say in its shape.
  void learn(const Design& points, const std::vector<std::vector<double>>& values) {
    known_.insert(known_.end(), points.begin(), points.end());
    values_.insert(values_.end(), values.begin(), values.end());
    Design near;
    std::vector<std::vector<double>> near_values;
    for (const std::size_t i : nearest(known_, points, std::max(2 * points.size(), 8 * points.front().size()))) {
      near.push_back(known_[i]);
      near_values.push_back(values_[i]);
    }
    emulator_ = std::make_shared<const Emulator>(near, near_values);
  }

  /// The smallest at which the present particles, weighed again, still have an effective size of a quarter of them.
  [[nodiscard]] double next_tolerance(double now) const {
    const double wanted = enough() / 2;
    double low = 1, high = now;
    for (int halving = 0; halving < 30; ++halving) {
      const double middle = (low + high) / 2;
      std::vector<double> logs;
      for (std::size_t i = 0; i < current_.size(); ++i) {
        logs.push_back(std::log(sample_.weights[i]) + (misfit(current_[i], now) - misfit(current_[i], middle)) / 2);
      }
      (effective_size(normalised(std::move(logs))) < wanted ? low : high) = middle;
    }
    return high < 1.02 ? 1 : high;
  }

  const Evaluate& evaluate_;
  const ErrorModel& errors_;
  std::span<const double> observed_, extra_;
  PlausibleRegion region_;
  std::shared_ptr<const Emulator> emulator_;
  SampleOptions options_;
  Design known_;
  std::vector<std::vector<double>> values_, current_;
  Sample sample_;
};

}  // namespace

Sample sample_posterior(const Evaluate& evaluate, const ErrorModel& errors, std::span<const double> observed,
                        std::span<const double> extra, const HistoryMatch& match, const SampleOptions& options,
                        const std::function<void(const std::string&)>& say) {
  return Sampler{evaluate, errors, observed, extra, match, options}.run(say);
}

Design resampled(const Sample& sample, std::size_t n, Seed seed) {
  Design points;
  const double first = Chance{seed, "systematic resampling"}.uniform();
  double reached = 0;
  std::size_t i = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const double level = (static_cast<double>(k) + first) / static_cast<double>(n);
    while (i + 1 < sample.weights.size() && reached + sample.weights[i] < level) reached += sample.weights[i++];
    points.push_back(sample.points[i]);
  }
  return points;
}

}  // namespace luohu
