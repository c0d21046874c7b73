// What a calibration does, one stage after another.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration.hpp"
#include "luohu/inference/identifiability.hpp"
#include "luohu/inference/optimum.hpp"
#include "luohu/inference/recovery.hpp"

namespace luohu {
namespace {

using Say = std::function<void(const std::string&)>;
using Numbers = std::vector<double>;

/// [number] variance between replicates at a point.
Numbers noise_at(const Evaluate& evaluate, const Numbers& point) {
  constexpr std::uint64_t replicates = 6;
  std::vector<Numbers> values;
  for (std::uint64_t r = 0; r < replicates; ++r) values.push_back(evaluate({point}, r).front());
  Numbers variance(values.front().size());
  for (std::size_t i = 0; i < variance.size(); ++i) {
    double mean = 0;
    for (const Numbers& v : values) mean += v[i] / replicates;
    for (const Numbers& v : values) variance[i] += (v[i] - mean) * (v[i] - mean) / (replicates - 1);
  }
  return variance;
}

void identify(const CalibrationProblem& problem, const Evaluate& evaluate, const Numbers& noise, const Say& say,
              Posterior& posterior) {
  constexpr double step = 0.15;
  const Identifiability found = identifiability(evaluate, problem.errors(), problem.start(), step, noise);
  for (std::size_t i = 0; i < posterior.parameters.size(); ++i) {
    posterior.parameters[i].information = found.deviation[i];
    posterior.correlations.emplace_back();
    for (std::size_t j = 0; j < posterior.parameters.size(); ++j) {
      posterior.correlations.back().push_back(found.correlation(i, j));
    }
  }
  say(fmt::format("{} of {} directions of the parameters are identified",
                  std::ranges::count_if(found.directions, [](const auto& d) { return d.deviation < identified_below; }),
                  found.directions.size()));
}

Optimum best_point(const CalibrationSettings& settings, const CalibrationProblem& problem, const Evaluate& evaluate,
                   const Numbers& noise, const Say& say) {
  constexpr double first_step = 0.15;
  constexpr double precision = 0.003;
  const auto misfit = [&](std::span<const double> point) {
    const ErrorModel& errors = problem.errors();
    return errors.misfit(evaluate({{point.begin(), point.end()}}, 0).front(), errors.observed(), noise);
  };
  const Optimum best = minimum_in_cube(misfit, problem.start(), first_step, precision, settings.quick);
  say(fmt::format("best point: {} evaluations, misfit {:.1f} after {:.1f}", best.evaluations, best.value,
                  misfit(problem.start())));
  return best;
}

/// What the groups of one family add to the quadratic form.
double form_of(const ErrorModel& errors, const std::string& statistic, const Numbers& residuals, const Numbers& noise) {
  Numbers own = residuals;
  std::size_t i = 0;
  for (const TargetGroup& group : errors.groups()) {
    for (std::size_t k = 0; k < group.observed.size(); ++k, ++i) {
      if (group.statistic != statistic) own[i] = 0;
    }
  }
  return errors.product(own, own, noise);
}

std::size_t numbers_of(const ErrorModel& errors, const std::string& statistic) {
  std::size_t numbers = 0;
  for (const TargetGroup& group : errors.groups()) {
    if (group.statistic == statistic) numbers += group.observed.size();
  }
  return numbers;
}

std::vector<std::string> statistics_of(const ErrorModel& errors) {
  std::vector<std::string> statistics;
  for (const TargetGroup& group : errors.groups()) {
    if (std::ranges::find(statistics, group.statistic) == statistics.end()) statistics.push_back(group.statistic);
  }
  return statistics;
}

ErrorModel scaled(const ErrorModel& errors, const std::string& statistic, double factor) {
  Numbers factors;
  for (const TargetGroup& group : errors.groups()) factors.push_back(group.statistic == statistic ? factor : 1);
  return errors.scaled(factors);
}

/// Discrepancies so much wider, family by family, that the residuals of the best point are as large as they say: the
/// quadratic form is the number of numbers. Never narrower than asked for.
ErrorModel inflated(const ErrorModel& asked, const Numbers& simulated, const Numbers& noise) {
  Numbers residuals;
  for (std::size_t i = 0; i < simulated.size(); ++i) residuals.push_back(simulated[i] - asked.observed()[i]);
  ErrorModel used = asked;
  for (const std::string& statistic : statistics_of(asked)) {
    const auto wanted = static_cast<double>(numbers_of(asked, statistic));
    constexpr double widest = 64;
    double low = 1, high = widest;
    if (form_of(asked, statistic, residuals, noise) <= wanted) continue;
    for (int halving = 0; halving < 40; ++halving) {
      const double middle = std::sqrt(low * high);
      (form_of(scaled(asked, statistic, middle), statistic, residuals, noise) > wanted ? low : high) = middle;
    }
    used = scaled(used, statistic, high);
  }
  return used;
}

/// By the slopes over the last wave, where they matter.
Summaries summaries_of(const HistoryMatch& match, const ErrorModel& errors, const Numbers& noise) {
  const auto last = static_cast<std::ptrdiff_t>(match.waves.back().evaluations);
  return {Design{match.points.end() - last, match.points.end()},
          std::vector<Numbers>{match.values.end() - last, match.values.end()}, errors, noise};
}

/// Root mean square error of a family over the standard deviations that were asked for, mean of several simulations.
double error_of(const ErrorModel& asked, const std::string& statistic, const std::vector<Numbers>& simulations) {
  double squares = 0, numbers = 0;
  for (const Numbers& simulated : simulations) {
    std::size_t i = 0;
    for (const TargetGroup& group : asked.groups()) {
      for (std::size_t k = 0; k < group.observed.size(); ++k, ++i) {
        if (group.statistic != statistic) continue;
        const double residual = simulated[i] - asked.observed()[i];
        squares += residual * residual / asked.variance()[i];
        ++numbers;
      }
    }
  }
  return std::sqrt(squares / numbers);
}

double discrepancy_of(const ErrorModel& errors, const std::string& statistic) {
  const auto group = std::ranges::find(errors.groups(), statistic, &TargetGroup::statistic);
  return std::hypot(group->discrepancy, group->shared);
}

void record_fit(const CalibrationProblem& problem, const ErrorModel& used, const Evaluate& evaluate,
                const Design& points, Posterior& posterior) {
  const ErrorModel& asked = problem.errors();
  const auto before = evaluate({problem.start()}, 0);
  const auto after = evaluate(points, 0);
  for (const std::string& statistic : statistics_of(asked)) {
    const double deviation = discrepancy_of(asked, statistic);
    posterior.fits.push_back({statistic, numbers_of(asked, statistic), error_of(asked, statistic, before),
                              error_of(asked, statistic, after),
                              deviation > 0 ? discrepancy_of(used, statistic) / deviation : 1});
  }
  for (const auto& point : points) {
    posterior.draws.emplace_back();
    for (std::size_t i = 0; i < point.size(); ++i) posterior.draws.back().push_back(problem.free()[i].at(point[i]));
  }
}

}  // namespace

void calibrate(const CalibrationSettings& settings, const CalibrationProblem& problem, const Evaluate& evaluate,
               const Say& say, Posterior& posterior) {
  const Numbers noise = noise_at(evaluate, problem.start());
  identify(problem, evaluate, noise, say, posterior);
  posterior.method = "none: what such data identify";
  if (settings.mode == CalibrationMode::identify) return;

  const Optimum best = best_point(settings, problem, evaluate, noise, say);
  posterior.method = "best point of the error model by BOBYQA; no posterior";
  if (settings.mode == CalibrationMode::quick) {
    return record_fit(problem, problem.errors(), evaluate, {best.point}, posterior);
  }
  const ErrorModel used =
      settings.inflate ? inflated(problem.errors(), evaluate({best.point}, 0).front(), noise) : problem.errors();
  const HistoryMatch match = match_history(evaluate, used, noise, {problem.start(), best.point}, settings.history, say);
  const Summaries summaries = summaries_of(match, used, noise);
  const Sample sample = sample_posterior(summaries.of(evaluate), summaries.errors(), summaries.errors().observed(), {},
                                         summarised(match, summaries), settings.sample, say);
  posterior.method = fmt::format(
      "history matching in {} waves to {:.2g} of the prior, then ABC-SMC in {} generations: tolerance {:.2f}, "
      "effective "
      "size {:.0f} of {}",
      match.waves.size(), match.waves.back().left, sample.generations.size(), sample.generations.back().tolerance,
      sample.generations.back().effective, sample.points.size());
  record_fit(problem, used, evaluate, resampled(sample, settings.draws, Seed{settings.seed}), posterior);
}

std::string recovery_table(const CalibrationSettings& settings, const CalibrationProblem& problem,
                           const Evaluate& evaluate, const Say& say) {
  RecoveryOptions options;
  options.data_sets = *settings.data_sets;
  options.design = settings.history.points;
  options.sample = settings.sample;
  options.sample.widest = 1;
  constexpr int steps = 300;
  options.sample.steps = steps;
  const Numbers noise = noise_at(evaluate, problem.start());
  ErrorModel errors = problem.errors();
  if (settings.inflate) {
    const Optimum best = best_point(settings, problem, evaluate, noise, say);
    errors = inflated(errors, evaluate({best.point}, 0).front(), noise);
  }
  const Recovery found = recover(evaluate, errors, problem.free().size(), noise, options, say);
  std::string text = fmt::format("{} data sets simulated with known parameters\n\n{:36} {:>8}\n", found.ranks.size(),
                                 "parameter", "KS p");
  for (std::size_t i = 0; i < found.ks_p.size(); ++i) {
    text += fmt::format("{:36} {:8.3f}\n", problem.free()[i].parameter->name, found.ks_p[i]);
  }
  text += "\nranks of the true values, in tenths:";
  for (const std::size_t count : found.histogram) text += fmt::format(" {}", count);
  return text + fmt::format("\nchi-squared p {:.3f}; in the central 50 % {:.2f}, in the central 90 % {:.2f}\n",
                            found.chi_squared_p, found.within_half, found.within_nine_tenths);
}

}  // namespace luohu
