#include "walk.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace luohu {

bool in_cube(std::span<const double> point) {
  return std::ranges::all_of(point, [](double x) { return 0 < x && x < 1; });
}

Walk::Walk(const Design& points) {
  const auto d = static_cast<Eigen::Index>(points.front().size());
  const auto n = static_cast<double>(points.size());
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(d);
  for (const auto& point : points) mean += Eigen::Map<const Eigen::VectorXd>(point.data(), d) / n;
  // A hundredth of the cube in every direction at least: few points may lie in a plane.
  constexpr double narrowest = 1e-4;
  Eigen::MatrixXd covariance = narrowest * Eigen::MatrixXd::Identity(d, d);
  for (const auto& point : points) {
    const Eigen::VectorXd apart = Eigen::Map<const Eigen::VectorXd>(point.data(), d) - mean;
    covariance += apart * apart.transpose() / n;
  }
  const double scale = 2.38 / std::sqrt(static_cast<double>(d));
  const Eigen::MatrixXd lower = scale * Eigen::MatrixXd{covariance.llt().matrixL()};
  for (Eigen::Index i = 0; i < d; ++i) {
    factor_.emplace_back();
    for (Eigen::Index j = 0; j <= i; ++j) factor_.back().push_back(lower(i, j));
  }
}

std::vector<double> Walk::step(const std::vector<double>& from, Chance& chance) const {
  std::vector<double> to = from;
  for (std::size_t j = 0; j < to.size(); ++j) {
    const double z = chance.normal();
    for (std::size_t i = j; i < to.size(); ++i) to[i] += factor_[i][j] * z;
  }
  return to;
}

}  // namespace luohu
