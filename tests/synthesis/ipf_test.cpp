#include "luohu/synthesis/ipf.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace luohu;

namespace {

double odds_ratio(const Grid<double, 2>& t) {
  return t(0U, 0U) * t(1U, 1U) / (t(0U, 1U) * t(1U, 0U));
}

Grid<double, 3> random_table(std::array<std::size_t, 3> shape, std::uint64_t seed) {
  std::mt19937_64 generator{seed};
  Grid<double, 3> table{shape};
  for (double& cell : table.values()) cell = 0.05 + static_cast<double>(generator() % 1000) / 1000;
  return table;
}

/// Totals of `table` over the axes not named.
std::vector<double> totals(const Grid<double, 3>& table, const std::vector<std::size_t>& axes) {
  std::size_t size = 1;
  for (const std::size_t axis : axes) size *= table.shape()[axis];
  std::vector<double> sums(size);
  const auto& shape = table.shape();
  for (std::size_t i = 0; i < shape[0]; ++i) {
    for (std::size_t j = 0; j < shape[1]; ++j) {
      for (std::size_t k = 0; k < shape[2]; ++k) {
        const std::array<std::size_t, 3> index{i, j, k};
        std::size_t position = 0;
        for (const std::size_t axis : axes) position = position * shape[axis] + index[axis];
        sums[position] += table(i, j, k);
      }
    }
  }
  return sums;
}

}  // namespace

TEST_CASE("fitting a two-by-two table has a closed form", "[ipf]") {
  // With margins r, c and total N, the first cell x solves x (N - r - c + x) = ratio (r - x)(c - x).
  Grid<double, 2> table{{2, 2}};
  table.values() = {40, 30, 35, 50};
  const double ratio = odds_ratio(table), r = 150, c = 200, total = 450;
  const std::vector<Margin> margins{{{0}, {r, total - r}}, {{1}, {c, total - c}}};
  const FitReport report = fit(table, std::span{margins}, 1e-13);
  CHECK(report.converged);
  const double a = 1 - ratio, b = total - r - c + ratio * (r + c), d = -ratio * r * c;
  const double x = (-b + std::sqrt(b * b - 4 * a * d)) / (2 * a);
  CHECK(table(0U, 0U) == Approx(x).epsilon(1e-10));
  CHECK(odds_ratio(table) == Approx(ratio).epsilon(1e-10));
}

TEST_CASE("a flat seed gives the independence table", "[ipf]") {
  Grid<double, 2> table{{3, 2}, 7.0};
  const std::vector<Margin> margins{{{0}, {10, 20, 30}}, {{1}, {15, 45}}};
  const FitReport report = fit(table, std::span{margins});
  CHECK(report.converged);
  CHECK(report.iterations <= 2);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(table(i, 0U) == Approx(margins[0].target[i] / 4));
    CHECK(table(i, 1U) == Approx(margins[0].target[i] * 3 / 4));
  }
}

TEST_CASE("every margin is met and the seed's interactions are kept", "[ipf]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Grid<double, 3> before = random_table({4, 3, 5}, seed), goal = random_table({4, 3, 5}, seed + 1000);
    const std::vector<Margin> margins{{{2, 0}, totals(goal, {2, 0})}, {{1}, totals(goal, {1})}};
    Grid<double, 3> table = before;
    REQUIRE(fit(table, std::span{margins}, 1e-11).converged);
    for (const Margin& margin : margins) {
      const std::vector<double> sums = totals(table, margin.axes);
      for (std::size_t i = 0; i < sums.size(); ++i) CHECK(sums[i] == Approx(margin.target[i]).margin(1e-9));
    }
    // Odds ratios between axis 1 and the pair (0, 2): touched by no margin.
    for (std::size_t i = 1; i < 4; ++i) {
      for (std::size_t k = 0; k < 5; ++k) {
        const auto ratio = [&](const Grid<double, 3>& t) {
          return t(0U, 0U, 0U) * t(i, 2U, k) / (t(0U, 2U, 0U) * t(i, 0U, k));
        };
        CHECK(ratio(table) == Approx(ratio(before)).epsilon(1e-8));
      }
    }
  }
}

TEST_CASE("zeros stay, and a target over zeros alone shows", "[ipf]") {
  Grid<double, 2> table{{2, 2}};
  table.values() = {0, 1, 1, 1};
  std::vector<Margin> margins{{{0}, {3, 7}}, {{1}, {2, 8}}};
  CHECK(fit(table, std::span{margins}).converged);
  const std::vector<double> only{0, 3, 2, 5};
  for (std::size_t i = 0; i < 4; ++i) CHECK(table.values()[i] == Approx(only[i]).epsilon(1e-8));
  CHECK(table(0U, 0U) == 0);

  table.values() = {0, 0, 1, 1};
  CHECK_FALSE(fit(table, std::span{margins}, 1e-10, 50).converged);
}

TEST_CASE("a table that fits is left alone", "[ipf]") {
  const Grid<double, 3> before = random_table({2, 3, 4}, 5);
  const std::vector<Margin> margins{{{0}, totals(before, {0})}, {{1, 2}, totals(before, {1, 2})}};
  Grid<double, 3> table = before;
  CHECK(fit(table, std::span{margins}).iterations == 1);
  for (std::size_t i = 0; i < table.values().size(); ++i) {
    CHECK(table.values()[i] == Approx(before.values()[i]).epsilon(1e-12));
  }
}
