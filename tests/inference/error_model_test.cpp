#include "luohu/inference/error_model.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace luohu;

namespace {

ErrorModel two_groups() {
  return ErrorModel{
      {{"change", "here", {"a", "b"}, {1.0, 2.0}, 0.3, 0.4, 0.5}, {"share", "here", {"c"}, {0.5}, 0.1, 0, 0}}};
}

}  // namespace

TEST_CASE("the misfit is that of a normal distribution with the stated covariance", "[calibration]") {
  const ErrorModel errors = two_groups();
  // Covariance of the first group: 0.25 + 0.25 on the diagonal, 0.25 beside it; determinant 0.5^2 - 0.25^2.
  const double r1 = 0.7, r2 = -0.2, r3 = 0.05;
  const double determinant = 0.25 - 0.0625;
  const double form = (0.5 * r1 * r1 + 0.5 * r2 * r2 - 2 * 0.25 * r1 * r2) / determinant + r3 * r3 / 0.01;
  const std::vector<double> simulated{1 + r1, 2 + r2, 0.5 + r3};
  CHECK(errors.misfit(simulated) == Approx(form + std::log(determinant) + std::log(0.01)));
  CHECK(errors.variance() == std::vector<double>{0.5, 0.5, 0.1 * 0.1});
}

TEST_CASE("extra variance and tolerance widen the errors they should", "[calibration]") {
  const ErrorModel errors = two_groups();
  const std::vector<double> simulated{1.7, 1.8, 0.55};
  const std::vector<double> none(3, 0.0);
  CHECK(errors.misfit(simulated, errors.observed(), none) == Approx(errors.misfit(simulated)));
  // Twice as wide: the form falls to a quarter, the log determinant grows by 2 log 2 for each number.
  const double residuals = errors.product(std::vector<double>{0.7, -0.2, 0.05}, std::vector<double>{0.7, -0.2, 0.05});
  CHECK(errors.misfit(simulated, errors.observed(), none, 2) ==
        Approx(errors.misfit(simulated) - 0.75 * residuals + 3 * 2 * std::log(2)));
  const ErrorModel wide = errors.scaled(std::vector<double>{2, 1});
  CHECK(wide.groups()[0].discrepancy == Approx(0.8));
  CHECK(wide.groups()[0].observation == Approx(0.3));
  const std::vector<double> extra{0, 0, 0.03};
  CHECK(errors.product(std::vector<double>{0, 0, 1}, std::vector<double>{0, 0, 1}, extra) == Approx(1 / 0.04));
}

TEST_CASE("errors are drawn with the variances and the common part that the model states",
          "[calibration][statistical]") {
  const ErrorModel errors = two_groups();
  constexpr int draws = 20'000;
  double aa = 0, ab = 0, cc = 0;
  for (int i = 0; i < draws; ++i) {
    const auto y = errors.with_errors(errors.observed(), Seed{static_cast<std::uint64_t>(i) + 1});
    aa += (y[0] - 1) * (y[0] - 1) / draws;
    ab += (y[0] - 1) * (y[1] - 2) / draws;
    cc += (y[2] - 0.5) * (y[2] - 0.5) / draws;
  }
  // Relative standard error of a variance: sqrt(2/20,000) = 1 %; false alarm beyond 5 of them.
  CHECK(aa == Approx(0.5).epsilon(0.05));
  CHECK(ab == Approx(0.25).margin(0.5 * 0.05));
  CHECK(cc == Approx(0.01).epsilon(0.05));
}
