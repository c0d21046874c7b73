#pragma once
// A calibration file: which parameters are free within which ranges, and what they are fitted to how closely.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/policy/measures.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Most parameters that may be free at once.
inline constexpr std::size_t most_free_parameters = 12;

/// A free parameter; all values of its range are equally likely beforehand, or all logarithms.
struct FreeParameter {
  const ParameterInfo* parameter = nullptr;
  double lower = 0;
  double upper = 1;
  bool log = false;
  Source source;
};

/// What the numbers of one family are held against, in the family's own unit. Standard deviations: of the
/// observation; of the model's own error in every number (discrepancy); and of an error that all numbers of one
/// hindcast share.
struct FitTarget {
  std::string statistic;
  std::optional<double> value;  ///< where no census counts it
  double observation = 0;
  double discrepancy = 0;
  double shared = 0;
  Source source;
};

struct CalibrationPlan {
  std::vector<FreeParameter> free;
  std::vector<FitTarget> targets;
};

/// Throws InputError with all findings; `statistics` are the families there are. Error{environment} if unreadable.
[[nodiscard]] CalibrationPlan read_calibration_plan(const std::filesystem::path& path,
                                                    std::span<const std::string_view> statistics);

/// SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. Throws Error{environment} if it cannot be read.
[[nodiscard]] std::string file_sha256(const std::filesystem::path& path);

}  // namespace luohu
