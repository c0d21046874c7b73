#pragma once
// Iterative proportional fitting (Deming & Stephan 1940): the table closest to a seed, in relative
// entropy, whose margins are the observed ones.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "luohu/core/grid.hpp"

namespace luohu {

/// Observed totals over some axes of a table (row-major over `axes`, in that order).
struct Margin {
  std::vector<std::size_t> axes;
  std::vector<double> target;
};

struct FitReport {
  std::size_t iterations = 0;
  double worst = 0;  ///< largest relative error of a margin at the end
  bool converged = false;
};

/// Position in `margin.target` of every cell of a table of this shape.
template <std::size_t N>
[[nodiscard]] std::vector<std::size_t> margin_positions(const std::array<std::size_t, N>& shape, const Margin& margin) {
  std::size_t cells = 1;
  for (const std::size_t extent : shape) cells *= extent;
  std::vector<std::size_t> positions(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    std::array<std::size_t, N> index{};
    std::size_t rest = cell;
    for (std::size_t axis = N; axis-- > 0;) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    std::size_t position = 0;
    for (const std::size_t axis : margin.axes) position = position * shape[axis] + index[axis];
    positions[cell] = position;
  }
  return positions;
}

/// Scale `table` in place until every margin is met to `tolerance` (relative). Zeros of the seed stay
/// zero; a positive target over zeros alone cannot be met and shows as not converged.
template <std::size_t N>
FitReport fit(Grid<double, N>& table, std::span<const Margin> margins, double tolerance = 1e-10,
              std::size_t max_iterations = 1000) {
  std::vector<std::vector<std::size_t>> positions;
  for (const Margin& margin : margins) positions.push_back(margin_positions(table.shape(), margin));
  std::vector<double>& cells = table.values();
  FitReport report;
  while (!report.converged && report.iterations < max_iterations) {
    ++report.iterations;
    report.worst = 0;
    for (std::size_t m = 0; m < margins.size(); ++m) {
      std::vector<double> sums(margins[m].target.size(), 0.0);
      for (std::size_t i = 0; i < cells.size(); ++i) sums[positions[m][i]] += cells[i];
      for (std::size_t k = 0; k < sums.size(); ++k) {
        const double target = margins[m].target[k];
        report.worst = std::max(report.worst, std::abs(sums[k] - target) / std::max(target, 1.0));
        sums[k] = sums[k] > 0 ? target / sums[k] : 0.0;
      }
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] *= sums[positions[m][i]];
    }
    report.converged = report.worst <= tolerance;
  }
  return report;
}

}  // namespace luohu
