#pragma once
// What levers set and processes read: the rules and services of every prefecture in one year.

#include <limits>
#include <string>
#include <vector>

#include "luohu/core/id.hpp"

namespace luohu {

/// `minimum_education` of a place without an education route (one above the highest level).
inline constexpr double no_education_route = 3;
/// `rent_growth_cap` of a place without one.
inline constexpr double no_rent_cap = std::numeric_limits<double>::infinity();
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
  // Markets and land
  double town_productivity = 1;
  double countryside_productivity = 1;
  double supply_elasticity_added = 0;
  double housing_stock = 1;
  double rent_growth_cap = no_rent_cap;
  double land_quota_tied = 0;
  double land_reserve = 0;
  double land_exit_price = 0;
  double school_seats = 0;
  double preschool_places = 0;
  double health_capacity = 1;
  double rental_units = 0;
  // Travel, amenity, skills, countryside
  double travel_between = 1;
  double travel_within = 1;
  double amenity_town = 0;
  double amenity_countryside = 0;
  double training_rate = 0;
  double countryside_registration = 0;
  double fidelity = 1;

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
