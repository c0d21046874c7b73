// Elementary effects and shares of variance of functions whose own are known.

#include "luohu/inference/sensitivity.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <set>

#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

using Function = std::function<double(const std::vector<double>&, std::uint64_t)>;

std::vector<double> evaluated(const std::vector<Trial>& trials, const Function& f) {
  std::vector<double> values;
  for (const Trial& trial : trials) values.push_back(f(trial.point, trial.seed));
  return values;
}

std::vector<ElementaryEffects> morris(const Function& f, std::size_t parameters, std::size_t trajectories) {
  const Trajectories design = morris_trajectories(parameters, trajectories, Seed{7});
  return elementary_effects(design, evaluated(design.trials, f), 0.95);
}

std::vector<SobolIndices> sobol(const Function& f, std::size_t parameters, std::size_t points) {
  const std::vector<Trial> trials = saltelli_trials(parameters, points, Seed{7});
  return sobol_indices(evaluated(trials, f), parameters + 1, 0.95, Seed{8});
}

double uniform_of(std::uint64_t number, std::uint32_t of) {
  return uniform(own_words({Seed{of}, stream_named("test")}, number)[0]);
}

/// A standard normal number of this seed (Box & Muller 1958).
double normal_of(std::uint64_t seed) {
  return std::sqrt(-2 * std::log(uniform_of(seed, 1))) * std::cos(2 * std::numbers::pi * uniform_of(seed, 2));
}

/// The estimate is this far from the truth at most, and the interval has the truth or comes as near.
void check_near(const Estimate& estimate, double truth, double tolerance) {
  CHECK(std::abs(estimate.value - truth) <= tolerance);
  CHECK(estimate.low <= truth + tolerance);
  CHECK(estimate.high >= truth - tolerance);
  CHECK(estimate.low <= estimate.value);
  CHECK(estimate.value <= estimate.high);
}

}  // namespace

TEST_CASE("trajectories move one factor at a time, by two thirds", "[sensitivity]") {
  constexpr std::size_t parameters = 6;
  constexpr std::size_t trajectories = 8;
  const Trajectories design = morris_trajectories(parameters, trajectories, Seed{1});
  REQUIRE(design.factors == parameters + 1);
  REQUIRE(design.trials.size() == trajectories * (parameters + 2));
  std::set<std::uint64_t> seeds;
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t i = 0; i < design.factors; ++i) {
      const Trial& from = design.trials[t * (parameters + 2) + i];
      const Trial& to = design.trials[t * (parameters + 2) + i + 1];
      const std::size_t factor = design.moved[t * design.factors + i];
      moved.insert(factor);
      for (std::size_t p = 0; p < parameters; ++p) {
        CHECK(std::abs(to.point[p] - from.point[p]) == Approx(p == factor ? 2.0 / 3 : 0).margin(1e-12));
        const double level = 3 * to.point[p];
        CHECK(level == Approx(std::round(level)).margin(1e-12));
        CHECK((0 <= level && level <= 3));
      }
      CHECK((to.seed != from.seed) == (factor == parameters));
      seeds.insert(from.seed);
      seeds.insert(to.seed);
    }
    CHECK(moved.size() == design.factors);
  }
  CHECK(seeds.size() == 2 * trajectories);
  for (std::size_t p = 0; p < parameters; ++p) {  // each of the four levels is a start as often as the others
    std::array<int, 4> starts{};
    for (std::size_t t = 0; t < trajectories; ++t) {
      ++starts.at(static_cast<std::size_t>(std::lround(3 * design.trials[t * (parameters + 2)].point[p])));
    }
    CHECK(std::ranges::all_of(starts, [](int count) { return count == trajectories / 4; }));
  }
  const Trajectories again = morris_trajectories(parameters, trajectories, Seed{1});
  CHECK(again.moved == design.moved);
  CHECK(morris_trajectories(parameters, trajectories, Seed{2}).moved != design.moved);
}

TEST_CASE("elementary effects of a linear function are its coefficients", "[sensitivity]") {
  const std::vector<double> coefficients{5, -3, 0, 0.25};
  const auto linear = [&](const std::vector<double>& x, std::uint64_t) {
    return std::inner_product(x.begin(), x.end(), coefficients.begin(), 100.0);
  };
  const auto effects = morris(linear, 4, 12);
  for (std::size_t p = 0; p < 4; ++p) {
    CHECK(effects[p].mu == Approx(coefficients[p]).margin(1e-10));
    CHECK(effects[p].mu_star.mean == Approx(std::abs(coefficients[p])).margin(1e-10));
    CHECK(effects[p].sigma == Approx(0).margin(1e-10));
    CHECK(effects[p].mu_star.half_width == Approx(0).margin(1e-10));
  }
  CHECK(effects[4].mu_star.mean == 0);  // no chance in it
}

TEST_CASE("opposite effects cancel in the mean, not in importance", "[sensitivity][statistical]") {
  // (x1 - 1/2)(x2 - 1/2): the effect of x1 is x2 - 1/2, at levels 0, 1/3, 2/3 and 1 equally often: of mean 0, mean size
  // 1/3 and variance 5/36. 400 trajectories, whose stratified levels can only lower the error. False alarm: 1e-6 each.
  constexpr double n = 400;
  const auto effects =
      morris([](const auto& x, std::uint64_t) { return (x[0] - 0.5) * (x[1] - 0.5); }, 2, std::size_t{400});
  for (const std::size_t p : {0U, 1U}) {
    const double variance = 5.0 / 36;
    const double size = 1.0 / 3;
    CHECK(two_sided_p(effects[p].mu / std::sqrt(variance / n)) > 1e-6);
    CHECK(two_sided_p((effects[p].mu_star.mean - size) / std::sqrt((variance - size * size) / n)) > 1e-6);
    // The square is 1/4 or 1/36 equally often, with standard deviation 1/9.
    CHECK(two_sided_p((effects[p].sigma * effects[p].sigma - variance) / (1.0 / 9 / std::sqrt(n))) > 1e-6);
  }
}

TEST_CASE("additive noise is an effect of the seed, and of no parameter", "[sensitivity][statistical]") {
  // Two seeds differ by a normal number of variance 2 tau^2, of mean size 2 tau / sqrt(pi) and standard deviation of
  // the size tau sqrt(2 - 4 / pi). False alarm: 1e-6.
  constexpr double tau = 0.3;
  constexpr std::size_t trajectories = 500;
  const auto effects =
      morris([](const auto& x, std::uint64_t seed) { return 2 * x[0] + tau * normal_of(seed); }, 1, trajectories);
  CHECK(effects[0].mu == Approx(2));
  CHECK(effects[0].sigma == Approx(0).margin(1e-10));
  const double error = tau * std::sqrt((2 - 4 / std::numbers::pi) / trajectories);
  CHECK(two_sided_p((effects[1].mu_star.mean - 2 * tau / std::sqrt(std::numbers::pi)) / error) > 1e-6);
}

TEST_CASE("trials of variance shares mix two points, factor by factor", "[sensitivity]") {
  const std::vector<Trial> trials = saltelli_trials(3, 8, Seed{1});
  REQUIRE(trials.size() == 8 * (3 + 3));
  for (std::size_t j = 0; j < 8; ++j) {
    const Trial& a = trials[6 * j];
    const Trial& b = trials[6 * j + 1];
    CHECK(a.seed != b.seed);
    for (std::size_t f = 0; f < 4; ++f) {
      const Trial& mixed = trials[6 * j + 2 + f];
      for (std::size_t p = 0; p < 3; ++p) CHECK(mixed.point[p] == (p == f ? b : a).point[p]);
      CHECK(mixed.seed == (f == 3 ? b : a).seed);
    }
  }
}

TEST_CASE("Ishigami's function has the shares of its closed form", "[sensitivity]") {
  // Ishigami & Homma 1990: sin x1 + a sin^2 x2 + b x3^4 sin x1 over [-pi, pi]^3 with a = 7, b = 0.1.
  constexpr double a = 7;
  constexpr double b = 0.1;
  using std::numbers::pi;
  const auto ishigami = [](const std::vector<double>& u, std::uint64_t) {
    const auto angle = [&](std::size_t i) { return pi * (2 * u[i] - 1); };
    return std::sin(angle(0)) + a * std::pow(std::sin(angle(1)), 2) + b * std::pow(angle(2), 4) * std::sin(angle(0));
  };
  const double v1 = std::pow(1 + b * std::pow(pi, 4) / 5, 2) / 2;
  const double v2 = a * a / 8;
  const double v13 = b * b * std::pow(pi, 8) * 8 / 225;
  const double v = v1 + v2 + v13;
  const auto found = sobol(ishigami, 3, 4096);
  REQUIRE(found.size() == 4);
  check_near(found[0].first, v1 / v, 0.01);
  check_near(found[1].first, v2 / v, 0.01);
  check_near(found[2].first, 0, 0.01);
  check_near(found[0].total, (v1 + v13) / v, 0.01);
  check_near(found[1].total, v2 / v, 0.01);
  check_near(found[2].total, v13 / v, 0.01);
  CHECK(found[3].first.value == 0);  // no chance in it
  CHECK(found[3].total.value == 0);
}

TEST_CASE("Sobol's g-function has the shares of its closed form", "[sensitivity]") {
  // Saltelli & Sobol' 1995: the product of (|4 u - 2| + a) / (1 + a); each factor's own variance is 1 / (3 (1 + a)^2).
  const std::vector<double> a{0, 0.5, 3, 9, 99};
  const auto g = [&](const std::vector<double>& u, std::uint64_t) {
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i) product *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    return product;
  };
  const auto own = [&](std::size_t i) { return 1 / (3 * (1 + a[i]) * (1 + a[i])); };
  double all = 1;
  for (std::size_t i = 0; i < a.size(); ++i) all *= 1 + own(i);
  const auto found = sobol(g, a.size(), 4096);
  for (std::size_t i = 0; i < a.size(); ++i) {
    INFO(i);
    check_near(found[i].first, own(i) / (all - 1), 0.015);
    check_near(found[i].total, own(i) * all / (1 + own(i)) / (all - 1), 0.015);
  }
}

TEST_CASE("the seed has its share of the variance, by itself and with parameters", "[sensitivity]") {
  // u + tau z: variances 1/12 and tau^2. With standard normal z from the seed, of 4096 points: tolerance 0.04.
  constexpr double tau = 0.2;
  const auto added = sobol([](const auto& u, std::uint64_t seed) { return u[0] + tau * normal_of(seed); }, 1, 4096);
  const double share = tau * tau / (1.0 / 12 + tau * tau);
  check_near(added[1].first, share, 0.04);
  check_near(added[1].total, share, 0.04);
  check_near(added[0].first, 1 - share, 0.04);
  // u z: E(u^2) = 1/3 in all, z / 2 for a known seed, nothing for a known u.
  const auto multiplied = sobol([](const auto& u, std::uint64_t seed) { return u[0] * normal_of(seed); }, 1, 4096);
  check_near(multiplied[1].first, 0.75, 0.05);
  check_near(multiplied[1].total, 1, 0.05);
  check_near(multiplied[0].first, 0, 0.05);
  check_near(multiplied[0].total, 0.25, 0.05);
}

TEST_CASE("bootstrap intervals hold the truth as often as they say", "[sensitivity][statistical]") {
  // 2 u1 + u2 + 2 u1 u2, which has interaction, at 256 independent random points, 400 times. E(Y | u1) = 1/2 + 3 u1,
  // E(Y | u2) = 1 + 2 u2, and the interaction 2 (u1 - 1/2)(u2 - 1/2). Percentile intervals of 95 % fall short of their
  // level by about a point at such a size; if the true rate is 93 %, a count below 88 % or above 98 % has chance 3e-4.
  constexpr std::size_t points = 256;
  constexpr std::size_t parameters = 2;
  constexpr int repetitions = 400;
  const double v1 = 9.0 / 12;
  const double v2 = 4.0 / 12;
  const double v12 = 4.0 / 144;
  const double v = v1 + v2 + v12;
  const auto f = [](double x, double y) { return 2 * x + y + 2 * x * y; };
  std::vector<int> held(4);
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    std::vector<double> values;
    for (std::size_t j = 0; j < points; ++j) {
      const auto u = [&](std::uint32_t which) {
        return uniform_of(static_cast<std::uint64_t>(repetition) * points + j, 10 + which);
      };
      values.insert(values.end(), {f(u(0), u(1)), f(u(2), u(3)), f(u(2), u(1)), f(u(0), u(3)), f(u(0), u(1))});
    }
    const auto found = sobol_indices(values, parameters + 1, 0.95, Seed{static_cast<std::uint64_t>(repetition)});
    const auto holds = [](const Estimate& e, double truth) { return e.low <= truth && truth <= e.high ? 1 : 0; };
    held[0] += holds(found[0].first, v1 / v);
    held[1] += holds(found[1].first, v2 / v);
    held[2] += holds(found[0].total, (v1 + v12) / v);
    held[3] += holds(found[1].total, (v2 + v12) / v);
  }
  for (const int count : held) {
    CHECK(count > 0.88 * repetitions);
    CHECK(count < 0.98 * repetitions);
  }
}

TEST_CASE("an outcome without variance has no shares", "[sensitivity]") {
  const auto found = sobol([](const auto&, std::uint64_t) { return 0.1; }, 2, 16);
  for (const SobolIndices& index : found) {
    CHECK(std::isnan(index.first.value));
    CHECK(std::isnan(index.total.high));
  }
}
