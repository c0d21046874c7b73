#pragma once
// Indicators, each defined once, from the variables of a results file.

#include <span>
#include <string_view>
#include <vector>

#include "luohu/tabulate/layout.hpp"

namespace luohu {

/// The province's answer for one year, in persons (expected ones rounded to whole); rates in [0, 1].
struct Summary {
  std::int64_t residents = 0;
  double urbanisation = 0;             ///< residents of towns / residents
  double registered_urbanisation = 0;  ///< registered in towns / registered, wherever they live
  std::int64_t settled = 0;            ///< persons who took local registration in the year
  std::int64_t moves = 0;              ///< moves between zones in the year, external nodes included
  std::int64_t births = 0, deaths = 0;
  std::int64_t net_migration = 0;  ///< arrivals less departures of residents
};

/// The values of one variable, whole or not, row-major. Throws InternalError if the layout has none of this name.
[[nodiscard]] std::vector<double> numbers_of(const Layout& layout, const YearRecord& record, std::string_view name);

[[nodiscard]] Summary summarise(const Layout& layout, const YearRecord& record);

}  // namespace luohu
