#pragma once
// Places in schools and other services, and who gets them (model equation 6).

#include <array>
#include <cstdint>

#include "luohu/places/tables.hpp"
#include "luohu/policy/settings.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Ages of preschool and of the nine years of compulsory school: first, and one past the last.
inline constexpr int preschool_age = 3;
inline constexpr int school_age = 6;
inline constexpr int past_school_age = 15;

/// [service] share of the unregistered that policy lets in.
[[nodiscard]] std::array<double, services> allowed_coverage(const PlaceSettings& settings);

/// Who goes to the public schools of a prefecture; persons.
struct Admission {
  double coverage = 1;        ///< share of unregistered children who have a place
  std::int64_t locals = 0;    ///< pupils registered in the prefecture: all of them, by law
  std::int64_t migrants = 0;  ///< pupils registered elsewhere
  std::int64_t unmet = 0;     ///< children registered elsewhere without a place
  [[nodiscard]] std::int64_t pupils() const { return locals + migrants; }
};

/// Local children first, the rest to children registered elsewhere up to the policy's `cap` (0 … 1):
/// coverage = clip((seats − locals) / migrants, 0, cap), and cap if there is none of them. Local children
/// are never turned away; without seats their classes grow (see `quality_factor`).
[[nodiscard]] Admission admit_pupils(std::int64_t seats, std::int64_t locals, std::int64_t migrants, double cap);

/// Places at the end of a year that began with `places`, of which `planned` are wanted: missing ones are built and
/// superfluous ones given up at the rates of the parameters.
[[nodiscard]] std::int64_t next_places(std::int64_t places, std::int64_t planned, const Parameters& parameters);

/// Coverage by a service without priority: min(cap, capacity / demand), and cap without demand. Capacity and
/// demand in persons.
[[nodiscard]] double coverage_of(double capacity, double demand, double cap);

/// Quality per pupil G = seats / pupils^crowding, relative to the base year: factors on the base year.
[[nodiscard]] double quality_factor(double seats, double pupils, double crowding);

}  // namespace luohu
