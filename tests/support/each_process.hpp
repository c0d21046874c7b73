#pragma once
// Every process of the model over the same province and year.

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
#include "support/processes.hpp"

namespace luohu::testing {

/// Calls `visit` with every process, where a thousand of every place live in every zone.
template <class Visit>
void for_each_process(const ToyProvince& toy, const YearContext& now, Visit&& visit) {
  const Cells cells{toy.places};
  const Grid<double, 2> wedge = expected_wedge(now.settings, toy.parameters);
  const Grid<std::int64_t, 2> stock{{toy.places.size(), toy.places.zones()}, 1000};
  const ChoiceTables choice{{toy.places, toy.economy, toy.parameters, wedge, stock}};
  std::vector<double> age_hazard;
  for (std::size_t age = 0; age < single_ages; ++age)
    age_hazard.push_back(move_schedule(toy.parameters, static_cast<int>(age)));
  const std::vector<double> frailty = frailty_classes(toy.parameters.frailty_variance, frailty_bands);
  visit(Schooling{now, cells});
  visit(Training{now, cells});
  visit(Insurance{now, cells});
  visit(HomePurchase{now, cells});
  visit(Deaths{toy.vital, now, cells});
  visit(Births{toy.vital, now, cells});
  visit(Migration{{choice, 1.0, age_hazard, frailty}, now, cells});
  visit(WishToSettle{now, cells});
  visit(ExternalRegistration{now, cells});
  visit(CountrysideRegistration{now, cells});
  visit(ReclassificationAway{now, toy.boundary.reclassification, cells});
  visit(Reclassification{now, toy.boundary.reclassification, cells});
}

}  // namespace luohu::testing
