#pragma once
// What is fixed at the base year: the same in every scenario, because only the base settings and the
// base population enter.

#include <vector>

#include "luohu/processes/inflow.hpp"
#include "luohu/rates/choice.hpp"
#include "luohu/schedule/model.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {

struct BaseYear {
  Grid<std::int64_t, 2> persons;  ///< [registered place][zone of residence]
  double normalisation = 0;       ///< log of the mean pull factor
  Grid<double, 2> weights;        ///< [external node][prefecture] of the prefecture in an outsider's choice
  InflowTables inflow;
  std::vector<double> age_hazard;  ///< [age at start] Rogers–Castro schedule, year-1
  std::vector<double> frailty;     ///< [band] mean 1
  std::vector<double> welfare;     ///< [prefecture][hukou][education], see welfare.hpp
};

/// From the stocks of the base population; `persons_per_agent` as in RunOptions.
[[nodiscard]] BaseYear base_year_of(const Model& model, const Stock& stock, std::int64_t persons_per_agent);

/// Where people are drawn under these settings and conditions, if `persons` [registered place][zone of residence]
/// are there.
[[nodiscard]] ChoiceTables choice_tables(const Model& model, const Settings& settings,
                                         const Grid<std::int64_t, 2>& persons, Conditions conditions);

/// [external node][prefecture] a year's factor on the mean inflow of the base year.
[[nodiscard]] Grid<double, 2> appeal(const Model& model, const BaseYear& base, const ChoiceTables& choice);

}  // namespace luohu
