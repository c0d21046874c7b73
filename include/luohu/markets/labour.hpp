#pragma once
// Wages that answer the supply of labour (model equation 3), relative to the base year.
//
// A town produces with low skill (basic and senior schooling) and high skill (tertiary), CES with
// elasticity sigma; inside a skill, locals and migrants are CES with elasticity sigma_mn. Senior counts
// as `skill_premium_senior` of basic labour, a perfect substitute. Productivity rises with each
// skill's labour (agglomeration phi_L, phi_H), and nobody takes that into account: wages are the marginal
// products at given productivity, so that they sum to output. Technology is calibrated so that base-year
// wages are the tables' incomes; only ratios to the base year enter ("exact hat" algebra).

#include <array>
#include <cstddef>

#include "luohu/core/id.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

enum class Skill : std::uint8_t { low, high };
inline constexpr std::size_t skills = 2;
[[nodiscard]] constexpr Skill skill_of(Education education) {
  return education == Education::tertiary ? Skill::high : Skill::low;
}

/// Persons of working age in one zone, [education][standing].
using Workers = std::array<std::array<double, standings>, education_levels>;

struct LabourOutcome {
  std::array<std::array<double, standings>, skills> wage{};  ///< factor on the base-year wage
  double output = 1;                                         ///< factor on the base-year wage bill
  double at_base_wages = 1;                                  ///< the same if wages had stayed as they were
};

/// The labour market of one town.
class TownLabour {
 public:
  /// Calibrates to the base year. Requires: somebody of every skill and standing.
  TownLabour(const Workers& base, const Parameters& parameters);
  /// Wages for `workers` (persons) and a factor on base-year productivity. Requires: somebody of every
  /// skill and standing.
  [[nodiscard]] LabourOutcome clear(const Workers& workers, double productivity) const;

 private:
  using Labour = std::array<std::array<double, standings>, skills>;
  [[nodiscard]] Labour labour_of(const Workers& workers) const;

  Parameters c_;
  Labour base_{};  ///< units of basic labour (low), of tertiary labour (high)
  Labour share_of_standing_{};
  std::array<double, skills> share_of_skill_{};  ///< of the base-year wage bill
};

/// Factor on rural income of `persons` working where `base` did, y_R = A (T / L)^(1 − beta): land is given,
/// so that each further person brings the average down. Schooling does not matter.
[[nodiscard]] double rural_income_factor(double base, double persons, double productivity,
                                         const Parameters& parameters);

}  // namespace luohu
