#include "luohu/inference/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"

namespace luohu {
namespace {

std::vector<const StatisticInfo*> statistics_of(std::span<const FitTarget> targets) {
  std::vector<const StatisticInfo*> statistics;
  for (const FitTarget& target : targets) {
    const StatisticInfo* statistic = find_statistic(target.statistic);
    LUOHU_EXPECT(statistic != nullptr);
    if ((statistic->counted == nullptr) != target.value.has_value()) {
      throw Error{ExitCode::input, fmt::format("target '{}': {}", target.statistic,
                                               target.value ? "a census counts it; leave out 'value'"
                                                            : "no census counts it; add 'value'")};
    }
    statistics.push_back(statistic);
  }
  return statistics;
}

std::vector<TargetGroup> groups_of(const std::vector<HindcastInputs>& hindcasts, std::span<const FitTarget> targets,
                                   const std::vector<const StatisticInfo*>& statistics) {
  std::vector<TargetGroup> groups;
  for (const HindcastInputs& hindcast : hindcasts) {
    const Province province = hindcast.province();
    for (std::size_t t = 0; t < targets.size(); ++t) {
      std::vector<std::string> labels = statistics[t]->labels(province);
      std::vector<double> observed =
          targets[t].value ? std::vector<double>(labels.size(), *targets[t].value) : statistics[t]->counted(province);
      groups.push_back({targets[t].statistic, hindcast.scenario.path.generic_string(), std::move(labels),
                        std::move(observed), targets[t].observation, targets[t].discrepancy, targets[t].shared});
    }
  }
  return groups;
}

}  // namespace

CalibrationProblem::CalibrationProblem(std::vector<HindcastInputs> hindcasts, std::vector<ParameterRange> free,
                                       std::span<const FitTarget> targets, EvaluationOptions options)
    : hindcasts_{std::move(hindcasts)},
      free_{std::move(free)},
      statistics_{statistics_of(targets)},
      options_{options},
      errors_{groups_of(hindcasts_, targets, statistics_)} {}

std::vector<double> CalibrationProblem::start() const {
  std::vector<double> point;
  for (const ParameterRange& range : free_) {
    const double value =
        std::clamp(hindcasts_.front().scenario.parameters.*range.parameter->field, range.lower, range.upper);
    point.push_back(range.log ? std::log(value / range.lower) / std::log(range.upper / range.lower)
                              : (value - range.lower) / (range.upper - range.lower));
  }
  return point;
}

std::vector<std::vector<double>> CalibrationProblem::evaluate(const Design& points, std::uint64_t replicate) const {
  const Seed seed = seed_of_replicate(options_.seed, replicate);
  AmenityRounds amenity = options_.amenity;
  amenity.seed = seed;
  std::vector<std::vector<double>> parts(points.size() * hindcasts_.size());
  for_each_task(parts.size(), [&](std::size_t task) {
    const HindcastInputs& inputs = hindcasts_[task % hindcasts_.size()];
    const Parameters parameters = parameters_at(inputs.scenario.parameters, free_, points[task / hindcasts_.size()]);
    const HindcastOutcome outcome = HindcastEvaluator{inputs}.outcome(parameters, seed, options_.scale, amenity);
    for (const StatisticInfo* statistic : statistics_) {
      const std::vector<double> numbers = statistic->simulated(inputs.province(), parameters, outcome);
      parts[task].insert(parts[task].end(), numbers.begin(), numbers.end());
    }
  });
  std::vector<std::vector<double>> simulated(points.size());
  for (std::size_t task = 0; task < parts.size(); ++task) {
    auto& numbers = simulated[task / hindcasts_.size()];
    numbers.insert(numbers.end(), parts[task].begin(), parts[task].end());
  }
  return simulated;
}

}  // namespace luohu
