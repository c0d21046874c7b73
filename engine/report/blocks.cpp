#include "blocks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "encoding.hpp"
#include "luohu/core/text.hpp"

namespace luohu::report {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

double half_width(const Contrast& of, double confidence) {
  const auto interval = difference_interval(of, confidence);
  return interval ? (interval->high - interval->low) / 2 : no_value;
}

/// Of the mean of one scenario, by Student's t over its replicates.
double level_half_width(double variance, std::size_t n, const Contrast& of, double confidence) {
  if (of.degrees <= 0) return no_value;
  return student_quantile((1 + confidence) / 2, static_cast<double>(n - 1)) * std::sqrt(variance);
}

struct Columns {
  std::vector<double> level, level_half, difference, half;
};

Json maybe_packed(const std::vector<double>& values) {
  const bool any = std::ranges::any_of(values, [](double value) { return !std::isnan(value); });
  return any ? Json(packed(values)) : Json(nullptr);
}

}  // namespace

std::vector<int> few_years(int first, int last) {
  constexpr std::size_t most = 4;
  std::vector<int> years;
  for (int year = first + 1; year < last; ++year) {
    if (year % 5 == 0) years.push_back(year);
  }
  years.push_back(last);
  while (years.size() > most) {
    std::vector<int> every_second;
    for (std::size_t i = (years.size() + 1) % 2; i < years.size(); i += 2) every_second.push_back(years[i]);
    years = std::move(every_second);
  }
  return years;
}

std::vector<std::string> computable(const std::vector<std::string>& names, const std::vector<std::string>& by,
                                    const std::vector<const Layout*>& layouts) {
  std::vector<std::string> found;
  for (const std::string& name : names) {
    const Indicator& indicator = *indicator_named(name);
    const auto is_missing = [&](const Layout* layout) { return lacking(indicator, *layout).has_value(); };
    const auto splits = [&](const std::string& axis) { return indicator.splits_by(axis); };
    if (std::ranges::none_of(layouts, is_missing) && std::ranges::all_of(by, splits)) found.push_back(name);
  }
  return found;
}

Comparison compared(const ReportRequest& request, const Block& block) {
  ComparisonRequest asked;
  asked.files = request.files;
  asked.baseline = request.baseline;
  asked.indicators = block.indicators;
  for (const int year : block.years) asked.years.push_back(std::to_string(year));
  asked.by = block.by;
  asked.with_itself = true;
  return compare(asked);
}

Json packed_block(const Comparison& comparison, const Block& block, double confidence) {
  std::vector<Columns> columns(comparison.scenarios.size());
  std::vector<double> baseline, baseline_half;
  for (const ComparedRow& row : comparison.rows) {
    const bool is_split = !row.cell.empty();
    if (is_split == block.by.empty()) continue;
    const Contrast& of = row.contrast;
    if (row.scenario == 0) {
      baseline.push_back(of.baseline);
      if (block.of_levels) {
        baseline_half.push_back(level_half_width(of.baseline_variance, of.baseline_n, of, confidence));
      }
    }
    Columns& to = columns[row.scenario];
    to.difference.push_back(of.difference());
    to.half.push_back(half_width(of, confidence));
    if (block.of_levels) {
      to.level_half.push_back(level_half_width(of.scenario_variance, of.scenario_n, of, confidence));
    }
  }
  Json scenarios = Json::array();
  for (const Columns& of : columns) {
    scenarios.push_back({{"difference", packed(of.difference)},
                         {"half", maybe_packed(of.half)},
                         {"level_half", maybe_packed(of.level_half)}});
  }
  return {{"indicators", block.indicators},
          {"by", block.by},
          {"years", block.years},
          {"baseline", packed(baseline)},
          {"baseline_half", maybe_packed(baseline_half)},
          {"scenarios", scenarios}};
}

}  // namespace luohu::report
