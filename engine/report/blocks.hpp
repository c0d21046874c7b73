#pragma once
// The numbers of the page: comparisons, packed.

#include <nlohmann/json.hpp>

#include "luohu/analysis/comparison.hpp"
#include "luohu/report/report.hpp"

namespace luohu::report {

using Json = nlohmann::ordered_json;

/// Which numbers: every indicator in every year and cell of the split, of all scenarios.
struct Block {
  std::vector<std::string> indicators;
  std::vector<std::string> by;  ///< axes of the split; none: the province
  std::vector<int> years;
};

/// Years for what would be too much to show for all: the last, and up to three whole half-decades before it.
[[nodiscard]] std::vector<int> few_years(int first, int last);

/// Those of `names` that every file can compute and that can be split by all of `by`.
[[nodiscard]] std::vector<std::string> computable(const std::vector<std::string>& names,
                                                  const std::vector<std::string>& by,
                                                  const std::vector<const Layout*>& layouts);

[[nodiscard]] Comparison compared(const ReportRequest& request, const Block& block);

/// Arrays over [indicator][year][cell], row-major: of the baseline its mean, of each scenario the difference and the
/// half width of its interval, null without intervals.
[[nodiscard]] Json packed_block(const Comparison& comparison, const Block& block, double confidence);

/// Half widths of the intervals of the province's levels themselves, over [indicator][year], of the baseline and each
/// scenario; `indicators` are some of the comparison's, in its order. Null without intervals.
[[nodiscard]] Json packed_level_intervals(const Comparison& comparison, const std::vector<std::string>& indicators,
                                          double confidence);

}  // namespace luohu::report
