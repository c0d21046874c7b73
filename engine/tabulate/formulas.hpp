#pragma once
// What indicators do with their sums.

#include "luohu/tabulate/indicators.hpp"

namespace luohu::formula {

/// a
[[nodiscard]] double value(Operands x);
/// a − b
[[nodiscard]] double difference(Operands x);
/// a / b
[[nodiscard]] double ratio(Operands x);
/// 100 a / b
[[nodiscard]] double percent(Operands x);
/// 100 (a + b) / c
[[nodiscard]] double percent_of_two(Operands x);
/// 1000 a / b
[[nodiscard]] double per_thousand(Operands x);
/// 1000 (a − b) / c
[[nodiscard]] double net_per_thousand(Operands x);
/// 10 000 a / b: hectares in square metres
[[nodiscard]] double hectares_per_head(Operands x);
/// 100 a / b − 100 c / d
[[nodiscard]] double gap_of_percents(Operands x);
/// (a + b) / (c + d)
[[nodiscard]] double mean_of_two(Operands x);
/// 100 (1 − a / b)
[[nodiscard]] double shortfall(Operands x);

/// Of five-year counts from age 0 on, the age that half of them have not reached, each group spread evenly over its
/// years. In the last group, which is open, its first age.
[[nodiscard]] double median_age(Operands x);

/// Gini coefficient Σᵢ Σⱼ |xᵢ − xⱼ| / (2 n² x̄) of the sizes.
[[nodiscard]] double gini(Operands x);
/// Theil's T (1967, Economics and Information Theory, ch. 4) between places: Σ (yₚ/y) ln((yₚ/y) / (nₚ/n)), where yₚ are
/// the first half of the operands, added up, and nₚ the second; places without people are left out.
[[nodiscard]] double theil(Operands x);
/// Largest over second.
[[nodiscard]] double primacy(Operands x);
/// Largest over second to fourth together.
[[nodiscard]] double four_city_index(Operands x);
/// ζ of ln(rank − ½) = a − ζ ln size by least squares (Gabaix & Ibragimov 2011, Journal of Business & Economic
/// Statistics 29); sizes of 0 are left out.
[[nodiscard]] double rank_size_exponent(Operands x);
/// 100 Σ |in − out| / Σ (in + out) of a square table of moves [origin][destination].
[[nodiscard]] double migration_effectiveness(Operands x);

/// e to the mean a / b.
[[nodiscard]] double exp_of_mean(Operands x);

/// What parts of the change of the urbanisation rate over a year are due to, in percentage points. Operands: residents
/// of towns and of the whole at the end, then births, deaths, inflow, outflow, inflow from and outflow to outside, of
/// towns and of the whole each, then those reclassified as urban. With u and p what a component adds to towns and to
/// the whole, it is due 100 (u − R p) / P, where P and R are the means of start and end of the residents and of the
/// rate. The components add up to the change exactly, whatever they are: U₁/P₁ − U₀/P₀ = (ΔU − R ΔP) / P.
[[nodiscard]] double urbanisation_change(Operands x);
[[nodiscard]] double urbanisation_change_natural(Operands x);
[[nodiscard]] double urbanisation_change_inside(Operands x);
[[nodiscard]] double urbanisation_change_outside(Operands x);
[[nodiscard]] double urbanisation_change_reclassified(Operands x);

}  // namespace luohu::formula
