// What the runs of a sensitivity analysis say about every outcome.

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "luohu/core/error.hpp"
#include "luohu/inference/sensitivity.hpp"
#include "sensitivity.hpp"

namespace luohu {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

struct Moments {
  double mean = 0, variance = 0;
};

Moments moments_of(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  Moments moments;
  for (const double x : values) moments.mean += x / n;
  if (values.size() < 2) return moments;
  for (const double x : values) moments.variance += (x - moments.mean) * (x - moments.mean) / (n - 1);
  return moments;
}

/// The replicates of one outcome at every point; point 0 is the scenario's own.
class Sample {
 public:
  Sample(const Grid<double, 3>& values, std::size_t subject)
      : points_{values.shape()[1]},
        replicates_{values.shape()[2]},
        values_{std::span{values.values()}.subspan(values.offset(subject, 0U, 0U), points_ * replicates_)} {}

  [[nodiscard]] std::span<const double> at(std::size_t point) const {
    return values_.subspan(point * replicates_, replicates_);
  }
  /// Of the design's points.
  [[nodiscard]] std::vector<double> means() const {
    std::vector<double> means;
    for (std::size_t p = 1; p < points_; ++p) means.push_back(moments_of(at(p)).mean);
    return means;
  }
  [[nodiscard]] std::optional<double> noise_share() const {
    if (replicates_ < 2) return std::nullopt;
    double noise = 0;
    for (std::size_t p = 1; p < points_; ++p) {
      noise += moments_of(at(p)).variance / static_cast<double>(replicates_) / static_cast<double>(points_ - 1);
    }
    const double all = moments_of(means()).variance;
    return all > 0 ? std::optional{noise / all} : std::nullopt;
  }

 private:
  std::size_t points_, replicates_;
  std::span<const double> values_;
};

std::optional<std::size_t> parameter_of(std::size_t factor, const SensitivityPlan& plan) {
  return factor < plan.ranges.size() ? std::optional{factor} : std::nullopt;
}

std::vector<FactorEffect> morris_effects(const SensitivityPlan& plan, const Sample& values) {
  const Trajectories design = morris_trajectories(plan.ranges.size(), plan.trajectories, Seed{plan.seed});
  std::vector<FactorEffect> factors;
  for (const ElementaryEffects& e : elementary_effects(design, values.means(), interval_level)) {
    const double star = e.mu_star.mean;
    const double half = e.mu_star.half_width;
    factors.push_back({parameter_of(factors.size(), plan),
                       {{"mu_star", std::nullopt, star, star - half, star + half},
                        {"mu", std::nullopt, e.mu, nothing, nothing},
                        {"sigma", std::nullopt, e.sigma, nothing, nothing}}});
  }
  return factors;
}

std::vector<FactorEffect> sobol_effects(const SensitivityPlan& plan, const Sample& values) {
  std::vector<FactorEffect> factors;
  for (const SobolIndices& i : sobol_indices(values.means(), plan.ranges.size() + 1, interval_level, Seed{plan.seed})) {
    factors.push_back({parameter_of(factors.size(), plan),
                       {{"total", std::nullopt, i.total.value, i.total.low, i.total.high},
                        {"first", std::nullopt, i.first.value, i.first.low, i.first.high}}});
  }
  return factors;
}

FactorStatistic spread_of(const std::vector<double>& values) {
  const auto [low, high] = std::ranges::minmax(values);
  return {"spread", std::nullopt, high - low, nothing, nothing};
}

/// Changes against the scenario's own values, replicate by replicate.
std::vector<FactorEffect> level_effects(const SensitivityPlan& plan, const Sample& values) {
  std::vector<FactorEffect> factors;
  for (std::size_t i = 0; i < plan.ranges.size(); ++i) {
    FactorEffect effect{i, {}};
    std::vector<double> means{0.0};  // the scenario's own value is a level too
    for (std::size_t level = 0; level < plan.levels; ++level) {
      const auto here = values.at(1 + i * plan.levels + level);
      std::vector<double> changes(here.begin(), here.end());
      for (std::size_t r = 0; r < changes.size(); ++r) changes[r] -= values.at(0)[r];
      const MeanInterval change = mean_interval(changes, interval_level);
      const double at = plan.ranges[i].at(static_cast<double>(level) / static_cast<double>(plan.levels - 1));
      effect.statistics.push_back(
          {"change", at, change.mean, change.mean - change.half_width, change.mean + change.half_width});
      means.push_back(change.mean);
    }
    effect.statistics.insert(effect.statistics.begin(), spread_of(means));
    factors.push_back(effect);
  }
  const std::span<const double> own = values.at(0);
  if (own.size() > 1) factors.push_back({std::nullopt, {spread_of({own.begin(), own.end()})}});
  return factors;
}

Spread spread_over(const SensitivityPlan& plan, const Sample& values) {
  const std::vector<double> means = values.means();
  const std::size_t stride = plan.ranges.size() + 3;  // of A and B, then A with each parameter and the seed of B
  std::vector<double> independent;
  for (std::size_t j = 0; j < means.size(); j += stride) {
    independent.insert(independent.end(), {means[j], means[j + 1]});
  }
  const Moments moments = moments_of(independent);
  std::ranges::sort(independent);
  const auto quantile = [&](double p) {
    return independent[static_cast<std::size_t>(p * static_cast<double>(independent.size() - 1))];
  };
  return {moments.mean, std::sqrt(moments.variance), quantile(0.05), quantile(0.95)};
}

}  // namespace

double FactorEffect::importance() const {
  return statistics.front().value;
}

std::vector<SubjectSensitivity> sensitivity_of(const SensitivityPlan& plan, const Grid<double, 3>& values) {
  std::vector<SubjectSensitivity> found;
  for (std::size_t s = 0; s < plan.subjects.size(); ++s) {
    const Sample of{values, s};
    SubjectSensitivity subject;
    subject.reference = moments_of(of.at(0)).mean;
    switch (plan.method) {
      case Method::morris:
        subject.factors = morris_effects(plan, of);
        subject.noise_share = of.noise_share();
        break;
      case Method::sobol:
        subject.factors = sobol_effects(plan, of);
        subject.noise_share = of.noise_share();
        subject.spread = spread_over(plan, of);
        break;
      case Method::oat:
        subject.factors = level_effects(plan, of);
        break;
    }
    // Without importance (of an outcome that never varies) a factor comes last.
    std::ranges::stable_sort(subject.factors, std::greater{}, [](const FactorEffect& effect) {
      return std::isnan(effect.importance()) ? -1 : effect.importance();
    });
    found.push_back(std::move(subject));
  }
  return found;
}

}  // namespace luohu
