#include "luohu/inference/emulator.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A polynomial, a correlation exp(−d²/2l²) about it and noise, in shares of the variance about the polynomial. No
/// length, no correlation.
struct KernelShape {
  bool quadratic = false;
  double length = 0;
  double noise = 0;
};

std::size_t terms_of(std::size_t d, bool quadratic) {
  return quadratic ? 1 + 2 * d + d * (d - 1) / 2 : 1 + d;
}

std::vector<KernelShape> shapes(std::size_t points, std::size_t dimensions) {
  // Two random points of the cube are sqrt(d/6) apart.
  const double apart = std::sqrt(static_cast<double>(dimensions) / 6);
  std::vector<KernelShape> grid;
  for (const bool quadratic : {false, true}) {
    if (quadratic && 2 * points < 3 * terms_of(dimensions, quadratic)) break;
    grid.push_back({quadratic, 0, 0});
    for (const double length : {0.7, 1.5}) {
      for (const double noise : {0.02, 0.3}) grid.push_back({quadratic, length * apart, noise});
    }
  }
  return grid;
}

/// The polynomial's terms at a point, which is moved to the middle of the cube first.
VectorXd terms(std::span<const double> point, bool quadratic) {
  const std::size_t d = point.size();
  VectorXd t{static_cast<Index>(terms_of(d, quadratic))};
  Index next = 0;
  t(next++) = 1;
  for (const double x : point) t(next++) = x - 0.5;
  for (std::size_t i = 0; quadratic && i < d; ++i) {
    for (std::size_t j = i; j < d; ++j) t(next++) = (point[i] - 0.5) * (point[j] - 0.5);
  }
  return t;
}

double correlation(const Design& points, std::size_t i, std::span<const double> x, double length) {
  if (length <= 0) return 0;
  double squares = 0;
  for (std::size_t k = 0; k < x.size(); ++k) squares += (points[i][k] - x[k]) * (points[i][k] - x[k]);
  return std::exp(-squares / (2 * length * length));
}

/// What is common to all numbers that share a kernel.
struct Kernel {
  KernelShape shape;
  MatrixXd b;                  ///< [point][term]
  Eigen::LLT<MatrixXd> inner;  ///< of the covariance
  MatrixXd solved_terms;       ///< K⁻¹B
  Eigen::LLT<MatrixXd> outer;  ///< of BᵀK⁻¹B
  MatrixXd coefficients;       ///< [term][number]
  MatrixXd weights;            ///< [point][number]
  std::vector<std::size_t> numbers;

  Kernel(const KernelShape& s, const Design& points) : shape{s} {
    const std::size_t n = points.size();
    b.resize(static_cast<Index>(n), static_cast<Index>(terms_of(points.front().size(), s.quadratic)));
    for (std::size_t i = 0; i < n; ++i) b.row(static_cast<Index>(i)) = terms(points[i], s.quadratic).transpose();
    MatrixXd covariance{static_cast<Index>(n), static_cast<Index>(n)};
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const double c = correlation(points, i, points[j], shape.length);
        covariance(static_cast<Index>(i), static_cast<Index>(j)) = c;
        covariance(static_cast<Index>(j), static_cast<Index>(i)) = c;
      }
      covariance(static_cast<Index>(i), static_cast<Index>(i)) = 1 + shape.noise;
    }
    inner.compute(covariance);
    solved_terms = inner.solve(b);
    outer.compute(b.transpose() * solved_terms);
  }

  /// Q = K⁻¹ − K⁻¹B(BᵀK⁻¹B)⁻¹BᵀK⁻¹: Qy are residuals, and leave-one-out errors when divided by its diagonal (Dubrule
  /// 1983).
  [[nodiscard]] MatrixXd residual_maker() const {
    const Index n = solved_terms.rows();
    return inner.solve(MatrixXd::Identity(n, n)) - solved_terms * outer.solve(solved_terms.transpose());
  }
};

}  // namespace

struct Emulator::Impl {
  Design points;
  std::vector<Kernel> kernels;
  std::vector<double> centre, spread;  ///< [number] of the values
  std::vector<double> variance;        ///< [number] about the polynomial, of values over their spread
  LeaveOneOut quality;

  Impl(const Design& at, const std::vector<std::vector<double>>& values) : points{at} {
    choose_kernels(standardised(values));
  }

  MatrixXd standardised(const std::vector<std::vector<double>>& values) {
    const std::size_t n = points.size();
    MatrixXd y{static_cast<Index>(n), static_cast<Index>(values.front().size())};
    for (Index k = 0; k < y.cols(); ++k) {
      for (std::size_t i = 0; i < n; ++i) y(static_cast<Index>(i), k) = values[i][static_cast<std::size_t>(k)];
      centre.push_back(y.col(k).mean());
      y.col(k).array() -= centre.back();
      const double deviation = std::sqrt(y.col(k).squaredNorm() / static_cast<double>(n));
      spread.push_back(deviation > 0 ? deviation : 1);
      y.col(k) /= spread.back();
    }
    return y;
  }

  void choose_kernels(const MatrixXd& y) {
    const auto numbers = static_cast<std::size_t>(y.cols());
    variance.assign(numbers, 0);
    std::vector<double> least(numbers, std::numeric_limits<double>::infinity());
    std::vector<double> beyond(numbers, 0);
    std::vector<std::size_t> chosen(numbers, 0);
    for (const KernelShape& shape : shapes(points.size(), points.front().size())) {
      kernels.emplace_back(shape, points);
      const auto freedom = static_cast<double>(y.rows() - kernels.back().b.cols());
      const MatrixXd q = kernels.back().residual_maker();
      const MatrixXd residuals = q * y;
      for (std::size_t k = 0; k < numbers; ++k) {
        const auto column = residuals.col(static_cast<Index>(k));
        const VectorXd errors = column.cwiseQuotient(q.diagonal());
        if (errors.squaredNorm() >= least[k]) continue;
        least[k] = errors.squaredNorm();
        chosen[k] = kernels.size() - 1;
        variance[k] = y.col(static_cast<Index>(k)).dot(column) / freedom;
        const double limit = 9 * variance[k];
        beyond[k] = static_cast<double>((errors.array().square() * q.diagonal().array() > limit).count());
      }
    }
    summarise(y, least, beyond);
    for (std::size_t k = 0; k < numbers; ++k) kernels[chosen[k]].numbers.push_back(k);
    std::erase_if(kernels, [](const Kernel& kernel) { return kernel.numbers.empty(); });
    for (Kernel& kernel : kernels) fit(kernel, y);
  }

  void summarise(const MatrixXd& y, const std::vector<double>& least, const std::vector<double>& beyond) {
    std::vector<double> explained;
    for (std::size_t k = 0; k < least.size(); ++k) {
      const double all = y.col(static_cast<Index>(k)).squaredNorm();
      explained.push_back(all > 0 ? 1 - least[k] / all : 1);
      quality.beyond += beyond[k] / static_cast<double>(y.size());
    }
    std::ranges::sort(explained);
    quality.worst = explained.front();
    quality.explained = explained[explained.size() / 2];
  }

  static void fit(Kernel& kernel, const MatrixXd& y) {
    MatrixXd own{y.rows(), static_cast<Index>(kernel.numbers.size())};
    for (std::size_t k = 0; k < kernel.numbers.size(); ++k) {
      own.col(static_cast<Index>(k)) = y.col(static_cast<Index>(kernel.numbers[k]));
    }
    kernel.coefficients = kernel.outer.solve(kernel.solved_terms.transpose() * own);
    kernel.weights = kernel.inner.solve(own - kernel.b * kernel.coefficients);
  }

  Prediction predict(std::span<const double> x) const {
    Prediction result{std::vector<double>(centre.size()), std::vector<double>(centre.size())};
    VectorXd near{static_cast<Index>(points.size())};
    for (const Kernel& kernel : kernels) {
      const VectorXd t = terms(x, kernel.shape.quadratic);
      for (std::size_t i = 0; i < points.size(); ++i) {
        near(static_cast<Index>(i)) = correlation(points, i, x, kernel.shape.length);
      }
      const VectorXd mean = kernel.coefficients.transpose() * t + kernel.weights.transpose() * near;
      const VectorXd lower = kernel.inner.matrixL().solve(near);
      const VectorXd rest = t - kernel.solved_terms.transpose() * near;
      const double unknown =
          1 + kernel.shape.noise - lower.squaredNorm() + kernel.outer.matrixL().solve(rest).squaredNorm();
      for (std::size_t k = 0; k < kernel.numbers.size(); ++k) {
        const std::size_t number = kernel.numbers[k];
        result.mean[number] = centre[number] + spread[number] * mean(static_cast<Index>(k));
        result.variance[number] = spread[number] * spread[number] * variance[number] * std::max(unknown, 0.0);
      }
    }
    return result;
  }
};

Emulator::Emulator(const Design& points, const std::vector<std::vector<double>>& values) {
  LUOHU_EXPECT(!points.empty() && points.size() == values.size() && points.size() >= fewest(points.front().size()));
  impl_ = std::make_unique<const Impl>(points, values);
}

Emulator::~Emulator() = default;
Emulator::Emulator(Emulator&&) noexcept = default;
Emulator& Emulator::operator=(Emulator&&) noexcept = default;

Emulator::Prediction Emulator::operator()(std::span<const double> point) const {
  return impl_->predict(point);
}

const LeaveOneOut& Emulator::leave_one_out() const {
  return impl_->quality;
}

std::size_t Emulator::fewest(std::size_t dimensions) {
  return 2 * (dimensions + 1);
}

}  // namespace luohu
