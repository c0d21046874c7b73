#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Where people from outside come to and who they are, fixed at the base year.
struct InflowTables {
  Grid<double, 2> mean;                ///< [external node][prefecture], persons a year at the base year
  std::vector<double> urban_share;     ///< [prefecture] share settling in the town
  std::vector<double> age_cumulative;  ///< [age] cumulative share of incomers by age
  Grid<double, 2> education;           ///< [age][education] cumulative shares
};

/// Someone registered at `origin`, an external node, who arrives in `home` this year, `age` at its start.
/// `traits`: sex, frailty and schooling. Without an id.
[[nodiscard]] Person incomer(const YearContext& now, ZoneId origin, ZoneId home, int age, Traits traits);
void count_incomer(const YearContext& now, const Person& person, Ledger& ledger);

/// Inflow: people registered in other provinces arrive in Poisson numbers that follow a prefecture's
/// attractiveness relative to the base year. `appeal`: [external node][prefecture] factor on the mean.
void add_incomers(const YearContext& now, const InflowTables& tables, const Grid<double, 2>& appeal,
                  std::int64_t persons_per_agent, Population& people, Ledger& ledger);

}  // namespace luohu
