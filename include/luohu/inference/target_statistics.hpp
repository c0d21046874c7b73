#pragma once
// Numbers that a hindcast is fitted to: simulated from an outcome, counted by the later census or given from elsewhere.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/inference/benchmarks.hpp"
#include "luohu/inference/outcome.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// One family of numbers of a hindcast: for every prefecture, for every age group or for the province.
struct StatisticInfo {
  std::string_view name;
  std::string_view unit;
  std::string_view title_zh;
  std::string_view title_en;
  /// Labels of the numbers: codes of prefectures, names of age groups, or "province".
  std::vector<std::string> (*labels)(const Province&);
  std::vector<double> (*simulated)(const Province&, const Parameters&, const HindcastOutcome&);
  std::vector<double> (*counted)(const Province&);  ///< null if no census counts it
};

/// Every family that can be fitted.
[[nodiscard]] std::span<const StatisticInfo> statistic_table();
/// The family of this name, or null.
[[nodiscard]] const StatisticInfo* find_statistic(std::string_view name);

}  // namespace luohu
