#include "luohu/rates/land_rights.hpp"

#include <catch2/catch.hpp>

using namespace luohu;

TEST_CASE("land pays most to who farms it, less let, and what rights are kept after settling", "[land_rights]") {
  Parameters c;
  c.land_income = 0.1;
  c.land_use_away = 0.5;
  CHECK(land_income(Holding::farmed, 0.7, c) == 0.1);
  CHECK(land_income(Holding::rented_out, 0.7, c) == 0.05);
  CHECK(land_income(Holding::kept, 0.7, c) == Approx(0.035));
  CHECK(land_income(Holding::kept, 1, c) == land_income(Holding::rented_out, 1, c));
  CHECK(land_income(Holding::kept, 0, c) == 0);
}

TEST_CASE("settling costs the rights that are neither kept nor paid for", "[land_rights]") {
  Parameters c;
  c.land_present_value = 2;
  CHECK(land_lost_by_settling(0.7, 0, c) == Approx(0.6));
  CHECK(land_lost_by_settling(1, 0, c) == 0);
  CHECK(land_lost_by_settling(0.7, 1.0, c) == Approx(0.6));  // worth less than what is kept
  CHECK(land_lost_by_settling(0.7, 1.8, c) == Approx(0.2));
  CHECK(land_lost_by_settling(0.7, 3, c) == 0);
}

TEST_CASE("a paid exit is taken by half at its worth, by more above it and by nobody for nothing", "[land_rights]") {
  Parameters c;
  c.land_present_value = 2;
  c.land_exit_rate = 0.1;
  c.land_exit_response = 2;
  CHECK(land_exit_hazard(0.5, 0, c) == 0);
  CHECK(land_exit_hazard(0.5, 1, c) == Approx(0.05));
  CHECK(land_exit_hazard(0.5, 2, c) == Approx(0.1 * 4 / 5));
  CHECK(land_exit_hazard(0, 0.01, c) == Approx(0.1));
}
