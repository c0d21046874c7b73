#pragma once

#include <vector>

#include "luohu/population/population.hpp"
#include "luohu/processes/inflow.hpp"
#include "luohu/rates/choice.hpp"
#include "luohu/schedule/model.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {

/// Agents of the base population by choice cell.
[[nodiscard]] std::vector<std::int64_t> people_by_choice_cell(const Population& people, const ChoiceTables& choice,
                                                              Year year);

/// Who comes from outside: numbers from the tables, town or countryside as the people already here,
/// ages by the migration schedule, schooling as the cohort's.
[[nodiscard]] InflowTables inflow_tables(const Model& model, const Stock& stock);

}  // namespace luohu
