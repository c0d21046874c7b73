#include "luohu/markets/labour.hpp"

#include <cmath>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// CES aggregate, relative to the base year, of inputs relative to the base year.
double aggregate(const std::array<double, 2>& share, const std::array<double, 2>& input, double elasticity) {
  const double power = 1 - 1 / elasticity;
  double sum = 0;
  for (std::size_t i = 0; i < share.size(); ++i) sum += share[i] * std::pow(input[i], power);
  return std::pow(sum, 1 / power);
}

}  // namespace

TownLabour::TownLabour(const Workers& base, const Parameters& parameters) : c_{parameters}, base_{labour_of(base)} {
  LUOHU_EXPECT(c_.skill_substitution > 1 && c_.registration_substitution > 1);
  // A unit of low labour earns the town's income, one of high labour the tertiary premium.
  const std::array<double, skills> wage{1, c_.skill_premium_tertiary};
  double bill = 0;
  for (std::size_t s = 0; s < skills; ++s) {
    const double labour = base_[s][0] + base_[s][1];
    for (std::size_t n = 0; n < standings; ++n) {
      LUOHU_EXPECT(base_[s][n] > 0);
      share_of_standing_[s][n] = base_[s][n] / labour;
    }
    share_of_skill_[s] = wage[s] * labour;
    bill += share_of_skill_[s];
  }
  for (double& share : share_of_skill_) share /= bill;
}

TownLabour::Labour TownLabour::labour_of(const Workers& workers) const {
  const std::array<double, education_levels> units{1, c_.skill_premium_senior, 1};
  Labour labour{};
  for (std::size_t e = 0; e < education_levels; ++e) {
    const auto s = static_cast<std::size_t>(skill_of(static_cast<Education>(e)));
    for (std::size_t n = 0; n < standings; ++n) labour[s][n] += units[e] * workers[e][n];
  }
  return labour;
}

LabourOutcome TownLabour::clear(const Workers& workers, double productivity) const {
  Labour ratio = labour_of(workers);
  std::array<double, skills> skill{};
  for (std::size_t s = 0; s < skills; ++s) {
    for (std::size_t n = 0; n < standings; ++n) {
      LUOHU_EXPECT(ratio[s][n] > 0);
      ratio[s][n] /= base_[s][n];
    }
    skill[s] = aggregate(share_of_standing_[s], ratio[s], c_.registration_substitution);
  }
  const double all = aggregate(share_of_skill_, skill, c_.skill_substitution);
  const double level =
      productivity * std::pow(skill[0], c_.agglomeration_low) * std::pow(skill[1], c_.agglomeration_high);
  LabourOutcome outcome;
  outcome.output = level * all;
  outcome.at_base_wages = 0;
  for (std::size_t s = 0; s < skills; ++s) {
    const double of_skill = level * std::pow(all / skill[s], 1 / c_.skill_substitution);
    for (std::size_t n = 0; n < standings; ++n) {
      outcome.at_base_wages += share_of_skill_[s] * share_of_standing_[s][n] * ratio[s][n];
      outcome.wage[s][n] = of_skill * std::pow(skill[s] / ratio[s][n], 1 / c_.registration_substitution);
    }
  }
  return outcome;
}

double rural_income_factor(double base, double persons, double productivity, const Parameters& parameters) {
  LUOHU_EXPECT(base > 0 && persons > 0);
  return productivity * std::pow(persons / base, parameters.rural_labour_share - 1);
}

}  // namespace luohu
