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
/// Largest over second.
[[nodiscard]] double primacy(Operands x);
/// Largest over second to fourth together.
[[nodiscard]] double four_city_index(Operands x);
/// ζ of ln(rank − ½) = a − ζ ln size by least squares (Gabaix & Ibragimov 2011, Journal of Business & Economic
/// Statistics 29); sizes of 0 are left out.
[[nodiscard]] double rank_size_exponent(Operands x);
/// 100 Σ |in − out| / Σ (in + out) of a square table of moves [origin][destination].
[[nodiscard]] double migration_effectiveness(Operands x);

}  // namespace luohu::formula
