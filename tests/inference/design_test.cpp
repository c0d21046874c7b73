// Designs: every parameter's range is covered evenly, the same way for the same seed.

#include "luohu/inference/design.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <set>

#include "luohu/core/error.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

const Parameters defaults;

std::string refusal(const std::vector<std::string>& texts) {
  try {
    std::ignore = ranges_of(texts, defaults);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    return error.what();
  }
  return "accepted";
}

/// Points in each of `cells` equal parts of one dimension.
std::vector<int> counts(const Design& design, std::size_t dimension, std::size_t cells) {
  std::vector<int> count(cells);
  for (const auto& point : design) {
    ++count.at(static_cast<std::size_t>(point[dimension] * static_cast<double>(cells)));
  }
  return count;
}

bool is_one(int count) {
  return count == 1;
}

/// The 32 binary digits after the point of a number in [0, 1).
std::uint32_t digits(double x) {
  return static_cast<std::uint32_t>(std::ldexp(x, 32));
}

/// Leading binary digits after the point that two numbers in [0, 1) share, 32 if all.
int shared_digits(double a, double b) {
  int digits = 0;
  while (digits < 32 && std::floor(std::ldexp(a, digits + 1)) == std::floor(std::ldexp(b, digits + 1))) ++digits;
  return digits;
}

}  // namespace

TEST_CASE("ranges are as named, or a quarter of the value either way within the limits", "[design]") {
  const auto ranges = ranges_of({"migration.push_exponent=0.2:1", "housing.supply_elasticity=0.3:2:log",
                                 "settling.wish_intercept", "migration.mobility_level", "vital.male_birth_share"},
                                defaults);
  REQUIRE(ranges.size() == 5);
  CHECK(ranges[0].at(0) == 0.2);
  CHECK(ranges[0].at(0.5) == Approx(0.6));
  CHECK(ranges[0].at(1) == 1);
  CHECK(ranges[0].named);
  CHECK_FALSE(ranges[2].named);
  CHECK(ranges[1].at(0) == 0.3);
  CHECK(ranges[1].at(0.5) == Approx(std::sqrt(0.3 * 2)));
  CHECK(ranges[1].at(1) == 2);
  CHECK(ranges[2].at(0) == Approx(-1.15 * 1.25));  // a negative value's range is not turned round
  CHECK(ranges[2].at(1) == Approx(-1.15 * 0.75));
  CHECK(ranges[3].at(0) == Approx(3 * 0.75));
  CHECK(ranges[4].at(0) == 0.4);  // 0.527 * 0.75 is beyond the limits, and so is 0.527 * 1.25
  CHECK(ranges[4].at(1) == 0.6);

  Parameters other = defaults;
  other.mobility_level = 2;
  CHECK(ranges_of({"migration.mobility_level"}, other)[0].at(1) == Approx(2.5));
}

TEST_CASE("a range that makes no sense is refused with the reason", "[design]") {
  CHECK_THAT(refusal({"migration.push_exponnt"}), Catch::Contains("did you mean 'migration.push_exponent'?"));
  CHECK_THAT(refusal({"migration.push_exponent=0.2"}), Catch::Contains("NAME=LOWER:UPPER"));
  CHECK_THAT(refusal({"migration.push_exponent=a:b"}), Catch::Contains("must be numbers"));
  CHECK_THAT(refusal({"migration.push_exponent=0.2:0.8:ln"}), Catch::Contains("must be numbers"));
  CHECK_THAT(refusal({"migration.push_exponent=0.8:0.2"}), Catch::Contains("less than"));
  CHECK_THAT(refusal({"migration.push_exponent=0.2:1.5"}), Catch::Contains("limits are 0 and 1"));
  CHECK_THAT(refusal({"migration.push_exponent=0:1:log"}), Catch::Contains("only positive"));
  CHECK_THAT(refusal({"migration.onward_cost"}), Catch::Contains("is 0"));
  CHECK_THAT(refusal({"migration.push_exponent", "migration.push_exponent=0:1"}), Catch::Contains("twice"));
}

TEST_CASE("a point sets its parameters and no other", "[design]") {
  const auto ranges = ranges_of({"migration.push_exponent=0.2:1", "migration.mobility_level=2:4"}, defaults);
  const Parameters set = parameters_at(defaults, ranges, std::vector{0.25, 0.5, 0.9});  // the third is no parameter
  Parameters expected = defaults;
  expected.push_exponent = 0.4;
  expected.mobility_level = 3;
  CHECK(set == expected);
}

TEST_CASE("a Latin hypercube has one point in every n-th of every dimension", "[design]") {
  constexpr std::size_t n = 50;
  constexpr std::size_t dimensions = 7;
  const Design design = latin_hypercube(n, dimensions, Seed{3});
  for (std::size_t d = 0; d < dimensions; ++d) CHECK(std::ranges::all_of(counts(design, d, n), is_one));
  CHECK(latin_hypercube(n, dimensions, Seed{3}) == design);
  CHECK(latin_hypercube(n, dimensions, Seed{4}) != design);
}

TEST_CASE("a Latin hypercube pairs dimensions at random, and is random within its cells", "[design][statistical]") {
  // Two columns of ranks of n points have correlation 0 with variance 1 / (n - 1), normal at n = 2000; a cell's share
  // passed is uniform with variance 1/12. False alarm: 1e-6 each, of 6 tests.
  constexpr std::size_t n = 2000;
  const Design design = latin_hypercube(n, 3, Seed{11});
  const auto covariance = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (const auto& point : design) sum += (point[a] - 0.5) * (point[b] - 0.5);
    return sum / n;
  };
  using Two = std::pair<std::size_t, std::size_t>;
  for (const auto& [a, b] : {Two{0, 1}, Two{0, 2}, Two{1, 2}}) {
    CHECK(two_sided_p(12 * covariance(a, b) * std::sqrt(n - 1.0)) > 1e-6);
  }
  for (std::size_t d = 0; d < 3; ++d) {
    double sum = 0;
    for (const auto& point : design) sum += std::fmod(point[d] * n, 1.0);
    CHECK(two_sided_p((sum / n - 0.5) * std::sqrt(12.0 * n)) > 1e-6);
  }
}

TEST_CASE("scrambling keeps which points of Sobol's sequence lie close together", "[design]") {
  // The first ten points in three dimensions, from the example of Joe & Kuo's program for new-joe-kuo-6.21201. Points
  // that share so many binary digits of a coordinate share as many after nested scrambling, and no more.
  constexpr double reference[10][3] = {{0, 0, 0},
                                       {0.5, 0.5, 0.5},
                                       {0.75, 0.25, 0.25},
                                       {0.25, 0.75, 0.75},
                                       {0.375, 0.375, 0.625},
                                       {0.875, 0.875, 0.125},
                                       {0.625, 0.125, 0.875},
                                       {0.125, 0.625, 0.375},
                                       {0.1875, 0.3125, 0.9375},
                                       {0.6875, 0.8125, 0.4375}};
  const Design design = sobol_sequence(10, 3, Seed{5});
  for (std::size_t i = 0; i < 10; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      for (std::size_t d = 0; d < 3; ++d) {
        CHECK(shared_digits(design[i][d], design[j][d]) == shared_digits(reference[i][d], reference[j][d]));
        // Where they part the digits that follow are turned round apart: a mere shift would keep their differences.
        CHECK((digits(design[i][d]) ^ digits(design[j][d])) != (digits(reference[i][d]) ^ digits(reference[j][d])));
      }
    }
  }
}

TEST_CASE("2^m points of Sobol's sequence are stratified", "[design]") {
  constexpr unsigned m = 8;
  constexpr std::size_t n = 1U << m;
  const Design design = sobol_sequence(n, 64, Seed{1});
  for (std::size_t d = 0; d < 64; ++d) CHECK(std::ranges::all_of(counts(design, d, n), is_one));
  // The first two dimensions are a (0, 2)-sequence: a point in every box of 2^-a by 2^-(m - a).
  for (unsigned a = 0; a <= m; ++a) {
    std::set<std::pair<double, double>> boxes;
    for (const auto& point : design) {
      boxes.emplace(std::floor(std::ldexp(point[0], static_cast<int>(a))),
                    std::floor(std::ldexp(point[1], static_cast<int>(m - a))));
    }
    CHECK(boxes.size() == n);
  }
  // More points or dimensions go on where fewer stop.
  const Design fewer = sobol_sequence(100, 5, Seed{1});
  for (std::size_t i = 0; i < fewer.size(); ++i) {
    CHECK(std::ranges::equal(fewer[i], std::span{design[i]}.first(5)));
  }
  CHECK(sobol_sequence(n, 64, Seed{2}) != design);
}

TEST_CASE("a scrambled point of Sobol's sequence is uniform over seeds", "[design][statistical]") {
  // 16 cells of one coordinate over 3200 seeds: chi-square with 15 degrees of freedom. False alarm: 1e-6 each, of 4.
  constexpr std::size_t cells = 16;
  constexpr int seeds = 3200;
  for (const auto& [point, dimension] : {std::pair{0, 0}, std::pair{1, 3}, std::pair{6, 9}, std::pair{7, 1}}) {
    std::vector<double> count(cells);
    for (int seed = 0; seed < seeds; ++seed) {
      const Design design = sobol_sequence(8, 10, Seed{static_cast<std::uint64_t>(seed)});
      ++count[static_cast<std::size_t>(design[static_cast<std::size_t>(point)][static_cast<std::size_t>(dimension)] *
                                       cells)];
    }
    CHECK(multinomial_p(count, std::vector<double>(cells, 1.0 / cells)) > 1e-6);
  }
}

TEST_CASE("Sobol's sequence integrates a smooth function better than chance", "[design]") {
  // The product of 1 + (u - 1/2) over 6 dimensions has mean 1 and sd sqrt((13/12)^6 - 1) = 0.785: 0.025 for the mean of
  // 1024 random points. Of nested scrambled nets the error falls almost as n^-3/2; a tenth of chance's is held.
  double worst = 0;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    double sum = 0;
    for (const auto& point : sobol_sequence(1024, 6, Seed{seed})) {
      sum += std::accumulate(point.begin(), point.end(), 1.0, [](double p, double u) { return p * (u + 0.5); });
    }
    worst = std::max(worst, std::abs(sum / 1024 - 1));
  }
  CHECK(worst < 0.0025);
}
