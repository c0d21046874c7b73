// Fitting, on simulators whose answer is known.

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "luohu/inference/abc_smc.hpp"
#include "luohu/inference/identifiability.hpp"
#include "luohu/inference/optimum.hpp"
#include "luohu/inference/recovery.hpp"
#include "luohu/inference/summaries.hpp"
#include "support/toy_simulator.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

const LinearSimulator two_by_two{{{1, 0.5}, {0.2, -1}, {0.3, 0.3}}};
void quiet(const std::string&) {}

SampleOptions few_particles() {
  SampleOptions options;
  options.particles = 150;
  options.generations = 6;
  options.seed = Seed{7};
  return options;
}

}  // namespace

TEST_CASE("the lowest point is found inside the cube, at a wall, and in one dimension", "[calibration]") {
  const auto bowl = [](std::span<const double> x) {
    return (x[0] - 0.3) * (x[0] - 0.3) + (x.size() > 1 ? 2 * (x[1] - 1.4) * (x[1] - 1.4) : 0);
  };
  const Optimum both = minimum_in_cube(bowl, {0.8, 0.2}, 0.1, 1e-4, 500);
  CHECK(both.point[0] == Approx(0.3).margin(0.01));
  CHECK(both.point[1] == Approx(1).margin(0.001));
  CHECK(minimum_in_cube(bowl, {0.9}, 0.1, 1e-4, 500).point[0] == Approx(0.3).margin(0.01));
  CHECK(minimum_in_cube(bowl, {0.8, 0.2}, 0.1, 1e-4, 9).evaluations == 9);
  const auto broken = [](std::span<const double>) -> double { throw std::runtime_error{"no simulation"}; };
  CHECK_THROWS_WITH(minimum_in_cube(broken, {0.5, 0.5}, 0.1, 1e-4, 9), "no simulation");
}

TEST_CASE("information is that of a linear model, and none of what changes nothing", "[calibration]") {
  // The third parameter enters nowhere; the first alone in number 0, the second alone in number 1.
  const LinearSimulator toy{{{2, 0, 0}, {0, 0.5, 0}}};
  const ErrorModel errors = errors_of(toy.at({0.5, 0.5, 0.5}), 0.1);
  const Identifiability found = identifiability(toy.evaluate(), errors, {0.5, 0.5, 0.5}, 0.05, {});
  CHECK(found.deviation[0] == Approx(std::sqrt(12 / (12 + 400.0))));
  CHECK(found.deviation[1] == Approx(std::sqrt(12 / (12 + 25.0))));
  CHECK(found.deviation[2] == Approx(1));
  CHECK(found.correlation(0, 1) == Approx(0).margin(1e-12));
  CHECK(found.directions.front().deviation == Approx(found.deviation[0]));
  CHECK(std::abs(found.directions.back().components[2]) == Approx(1));
}

TEST_CASE("of two parameters that act as their sum only the sum is known", "[calibration]") {
  const LinearSimulator toy{{{10, 10}}};
  const Identifiability found =
      identifiability(toy.evaluate(), errors_of({10}, 0.1), {0.0, 1.0}, 0.05, {});  // at walls: one-sided differences
  CHECK(found.correlation(0, 1) < -0.99);
  CHECK(found.deviation[0] == Approx(std::sqrt(0.5)).epsilon(0.01));  // half the prior's variance is across the sum
  CHECK(found.directions.front().deviation == Approx(std::sqrt(12 / (12 + 2 * 100 / 0.01))));
  CHECK(found.directions.back().deviation == Approx(1));
}

TEST_CASE("more misses are tolerated where more numbers may be missed by chance", "[calibration]") {
  // Binomial with probability 0.0027: P(0 of 1) = 0.9973; of 366: P(<=2) = 0.921, P(<=3) = 0.981.
  CHECK(tolerated_misses(1) == 0);
  CHECK(tolerated_misses(366) == 3);
}

TEST_CASE("history matching keeps the truth and rules out what is far", "[calibration]") {
  const std::vector<double> truth{0.7, 0.4};
  const ErrorModel errors = errors_of(two_by_two.at(truth), 0.03);
  HistoryOptions options;
  options.points = 30;
  options.waves = 3;
  options.seed = Seed{3};
  const HistoryMatch match = match_history(two_by_two.evaluate(), errors, {}, {{0.5, 0.5}}, options, quiet);
  CHECK(match.region.contains(truth));
  CHECK_FALSE(match.region.contains(std::vector<double>{0.1, 0.9}));
  CHECK(match.points.size() == 91);
  REQUIRE(match.waves.size() == 3);
  CHECK(match.waves.back().cutoff == implausible_beyond);
  CHECK(match.waves.back().emulator.worst > 0.999);
  // No number may be missed by 3 x 0.03: three strips, whose common part is below the first two's area.
  const double determinant = 1 * 1 + 0.5 * 0.2;
  CHECK(match.waves.back().left < 0.18 * 0.18 / determinant * 1.2);
  CHECK(match.waves.back().left > 0.25 * 0.18 * 0.18 / determinant);
  for (const auto& point : match.plausible) CHECK(std::abs(point[0] - truth[0]) < 0.2);
}

TEST_CASE("the posterior is the normal one that it is in theory", "[calibration][statistical]") {
  const std::vector<double> truth{0.55, 0.45};
  const double deviation = 0.05;
  const ErrorModel errors = errors_of(two_by_two.at(truth), deviation);
  HistoryOptions history;
  history.points = 40;
  history.waves = 1;
  const Evaluate evaluate = two_by_two.evaluate();
  const HistoryMatch match = match_history(evaluate, errors, {}, {{0.5, 0.5}}, history, quiet);
  const Sample sample = sample_posterior(evaluate, errors, errors.observed(), {}, match, few_particles(), quiet);
  CHECK(sample.generations.back().tolerance == 1);
  CHECK(sample.generations.back().effective > 75);
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < sample.points.size(); ++i) mean += sample.weights[i] * sample.points[i][0];
  for (std::size_t i = 0; i < sample.points.size(); ++i) {
    squares += sample.weights[i] * (sample.points[i][0] - mean) * (sample.points[i][0] - mean);
  }
  // Precision of the parameters: AᵀA / 0.05².
  const double a = 1.13, b = 0.39, c = 1.34;
  const double expected = deviation * std::sqrt(c / (a * c - b * b));
  // Standard errors with 75 draws or more: of the mean 0.12 sd, of the sd 8 %; false alarm beyond 4 of them.
  CHECK(mean == Approx(truth[0]).margin(4 * 0.12 * expected));
  CHECK(std::sqrt(squares) == Approx(expected).epsilon(4 * 0.082));
  const Design draws = resampled(sample, 50, Seed{1});
  CHECK(draws.size() == 50);
}

TEST_CASE("summaries keep what a linear model says of its parameters, and have standard errors",
          "[calibration][statistical]") {
  // Forty numbers with a common error besides; the third parameter enters nowhere.
  LinearSimulator many;
  for (int k = 0; k < 40; ++k) many.coefficients.push_back({std::sin(k + 1.0), std::cos(2.0 * k), 0});
  const std::vector<double> truth{0.5, 0.5, 0.5};
  const ErrorModel errors{{{"toy", "toy", std::vector<std::string>(40, "number"), many.at(truth), 0.1, 0.2, 0.3}}};
  const Design points = latin_hypercube(30, 3, Seed{2});
  const Summaries summaries{points, many.evaluate()(points, 0), errors, std::vector<double>(40, 0.01)};
  REQUIRE(summaries.errors().size() == 2);
  // The same distance between two sets of parameters as in all the numbers.
  const std::vector<double> a = many.at({0.2, 0.9, 0.1}), b = many.at({0.4, 0.3, 0.8});
  std::vector<double> apart(40);
  for (std::size_t k = 0; k < 40; ++k) apart[k] = a[k] - b[k];
  const auto sa = summaries(a), sb = summaries(b);
  const double distance = (sa[0] - sb[0]) * (sa[0] - sb[0]) + (sa[1] - sb[1]) * (sa[1] - sb[1]);
  CHECK(distance == Approx(errors.product(apart, apart, std::vector<double>(40, 0.01))));
  // Data have the errors of the model without the noise of simulation.
  double squares = 0, product = 0;
  constexpr int draws = 10'000;
  for (int i = 0; i < draws; ++i) {
    const auto s = summaries(errors.with_errors(many.at(truth), Seed{static_cast<std::uint64_t>(i) + 1}));
    const double x = s[0] - summaries.errors().observed()[0], y = s[1] - summaries.errors().observed()[1];
    squares += (x * x + y * y) / (2 * draws);
    product += x * y / draws;
  }
  // 0.05 of 0.06 of the own variance is the model's; standard errors 1 % each, beyond 5 of them.
  CHECK(squares == Approx(0.05 / 0.06).epsilon(0.05));
  CHECK(product == Approx(0).margin(0.05));
}

TEST_CASE("resampling takes points as often as they weigh", "[calibration]") {
  const Sample sample{{}, {{0.1}, {0.2}, {0.3}}, {0.5, 0, 0.5}};
  const Design draws = resampled(sample, 10, Seed{5});
  CHECK(std::ranges::count(draws, std::vector<double>{0.1}) == 5);
  CHECK(std::ranges::count(draws, std::vector<double>{0.2}) == 0);
}

TEST_CASE("known parameters are found again: ranks are uniform", "[calibration][statistical]") {
  RecoveryOptions options;
  options.data_sets = 40;
  options.design = 40;
  options.sample = few_particles();
  options.sample.widest = 1;
  options.sample.generations = 2;
  options.sample.steps = 200;
  const ErrorModel errors = errors_of({0, 0, 0}, 0.1);
  const Recovery found = recover(two_by_two.evaluate(), errors, 2, {}, options, quiet);
  CHECK(found.ranks.size() == 40);
  // False alarm: one reseeding in a thousand for each.
  CHECK(found.chi_squared_p > 0.001);
  for (const double p : found.ks_p) CHECK(p > 0.001);
  // 80 ranks: standard errors 0.056 and 0.034; beyond 4 of them.
  CHECK(found.within_half == Approx(0.5).margin(0.22));
  CHECK(found.within_nine_tenths == Approx(0.9).margin(0.14));

  // Power: data that differ by one standard deviation of the errors from what is simulated are noticed.
  const Evaluate other_data = [&](const Design& points, std::uint64_t replicate) {
    auto values = two_by_two.evaluate()(points, replicate);
    if (replicate == 1) {
      for (auto& numbers : values) numbers[0] += 0.2;
    }
    return values;
  };
  const Recovery lost = recover(other_data, errors, 2, {}, options, quiet);
  CHECK(lost.ks_p[0] < 0.001);
}

TEST_CASE("uniform values are called so, others are not", "[calibration]") {
  std::vector<double> even, low;
  for (int i = 0; i < 20; ++i) {
    even.push_back((i + 0.5) / 20);
    low.push_back((i + 0.5) / 40);
  }
  CHECK(uniformity_p(even) == 1);
  CHECK(uniformity_p(low) < 1e-3);  // a distance of 0.5 with n = 20
}
