// T16, T17: wages are the marginal products of a nested CES technology.
//
// Formula (model equation 3; shares and agglomeration as in Wu & You 2025): a town produces
//   Y = A L_L^phi_L L_H^phi_H (b_L L_L^r + b_H L_H^r)^(1/r),   r = 1 − 1/sigma,
//   L_s = (a_s,local N_s,local^q + a_s,migrant N_s,migrant^q)^(1/q),   q = 1 − 1/sigma_mn,
// and pays marginal products at given agglomeration. The weights follow from the base year, in which
// people of one schooling earn the same. The test writes this in levels and differentiates it numerically; the
// engine works with ratios to the base year and has none of these weights. Tolerances: 1e-12 for
// identities, 1e-7 for derivatives by central differences of relative step 1e-5 (truncation 1e-10,
// rounding 1e-11). It would catch a wrong exponent (sigma for 1/sigma), shares of persons taken for
// shares of the wage bill, agglomeration paid out as wages, and nests swapped.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/markets/labour.hpp"

using namespace luohu;

namespace {

const Workers base{{{400'000, 150'000}, {250'000, 80'000}, {200'000, 60'000}}};
const Workers later{{{380'000, 260'000}, {270'000, 150'000}, {290'000, 75'000}}};

Parameters without_agglomeration() {
  Parameters c;
  c.agglomeration_high = c.agglomeration_low = 0;
  return c;
}

/// Output in levels; the wage of basic schooling in the base year is 1.
class Levels {
 public:
  explicit Levels(const Parameters& c)
      : sigma_{c.skill_substitution}, mn_{c.registration_substitution}, senior_{c.skill_premium_senior} {
    const double wage[skills] = {1, c.skill_premium_tertiary};
    for (std::size_t s = 0; s < skills; ++s) {
      for (std::size_t n = 0; n < standings; ++n) a_[s][n] = std::pow(units(base, s, n), 1 / mn_);
      b_[s] = wage[s] * std::pow(skill(base, s), 1 / sigma_ - 1 / mn_);
    }
    scale_ = std::pow(core(base), -1 / sigma_);
  }
  [[nodiscard]] double output(const Workers& workers) const { return scale_ * core(workers); }

 private:
  [[nodiscard]] double units(const Workers& w, std::size_t s, std::size_t n) const {
    return s == 1 ? w[2][n] : w[0][n] + senior_ * w[1][n];
  }
  [[nodiscard]] double skill(const Workers& w, std::size_t s) const {
    const double q = 1 - 1 / mn_;
    return std::pow(a_[s][0] * std::pow(units(w, s, 0), q) + a_[s][1] * std::pow(units(w, s, 1), q), 1 / q);
  }
  [[nodiscard]] double core(const Workers& w) const {
    const double r = 1 - 1 / sigma_;
    return std::pow(b_[0] * std::pow(skill(w, 0), r) + b_[1] * std::pow(skill(w, 1), r), 1 / r);
  }

  double sigma_, mn_, senior_, scale_ = 1;
  double a_[skills][standings] = {}, b_[skills] = {};
};

double base_wage(const Parameters& c, std::size_t education) {
  return education == 0 ? 1 : (education == 1 ? c.skill_premium_senior : c.skill_premium_tertiary);
}

double factor(const LabourOutcome& outcome, std::size_t education, std::size_t standing) {
  return outcome.wage[static_cast<std::size_t>(skill_of(static_cast<Education>(education)))][standing];
}

}  // namespace

TEST_CASE("T16: wages are marginal products and sum to output", "[labour]") {
  const Parameters c = without_agglomeration();
  const Levels levels{c};
  const LabourOutcome outcome = TownLabour{base, c}.clear(later, 1);
  double paid = 0, paid_in_base = 0;
  for (std::size_t e = 0; e < education_levels; ++e) {
    for (std::size_t n = 0; n < standings; ++n) {
      INFO("education " << e << ", standing " << n);
      const double wage = base_wage(c, e) * factor(outcome, e, n);
      const double step = 1e-5 * later[e][n];
      Workers more = later, fewer = later;
      more[e][n] += step;
      fewer[e][n] -= step;
      CHECK(wage == Approx((levels.output(more) - levels.output(fewer)) / (2 * step)).epsilon(1e-7));
      paid += wage * later[e][n];
      paid_in_base += base_wage(c, e) * base[e][n];
    }
  }
  CHECK(paid == Approx(levels.output(later)).epsilon(1e-12));
  CHECK(paid_in_base == Approx(levels.output(base)).epsilon(1e-12));
  CHECK(outcome.output == Approx(paid / paid_in_base).epsilon(1e-12));
}

TEST_CASE("T16: relative wages fall with relative labour by 1 / sigma", "[labour]") {
  Parameters c = without_agglomeration();
  for (const double sigma : {1.5, 3.21, 5.0}) {
    c.skill_substitution = sigma;
    const TownLabour town{base, c};
    Workers schooled = base;
    for (double& persons : schooled[2]) persons *= 1.7;
    const LabourOutcome outcome = town.clear(schooled, 1);
    for (std::size_t n = 0; n < standings; ++n) {
      CHECK(std::log(outcome.wage[1][n] / outcome.wage[0][n]) == Approx(-std::log(1.7) / sigma).epsilon(1e-12));
    }
    // And of migrants against locals of one skill by 1 / sigma_mn.
    Workers arrivals = base;
    for (auto& level : arrivals) level[1] *= 1.3;
    const LabourOutcome crowded = town.clear(arrivals, 1);
    for (std::size_t s = 0; s < skills; ++s) {
      CHECK(std::log(crowded.wage[s][1] / crowded.wage[s][0]) ==
            Approx(-std::log(1.3) / c.registration_substitution).epsilon(1e-12));
      CHECK(crowded.wage[s][1] < 1);
    }
  }
}

TEST_CASE("T16: perfect substitutes earn what they did, whoever comes", "[labour]") {
  Parameters c = without_agglomeration();
  c.skill_substitution = c.registration_substitution = 1e12;
  const LabourOutcome outcome = TownLabour{base, c}.clear(later, 1);
  for (const auto& skill : outcome.wage) {
    for (const double wage : skill) CHECK(wage == Approx(1).epsilon(1e-10));
  }
}

TEST_CASE("T17: twice as many of everyone earn 2^(phi_H + phi_L) as much", "[labour]") {
  Parameters c;
  Workers twice = base;
  for (auto& level : twice) {
    for (double& persons : level) persons *= 2;
  }
  for (const double phi : {0.0, 0.08, 0.15}) {
    c.agglomeration_high = phi;
    const LabourOutcome outcome = TownLabour{base, c}.clear(twice, 1);
    const double expected = std::exp2(phi + c.agglomeration_low);
    for (const auto& skill : outcome.wage) {
      for (const double wage : skill) CHECK(wage == Approx(expected).epsilon(1e-12));
    }
    CHECK(outcome.output == Approx(2 * expected).epsilon(1e-12));
  }
}
