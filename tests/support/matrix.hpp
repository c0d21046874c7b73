#pragma once
// Small dense matrices for transition probabilities and hazards: rows are origins, columns destinations.

#include <cmath>
#include <cstddef>
#include <vector>

namespace luohu::testing {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;  ///< [from][to], square

inline Matrix identity(std::size_t n) {
  Matrix unit(n, Vector(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) unit[i][i] = 1;
  return unit;
}

/// What a population distributed as `row` becomes after one step.
inline Vector operator*(const Vector& row, const Matrix& step) {
  Vector next(step.size(), 0.0);
  for (std::size_t i = 0; i < row.size(); ++i) {
    for (std::size_t j = 0; j < next.size(); ++j) next[j] += row[i] * step[i][j];
  }
  return next;
}

inline Matrix operator*(const Matrix& a, const Matrix& b) {
  Matrix product;
  for (const Vector& row : a) product.push_back(row * b);
  return product;
}

inline Matrix power(Matrix base, unsigned exponent) {
  Matrix result = identity(base.size());
  for (; exponent > 0; exponent /= 2, base = base * base) {
    if (exponent % 2 == 1) result = result * base;
  }
  return result;
}

/// Largest absolute difference of two matrices' elements.
inline double distance(const Matrix& a, const Matrix& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) most = std::fmax(most, std::abs(a[i][j] - b[i][j]));
  }
  return most;
}

/// exp(q) by its Taylor series at q / 2^10, squared ten times; for elements of q below about 10.
inline Matrix exponential(Matrix q) {
  constexpr unsigned squarings = 10;
  for (Vector& row : q) {
    for (double& element : row) element = std::ldexp(element, -static_cast<int>(squarings));
  }
  Matrix term = identity(q.size()), sum = term;
  for (int k = 1; k < 12; ++k) {
    term = term * q;
    for (std::size_t i = 0; i < q.size(); ++i) {
      for (std::size_t j = 0; j < q.size(); ++j) sum[i][j] += term[i][j] /= k;
    }
  }
  return power(sum, 1U << squarings);
}

/// Shares that the step leaves unchanged: its left eigenvector at eigenvalue 1, if there is one such.
inline Vector stationary(const Matrix& step) {
  return (Vector(step.size(), 1.0 / static_cast<double>(step.size())) * power(step, 1U << 16U));
}

/// Solve a x = b for a small regular matrix (Gauss–Jordan with row pivots).
inline Vector solve(Matrix a, Vector b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
    }
    std::swap(a[k], a[pivot]), std::swap(b[k], b[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; ++j) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = 0; k < n; ++k) b[k] /= a[k][k];
  return b;
}

/// Variances of estimates from their information matrix: the diagonal of its inverse.
inline Vector variances(const Matrix& information) {
  Vector diagonal;
  for (std::size_t k = 0; k < information.size(); ++k) {
    Vector unit(information.size(), 0.0);
    unit[k] = 1;
    diagonal.push_back(solve(information, unit)[k]);
  }
  return diagonal;
}

}  // namespace luohu::testing
