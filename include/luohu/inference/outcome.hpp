#pragma once
// What a simulated hindcast says: taken from the records of a run, and from its people at the first and last census.

#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/places.hpp"
#include "luohu/processes/process.hpp"
#include "luohu/schedule/run.hpp"
#include "luohu/tabulate/layout.hpp"

namespace luohu {

/// How land weighs in the wish to settle of those who hold it: sums of their hazards of applying, year-1, with their
/// land, and of the same people had they none. Expected: nobody draws.
struct HoldersWish {
  double with_land = 0, without_land = 0;
};

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
  /// [registered zone][zone of residence], persons, at the end and at the start.
  Grid<double, 2> zone_stock, zone_stock_at_start;
  HoldersWish holders;  ///< at the end
};

/// The part that the records of a run tell: all but `zone_stock`, `zone_stock_at_start` and `holders`.
[[nodiscard]] HindcastOutcome outcome_of(const Places& places, const Layout& layout, const ReplicateResult& result);

/// [registered zone][zone of residence] persons.
[[nodiscard]] Grid<double, 2> stock_by_zone(const Stock& stock, std::int64_t persons_per_agent);

/// Of everyone who could register where they live on this date and is registered in a countryside.
[[nodiscard]] HoldersWish holders_wish(const YearContext& now, const Population& people);

}  // namespace luohu
