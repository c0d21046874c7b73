// The runs of a sensitivity analysis, dealt over the threads.

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <mutex>

#include "luohu/core/error.hpp"
#include "luohu/inference/inversion.hpp"
#include "luohu/inference/sensitivity.hpp"
#include "luohu/population/parallel.hpp"
#include "sensitivity.hpp"

namespace luohu {
namespace {

/// The place that `level` of so many levels has in the unit interval, ends included.
double place_of(std::size_t level, std::size_t levels) {
  return static_cast<double>(level) / static_cast<double>(levels - 1);
}

std::vector<PlannedPoint> one_at_a_time(const SensitivityPlan& plan, const Parameters& own) {
  std::vector<PlannedPoint> points;
  for (const ParameterRange& range : plan.ranges) {
    for (std::size_t level = 0; level < plan.levels; ++level) {
      points.push_back({own, 0});
      points.back().parameters.*range.parameter->field = range.at(place_of(level, plan.levels));
    }
  }
  return points;
}

/// The scenarios with other parameters, and with amenities inverted at them if asked for.
LoadedExperiment varied(const LoadedExperiment& experiment, const SensitivityPlan& plan, const Parameters& parameters,
                        Seed seed) {
  LoadedExperiment other = experiment;
  for (std::size_t s = 0; s < other.scenarios.size(); ++s) {
    for (const ParameterRange& range : plan.ranges) {
      other.scenarios[s].parameters.*range.parameter->field = parameters.*range.parameter->field;
    }
  }
  if (plan.flows) {
    const InversionOptions how{plan.scale};
    Tables tables = *other.tables;
    tables.economy.amenity =
        invert_amenity(other.model(0), *plan.flows, how, other.population(0, seed, plan.scale)).amenity;
    other.tables = std::make_shared<const Tables>(std::move(tables));
  }
  return other;
}

/// [subject] of scenario `index`.
std::vector<double> outcomes_of(const LoadedExperiment& experiment, const SensitivityPlan& plan, std::size_t index,
                                Seed seed) {
  const Layout layout = results_layout(experiment.tables->places);
  const Model model = experiment.model(index);
  const ReplicateResult result =
      run_replicate(model, {seed, plan.scale, true, {}}, experiment.population(index, seed, plan.scale));
  std::vector<double> values;
  for (const Subject& subject : plan.subjects) {
    values.push_back(subject.outcome->of(layout, result.years, subject.prefecture));
  }
  return values;
}

std::vector<double> run(const LoadedExperiment& experiment, const SensitivityPlan& plan, const Parameters& parameters,
                        Seed seed) {
  const LoadedExperiment here = varied(experiment, plan, parameters, seed);
  std::vector<double> values = outcomes_of(here, plan, here.scenarios.size() - 1, seed);
  if (plan.against_baseline) {
    const std::vector<double> without = outcomes_of(here, plan, 0, seed);
    for (std::size_t s = 0; s < values.size(); ++s) values[s] -= without[s];
  }
  return values;
}

std::string values_text(const SensitivityPlan& plan, const Parameters& parameters) {
  std::string text;
  for (const ParameterRange& range : plan.ranges) {
    text +=
        fmt::format("{}{} = {}", text.empty() ? "" : ", ", range.parameter->name, parameters.*range.parameter->field);
  }
  return text;
}

}  // namespace

std::vector<PlannedPoint> points_of(const SensitivityPlan& plan, const Parameters& own) {
  std::vector<PlannedPoint> points{{own, 0}};
  if (plan.method == Method::oat) {
    const std::vector<PlannedPoint> levels = one_at_a_time(plan, own);
    points.insert(points.end(), levels.begin(), levels.end());
    return points;
  }
  const Seed seed{plan.seed};
  const std::vector<Trial> trials = plan.method == Method::morris
                                        ? morris_trajectories(plan.ranges.size(), plan.trajectories, seed).trials
                                        : saltelli_trials(plan.ranges.size(), plan.points, seed);
  for (const Trial& trial : trials) points.push_back({parameters_at(own, plan.ranges, trial.point), trial.seed});
  return points;
}

Grid<double, 3> evaluate(const LoadedExperiment& experiment, const SensitivityPlan& plan,
                         const std::vector<PlannedPoint>& points, const std::function<void(const std::string&)>& step) {
  Grid<double, 3> values{{plan.subjects.size(), points.size(), plan.replicates}};
  std::mutex stepping;
  std::atomic<bool> failed = false;
  for_each_task(points.size() * plan.replicates, [&](std::size_t task) {
    if (failed) return;  // hours of runs for nothing
    const std::size_t point = task / plan.replicates;
    const std::size_t replicate = task % plan.replicates;
    {
      const std::scoped_lock lock{stepping};
      step(fmt::format("point {} of {}", point + 1, points.size()));
    }
    const PlannedPoint& at = points[point];
    const Seed seed = seed_of_replicate(Seed{plan.seed}, at.seed * plan.replicates + replicate);
    try {
      const std::vector<double> found = run(experiment, plan, at.parameters, seed);
      for (std::size_t s = 0; s < found.size(); ++s) values(s, point, replicate) = found[s];
    } catch (const Error& error) {
      failed = true;
      throw Error{error.code(), fmt::format("{}; with {}", error.what(), values_text(plan, at.parameters))};
    }
  });
  return values;
}

}  // namespace luohu
