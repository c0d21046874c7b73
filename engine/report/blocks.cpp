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

Json maybe_packed(const std::vector<double>& values) {
  const bool any = std::ranges::any_of(values, [](double value) { return !std::isnan(value); });
  return any ? Json(packed(values)) : Json(nullptr);
}

/// Whether all variables of the indicator have every axis of the split. A split by place takes the axis that stands for
/// it in each variable.
bool splits(const Indicator& indicator, const std::vector<std::string>& by, const Layout& layout) {
  return std::ranges::all_of(by, [&](const std::string& axis) {
    return indicator.splits_by(axis) && std::ranges::all_of(indicator.sums, [&](const Sum& sum) {
             const auto& axes = std::ranges::find(layout.variables, sum.variable, &Variable::name)->axes;
             return std::ranges::find(axes, axis == "place" ? sum.place : axis) != axes.end();
           });
  });
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
    const auto computes = [&](const Layout* layout) {
      return !lacking(indicator, *layout) && splits(indicator, by, *layout);
    };
    if (std::ranges::all_of(layouts, computes)) found.push_back(name);
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
  std::vector<double> baseline;
  std::vector<std::vector<double>> differences(comparison.scenarios.size()), halves(comparison.scenarios.size());
  for (const ComparedRow& row : comparison.rows) {
    const bool is_split = !row.cell.empty();
    if (is_split == block.by.empty()) continue;
    if (row.scenario == 0) baseline.push_back(row.contrast.baseline);
    differences[row.scenario].push_back(row.contrast.difference());
    halves[row.scenario].push_back(half_width(row.contrast, confidence));
  }
  Json scenarios = Json::array();
  for (std::size_t s = 0; s < differences.size(); ++s) {
    scenarios.push_back({{"difference", packed(differences[s])}, {"half", maybe_packed(halves[s])}});
  }
  return {{"indicators", block.indicators},
          {"by", block.by},
          {"years", block.years},
          {"baseline", packed(baseline)},
          {"scenarios", scenarios}};
}

Json packed_level_intervals(const Comparison& comparison, const std::vector<std::string>& indicators,
                            double confidence) {
  std::vector<double> baseline;
  std::vector<std::vector<double>> halves(comparison.scenarios.size());
  for (const ComparedRow& row : comparison.rows) {
    if (!row.cell.empty() || std::ranges::find(indicators, row.indicator->name) == indicators.end()) continue;
    const Contrast& of = row.contrast;
    if (row.scenario == 0) {
      baseline.push_back(level_half_width(of.baseline_variance, of.baseline_n, of, confidence));
    }
    halves[row.scenario].push_back(level_half_width(of.scenario_variance, of.scenario_n, of, confidence));
  }
  Json scenarios = Json::array();
  for (const auto& of : halves) scenarios.push_back(maybe_packed(of));
  return {{"indicators", indicators}, {"baseline", maybe_packed(baseline)}, {"scenarios", scenarios}};
}

}  // namespace luohu::report
