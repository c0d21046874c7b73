#pragma once
// Welfare by group: what the choices that people have in a year are worth to them.

#include <cstdint>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/rates/choice.hpp"
#include "luohu/schedule/model.hpp"

namespace luohu {

/// [prefecture][hukou][education] mean over residents of ln(e^V + e^IV) / elasticity: the expected maximum utility of
/// a year's choice, staying included, in logarithms of income (Small & Rosen 1981 Econometrica 49). The elasticity
/// to income is that of flows, with the horizon factor of the age band. `choosers`: as Stock::choosers, at the start
/// of the year. The level has no meaning, only differences have. NaN for groups of nobody, and for all where the
/// push exponent is 0: the tables then do not tell the utility of staying.
[[nodiscard]] std::vector<double> welfare_levels(const Model& model, const ChoiceTables& choice,
                                                 const Grid<std::int64_t, 4>& choosers);

}  // namespace luohu
