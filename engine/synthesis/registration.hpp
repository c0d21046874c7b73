#pragma once
// Urban or rural registration of the base population. Its total by prefecture is given; who holds it
// is estimated from where people live and how they came there.

#include "luohu/synthesis/synthesis.hpp"

namespace luohu {

/// Probability of being registered in the town before the prefecture's total is met, given class and
/// zone of residence. Assumptions: people in their township's town are mostly registered in it, those
/// who came from elsewhere mostly hold rural registration, residents of the countryside all do.
[[nodiscard]] double urban_registration(const Parameters& c, MigrantClass klass, ZoneKind zone);

/// The same with the odds multiplied by `odds`.
[[nodiscard]] constexpr double tilted(double probability, double odds) {
  return odds * probability / (1 - probability + odds * probability);
}

/// The factor on the odds with which the registered of prefecture p are urban in the share the tables give.
[[nodiscard]] double solve_registered_odds(const SynthesisInputs& inputs, const PopulationPlan& plan, std::size_t p);

}  // namespace luohu
