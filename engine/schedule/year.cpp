// One year of the model (ODD element 3, process overview and scheduling). The order is part of the
// model. Everyone decides on what the tables said at the start of the year, so the order of people
// never matters; who moved this year cannot register this year; who is born is at risk from the next.

#include <algorithm>

#include "luohu/core/error.hpp"
#include "luohu/processes/births.hpp"
#include "luohu/processes/deaths.hpp"
#include "luohu/processes/external_registration.hpp"
#include "luohu/processes/home_purchase.hpp"
#include "luohu/processes/insurance.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/processes/reclassification.hpp"
#include "luohu/processes/schooling.hpp"
#include "luohu/processes/settling.hpp"
#include "luohu/schedule/simulation.hpp"

namespace luohu {

void Simulation::advance() {
  LUOHU_EXPECT(year_ < model_.last_year);
  phase("tables");
  ++year_;
  start_ = std::move(end_);
  settings_ = settings_of(year_, model_.base_settings, model_.measures);
  const ChoiceTables choice = choice_tables(settings_);
  const YearContext now = context();

  phase("decisions");
  decide(now, choice);
  phase("registration");
  register_settlers(now, people_, requests_, options_.scale, ledgers_.front());
  phase("births");
  append_births(now, people_, requests_, ledgers_.front());
  phase("inflow");
  const std::size_t residents = people_.size();
  add_incomers(now, inflow_, appeal(choice), options_.scale, people_, ledgers_.front());
  phase("reclassification and tabulation");
  reclassify_and_count(now, residents);
  phase("compaction");
  const auto present = static_cast<std::size_t>(end_.people());
  if (people_.size() - present > people_.size() / 32) compact(people_);
}

/// Processes that touch one person alone, chunk by chunk, all in turn while the chunk is in cache.
void Simulation::decide(const YearContext& now, const ChoiceTables& choice) {
  const Schooling schooling{now, cells_};
  const Insurance insurance{now, cells_};
  const HomePurchase home_purchase{now, cells_};
  const Deaths deaths{model_.vital, now, cells_};
  const Births births{model_.vital, now, cells_};
  const Migration migration{{choice, normalisation_, age_hazard_, frailty_}, now, cells_};
  const WishToSettle wish{now, cells_};
  const ExternalRegistration external{now, cells_};

  requests_.resize(chunks_of(people_.size()));
  std::vector<std::vector<std::int64_t>> eligible(ledgers_.size(),
                                                  std::vector<std::int64_t>(model_.places.prefectures()));
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) {
    Scratch& scratch = scratch_[thread];
    Ledger& ledger = ledgers_[thread];
    Requests& requests = requests_[chunk.index];
    requests.mothers.clear();
    requests.applications.clear();
    locate(now, cells_, people_, chunk, scratch);
    const auto run = [&](const auto& process) {
      run_on_chunk(process, now, people_, chunk, scratch, ledger, requests);
    };
    run(schooling);
    run(insurance);
    run(home_purchase);
    run(deaths);
    run(births);
    run(migration);
    count_eligible(wish, now, people_, chunk, scratch, eligible[thread]);
    run(wish);
    run(external);
  });
  eligible_.assign(model_.places.prefectures(), 0);
  for (const auto& part : eligible) {
    for (std::size_t p = 0; p < part.size(); ++p) eligible_[p] += part[p];
  }
}

/// The territory's change and the count share one pass. This year's incomers stand after the residents
/// and come once the new boundaries hold.
void Simulation::reclassify_and_count(const YearContext& now, std::size_t residents) {
  const Reclassification residence{now, model_.boundary.reclassification, cells_};
  const ReclassificationAway away{now, model_.boundary.reclassification, cells_};
  StockTally tally{model_.places, year_, ledgers_.size()};
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) {
    const Chunk settled{chunk.index, chunk.first, std::max(chunk.first, std::min(chunk.last, residents))};
    Requests none;
    locate(now, cells_, people_, settled, scratch_[thread]);
    run_on_chunk(away, now, people_, settled, scratch_[thread], ledgers_[thread], none);
    run_on_chunk(residence, now, people_, settled, scratch_[thread], ledgers_[thread], none);
    tally.add(people_, chunk, thread);
  });
  gather_flows();
  end_ = tally.total();
}

}  // namespace luohu
