// One year of the projection: the year of engine/schedule/year.cpp, process by process in the same order.

#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/schedule/decisions.hpp"
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
  const Decisions decisions = decisions_of(model_, base_, now, choice, cells_);

  std::vector<Worker> workers(static_cast<std::size_t>(threads()));
  for (Worker& worker : workers) {
    worker.mover.resize(1);
    worker.ledger = flows_;
    worker.eligible.assign(model_.places.prefectures(), 0);
  }
  for_each_chunk(states_.size(), [&](const Chunk& chunk, std::size_t thread) {
    if (too_many(outcomes.states())) return;
    Worker& worker = workers[thread];
    Branches& branches = worker.branches;
    Ledger& ledger = worker.ledger;
    for (std::size_t i = chunk.first; i < chunk.last; ++i) {
      branches.begin(states_[i]);
      const auto leave = [&](const Person& person, std::int64_t weight, std::int64_t mothers) {
        const std::uint64_t state = home_last(pack(options_.lumping ? lumping_.leaving(person, year_) : person));
        outcomes.movers.add(state, weight, thread);
        outcomes.moving_mothers.add(state, mothers, thread);
      };
      in_order(decisions, [&]<class Process>(const Process& process) {
        if constexpr (std::is_same_v<Process, WishToSettle>) branches.count_eligible(now, worker.eligible);
        if constexpr (std::is_same_v<Process, Births>) {
          branches.apply(process, now);
        } else if constexpr (std::is_same_v<Process, Migration>) {
          branches.apply(process, now, leave);
        } else {
          branches.apply(process, now, ledger);
        }
      });
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
  move(now, std::get<Migration>(decisions), workers, outcomes);

  eligible_.assign(model_.places.prefectures(), 0);
  for (const Worker& worker : workers) {
    flows_ += worker.ledger;
    for (std::size_t p = 0; p < eligible_.size(); ++p) eligible_[p] += worker.eligible[p];
  }
}

}  // namespace luohu
