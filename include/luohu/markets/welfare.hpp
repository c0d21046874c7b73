#pragma once
// Welfare of a group as its expected maximum utility (logsum), in log income.

namespace luohu {

/// Expected maximum utility of staying (`stay`) or taking the best of the alternatives (`logsum`), in
/// utility units: ln(e^stay + e^logsum), without overflow.
[[nodiscard]] double expected_utility(double stay, double logsum);

/// Change of welfare in log income if the utility of one alternative, chosen by the share `share`, changes by
/// `delta` utility units: ln(1 + share (e^delta − 1)) / kappa. `kappa`: elasticity of utility to income (Small &
/// Rosen 1981 Econometrica 49).
[[nodiscard]] double welfare_change_of_one(double share, double delta, double kappa);

/// Change of welfare in log income between two expected utilities. Requires: kappa > 0.
[[nodiscard]] double welfare_change(double before, double after, double kappa);

/// The change of income that is worth a change of welfare, share of income: e^change − 1.
[[nodiscard]] double income_equivalent(double welfare_change);

}  // namespace luohu
