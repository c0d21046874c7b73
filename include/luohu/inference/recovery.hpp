#pragma once
// Whether a calibration finds what is known: parameters drawn from the prior, data simulated from them with errors, and
// the ranks of the true values in what is then inferred (Cook, Gelman & Rubin 2006; Talts et al. 2018).

#include <functional>
#include <string>
#include <vector>

#include "luohu/inference/abc_smc.hpp"

namespace luohu {

struct Recovery {
  /// [data set][parameter] posterior probability of values below the true one: uniform if the inference is right.
  std::vector<std::vector<double>> ranks;
  std::vector<double> effective;       ///< [data set] effective sample size
  std::vector<std::size_t> histogram;  ///< of all ranks, in ten classes
  double chi_squared_p = 1;            ///< of the histogram; the parameters of a data set counted as independent
  std::vector<double> ks_p;            ///< [parameter] Kolmogorov–Smirnov, asymptotic
  double within_half = 0, within_nine_tenths = 0;  ///< share of true values in the central intervals of 50 and 90 %
};

struct RecoveryOptions {
  std::size_t data_sets = 20;
  std::size_t design = 300;  ///< evaluations shared by all data sets
  SampleOptions sample;      ///< evaluations of each; its seed is that of everything
};

/// The data sets have random numbers of their own, replicate 1.
[[nodiscard]] Recovery recover(const Evaluate& evaluate, const ErrorModel& errors, std::size_t dimensions,
                               std::span<const double> extra, const RecoveryOptions& options,
                               const std::function<void(const std::string&)>& say);

/// Probability of a Kolmogorov–Smirnov distance from uniform at least as large (Stephens 1970).
[[nodiscard]] double uniformity_p(std::vector<double> values);

}  // namespace luohu
