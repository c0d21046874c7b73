#pragma once
// Conditions under which `compare` fails: "difference(residents, 2035, 长沙市) < 0".

#include <optional>
#include <string>
#include <vector>

#include "comparison_output.hpp"

namespace luohu {

struct FailIf {
  std::string text;      ///< as the user wrote it
  std::string quantity;  ///< difference, percent, ratio, low, high, half_width, baseline, scenario
  std::string indicator;
  std::optional<std::string> year;   ///< else the last
  std::optional<std::string> place;  ///< name or code; else the province
  std::string comparison;            ///< <, <=, >, >=
  double bound = 0;
};

/// Throws Error{usage} that says what is wrong with the condition.
[[nodiscard]] FailIf parse_fail_if(const std::string& text);

/// A line for every scenario in which the condition holds. Throws Error{usage} where it cannot be told: no interval, no
/// such place, no value.
[[nodiscard]] std::vector<std::string> failures(const FailIf& condition, const ComparisonRequest& request,
                                                const Shown& shown);

}  // namespace luohu
