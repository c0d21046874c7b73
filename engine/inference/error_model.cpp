#include "luohu/inference/error_model.hpp"

#include <cmath>
#include <utility>

#include "chance.hpp"
#include "luohu/core/error.hpp"

namespace luohu {
namespace {

double square(double x) {
  return x * x;
}

double own_variance(const TargetGroup& group) {
  return square(group.observation) + square(group.discrepancy);
}

}  // namespace

ErrorModel::ErrorModel(std::vector<TargetGroup> groups) : groups_{std::move(groups)} {
  for (const TargetGroup& group : groups_) {
    LUOHU_EXPECT(group.labels.size() == group.observed.size());
    observed_.insert(observed_.end(), group.observed.begin(), group.observed.end());
    variance_.insert(variance_.end(), group.observed.size(), own_variance(group) + square(group.shared));
  }
}

template <class Visit>
void ErrorModel::for_each_group(std::span<const double> extra, double tolerance, Visit&& visit) const {
  LUOHU_EXPECT(extra.empty() || extra.size() == size());
  std::vector<double> variance;
  std::size_t first = 0;
  for (const TargetGroup& group : groups_) {
    variance.assign(group.observed.size(), square(tolerance) * own_variance(group));
    for (std::size_t k = 0; !extra.empty() && k < variance.size(); ++k) variance[k] += extra[first + k];
    visit(first, variance, square(tolerance * group.shared));
    first += variance.size();
  }
}

// The covariance of a group is diagonal but for one constant, so that its inverse and determinant have closed forms
// (Sherman & Morrison 1950).

std::vector<double> ErrorModel::solved(std::span<const double> numbers, std::span<const double> extra,
                                       double tolerance) const {
  LUOHU_EXPECT(numbers.size() == size());
  std::vector<double> result{numbers.begin(), numbers.end()};
  for_each_group(extra, tolerance, [&](std::size_t first, const std::vector<double>& variance, double shared) {
    double weighted = 0, weights = 0;
    for (std::size_t k = 0; k < variance.size(); ++k) {
      weighted += numbers[first + k] / variance[k];
      weights += 1 / variance[k];
    }
    const double common = shared * weighted / (1 + shared * weights);
    for (std::size_t k = 0; k < variance.size(); ++k) result[first + k] = (numbers[first + k] - common) / variance[k];
  });
  return result;
}

double ErrorModel::product(std::span<const double> a, std::span<const double> b, std::span<const double> extra,
                           double tolerance) const {
  LUOHU_EXPECT(a.size() == size());
  const std::vector<double> right = solved(b, extra, tolerance);
  double total = 0;
  for (std::size_t i = 0; i < right.size(); ++i) total += a[i] * right[i];
  return total;
}

double ErrorModel::misfit(std::span<const double> simulated, std::span<const double> observed,
                          std::span<const double> extra, double tolerance) const {
  LUOHU_EXPECT(simulated.size() == size() && observed.size() == size());
  std::vector<double> residuals;
  for (std::size_t i = 0; i < size(); ++i) residuals.push_back(simulated[i] - observed[i]);
  double log_determinant = 0;
  for_each_group(extra, tolerance, [&](std::size_t, const std::vector<double>& variance, double shared) {
    double weights = 0;
    for (const double v : variance) {
      log_determinant += std::log(v);
      weights += 1 / v;
    }
    log_determinant += std::log1p(shared * weights);
  });
  return product(residuals, residuals, extra, tolerance) + log_determinant;
}

double ErrorModel::misfit(std::span<const double> simulated) const {
  return misfit(simulated, observed_, {});
}

std::vector<double> ErrorModel::with_errors(std::span<const double> simulated, Seed seed) const {
  LUOHU_EXPECT(simulated.size() == size());
  Chance chance{seed, "errors of targets"};
  std::vector<double> numbers{simulated.begin(), simulated.end()};
  std::size_t i = 0;
  for (const TargetGroup& group : groups_) {
    const double shared = group.shared * chance.normal();
    for (std::size_t k = 0; k < group.observed.size(); ++k, ++i) {
      numbers[i] += shared + std::sqrt(own_variance(group)) * chance.normal();
    }
  }
  return numbers;
}

ErrorModel ErrorModel::scaled(std::span<const double> factors) const {
  LUOHU_EXPECT(factors.size() == groups_.size());
  std::vector<TargetGroup> groups = groups_;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    groups[g].discrepancy *= factors[g];
    groups[g].shared *= factors[g];
  }
  return ErrorModel{std::move(groups)};
}

}  // namespace luohu
