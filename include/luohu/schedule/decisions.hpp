#pragma once
// The processes of a year that touch one person alone, in the order in which everyone meets them. This is the
// one list of them: the simulation (engine/schedule/year.cpp) and the exact expectation (engine/projection/
// year.cpp) walk it.

#include <tuple>

#include "luohu/processes/births.hpp"
#include "luohu/processes/countryside_registration.hpp"
#include "luohu/processes/deaths.hpp"
#include "luohu/processes/external_registration.hpp"
#include "luohu/processes/home_purchase.hpp"
#include "luohu/processes/insurance.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/processes/reclassification.hpp"
#include "luohu/processes/schooling.hpp"
#include "luohu/processes/settling.hpp"
#include "luohu/processes/training.hpp"
#include "luohu/schedule/base_year.hpp"
#include "luohu/schedule/model.hpp"

namespace luohu {

/// The dead neither bear children nor move; who moved this year does not register; new boundaries come last and
/// reach those who stayed. The eligible are counted before the wish to settle.
using Decisions = std::tuple<Schooling, Training, Insurance, HomePurchase, Deaths, Births, Migration, WishToSettle,
                             ExternalRegistration, CountrysideRegistration, ReclassificationAway, Reclassification>;

/// With this year's probabilities. `choice` must outlive them.
[[nodiscard]] inline Decisions decisions_of(const Model& model, const BaseYear& base, const YearContext& now,
                                            const ChoiceTables& choice, const Cells& cells) {
  const std::vector<double>& reclassification = model.boundary.reclassification;
  return {Schooling{now, cells},
          Training{now, cells},
          Insurance{now, cells},
          HomePurchase{now, cells},
          Deaths{model.vital, now, cells},
          Births{model.vital, now, cells},
          Migration{{choice, base.normalisation, base.age_hazard, base.frailty}, now, cells},
          WishToSettle{now, cells},
          ExternalRegistration{now, cells},
          CountrysideRegistration{now, cells},
          ReclassificationAway{now, reclassification, cells},
          Reclassification{now, reclassification, cells}};
}

/// Call `visit` with every process, in order.
template <class Visit>
void in_order(const Decisions& decisions, Visit&& visit) {
  std::apply([&](const auto&... process) { (visit(process), ...); }, decisions);
}

/// Everyone's bounds in them.
[[nodiscard]] inline auto screens_of(const Decisions& decisions, const Cells& cells) {
  return std::apply([&](const auto&... process) { return Screens{cells, process...}; }, decisions);
}

}  // namespace luohu
