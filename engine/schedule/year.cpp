// One year of the model (ODD element 3, process overview and scheduling). The order is part of the
// model. Everyone decides on what the tables said at the start of the year, so the order of people
// never matters; who moved this year cannot register this year, and new town boundaries reach those who
// stayed; who is born or comes from outside is at risk from the next year.

#include "luohu/core/error.hpp"
#include "luohu/schedule/decisions.hpp"
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
  const Decisions decisions = decisions_of(model_, base_, now, choice, cells_);
  const auto screens = screens_of(decisions, cells_);
  const SettlingRisk at_risk{now};

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
    in_order(decisions, [&]<class Process>(const Process& process) {
      if constexpr (std::is_same_v<Process, WishToSettle>) {
        at_risk.count_eligible(now, people_, scratch, eligible[thread]);
      }
      run_on_chunk(process, screens.template position<Process>(), now, people_, scratch, ledger, requests, recount);
    });
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

/// Children live and are registered where their mothers are at the end of the year. A mother is nobody's child: from
/// now on a girl decides alone.
void Simulation::bear_children(const YearContext& now) {
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) {
    const Recount recount{tally_, touched_, people_, thread};
    for (const Slot mother : requests_[chunk.index].mothers) {
      const std::size_t row = mother.value();
      if (!people_.mother[row] || people_.gone(row)) continue;
      recount.before(row);
      Families::happens(FamilyEvent::grown, now, people_, row, ledgers_[thread]);
      recount.after(row);
    }
    deliver(now, people_, requests_[chunk.index], ledgers_[thread]);
  });
  append_children(requests_, people_);
}

}  // namespace luohu
