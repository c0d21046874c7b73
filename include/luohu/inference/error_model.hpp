#pragma once
// How far simulated numbers may lie from observed ones: independent errors of every number, and one that the numbers
// of a group share. Normal, all of them.

#include <span>
#include <string>
#include <vector>

#include "luohu/random/draw.hpp"

namespace luohu {

/// Numbers with a common error: one family of one hindcast.
struct TargetGroup {
  std::string statistic;
  std::string hindcast;
  std::vector<std::string> labels;  ///< one for each number
  std::vector<double> observed;
  double observation = 0, discrepancy = 0, shared = 0;  ///< standard deviations, see FitTarget
};

class ErrorModel {
 public:
  explicit ErrorModel(std::vector<TargetGroup> groups);

  [[nodiscard]] const std::vector<TargetGroup>& groups() const { return groups_; }
  [[nodiscard]] std::size_t size() const { return observed_.size(); }
  [[nodiscard]] const std::vector<double>& observed() const { return observed_; }
  /// [number] variance of observation, discrepancy and shared error together.
  [[nodiscard]] const std::vector<double>& variance() const { return variance_; }

  /// The inverse covariance times a vector, with `extra` and `tolerance` as in `misfit`.
  [[nodiscard]] std::vector<double> solved(std::span<const double> numbers, std::span<const double> extra = {},
                                           double tolerance = 1) const;
  /// The product of two vectors in the inverse covariance.
  [[nodiscard]] double product(std::span<const double> a, std::span<const double> b, std::span<const double> extra = {},
                               double tolerance = 1) const;

  /// −2 log likelihood of `simulated`, up to a constant: the quadratic form in the inverse covariance and its log
  /// determinant, with `extra` variance of each number (of an emulator, of the simulation), and all standard
  /// deviations but these times `tolerance`. `observed` may be others than the model's own.
  [[nodiscard]] double misfit(std::span<const double> simulated, std::span<const double> observed,
                              std::span<const double> extra, double tolerance = 1) const;
  [[nodiscard]] double misfit(std::span<const double> simulated) const;

  /// The same numbers with errors drawn from the model: synthetic data.
  [[nodiscard]] std::vector<double> with_errors(std::span<const double> simulated, Seed seed) const;

  /// The same with the discrepancy and shared error of each group times its factor, [group].
  [[nodiscard]] ErrorModel scaled(std::span<const double> factors) const;

 private:
  /// Call `visit(first number, variances, shared variance)` for every group.
  template <class Visit>
  void for_each_group(std::span<const double> extra, double tolerance, Visit&& visit) const;

  std::vector<TargetGroup> groups_;
  std::vector<double> observed_, variance_;
};

}  // namespace luohu
