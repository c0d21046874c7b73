#include "luohu/markets/services.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/core/error.hpp"

namespace luohu {

std::array<double, services> allowed_coverage(const PlaceSettings& s) {
  return {s.coverage_school, s.coverage_preschool, s.coverage_health, s.coverage_pension, s.coverage_housing};
}

Admission admit_pupils(std::int64_t seats, std::int64_t locals, std::int64_t migrants, double cap) {
  LUOHU_EXPECT(seats >= 0 && locals >= 0 && migrants >= 0 && cap >= 0 && cap <= 1);
  const auto left = static_cast<double>(std::max<std::int64_t>(0, seats - locals));
  Admission admission;
  admission.coverage = coverage_of(left, static_cast<double>(migrants), cap);
  admission.locals = locals;
  admission.migrants = std::llround(admission.coverage * static_cast<double>(migrants));
  admission.unmet = migrants - admission.migrants;
  return admission;
}

std::int64_t next_places(std::int64_t places, std::int64_t planned, const Parameters& c) {
  const double speed = planned > places ? c.place_building : c.place_closure;
  return places + std::llround(speed * static_cast<double>(planned - places));
}

double coverage_of(double capacity, double demand, double cap) {
  return demand > 0 ? std::min(cap, capacity / demand) : cap;
}

double quality_factor(double seats, double pupils, double crowding) {
  LUOHU_EXPECT(pupils > 0);
  return seats / std::pow(pupils, crowding);
}

}  // namespace luohu
