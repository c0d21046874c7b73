#pragma once
// What levers set and processes read: the rules and services of every prefecture in one year.

#include <limits>
#include <string>
#include <vector>

#include "luohu/core/id.hpp"

namespace luohu {

/// `minimum_education` of a place without an education route (one above the highest level).
inline constexpr double no_education_route = 3;
/// `quota` of a place that has none.
inline constexpr double no_quota = std::numeric_limits<double>::infinity();

/// Rules and services of one prefecture in one year. Every field is set by exactly one lever
/// (engine/policy/levers.cpp), which gives its unit, range and meaning.
struct PlaceSettings {
  double residence_years = 0;
  double insurance_years = 0;
  double minimum_education = no_education_route;
  double home_route = 0;
  double habitual_route = 0;
  double credit_recognition = 0;
  double quota = no_quota;
  double application_factor = 1;
  double land_rights_kept = 0.7;
  double wedge = 0;
  double coverage_school = 1;
  double coverage_preschool = 1;
  double coverage_health = 1;
  double coverage_pension = 1;
  double coverage_housing = 1;

  friend bool operator==(const PlaceSettings&, const PlaceSettings&) = default;
};

/// One row per prefecture.
using Settings = std::vector<PlaceSettings>;

/// A set of prefectures that may recognise each other's residence and insurance credit.
struct RecognitionGroup {
  std::string id;
  std::vector<PlaceId> members;
};

}  // namespace luohu
