#pragma once
// Few numbers instead of many: the combinations that say of the parameters what all the numbers say in a linear model
// (semi-automatic ABC: Fearnhead & Prangle 2012, Journal of the Royal Statistical Society B 74). What is left out is
// noise, which would otherwise drown the weights.

#include <span>
#include <vector>

#include "luohu/inference/calibration.hpp"

namespace luohu {

class Summaries {
 public:
  /// From the slopes of `values` [point][number] over the points, by least squares. `extra`: variance of the simulation
  /// in every number. As many summaries as directions about which the numbers say anything, at most the dimensions.
  Summaries(const Design& points, const std::vector<std::vector<double>>& values, const ErrorModel& errors,
            std::span<const double> extra);

  /// Scaled so that their errors are independent standard normal numbers.
  [[nodiscard]] std::vector<double> operator()(std::span<const double> numbers) const;
  [[nodiscard]] std::vector<std::vector<double>> operator()(const std::vector<std::vector<double>>& values) const;
  /// Simulations told by their summaries. The summaries must outlive it.
  [[nodiscard]] Evaluate of(const Evaluate& evaluate) const;
  /// Observed: the summaries of what is.
  [[nodiscard]] const ErrorModel& errors() const { return errors_; }

 private:
  std::vector<std::vector<double>> weights_;  ///< [summary][number]
  ErrorModel errors_;
};

}  // namespace luohu
