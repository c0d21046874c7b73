#include "luohu/synthesis/integerise.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "luohu/core/error.hpp"

using namespace luohu;

namespace {

std::int64_t total(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

struct Sums {
  std::vector<double> zone, klass, sex_age;
};

template <class T>
Sums sums_of(const Grid<T, 4>& table) {
  const auto& [zones, classes, sexes_, ages] = table.shape();
  Sums sums{std::vector<double>(zones), std::vector<double>(classes), std::vector<double>(sexes_ * ages)};
  for (std::size_t z = 0; z < zones; ++z) {
    for (std::size_t c = 0; c < classes; ++c) {
      for (std::size_t s = 0; s < sexes_; ++s) {
        for (std::size_t g = 0; g < ages; ++g) {
          const auto count = static_cast<double>(table(z, c, s, g));
          sums.zone[z] += count, sums.klass[c] += count, sums.sex_age[s * ages + g] += count;
        }
      }
    }
  }
  return sums;
}

std::vector<double> reals(const std::vector<std::int64_t>& counts) {
  return {counts.begin(), counts.end()};
}

}  // namespace

TEST_CASE("apportioning gives whole numbers near the shares that sum to the total", "[apportion]") {
  std::mt19937_64 generator{3};
  for (int trial = 0; trial < 3000; ++trial) {
    std::vector<double> weights(1 + generator() % 40);
    for (double& weight : weights)
      weight = generator() % 4 == 0 ? 0.0 : std::exp(static_cast<double>(generator() % 2000) / 100);
    weights[generator() % weights.size()] = 1;
    const auto whole = static_cast<std::int64_t>(generator() % 100'000);
    const auto counts = apportion(weights, whole);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    REQUIRE(total(counts) == whole);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      REQUIRE(std::abs(static_cast<double>(counts[i]) - weights[i] / sum * static_cast<double>(whole)) < 1 + 1e-6);
      if (weights[i] == 0) REQUIRE(counts[i] == 0);
    }
  }
}

TEST_CASE("apportioning goes by the largest remainders, ties to the first", "[apportion]") {
  using V = std::vector<std::int64_t>;
  CHECK(apportion(std::vector<double>{1, 1, 1}, 2) == V{1, 1, 0});
  CHECK(apportion(std::vector<double>{5.3, 2.6, 2.1}, 10) == V{5, 3, 2});
  CHECK(apportion(std::vector<double>{0, 3, 0, 7}, 10) == V{0, 3, 0, 7});
  CHECK(apportion(std::vector<double>{0, 0}, 0) == V{0, 0});
  CHECK(apportion(std::vector<double>{}, 0) == V{});
  CHECK_THROWS_AS(apportion(std::vector<double>{0, 0}, 1), InternalError);
}

TEST_CASE("whole shares come out as they went in", "[apportion]") {
  std::mt19937_64 generator{4};
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<std::int64_t> counts(1 + generator() % 30);
    for (std::int64_t& count : counts) count = static_cast<std::int64_t>(generator() % 3'000'000);
    if (total(counts) > 0) REQUIRE(apportion(reals(counts), total(counts)) == counts);
  }
}

TEST_CASE("whole tables meet all margins exactly and stay near what is expected", "[integerise]") {
  std::mt19937_64 generator{5};
  for (int trial = 0; trial < 200; ++trial) {
    ResidentTable expected{{2, 5, 2, 6}};
    const double size = std::exp(static_cast<double>(generator() % 900) / 100);
    for (double& cell : expected.values()) {
      cell = generator() % 6 == 0 ? 0.0 : size * static_cast<double>(generator() % 1000) / 1000;
    }
    expected(0U, 0U, 0U, 0U) = size;
    const Sums sums = sums_of(expected);
    double people = std::accumulate(sums.zone.begin(), sums.zone.end(), 0.0);
    const auto whole = static_cast<std::int64_t>(std::llround(people));
    const ResidentMargins margins{apportion(sums.zone, whole), apportion(sums.klass, whole),
                                  apportion(sums.sex_age, whole)};
    const ResidentCounts counts = integerise(expected, margins);
    const Sums found = sums_of(counts);
    REQUIRE(found.zone == reals(margins.zone));
    REQUIRE(found.klass == reals(margins.klass));
    REQUIRE(found.sex_age == reals(margins.sex_age));
    double distance = 0;
    for (std::size_t i = 0; i < counts.values().size(); ++i) {
      REQUIRE(counts.values()[i] >= 0);
      distance += std::abs(static_cast<double>(counts.values()[i]) - expected.values()[i]);
    }
    CHECK(distance / static_cast<double>(counts.values().size()) < 1);  // under one person a cell
  }
}

TEST_CASE("a table of whole numbers is its own integerisation", "[integerise]") {
  std::mt19937_64 generator{6};
  ResidentTable expected{{2, 5, 2, 19}};
  for (double& cell : expected.values()) cell = static_cast<double>(generator() % 5000);
  const Sums sums = sums_of(expected);
  const auto whole = [](const std::vector<double>& v) { return std::vector<std::int64_t>(v.begin(), v.end()); };
  const ResidentCounts counts = integerise(expected, {whole(sums.zone), whole(sums.klass), whole(sums.sex_age)});
  CHECK(std::vector<double>(counts.values().begin(), counts.values().end()) == expected.values());
}
