#pragma once
// What is fitted to what: hindcasts as one function from the unit cube of free parameters to numbers that a census
// counted.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "luohu/inference/design.hpp"
#include "luohu/inference/error_model.hpp"
#include "luohu/inference/hindcast_evaluator.hpp"
#include "luohu/inference/target_statistics.hpp"
#include "luohu/scenario/calibration_plan.hpp"

namespace luohu {

/// [point][number] what is simulated at points of the unit cube. `replicate` 0 has the random numbers that all fits
/// share; others tell how much chance there is in a number.
using Evaluate = std::function<std::vector<std::vector<double>>(const Design& points, std::uint64_t replicate)>;

struct EvaluationOptions {
  Seed seed;                 ///< of the experiment
  std::int64_t scale = 200;  ///< persons an agent stands for
  AmenityRounds amenity;
};

class CalibrationProblem {
 public:
  /// Throws Error{input} if a target has no value that no census counts, or a value that one does.
  CalibrationProblem(std::vector<HindcastInputs> hindcasts, std::vector<ParameterRange> free,
                     std::span<const FitTarget> targets, EvaluationOptions options);

  [[nodiscard]] const std::vector<ParameterRange>& free() const { return free_; }
  [[nodiscard]] const std::vector<HindcastInputs>& hindcasts() const { return hindcasts_; }
  [[nodiscard]] const ErrorModel& errors() const { return errors_; }
  [[nodiscard]] const EvaluationOptions& options() const { return options_; }

  /// Where the parameters of the first hindcast lie in the cube, moved into it if they lie outside.
  [[nodiscard]] std::vector<double> start() const;
  /// [point][number] in the order of errors(). Points and hindcasts are dealt over threads; the numbers do not depend
  /// on how many there are.
  [[nodiscard]] std::vector<std::vector<double>> evaluate(const Design& points, std::uint64_t replicate) const;

 private:
  std::vector<HindcastInputs> hindcasts_;
  std::vector<ParameterRange> free_;
  std::vector<const StatisticInfo*> statistics_;  ///< of every target
  EvaluationOptions options_;
  ErrorModel errors_;
};

}  // namespace luohu
