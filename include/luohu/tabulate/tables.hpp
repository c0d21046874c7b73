#pragma once
// The variables of the results file and how a year's stocks and flows fill them. Adding a variable is
// one entry in engine/tabulate/tables.cpp.

#include <optional>

#include "luohu/places/places.hpp"
#include "luohu/policy/settings.hpp"
#include "luohu/population/ledger.hpp"
#include "luohu/tabulate/layout.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {

/// Groups of residents whose welfare is told apart: registered in the prefecture's towns, in its countryside, or
/// in another place.
enum class Hukou : std::uint8_t { local_town, local_countryside, migrant };
inline constexpr std::size_t hukou_kinds = 3;
[[nodiscard]] Hukou hukou_of(const Places& places, ZoneId home, ZoneId registered);

/// What the markets of a year leave behind; all [prefecture]. Empty: nothing was computed.
struct MarketOutcome {
  std::vector<double> wage;            ///< [zone][education][standing], 1 = mean urban income of the base year
  std::vector<double> rent;            ///< of the town, 1 = mean urban rent of the base year
  std::vector<double> urban_land;      ///< ha
  std::vector<double> floor_space;     ///< m² of dwellings in the town
  std::vector<double> school_quality;  ///< factor on the base year's
  std::vector<std::int64_t> school_seats, unregistered_pupils, unmet_seats, unmet_preschool;  ///< persons
  std::vector<std::int64_t> fiscal_cost;  ///< [prefecture][low, middle, high][item], yuan
  std::vector<double> welfare;            ///< [prefecture][hukou][education], log income; NaN of nobody
};

/// What one simulated year leaves behind, in agents.
struct YearOutcome {
  const Places& places;
  std::int64_t scale = 1;  ///< persons an agent stands for
  const Stock& start;      ///< stocks a year earlier; the same as `end` for the base year
  const Stock& end;
  const Ledger& flows;                        ///< all zero for the base year
  const std::vector<std::int64_t>& eligible;  ///< [prefecture], when decisions are taken
  const Settings& settings;
  const std::vector<std::int64_t>& left_behind;  ///< [prefecture] children living apart from their mothers
  const MarketOutcome& market;
};

/// Axes and variables for these places.
[[nodiscard]] Layout results_layout(const Places& places);

/// Every variable of `results_layout`, in its order, in persons. Throws InternalError if the balance
/// of residents or of the registered population is not exactly zero anywhere.
[[nodiscard]] YearRecord record_year(const YearOutcome& outcome);

}  // namespace luohu
