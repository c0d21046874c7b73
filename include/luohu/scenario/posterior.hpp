#pragma once
// A posterior file: sets of parameter values fitted to data, with what they were fitted to. TOML, a line for each draw.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "luohu/rates/parameters.hpp"

namespace luohu {

struct Posterior {
  std::string method;   ///< how it was found, in words
  std::string version;  ///< of luohu, with commit
  std::uint64_t seed = 0;
  std::int64_t scale = 1;          ///< persons an agent stands for
  std::int64_t amenity_scale = 1;  ///< the same where amenities are found again
  int amenity_rounds = 1;

  /// A file that went in.
  struct Input {
    std::string name;
    std::string sha256;
  };
  std::vector<Input> inputs;

  /// One family of numbers: root mean square of errors over their standard deviations, before the fit and after it.
  struct Fit {
    std::string statistic;
    std::size_t numbers = 0;
    double before = 0, after = 0;
    double inflation = 1;  ///< factor on the discrepancy that was asked for
  };
  std::vector<Fit> fits;

  struct Parameter {
    const ParameterInfo* parameter = nullptr;
    double lower = 0, upper = 1;  ///< of the prior
    bool log = false;
    double before = 0;       ///< what the scenarios have
    double information = 1;  ///< standard deviation after data simulated at `before`, over that of the prior
    double mean = 0, deviation = 0, low = 0, median = 0, high = 0;  ///< low, high: quantiles 0.05 and 0.95
  };
  std::vector<Parameter> parameters;
  std::vector<std::vector<double>> correlations;  ///< [parameter][parameter] after those data
  std::vector<std::vector<double>> draws;         ///< [draw][parameter], equally likely; none if nothing was fitted
};

/// Mean, deviation and quantiles of every parameter from the draws.
void summarise_draws(Posterior& posterior);

/// The file's text.
[[nodiscard]] std::string posterior_text(const Posterior& posterior);

/// Throws InputError with all findings, Error{environment} if unreadable.
[[nodiscard]] Posterior read_posterior(const std::filesystem::path& path);

}  // namespace luohu
