#include "luohu/rates/land_rights.hpp"

#include <catch2/catch.hpp>

using namespace luohu;

TEST_CASE("settling costs the rights that are neither kept nor paid for", "[land_rights]") {
  Parameters c;
  c.land_present_value = 2;
  CHECK(land_lost_by_settling(0.7, 0, c) == Approx(0.6));
  CHECK(land_lost_by_settling(1, 0, c) == 0);
  CHECK(land_lost_by_settling(0.7, 1.0, c) == Approx(0.6));  // worth less than what is kept
  CHECK(land_lost_by_settling(0.7, 1.8, c) == Approx(0.2));
  CHECK(land_lost_by_settling(0.7, 3, c) == 0);
}

TEST_CASE("a paid exit is taken where it is worth more than what is kept", "[land_rights]") {
  Parameters c;
  c.land_present_value = 2;
  CHECK_FALSE(takes_paid_exit(0, 0, c));
  CHECK_FALSE(takes_paid_exit(0.5, 1.0, c));
  CHECK(takes_paid_exit(0.5, 1.01, c));
}
