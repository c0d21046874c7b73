#pragma once
// Sensitivity of outcomes to parameters and to the seed: what is asked, the runs, and what comes out.

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribution.hpp"
#include "experiment.hpp"
#include "luohu/core/grid.hpp"
#include "luohu/inference/design.hpp"
#include "luohu/scenario/targets.hpp"

namespace luohu {

enum class Method : std::uint8_t { morris, sobol, oat };
inline constexpr std::array<std::string_view, 3> method_ids{"morris", "sobol", "oat"};

struct SensitivityPlan {
  Method method = Method::morris;
  std::vector<ParameterRange> ranges;
  std::vector<Subject> subjects;
  bool against_baseline = false;  ///< outcomes are of scenario 1 less those of scenario 0
  /// Flows that amenities found anew for every point meet in the first year; nothing: amenities are as in the tables.
  std::optional<NetMigration> flows;
  std::size_t trajectories = 30;  ///< of Morris
  std::size_t points = 256;       ///< of Sobol', a power of two
  std::size_t levels = 5;         ///< one at a time
  std::size_t replicates = 1;     ///< runs of which the mean is the outcome of a point
  std::uint64_t seed = 1;
  std::int64_t scale = 1;
};

/// One set of parameters. Its replicates have seeds of their own, or those of another point with the same `seed`.
struct PlannedPoint {
  Parameters parameters;
  std::uint64_t seed = 0;
};
/// The scenario's own parameters first, then the points of the design.
[[nodiscard]] std::vector<PlannedPoint> points_of(const SensitivityPlan& plan, const Parameters& own);

/// [subject][point][replicate], dealt over the threads; the same for any number of them. `step(what)` is called before
/// every run. Throws what a run throws, with the parameters that it was run with.
[[nodiscard]] Grid<double, 3> evaluate(const LoadedExperiment& experiment, const SensitivityPlan& plan,
                                       const std::vector<PlannedPoint>& points,
                                       const std::function<void(const std::string& what)>& step);

/// A number about a factor; bounds are NaN where there is no interval.
struct FactorStatistic {
  std::string name;
  std::optional<double> at;  ///< value of the parameter that it is of, one at a time
  double value = 0;
  double low = 0, high = 0;
};

struct FactorEffect {
  std::optional<std::size_t> parameter;  ///< of the plan's ranges; nothing for the seed
  std::vector<FactorStatistic> statistics;

  /// What factors are sorted by: mu*, the total index, or the spread over levels.
  [[nodiscard]] double importance() const;
};

/// How an outcome is spread over the ranges.
struct Spread {
  double mean = 0, deviation = 0;
  double low = 0, high = 0;  ///< of the middle 90 %
};

struct SubjectSensitivity {
  double reference = 0;               ///< at the scenario's own values, mean over the replicates
  std::optional<Spread> spread;       ///< of Sobol' only, whose points fill the ranges evenly
  std::optional<double> noise_share;  ///< of the variance over points, what replicates leave; from two of them on
  std::vector<FactorEffect> factors;  ///< the most important first
};

/// [subject] from what `evaluate` gave for `points_of`.
[[nodiscard]] std::vector<SubjectSensitivity> sensitivity_of(const SensitivityPlan& plan,
                                                             const Grid<double, 3>& values);

/// What was asked and found, as "table", "csv", "json" or "markdown".
[[nodiscard]] std::string sensitivity_text(const LoadedExperiment& experiment, const SensitivityPlan& plan,
                                           const std::vector<SubjectSensitivity>& found, const std::string& format);
/// The ranges as a table for people, in plain text.
[[nodiscard]] std::string ranges_text(const SensitivityPlan& plan, const Parameters& own);

}  // namespace luohu
