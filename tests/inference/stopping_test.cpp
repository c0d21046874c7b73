#include "luohu/inference/stopping.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "luohu/inference/interval.hpp"

using namespace luohu;

TEST_CASE("a mean is known once ten samples have an interval narrow enough", "[inference]") {
  std::vector<double> samples;
  for (std::size_t n = 1; n <= 12; ++n) {
    samples.push_back(n % 2 == 0 ? 1 : -1);
    CHECK(precise(samples, 0.95, 1) == (n >= fewest_replicates));
    CHECK_FALSE(precise(samples, 0.95, 0.1));
  }
  CHECK(precise(std::vector<double>(10, 7.0), 0.95, 1e-300));  // the same in every replicate
}

TEST_CASE("intervals at which sampling stops still cover the truth 93.5-95 % of the time", "[inference][statistical]") {
  // Replicates are added until the half-width is below 1.96 sd / sqrt(n), for a true need of n = 3, 12, 30 and 60:
  // 5,000 experiments each. Expected, from 40,000 of each by a program of its own: 94.9, 94.1, 93.5 and 94.4 %; their
  // mean, 94.2 %, is 18,847 of 20,000, sd 33: false alarm 1e-6 at 4.9 sd = 161; of each alone, sd 17.4, at 85. Power:
  // stopping from two samples on would cover 90.6, 87.8, 89.6 and 91.9 %, 44 sd below.
  std::mt19937_64 generator{20};
  std::normal_distribution<double> normal{3, 2};
  const std::vector<std::pair<double, int>> needs{{3, 4744}, {12, 4707}, {30, 4677}, {60, 4722}};
  int all = 0;
  for (const auto& [need, expected] : needs) {
    const double bound = 1.959964 * 2 / std::sqrt(need);
    int covered = 0;
    for (int experiment = 0; experiment < 5'000; ++experiment) {
      std::vector<double> samples;
      do {
        samples.push_back(normal(generator));
      } while (!precise(samples, 0.95, bound));
      const MeanInterval known = mean_interval(samples, 0.95);
      REQUIRE(known.half_width < bound);
      covered += std::abs(known.mean - 3) < known.half_width ? 1 : 0;
    }
    INFO("a need of " << need << ": " << covered << " of 5000");
    CHECK(std::abs(covered - expected) < 85);
    all += covered;
  }
  CHECK(std::abs(all - 18'850) < 161);
}
