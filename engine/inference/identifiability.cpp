#include "luohu/inference/identifiability.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

namespace luohu {
namespace {

constexpr double prior_precision = 12;  ///< of a uniform number in (0, 1)

/// [parameter][number] derivatives.
std::vector<std::vector<double>> derivatives(const Evaluate& evaluate, const std::vector<double>& point, double step,
                                             std::uint64_t replicate) {
  Design ends;
  for (std::size_t i = 0; i < point.size(); ++i) {
    for (const double side : {-1.0, 1.0}) {
      ends.push_back(point);
      ends.back()[i] = std::clamp(point[i] + side * step, 0.0, 1.0);
    }
  }
  const auto values = evaluate(ends, replicate);
  std::vector<std::vector<double>> slopes(point.size());
  for (std::size_t i = 0; i < point.size(); ++i) {
    const double distance = ends[2 * i + 1][i] - ends[2 * i][i];
    for (std::size_t k = 0; k < values[2 * i].size(); ++k) {
      slopes[i].push_back((values[2 * i + 1][k] - values[2 * i][k]) / distance);
    }
  }
  return slopes;
}

}  // namespace

Identifiability identifiability(const Evaluate& evaluate, const ErrorModel& errors, const std::vector<double>& point,
                                double step, std::span<const double> extra) {
  // The slopes of two replicates, each with the other's: their noise is independent and does not pass for information.
  const auto slopes = derivatives(evaluate, point, step, 0);
  const auto others = derivatives(evaluate, point, step, 1);
  const auto n = static_cast<Eigen::Index>(point.size());
  Eigen::MatrixXd product{n, n};
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      product(i, j) = errors.product(slopes[static_cast<std::size_t>(i)], others[static_cast<std::size_t>(j)], extra);
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{(product + product.transpose()) / 2};
  const Eigen::MatrixXd directions = solver.eigenvectors();
  const Eigen::ArrayXd precisions = solver.eigenvalues().array().max(0) + prior_precision;
  const Eigen::MatrixXd covariance = directions * precisions.inverse().matrix().asDiagonal() * directions.transpose();
  Identifiability result;
  result.correlation = Grid<double, 2>{{point.size(), point.size()}};
  for (Eigen::Index i = 0; i < n; ++i) {
    result.deviation.push_back(std::sqrt(covariance(i, i) * prior_precision));
    for (Eigen::Index j = 0; j < n; ++j) {
      result.correlation(i, j) = covariance(i, j) / std::sqrt(covariance(i, i) * covariance(j, j));
    }
  }
  for (Eigen::Index k = n; k-- > 0;) {
    const Eigen::VectorXd v = directions.col(k);
    result.directions.push_back({std::sqrt(prior_precision / precisions(k)), {v.begin(), v.end()}});
  }
  return result;
}

}  // namespace luohu
