// T20: seats are rationed, local children first.
//
// Formula (model equation 6): coverage = clip((S − D_local) / D_migrant, 0, cap), admitted = coverage · D_migrant,
// and G = S / D^chi (chi = 1 in Zhou & Gong 2024). Admitted children are whole: they are compared exactly, the
// coverage to the last bit. It would catch migrants displacing locals, a cap ignored, a negative or undefined
// coverage where seats or demand run out, and children lost by rounding.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "luohu/markets/services.hpp"

using namespace luohu;

TEST_CASE("T20: local children first, the rest up to the cap", "[services]") {
  struct Case {
    std::int64_t seats, locals, migrants;
    double cap, coverage;
    std::int64_t admitted;
  };
  const Case cases[] = {
      {1000, 700, 400, 1.0, 0.75, 300},  // seats bind
      {1000, 700, 400, 0.5, 0.5, 200},   // policy binds
      {1000, 700, 200, 1.0, 1.0, 200},   // seats to spare
      {1000, 1000, 400, 1.0, 0.0, 0},    // none left
      {1000, 1200, 400, 1.0, 0.0, 0},    // locals beyond the seats
      {1000, 700, 0, 0.8, 0.8, 0},       // nobody asks: what would be granted
      {0, 0, 50, 1.0, 0.0, 0},
  };
  for (const Case& c : cases) {
    INFO(c.seats << " seats, " << c.locals << " + " << c.migrants << " children, cap " << c.cap);
    const Admission found = admit_pupils(c.seats, c.locals, c.migrants, c.cap);
    CHECK(found.coverage == c.coverage);
    CHECK(found.migrants == c.admitted);
    CHECK(found.unmet == c.migrants - c.admitted);
    CHECK(found.locals == c.locals);
  }
}

TEST_CASE("T20: no child is lost and no local displaced, whatever the numbers", "[services]") {
  std::mt19937_64 generator{20};
  for (int i = 0; i < 20'000; ++i) {
    const auto below = [&](std::uint64_t limit) { return static_cast<std::int64_t>(generator() % limit); };
    const std::int64_t seats = below(3'000'000), locals = below(2'000'000), migrants = below(1'500'000);
    const double cap = static_cast<double>(below(1001)) / 1000;
    const Admission found = admit_pupils(seats, locals, migrants, cap);
    const std::int64_t left = std::max<std::int64_t>(0, seats - locals);
    const std::int64_t allowed = std::llround(cap * static_cast<double>(migrants));
    REQUIRE(found.locals == locals);
    REQUIRE(found.migrants == std::min(left, allowed));
    REQUIRE(found.migrants + found.unmet == migrants);
  }
}

TEST_CASE("T20: quality per pupil falls with pupils by chi and rises with seats", "[services]") {
  for (const double chi : {0.5, 1.0, 1.5}) {
    CHECK(std::log(quality_factor(1, 1.3, chi)) == Approx(-chi * std::log(1.3)).epsilon(1e-12));
    CHECK(quality_factor(1.25, 1, chi) == 1.25);
  }
}
