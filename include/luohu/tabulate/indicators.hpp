#pragma once
// Indicators, each defined once, from the variables of a results file.

#include <optional>
#include <span>
#include <string_view>

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

[[nodiscard]] Summary summarise(const Layout& layout, const YearRecord& record);

/// What a policy is judged by: one number of a run, from its base year to its last.
struct Outcome {
  std::string_view name;  ///< "settled"
  std::string_view title_zh;
  std::string_view title_en;
  std::string_view unit;
  bool by_place = false;  ///< also defined for each prefecture
  /// `years`: from the base year on, at least two; `prefecture`: none for the province.
  double (*of)(const Layout& layout, std::span<const YearRecord> years,
               std::optional<std::size_t> prefecture) = nullptr;
};

/// All of them, in the order of the documentation. Stocks are of the last year, flows of all simulated years.
[[nodiscard]] std::span<const Outcome> outcomes();

}  // namespace luohu
