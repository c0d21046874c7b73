#pragma once
// What a simulated hindcast says of every prefecture, taken from the records of a run.

#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/places.hpp"
#include "luohu/schedule/run.hpp"
#include "luohu/tabulate/layout.hpp"

namespace luohu {

/// One replicate; unit: persons, flows summed over all years.
struct HindcastOutcome {
  std::vector<double> population, urban;  ///< [p] at the end
  Grid<double, 3> ages;                   ///< [p][sex][five-year group] at the end
  /// [p] residents by registration, at the end and at the start.
  std::vector<double> same_prefecture, other_prefecture, other_province, same_prefecture_at_start;
  Grid<double, 2> stock;  ///< [registered place][place of residence] at the end
  Grid<double, 2> flow;   ///< [origin place][destination place]
  double eligible = 0, willing = 0, settled = 0;
  double unregistered_in_towns = 0;  ///< person-years, at the start of each year
};

[[nodiscard]] HindcastOutcome outcome_of(const Places& places, const Layout& layout, const ReplicateResult& result);

}  // namespace luohu
