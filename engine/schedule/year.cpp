// One year of the model (ODD element 3, process overview and scheduling). The order is part of the
// model. Everyone decides on what the tables said at the start of the year, so the order of people
// never matters; who moved this year cannot register this year, and new town boundaries reach those who
// stayed; who is born or comes from outside is at risk from the next year.

#include "luohu/core/error.hpp"
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
#include "luohu/schedule/simulation.hpp"
#include "luohu/schedule/welfare.hpp"

namespace luohu {

namespace {

/// Keeps the stocks in step with every change, and remembers whom it touched.
struct Recount {
  StockTally& tally;
  Touched& touched;
  const Population& people;
  std::size_t thread;
  void before(std::size_t row) const { tally.count(people, row, -1, thread); }
  void after(std::size_t row) const {
    tally.count(people, row, 1, thread);
    touched.set(row);
  }
};

/// The sum over threads, [thread][prefecture] to [prefecture].
std::vector<std::int64_t> sum_of(const std::vector<std::vector<std::int64_t>>& parts) {
  std::vector<std::int64_t> sum(parts.front().size());
  for (const auto& part : parts) {
    for (std::size_t p = 0; p < part.size(); ++p) sum[p] += part[p];
  }
  return sum;
}

}  // namespace

void Simulation::advance() {
  LUOHU_EXPECT(year_ < model_.last_year);
  LUOHU_EXPECT(static_cast<std::size_t>(threads()) <= ledgers_.size());
  phase("tables");
  ++year_;
  start_ = std::move(end_);
  settings_ = settings_of(year_, model_.base_settings, model_.measures);
  clear_markets();
  const ChoiceTables choice = choice_tables();
  welfare_ = welfare_levels(model_, choice, start_.choosers);
  const YearContext now = context();

  phase("decisions");
  decide(now, choice);
  phase("registration");
  admit_under_quotas(now);
  phase("families");
  if (now.families) let_families_follow(now);
  const std::size_t before_births = people_.size();
  phase("births");
  bear_children(now);
  phase("inflow");
  add_incomers(now, base_.inflow, appeal(model_, base_, choice), options_.scale, people_, ledgers_.front());

  phase("tabulation");
  tally_.add(people_, {0, before_births, people_.size()}, 0);
  gather_flows();
  end_ = tally_.total(year_);
  phase("compaction");
  const auto present = static_cast<std::size_t>(end_.people());
  if (people_.size() - present > people_.size() / 16) compact(people_);
}

/// Processes that touch one person alone, chunk by chunk, all in turn while the chunk is in cache.
void Simulation::decide(const YearContext& now, const ChoiceTables& choice) {
  const Schooling schooling{now, cells_};
  const Training training{now, cells_};
  const Insurance insurance{now, cells_};
  const HomePurchase home_purchase{now, cells_};
  const Deaths deaths{model_.vital, now, cells_};
  const Births births{model_.vital, now, cells_};
  const Migration migration{{choice, base_.normalisation, base_.age_hazard, base_.frailty}, now, cells_};
  const SettlingRisk at_risk{now};
  const WishToSettle wish{now, cells_};
  const ExternalRegistration external{now, cells_};
  const CountrysideRegistration to_countryside{now, cells_};
  const ReclassificationAway registration_reclassified{now, model_.boundary.reclassification, cells_};
  const Reclassification reclassified{now, model_.boundary.reclassification, cells_};

  const Screens screens{cells_,      to_countryside, training,  schooling, insurance, home_purchase,
                        deaths,      births,         migration, wish,      external,  registration_reclassified,
                        reclassified};

  requests_.resize(chunks_of(people_.size()));
  touched_.clear(people_.size());
  std::vector<std::vector<std::int64_t>> eligible(ledgers_.size(),
                                                  std::vector<std::int64_t>(model_.places.prefectures()));
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) {
    Scratch& scratch = scratch_[thread];
    Ledger& ledger = ledgers_[thread];
    Requests& requests = requests_[chunk.index];
    requests.mothers.clear();
    requests.applications.clear();
    locate(now, cells_, people_, chunk, scratch,
           {screens.packed(AtRisk::everyone), screens.packed(AtRisk::unregistered)});
    const Recount recount{tally_, touched_, people_, thread};
    const auto run = [&]<class Process>(const Process& process) {
      run_on_chunk(process, screens.template position<Process>(), now, people_, scratch, ledger, requests, recount);
    };
    run(schooling);
    run(training);
    run(insurance);
    run(home_purchase);
    run(deaths);
    run(births);
    run(migration);
    at_risk.count_eligible(now, people_, scratch, eligible[thread]);
    run(wish);
    run(external);
    run(to_countryside);
    run(registration_reclassified);
    run(reclassified);
    settle_without_quota(now, people_, requests, ledger, recount);
  });
  eligible_ = sum_of(eligible);
}

void Simulation::admit_under_quotas(const YearContext& now) {
  const Recount recount{tally_, touched_, people_, 0};
  for (const Application& settler : admit(now, people_, requests_, options_.scale)) {
    recount.before(settler.person.value());
    register_settler(now, people_, settler, ledgers_.front());
    recount.after(settler.person.value());
  }
}

/// What mothers' moves and registrations do to their children: only children's rows are written, and only
/// mothers' are read, who are no children themselves.
void Simulation::let_families_follow(const YearContext& now) {
  const Families families{now};
  std::vector<std::vector<std::int64_t>> left_behind(ledgers_.size(),
                                                     std::vector<std::int64_t>(model_.places.prefectures()));
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) {
    run_families(families, now, people_, chunk, touched_, ledgers_[thread], left_behind[thread],
                 Recount{tally_, touched_, people_, thread});
  });
  left_behind_ = sum_of(left_behind);
}

/// Children live and are registered where their mothers are at the end of the year.
void Simulation::bear_children(const YearContext& now) {
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) {
    deliver(now, people_, requests_[chunk.index], ledgers_[thread]);
  });
  append_children(requests_, people_);
}

}  // namespace luohu
