#include "luohu/markets/fixed_point.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/core/error.hpp"

using namespace luohu;

TEST_CASE("a damped step finds the fixed point, though a full one would swing for ever", "[fixed_point]") {
  const auto swing = [](const std::vector<double>& x) { return std::vector{3 - x[0], 2 - x[1] / 2}; };
  const FixedPoint found = damped_fixed_point("x", {0, 0}, swing);
  CHECK(found.x[0] == Approx(1.5).epsilon(1e-12));
  CHECK(found.x[1] == Approx(4.0 / 3).epsilon(1e-12));
  CHECK_THROWS_AS((void)damped_fixed_point("x", {0, 0}, swing, {.damping = 1}), Error);
}

TEST_CASE("a start at the fixed point costs one look", "[fixed_point]") {
  const auto root = [](const std::vector<double>& x) { return std::vector{std::sqrt(x[0])}; };
  CHECK(damped_fixed_point("x", {1}, root).rounds == 1);
  CHECK(damped_fixed_point("x", {}, [](const auto& x) { return x; }).rounds == 1);
}

TEST_CASE("the message says what does not settle, after how long and by how much", "[fixed_point]") {
  const auto away = [](const std::vector<double>& x) { return std::vector{x[0] + 1}; };
  try {
    (void)damped_fixed_point("rents", {0}, away, {.damping = 0.5, .tolerance = 0.25, .most_rounds = 1});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::input);
    CHECK(std::string{error.what()} ==
          "rents do not settle: after 1 rounds they still change by 1 (tolerance 0.25); check the parameters of the "
          "groups 'labour' and 'housing'");
  }
}
