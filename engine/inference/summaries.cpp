#include "luohu/inference/summaries.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <cmath>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

using Numbers = std::vector<double>;

/// [dimension][number] by least squares on the points and a constant.
std::vector<Numbers> slopes_of(const Design& points, const std::vector<Numbers>& values) {
  const auto n = static_cast<Eigen::Index>(points.size());
  const auto d = static_cast<Eigen::Index>(points.front().size());
  const auto m = static_cast<Eigen::Index>(values.front().size());
  Eigen::MatrixXd x{n, d + 1}, y{n, m};
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    x(i, 0) = 1;
    x.row(i).tail(d) = Eigen::Map<const Eigen::RowVectorXd>(points[row].data(), d);
    y.row(i) = Eigen::Map<const Eigen::RowVectorXd>(values[row].data(), m);
  }
  const Eigen::MatrixXd coefficients = x.colPivHouseholderQr().solve(y);
  std::vector<Numbers> slopes(points.front().size(), Numbers(values.front().size()));
  for (Eigen::Index i = 0; i < d; ++i) {
    for (Eigen::Index k = 0; k < m; ++k) {
      slopes[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)] = coefficients(i + 1, k);
    }
  }
  return slopes;
}

double dot(const Numbers& a, const Numbers& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// [summary][number] L^-1/2 U' B C^-1 for the information B C^-1 B' = U L U'.
std::vector<Numbers> weights_of(const std::vector<Numbers>& slopes, const ErrorModel& errors,
                                std::span<const double> extra) {
  std::vector<Numbers> solved;
  for (const Numbers& slope : slopes) solved.push_back(errors.solved(slope, extra));
  const auto d = static_cast<Eigen::Index>(slopes.size());
  Eigen::MatrixXd information{d, d};
  for (Eigen::Index i = 0; i < d; ++i) {
    for (Eigen::Index j = 0; j < d; ++j) {
      information(i, j) = dot(slopes[static_cast<std::size_t>(i)], solved[static_cast<std::size_t>(j)]);
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{(information + information.transpose()) / 2};
  constexpr double nothing = 0.01;  // of the prior's precision, 12
  std::vector<Numbers> weights;
  for (Eigen::Index k = d; k-- > 0;) {
    if (solver.eigenvalues()(k) < nothing) break;
    weights.emplace_back(slopes.front().size());
    for (Eigen::Index i = 0; i < d; ++i) {
      const double share = solver.eigenvectors()(i, k) / std::sqrt(solver.eigenvalues()(k));
      for (std::size_t n = 0; n < weights.back().size(); ++n) {
        weights.back()[n] += share * solved[static_cast<std::size_t>(i)][n];
      }
    }
  }
  LUOHU_EXPECT(!weights.empty());
  return weights;
}

ErrorModel standard_errors(const Numbers& observed) {
  std::vector<TargetGroup> groups;
  for (const double value : observed) groups.push_back({"summary", "all", {"summary"}, {value}, 0, 1, 0});
  return ErrorModel{std::move(groups)};
}

}  // namespace

Summaries::Summaries(const Design& points, const std::vector<std::vector<double>>& values, const ErrorModel& errors,
                     std::span<const double> extra)
    : weights_{weights_of(slopes_of(points, values), errors, extra)},
      errors_{standard_errors((*this)(errors.observed()))} {}

std::vector<double> Summaries::operator()(std::span<const double> numbers) const {
  std::vector<double> summaries;
  for (const Numbers& weights : weights_) summaries.push_back(dot(weights, {numbers.begin(), numbers.end()}));
  return summaries;
}

std::vector<std::vector<double>> Summaries::operator()(const std::vector<std::vector<double>>& values) const {
  std::vector<Numbers> summaries;
  for (const Numbers& numbers : values) summaries.push_back((*this)(numbers));
  return summaries;
}

Evaluate Summaries::of(const Evaluate& evaluate) const {
  return
      [this, evaluate](const Design& points, std::uint64_t replicate) { return (*this)(evaluate(points, replicate)); };
}

}  // namespace luohu
