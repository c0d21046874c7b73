#pragma once
// The statistics of a scorecard, each from plain numbers. Vectors of one call have equal length; where a
// statistic is not defined (too few values, no spread) the answer is nothing.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace luohu {

/// Mean of |predicted − observed| / observed, in per cent.
[[nodiscard]] std::optional<double> mean_absolute_percentage_error(std::span<const double> predicted,
                                                                   std::span<const double> observed);
[[nodiscard]] std::optional<double> mean_absolute_error(std::span<const double> predicted,
                                                        std::span<const double> observed);
[[nodiscard]] std::optional<double> root_mean_square_error(std::span<const double> predicted,
                                                           std::span<const double> observed);

/// Pearson's r.
[[nodiscard]] std::optional<double> correlation(std::span<const double> x, std::span<const double> y);
/// Spearman's rho; ties share their mean rank.
[[nodiscard]] std::optional<double> rank_correlation(std::span<const double> x, std::span<const double> y);

/// Gini coefficient of the sizes, each counting once: Σ (2i − n − 1) x_(i) / (n Σ x).
[[nodiscard]] std::optional<double> gini(std::span<const double> sizes);
/// The largest over the second largest.
[[nodiscard]] std::optional<double> primacy(std::span<const double> sizes);

/// Coefficients of ordinary least squares; `rows`: one vector of regressors for each value, the constant included.
[[nodiscard]] std::optional<std::vector<double>> least_squares(const std::vector<std::vector<double>>& rows,
                                                               std::span<const double> values);

/// The same with an effect of its own for each group: coefficients of the deviations from the means of the groups.
/// `group`: of each value, from 0; `rows` without a constant.
[[nodiscard]] std::optional<std::vector<double>> least_squares_within(std::span<const std::size_t> group,
                                                                      std::vector<std::vector<double>> rows,
                                                                      std::vector<double> values);

/// One flow of a gravity model.
struct Flow {
  std::size_t origin = 0, destination = 0;
  double persons = 0;
  double distance = 0;  ///< any unit; positive
};
/// Coefficient of log distance in a Poisson regression (PPML) with effects of origin and destination.
/// The likelihood's equations: the fitted flows have the margins, and the mean log distance, of the observed ones.
[[nodiscard]] std::optional<double> distance_coefficient(const std::vector<Flow>& flows);

/// Kilometres between two points, degrees.
[[nodiscard]] double great_circle_km(double longitude_a, double latitude_a, double longitude_b, double latitude_b);

}  // namespace luohu
