#pragma once
// The public cost of settling and of wider coverage: persons × unit costs in whole yuan, by prefecture
// and item. Prices are those of the unit costs (2010-13); no taxes are set against it.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/tables.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// What money is spent on: the services, in their order, then once for each settler, then for land rights.
inline constexpr std::size_t settling_item = services;
inline constexpr std::size_t land_rights_item = services + 1;
inline constexpr std::size_t cost_items = services + 2;
inline constexpr std::array<std::string_view, cost_items> cost_item_ids{"school",  "preschool", "health",     "pension",
                                                                        "housing", "settling",  "land_rights"};

enum class CostLevel : std::uint8_t { low, mid, high };
inline constexpr std::size_t cost_levels = 3;

/// [item] yuan per person (settling, land rights) or per person and year (services).
using UnitCosts = std::array<std::int64_t, cost_items>;

/// Unit costs that make the cost of a settler in present value `settling_cost_low`, `_mid` or `_high`: the share
/// `settling_cost_once` in the year of settling, the rest as equal yearly amounts over `fiscal_horizon` years,
/// split over services by their weights. `exit_price`: yuan for a person's land rights.
[[nodiscard]] UnitCosts unit_costs(CostLevel level, std::int64_t exit_price, const Parameters& parameters);

/// Whom one prefecture's public purse serves beyond the base year; persons.
struct Beneficiaries {
  std::int64_t settled = 0;          ///< during the year
  std::int64_t settled_to_date = 0;  ///< since the base year
  std::int64_t unregistered = 0;     ///< residents registered elsewhere
  std::int64_t land_exits = 0;       ///< paid exits from land rights during the year
  std::array<double, services> base_coverage{};
  std::array<double, services> coverage{};
};
/// [item] persons to pay for: everyone settled to date in every service, the unregistered by how far coverage
/// has risen since the base year (negative if it has fallen).
[[nodiscard]] std::array<std::int64_t, cost_items> persons_served(const Beneficiaries& prefecture);

/// [prefecture][item] yuan of one year, from persons [prefecture][item] and unit costs [prefecture].
[[nodiscard]] Grid<std::int64_t, 2> fiscal_ledger(const Grid<std::int64_t, 2>& persons,
                                                  std::span<const UnitCosts> costs);

/// Present value at the start of the first year of amounts paid at the start of each year; `rate` per year.
[[nodiscard]] double present_value(std::span<const double> amounts, double rate);
/// Present value of 1 a year at the start of each of `years` years: the factor between both.
[[nodiscard]] double annuity_factor(double years, double rate);

}  // namespace luohu
