#include "luohu/policy/eligibility.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "luohu/policy/levers.hpp"

using namespace luohu;

namespace {

/// Five years of residence and insurance, and no other way in.
PlaceSettings strict() {
  PlaceSettings rule;
  rule.residence_years = rule.insurance_years = 5;
  return rule;
}

constexpr Candidate newcomer{.age = 30, .residence_years = 1};

std::vector<Candidate> all_candidates() {
  std::vector<Candidate> all;
  for (const int age : {5, 15, 16, 40}) {
    for (const double residence : {0.0, 1.0, 5.0}) {
      for (const double insurance : {0.0, 1.0, 5.0}) {
        for (const double group : {0.0, 4.0}) {
          for (unsigned e = 0; e < 3; ++e) {
            for (const bool owner : {false, true}) {
              for (const bool same : {false, true}) {
                all.push_back({age, residence, insurance, residence + group, insurance + group,
                               static_cast<Education>(e), owner, same});
              }
            }
          }
        }
      }
    }
  }
  return all;
}

std::vector<PlaceSettings> all_rules() {
  std::vector<PlaceSettings> all;
  for (const double residence : {0.0, 1.0, 5.0, 50.0}) {
    for (const double insurance : {0.0, 0.5, 5.0, 50.0}) {
      for (const double education : {0.0, 0.5, 1.0, 2.0, 3.0}) {
        for (unsigned ways = 0; ways < 8; ++ways) {
          PlaceSettings rule;
          rule.residence_years = residence;
          rule.insurance_years = insurance;
          rule.minimum_education = education;
          rule.home_route = ways & 1U;
          rule.habitual_route = ways >> 1U & 1U;
          rule.credit_recognition = ways >> 2U & 1U;
          all.push_back(rule);
        }
      }
    }
  }
  return all;
}

}  // namespace

TEST_CASE("each route admits whom it should and nobody else", "[eligibility]") {
  using R = Route;
  const auto admits = [](const PlaceSettings& rule, Candidate who, std::optional<Route> route) {
    CHECK(admitted_by(rule, who) == route);
  };
  // Residence and insurance.
  admits(strict(), newcomer, std::nullopt);
  admits(strict(), {.age = 30, .residence_years = 5, .insurance_years = 5}, R::residence);
  admits(strict(), {.age = 30, .residence_years = 4, .insurance_years = 5}, std::nullopt);
  admits(strict(), {.age = 30, .residence_years = 5, .insurance_years = 4}, std::nullopt);
  admits(strict(), {.age = 15, .residence_years = 5}, R::residence);  // a child needs no insured work
  admits(strict(), {.age = 16, .residence_years = 5}, std::nullopt);
  // Credit of the group counts only where it is recognised.
  const Candidate from_group{.age = 30, .residence_years = 1, .group_residence = 6, .group_insurance = 6};
  PlaceSettings recognising = strict();
  recognising.credit_recognition = 1;
  admits(strict(), from_group, std::nullopt);
  admits(recognising, from_group, R::residence);
  // Within the prefecture no condition holds.
  admits(strict(), {.age = 30, .same_prefecture = true}, R::within_prefecture);
  // Habitual residence: a year suffices.
  PlaceSettings habitual = strict();
  habitual.habitual_route = 1;
  admits(habitual, newcomer, R::habitual);
  admits(habitual, {.age = 30, .residence_years = 0.5}, std::nullopt);
  // Schooling.
  PlaceSettings schooling = strict();
  schooling.minimum_education = 1;
  admits(schooling, {.age = 30, .education = Education::basic}, std::nullopt);
  admits(schooling, {.age = 30, .education = Education::senior}, R::education);
  admits(schooling, {.age = 30, .education = Education::tertiary}, R::education);
  admits(schooling, {.age = 15, .education = Education::senior}, std::nullopt);
  admits(strict(), {.age = 30, .education = Education::tertiary}, std::nullopt);  // 3: no such route
  // A home.
  PlaceSettings homes = strict();
  homes.home_route = 1;
  admits(homes, {.age = 30, .owns_home = true}, R::home);
  admits(homes, newcomer, std::nullopt);
  admits(strict(), {.age = 30, .owns_home = true}, std::nullopt);
}

TEST_CASE("routes are tried in the order of Route", "[eligibility]") {
  PlaceSettings open;
  open.habitual_route = open.home_route = 1;
  open.minimum_education = 0;
  Candidate who{
      .age = 30, .residence_years = 2, .education = Education::tertiary, .owns_home = true, .same_prefecture = true};
  CHECK(admitted_by(open, who) == Route::within_prefecture);
  who.same_prefecture = false;
  CHECK(admitted_by(open, who) == Route::habitual);
  open.habitual_route = 0;
  CHECK(admitted_by(open, who) == Route::residence);
  open.residence_years = 3;
  CHECK(admitted_by(open, who) == Route::education);
  open.minimum_education = no_education_route;
  CHECK(admitted_by(open, who) == Route::home);
}

TEST_CASE("loosening any setting never turns an admitted candidate away", "[eligibility]") {
  const auto candidates = all_candidates();
  std::size_t compared = 0, gained = 0;
  for (const PlaceSettings& rule : all_rules()) {
    for (const Lever& lever : levers()) {
      for (const double step : {0.5, 1.0, 100.0}) {
        PlaceSettings looser = rule;
        double& value = looser.*lever.field;
        value = std::clamp(value + (lever.loosens_downward ? -step : step), lever.minimum, lever.maximum);
        if (looser == rule) continue;
        for (const Candidate& who : candidates) {
          const bool before = admitted_by(rule, who).has_value(), after = admitted_by(looser, who).has_value();
          if (before && !after) FAIL(lever.name);
          gained += !before && after ? 1 : 0;
          ++compared;
        }
      }
    }
  }
  CHECK(compared > 1'000'000);
  CHECK(gained > 10'000);
}

TEST_CASE("a candidate with more is never turned away where one with less is admitted", "[eligibility]") {
  for (const PlaceSettings& rule : all_rules()) {
    for (const Candidate& who : all_candidates()) {
      if (!admitted_by(rule, who)) continue;
      Candidate more = who;
      more.residence_years += 1, more.insurance_years += 1, more.group_residence += 1, more.group_insurance += 1;
      more.owns_home = true;
      more.education = Education::tertiary;
      REQUIRE(admitted_by(rule, more));
    }
  }
}
