#include "luohu/inference/emulator.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace luohu;

namespace {

double smooth(const std::vector<double>& x) {
  return std::sin(3 * x[0]) + x[1] * x[1] - 0.5 * x[0] * x[2];
}

}  // namespace

TEST_CASE("a quadratic is reproduced, and what never changes is known exactly", "[emulator]") {
  const Design points = latin_hypercube(60, 3, Seed{1});
  std::vector<std::vector<double>> values;
  const auto quadratic = [](const std::vector<double>& x) { return 3 + x[0] - 2 * x[1] * x[2] + x[2] * x[2]; };
  for (const auto& x : points) values.push_back({quadratic(x), 5});
  const Emulator emulator{points, values};
  for (const auto& x : latin_hypercube(20, 3, Seed{2})) {
    const auto predicted = emulator(x);
    CHECK(predicted.mean[0] == Approx(quadratic(x)).margin(1e-9));
    CHECK(predicted.variance[0] < 1e-12);
    CHECK(predicted.mean[1] == 5);
    CHECK(predicted.variance[1] == 0);
  }
  CHECK(emulator.leave_one_out().worst > 0.999999);
}

TEST_CASE("a smooth function is foretold within the stated uncertainty", "[emulator][statistical]") {
  const Design points = latin_hypercube(120, 3, Seed{3});
  std::vector<std::vector<double>> values;
  for (const auto& x : points) values.push_back({smooth(x)});
  const Emulator emulator{points, values};
  CHECK(emulator.leave_one_out().explained > 0.99);
  int beyond = 0;
  for (const auto& x : latin_hypercube(200, 3, Seed{4})) {
    const auto predicted = emulator(x);
    if (std::abs(predicted.mean[0] - smooth(x)) > 3 * std::sqrt(predicted.variance[0])) ++beyond;
    CHECK(predicted.mean[0] == Approx(smooth(x)).margin(0.1));
  }
  CHECK(beyond <= 10);  // errors of a smooth function are no normal numbers: 5 % for 0.3 %
}

TEST_CASE("noise is not taken for a function of the parameters", "[emulator][statistical]") {
  const Design points = latin_hypercube(100, 4, Seed{5});
  const Design noise = latin_hypercube(100, 1, Seed{6});
  std::vector<std::vector<double>> values;
  for (std::size_t i = 0; i < points.size(); ++i) values.push_back({points[i][0] + noise[i][0] - 0.5});
  const Emulator emulator{points, values};
  // Half the variance is noise of variance 1/12: no more can be explained, and it is in the uncertainty.
  CHECK(emulator.leave_one_out().explained < 0.65);
  CHECK(emulator.leave_one_out().explained > 0.3);
  CHECK(emulator(std::vector<double>{0.5, 0.5, 0.5, 0.5}).variance[0] == Approx(1.0 / 12).epsilon(0.4));
}
