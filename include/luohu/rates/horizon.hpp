#pragma once
// How long a mover can expect to earn: migration as an investment (Sjaastad 1962, Journal of Political Economy 70).

#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Age at which the income of work ends, and at which the response to income is one.
inline constexpr double working_life_end = 60;
inline constexpr double horizon_reference_age = 20;

/// Present value at `age` of one a year until the end of working life: (1 - exp(-rho (60 - age))) / rho, in years; the
/// years themselves at rho = 0, and 0 from 60 on. Requires rho >= 0.
[[nodiscard]] double working_annuity(double rho, double age);

/// Factor on the response to income at `age`: the annuity against the one at 20, weighted by `income_horizon`; exactly
/// 1 at weight 0.
[[nodiscard]] double horizon_factor(const Parameters& parameters, double age);

}  // namespace luohu
