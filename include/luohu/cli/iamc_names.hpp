#pragma once
// Indicators in the words of the IAMC template (Integrated Assessment Modeling Consortium), whose variables are paths:
// "Population|Urban".

#include <string>

#include "luohu/tabulate/indicators.hpp"

namespace luohu {

/// "Population" of `residents`. Throws InternalError for an indicator that has none.
[[nodiscard]] std::string iamc_variable(const Indicator& indicator);
/// "person/yr" of "person year-1".
[[nodiscard]] std::string iamc_unit(const Indicator& indicator);
/// The part that one row of an axis adds to a variable: "Other Prefecture", "Age 15-19", "From Changsha".
[[nodiscard]] std::string iamc_part(const Axis& axis, std::size_t row);

}  // namespace luohu
