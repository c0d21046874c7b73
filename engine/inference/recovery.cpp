#include "luohu/inference/recovery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace luohu {
namespace {

/// What all data sets start from: the whole cube, and an emulator of it.
HistoryMatch shared_design(const Evaluate& evaluate, const ErrorModel& errors, std::size_t dimensions,
                           std::span<const double> extra, const RecoveryOptions& options) {
  HistoryMatch match{{}, {}, {}, nullptr, PlausibleRegion{errors, extra, errors.observed()}, {}};
  match.points = latin_hypercube(std::max(options.design, Emulator::fewest(dimensions)), dimensions,
                                 seed_of_replicate(options.sample.seed, 1));
  match.values = evaluate(match.points, 0);
  match.plausible = latin_hypercube(10 * options.sample.particles, dimensions, options.sample.seed);
  return match;
}

std::vector<double> ranks_of(const std::vector<double>& truth, const Sample& sample) {
  std::vector<double> ranks(truth.size());
  for (std::size_t i = 0; i < sample.points.size(); ++i) {
    for (std::size_t k = 0; k < truth.size(); ++k) {
      if (sample.points[i][k] < truth[k]) ranks[k] += sample.weights[i];
    }
  }
  return ranks;
}

/// Wilson & Hilferty 1931.
double chi_squared_p(double value, double freedom) {
  const double spread = 2 / (9 * freedom);
  const double z = (std::cbrt(value / freedom) - (1 - spread)) / std::sqrt(spread);
  return std::erfc(z / std::sqrt(2.0)) / 2;
}

void summarise(Recovery& recovery) {
  constexpr std::size_t classes = 10;
  recovery.histogram.assign(classes, 0);
  double all = 0;
  for (const auto& ranks : recovery.ranks) {
    for (const double rank : ranks) {
      ++recovery.histogram[std::min(classes - 1, static_cast<std::size_t>(rank * classes))];
      recovery.within_half += std::abs(rank - 0.5) < 0.25 ? 1 : 0;
      recovery.within_nine_tenths += std::abs(rank - 0.5) < 0.45 ? 1 : 0;
      ++all;
    }
  }
  recovery.within_half /= all;
  recovery.within_nine_tenths /= all;
  double squares = 0;
  for (const std::size_t count : recovery.histogram) {
    const double expected = all / classes;
    squares += (static_cast<double>(count) - expected) * (static_cast<double>(count) - expected) / expected;
  }
  recovery.chi_squared_p = chi_squared_p(squares, classes - 1);
  for (std::size_t k = 0; k < recovery.ranks.front().size(); ++k) {
    std::vector<double> values;
    for (const auto& ranks : recovery.ranks) values.push_back(ranks[k]);
    recovery.ks_p.push_back(uniformity_p(std::move(values)));
  }
}

}  // namespace

double uniformity_p(std::vector<double> values) {
  std::ranges::sort(values);
  const auto n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    distance = std::max({distance, static_cast<double>(i + 1) / n - values[i], values[i] - static_cast<double>(i) / n});
  }
  const double scaled = distance * (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n));
  double p = 0;
  for (int k = 1; k <= 100; ++k) p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * scaled * scaled);
  return scaled < 0.2 ? 1 : std::clamp(p, 0.0, 1.0);
}

Recovery recover(const Evaluate& evaluate, const ErrorModel& errors, std::size_t dimensions,
                 std::span<const double> extra, const RecoveryOptions& options,
                 const std::function<void(const std::string&)>& say) {
  // Data and simulations have noise of their own each.
  std::vector<double> both{extra.begin(), extra.end()};
  for (double& variance : both) variance *= 2;
  const HistoryMatch design = shared_design(evaluate, errors, dimensions, both, options);
  const Summaries summaries{design.points, design.values, errors, both};
  HistoryMatch shared = summarised(design, summaries);
  const LeaveOneOut& quality = shared.emulator->leave_one_out();
  say(
      fmt::format("shared design: {} evaluations; emulator explains {:.3f} of a summary's variance (worst {:.2f}), "
                  "{:.2f} % of its errors beyond 3 sd",
                  shared.points.size(), quality.explained, quality.worst, 100 * quality.beyond));
  const Design truths = latin_hypercube(options.data_sets, dimensions, seed_of_replicate(options.sample.seed, 2));
  const auto simulated = evaluate(truths, 1);
  Recovery recovery;
  for (std::size_t s = 0; s < truths.size(); ++s) {
    SampleOptions own = options.sample;
    own.seed = seed_of_replicate(options.sample.seed, 3 + s);
    const std::vector<double> data = summaries(errors.with_errors(simulated[s], own.seed));
    Design tried;
    std::vector<std::vector<double>> found;
    const Evaluate noted = [&](const Design& points, std::uint64_t replicate) {
      auto values = summaries(evaluate(points, replicate));
      tried.insert(tried.end(), points.begin(), points.end());
      found.insert(found.end(), values.begin(), values.end());
      return values;
    };
    const Sample sample =
        sample_posterior(noted, summaries.errors(), data, {}, shared, own,
                         [&](const std::string& line) { say(fmt::format("data set {}: {}", s + 1, line)); });
    shared.points.insert(shared.points.end(), tried.begin(), tried.end());
    shared.values.insert(shared.values.end(), found.begin(), found.end());
    recovery.ranks.push_back(ranks_of(truths[s], sample));
    recovery.effective.push_back(sample.generations.back().effective);
  }
  summarise(recovery);
  return recovery;
}

}  // namespace luohu
