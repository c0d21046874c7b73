#include "luohu/inference/interval.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

using namespace luohu;

TEST_CASE("95 % intervals of few replicates cover the truth 95 % of the time", "[inference][statistical]") {
  // Of 20,000 means of four normal numbers: Binomial(20,000, 0.95), sd 31, false alarm 1e-6 at 4.9 sd = 151. The normal
  // quantile in place of Student's would cover 85.5 %, 61 sd away; the standard deviation in place of the standard
  // error nearly all, 30 sd.
  std::mt19937_64 generator{17};
  std::normal_distribution<double> normal{3, 2};
  int covered = 0;
  for (int repeat = 0; repeat < 20'000; ++repeat) {
    std::vector<double> samples(4);
    for (double& sample : samples) sample = normal(generator);
    const MeanInterval interval = mean_interval(samples, 0.95);
    covered += std::abs(interval.mean - 3) < interval.half_width ? 1 : 0;
  }
  CHECK(std::abs(covered - 19'000) < 151);
}

TEST_CASE("the interval of a mean is t times its standard error", "[inference]") {
  const std::vector<double> samples{1, 2, 3, 4};
  const MeanInterval interval = mean_interval(samples, 0.95);
  CHECK(interval.mean == 2.5);
  CHECK(interval.half_width == Approx(3.182446305 * std::sqrt(5.0 / 3 / 4)).epsilon(1e-9));
  CHECK(mean_interval(std::vector<double>(5, 7.0), 0.95).half_width == 0);
  CHECK(std::isnan(mean_interval(std::vector<double>{3.0}, 0.95).half_width));
}
