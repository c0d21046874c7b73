#pragma once
// Who may register where they live: rules as data, evaluated person by person.

#include <optional>

#include "luohu/core/id.hpp"
#include "luohu/policy/settings.hpp"

namespace luohu {

/// What the rules of a prefecture look at.
struct Candidate {
  int age = 0;                 ///< at the start of the year
  double residence_years = 0;  ///< in the present zone, counted from the year of arrival
  double insurance_years = 0;  ///< insured work while living here
  double group_residence = 0;  ///< the same two, within the recognition group
  double group_insurance = 0;
  Education education = Education::basic;
  bool owns_home = false;
  bool same_prefecture = false;  ///< registered elsewhere in the prefecture of residence
};

/// Children need no insured work of their own below this age.
inline constexpr int working_age = 16;

/// The first route that admits the candidate, in the order of `Route`, before any quota. Every
/// condition is monotone: loosening a setting never turns an admitted candidate away. A switch that a
/// mid-year start leaves part-way counts as on from one half: open for at least half of the year.
[[nodiscard]] constexpr std::optional<Route> admitted_by(const PlaceSettings& rule, const Candidate& who) {
  if (who.same_prefecture) return Route::within_prefecture;
  if (rule.habitual_route >= 0.5 && who.residence_years >= 1) return Route::habitual;

  const bool recognised = rule.credit_recognition >= 0.5;
  const double residence =
      recognised && who.group_residence > who.residence_years ? who.group_residence : who.residence_years;
  const double insurance =
      recognised && who.group_insurance > who.insurance_years ? who.group_insurance : who.insurance_years;
  const bool needs_no_work = who.age < working_age;
  if (residence >= rule.residence_years && (needs_no_work || insurance >= rule.insurance_years))
    return Route::residence;

  if (who.age >= working_age && static_cast<double>(who.education) >= rule.minimum_education) return Route::education;
  if (rule.home_route >= 0.5 && who.owns_home) return Route::home;
  return std::nullopt;
}

}  // namespace luohu
