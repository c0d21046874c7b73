#include "luohu/inference/error_model.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

double square(double x) {
  return x * x;
}

double own_variance(const TargetGroup& group) {
  return square(group.observation) + square(group.discrepancy);
}

/// Standard normal numbers, each of its own (Box & Muller 1958).
class Normals {
 public:
  explicit Normals(Seed seed) : key_{seed, stream_named("errors of targets"), 0} {}
  double next() {
    const Words words = own_words(key_, count_++);
    return std::sqrt(-2 * std::log(uniform(words[0]))) * std::cos(2 * std::numbers::pi * uniform(words[1]));
  }

 private:
  DrawKey key_;
  std::uint64_t count_ = 0;
};

}  // namespace

ErrorModel::ErrorModel(std::vector<TargetGroup> groups) : groups_{std::move(groups)} {
  for (const TargetGroup& group : groups_) {
    LUOHU_EXPECT(group.labels.size() == group.observed.size());
    observed_.insert(observed_.end(), group.observed.begin(), group.observed.end());
    variance_.insert(variance_.end(), group.observed.size(), own_variance(group) + square(group.shared));
  }
}

double ErrorModel::misfit(std::span<const double> simulated, std::span<const double> observed,
                          std::span<const double> extra, double tolerance) const {
  LUOHU_EXPECT(simulated.size() == size() && observed.size() == size());
  LUOHU_EXPECT(extra.empty() || extra.size() == size());
  double total = 0;
  std::size_t i = 0;
  for (const TargetGroup& group : groups_) {
    // The covariance is diagonal but for one constant, so that its inverse and determinant have closed forms
    // (Sherman & Morrison 1950).
    double form = 0, weighted = 0, weights = 0, log_determinant = 0;
    for (std::size_t k = 0; k < group.observed.size(); ++k, ++i) {
      const double variance = square(tolerance) * own_variance(group) + (extra.empty() ? 0 : extra[i]);
      const double residual = simulated[i] - observed[i];
      form += square(residual) / variance;
      weighted += residual / variance;
      weights += 1 / variance;
      log_determinant += std::log(variance);
    }
    const double shared = square(tolerance * group.shared);
    total += form - shared * square(weighted) / (1 + shared * weights);
    total += log_determinant + std::log1p(shared * weights);
  }
  return total;
}

double ErrorModel::misfit(std::span<const double> simulated) const {
  return misfit(simulated, observed_, {});
}

std::vector<double> ErrorModel::with_errors(std::span<const double> simulated, Seed seed) const {
  LUOHU_EXPECT(simulated.size() == size());
  Normals normals{seed};
  std::vector<double> numbers{simulated.begin(), simulated.end()};
  std::size_t i = 0;
  for (const TargetGroup& group : groups_) {
    const double shared = group.shared * normals.next();
    for (std::size_t k = 0; k < group.observed.size(); ++k, ++i) {
      numbers[i] += shared + std::sqrt(own_variance(group)) * normals.next();
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
