#include "luohu/inference/history_matching.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "chance.hpp"
#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "walk.hpp"

namespace luohu {
namespace {

constexpr std::size_t pool_size = 1000;
/// A wave leaves this share of the points before it at least: an emulator is not to be trusted to rule out more.
constexpr double least_left = 0.05;
/// Emulators are made of the latest evaluations, which lie where they matter.
constexpr std::size_t most_points = 600;
constexpr int steps_of_walk = 10;

Emulator latest_emulator(const HistoryMatch& match) {
  const auto n = static_cast<std::ptrdiff_t>(std::min(match.points.size(), most_points));
  return Emulator{Design{match.points.end() - n, match.points.end()},
                  std::vector<std::vector<double>>{match.values.end() - n, match.values.end()}};
}

void evaluate_more(const Evaluate& evaluate, const Design& points, HistoryMatch& match) {
  auto values = evaluate(points, 0);
  match.points.insert(match.points.end(), points.begin(), points.end());
  std::ranges::move(values, std::back_inserter(match.values));
}

/// Whichever of the pool the newest emulator does not rule out, refilled by random walks within the region.
void rule_out(HistoryMatch& match, Wave& wave, Seed seed, std::size_t number) {
  std::vector<double> values(match.plausible.size());
  for_each_task(values.size(),
                [&](std::size_t i) { values[i] = match.region.implausibility(*match.emulator, match.plausible[i]); });
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const auto least = static_cast<std::size_t>(least_left * static_cast<double>(sorted.size()));
  wave.cutoff = std::max(implausible_beyond, sorted[least]);
  Design left;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] <= wave.cutoff) left.push_back(match.plausible[i]);
  }
  wave.left *= static_cast<double>(left.size()) / static_cast<double>(values.size());
  match.region.add(match.emulator, wave.cutoff);
  const Walk walk{left};
  match.plausible.assign(pool_size, {});
  for_each_task(pool_size, [&](std::size_t i) {
    Chance chance{seed, "walk in the plausible region", number * pool_size + i};
    std::vector<double> at = left[i % left.size()];
    for (int step = 0; step < steps_of_walk; ++step) {
      const std::vector<double> next = walk.step(at, chance);
      if (in_cube(next) && match.region.contains(next)) at = next;
    }
    match.plausible[i] = std::move(at);
  });
}

}  // namespace

std::size_t tolerated_misses(std::size_t numbers) {
  constexpr double sure = 0.95;
  const double chance = std::erfc(implausible_beyond / std::sqrt(2.0));
  // Binomial: from the probability of k misses to that of k + 1.
  double probability = std::pow(1 - chance, static_cast<double>(numbers));
  double sum = probability;
  std::size_t misses = 0;
  while (sum < sure) {
    probability *= static_cast<double>(numbers - misses) / static_cast<double>(misses + 1) * chance / (1 - chance);
    sum += probability;
    ++misses;
  }
  return misses;
}

PlausibleRegion::PlausibleRegion(const ErrorModel& errors, std::span<const double> extra,
                                 std::span<const double> observed)
    : variance_{errors.variance()},
      observed_{observed.begin(), observed.end()},
      misses_{tolerated_misses(errors.size())} {
  for (std::size_t i = 0; i < extra.size(); ++i) variance_[i] += extra[i];
}

void PlausibleRegion::add(std::shared_ptr<const Emulator> emulator, double cutoff) {
  limits_.push_back({std::move(emulator), cutoff});
}

bool PlausibleRegion::contains(std::span<const double> point) const {
  return std::all_of(limits_.rbegin(), limits_.rend(),
                     [&](const Limit& limit) { return implausibility(*limit.emulator, point) <= limit.cutoff; });
}

double PlausibleRegion::implausibility(const Emulator& emulator, std::span<const double> point) const {
  const Emulator::Prediction predicted = emulator(point);
  std::vector<double> missed;
  for (std::size_t i = 0; i < observed_.size(); ++i) {
    missed.push_back(std::abs(observed_[i] - predicted.mean[i]) / std::sqrt(variance_[i] + predicted.variance[i]));
  }
  const auto decisive = missed.begin() + static_cast<std::ptrdiff_t>(misses_);
  std::ranges::nth_element(missed, decisive, std::greater{});
  return *decisive;
}

HistoryMatch summarised(const HistoryMatch& match, const Summaries& summaries) {
  HistoryMatch result = match;
  result.values = summaries(match.values);
  result.emulator = std::make_shared<const Emulator>(latest_emulator(result));
  return result;
}

HistoryMatch match_history(const Evaluate& evaluate, const ErrorModel& errors, std::span<const double> extra,
                           const Design& first, const HistoryOptions& options,
                           const std::function<void(const std::string&)>& say) {
  LUOHU_EXPECT(!first.empty() && options.waves > 0);
  const std::size_t dimensions = first.front().size();
  HistoryMatch match{{}, {}, {}, nullptr, PlausibleRegion{errors, extra, errors.observed()}, {}};
  match.plausible = latin_hypercube(pool_size, dimensions, options.seed);
  match.plausible.insert(match.plausible.end(), first.begin(), first.end());
  Design next = latin_hypercube(std::max(options.points, Emulator::fewest(dimensions)), dimensions,
                                seed_of_replicate(options.seed, 1));
  next.insert(next.end(), first.begin(), first.end());
  double left = 1;
  for (std::size_t w = 0; w < options.waves; ++w) {
    Wave wave{next.size(), 0, left, {}};
    evaluate_more(evaluate, next, match);
    match.emulator = std::make_shared<const Emulator>(latest_emulator(match));
    wave.emulator = match.emulator->leave_one_out();
    rule_out(match, wave, options.seed, w);
    left = wave.left;
    match.waves.push_back(wave);
    say(
        fmt::format("wave {}: {} evaluations, {:.2g} of the prior left beyond {:.1f} sd; emulator explains {:.3f} of a "
                    "number's variance (worst {:.2f}), {:.2f} % of its errors beyond 3 sd",
                    w + 1, wave.evaluations, wave.left, wave.cutoff, wave.emulator.explained, wave.emulator.worst,
                    100 * wave.emulator.beyond));
    next.assign(match.plausible.begin(),
                match.plausible.begin() + static_cast<std::ptrdiff_t>(std::min(options.points, pool_size)));
  }
  return match;
}

}  // namespace luohu
