// One year of the projection: the year of engine/schedule/year.cpp, process by process in the same order.

#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/processes/countryside_registration.hpp"
#include "luohu/processes/deaths.hpp"
#include "luohu/processes/external_registration.hpp"
#include "luohu/processes/home_purchase.hpp"
#include "luohu/processes/insurance.hpp"
#include "luohu/processes/reclassification.hpp"
#include "luohu/processes/schooling.hpp"
#include "luohu/processes/settling.hpp"
#include "luohu/processes/training.hpp"
#include "luohu/schedule/market_link.hpp"
#include "outcomes.hpp"

namespace luohu {

void Projection::advance() {
  LUOHU_EXPECT(year_ < model_.last_year);
  phase("tables");
  ++year_;
  start_ = std::move(end_);
  settings_ = settings_of(year_, model_.base_settings, model_.measures);
  const ChoiceTables choice = choice_tables(model_, settings_, base_.persons, conditions_of(model_.places, settings_));
  const YearContext now{{}, year_, model_.places, model_.parameters, settings_, model_.group_of};

  Outcomes outcomes{model_.places, static_cast<std::size_t>(threads())};
  flows_.clear();
  phase("decisions");
  decide(now, choice, outcomes);
  phase("births");
  bear_children(now, outcomes);
  phase("inflow");
  add_incomers(now, appeal(model_, base_, choice), outcomes);
  phase("tabulation");
  gather(outcomes.people);
}

void Projection::decide(const YearContext& now, const ChoiceTables& choice, Outcomes& outcomes) {
  const Schooling schooling{now, cells_};
  const Training training{now, cells_};
  const Insurance insurance{now, cells_};
  const HomePurchase home_purchase{now, cells_};
  const Deaths deaths{model_.vital, now, cells_};
  const Births births{model_.vital, now, cells_};
  const Migration migration{{choice, base_.normalisation, base_.age_hazard, base_.frailty}, now, cells_};
  const WishToSettle wish{now, cells_};
  const ExternalRegistration external{now, cells_};
  const CountrysideRegistration to_countryside{now, cells_};
  const ReclassificationAway registration_reclassified{now, model_.boundary.reclassification, cells_};
  const Reclassification reclassified{now, model_.boundary.reclassification, cells_};

  std::vector<Worker> workers(static_cast<std::size_t>(threads()));
  for (Worker& worker : workers) {
    worker.mover.resize(1);
    worker.ledger = flows_;
    worker.eligible.assign(model_.places.prefectures(), 0);
  }
  for_each_chunk(states_.size(), [&](const Chunk& chunk, std::size_t thread) {
    if (too_many(outcomes.states())) return;
    auto& [branches, mover, ledger, eligible] = workers[thread];
    for (std::size_t i = chunk.first; i < chunk.last; ++i) {
      branches.begin(states_[i]);
      branches.apply(schooling, now, ledger);
      branches.apply(training, now, ledger);
      branches.apply(insurance, now, ledger);
      branches.apply(home_purchase, now, ledger);
      branches.apply(deaths, now, ledger);
      branches.apply(births, now);
      branches.apply(migration, now, [&](const Person& person, std::int64_t weight, std::int64_t mothers) {
        const std::uint64_t state = home_last(pack(options_.lumping ? lumping_.leaving(person, year_) : person));
        outcomes.movers.add(state, weight, thread);
        outcomes.moving_mothers.add(state, mothers, thread);
      });
      branches.count_eligible(now, eligible);
      branches.apply(wish, now, ledger);
      branches.apply(external, now, ledger);
      branches.apply(to_countryside, now, ledger);
      branches.apply(registration_reclassified, now, ledger);
      branches.apply(reclassified, now, ledger);
      branches.settle(now, ledger);
      branches.finish([&](const Person& person, std::int64_t weight, std::int64_t mothers) {
        put(outcomes.people, person, weight, thread);
        outcomes.mothers.add(as_mother(person), mothers, thread);
      });
    }
    outcomes.pour(thread);
  });
  require_room(outcomes.states());
  states_ = {};
  move(now, migration, workers, outcomes);

  eligible_.assign(model_.places.prefectures(), 0);
  for (const Worker& worker : workers) {
    flows_ += worker.ledger;
    for (std::size_t p = 0; p < eligible_.size(); ++p) eligible_[p] += worker.eligible[p];
  }
}

}  // namespace luohu
