// One year of the projection: the year of engine/schedule/year.cpp, process by process in the same order.

#include <atomic>
#include <cmath>

#include "branches.hpp"
#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/processes/deaths.hpp"
#include "luohu/processes/external_registration.hpp"
#include "luohu/processes/home_purchase.hpp"
#include "luohu/processes/insurance.hpp"
#include "luohu/processes/reclassification.hpp"
#include "luohu/processes/schooling.hpp"
#include "luohu/processes/settling.hpp"
#include "sums.hpp"

namespace luohu {

void Projection::advance() {
  LUOHU_EXPECT(year_ < model_.last_year);
  phase("tables");
  ++year_;
  start_ = std::move(end_);
  settings_ = settings_of(year_, model_.base_settings, model_.measures);
  const ChoiceTables choice = choice_tables(model_, settings_, base_.persons);
  const YearContext now{{}, year_, model_.places, model_.parameters, settings_, model_.group_of};

  Sums sums{model_.places.zones(), static_cast<std::size_t>(threads())};
  flows_.clear();
  phase("decisions");
  decide(now, choice, sums);
  phase("inflow");
  add_incomers(now, appeal(model_, base_, choice), sums);
  phase("tabulation");
  gather(sums);
}

void Projection::decide(const YearContext& now, const ChoiceTables& choice, Sums& sums) {
  const Schooling schooling{now, cells_};
  const Insurance insurance{now, cells_};
  const HomePurchase home_purchase{now, cells_};
  const Deaths deaths{model_.vital, now, cells_};
  const Births births{model_.vital, now, cells_};
  const Migration migration{{choice, base_.normalisation, base_.age_hazard, base_.frailty}, now, cells_};
  const WishToSettle wish{now, cells_};
  const ExternalRegistration external{now, cells_};
  const ReclassificationAway registration_reclassified{now, model_.boundary.reclassification, cells_};
  const Reclassification reclassified{now, model_.boundary.reclassification, cells_};

  struct Worker {
    Branches branches;
    Ledger ledger;
    std::vector<std::int64_t> eligible;
  };
  std::vector<Worker> workers(static_cast<std::size_t>(threads()));
  for (Worker& worker : workers) {
    worker.ledger = flows_;
    worker.eligible.assign(model_.places.prefectures(), 0);
  }
  for_each_chunk(states_.size(), [&](const Chunk& chunk, std::size_t thread) {
    if (sums.states() > options_.most_states) return;
    auto& [branches, ledger, eligible] = workers[thread];
    for (std::size_t i = chunk.first; i < chunk.last; ++i) {
      branches.begin(states_[i]);
      branches.apply(schooling, now, ledger);
      branches.apply(insurance, now, ledger);
      branches.apply(home_purchase, now, ledger);
      branches.apply(deaths, now, ledger);
      branches.apply(births, now, ledger);
      branches.apply(migration, now, ledger);
      branches.count_eligible(now, eligible);
      branches.apply(wish, now, ledger);
      branches.apply(external, now, ledger);
      branches.apply(registration_reclassified, now, ledger);
      branches.apply(reclassified, now, ledger);
      branches.settle(now, ledger);
      branches.finish(now, ledger,
                      [&](const Person& person, std::int64_t weight) { put(sums, person, weight, thread); });
    }
    sums.pour(thread);
  });
  if (sums.states() > options_.most_states) {
    throw Error{ExitCode::environment,
                "the expectation has more than " + std::to_string(options_.most_states) + " states in " +
                    std::to_string(year_) +
                    ", more than there is memory for; --set migration.frailty_variance=0 or --set "
                    "settling.wish_duration=0 need far fewer, or end earlier with --set last_year=YEAR"};
  }
  eligible_.assign(model_.places.prefectures(), 0);
  for (const Worker& worker : workers) {
    flows_ += worker.ledger;
    for (std::size_t p = 0; p < eligible_.size(); ++p) eligible_[p] += worker.eligible[p];
  }
}

/// Incomers in expected numbers, by everything that distinguishes one from another.
void Projection::add_incomers(const YearContext& now, const Grid<double, 2>& appeal, Sums& sums) {
  const Places& places = model_.places;
  const InflowTables& tables = base_.inflow;
  const auto between = [](const auto& cumulative, std::size_t i) {
    return cumulative(i) - (i == 0 ? 0.0 : cumulative(i - 1));
  };
  const double men = model_.parameters.incomer_male_share;
  const auto add = [&](ZoneId origin, ZoneId home, double mean) {
    for (std::size_t age = 0; age < single_ages; ++age) {
      const double of_age = mean * between([&](std::size_t a) { return tables.age_cumulative[a]; }, age);
      for (std::size_t level = 0; level < education_levels; ++level) {
        const auto schooling = [&](std::size_t e) { return e + 1 < education_levels ? tables.education(age, e) : 1.0; };
        const double of_level = of_age * between(schooling, level);
        for (const Sex sex : {Sex::female, Sex::male}) {
          const double each = of_level * (sex == Sex::male ? men : 1 - men) / static_cast<double>(frailty_bands);
          flows_.weight = std::llround(each * static_cast<double>(units_per_person));
          for (std::size_t band = 0; band < frailty_bands; ++band) {
            Traits traits{sex, band};
            traits.set(static_cast<Education>(level));
            const Person person = incomer(now, origin, home, static_cast<int>(age), traits);
            count_incomer(person, flows_);
            put(sums, person, flows_.weight, 0);
          }
        }
      }
    }
  };
  for (std::size_t e = 0; e < places.externals(); ++e) {
    const ZoneId origin = places.zone(PlaceId{static_cast<PlaceId::Value>(places.prefectures() + e)}, ZoneKind::urban);
    for (std::size_t p = 0; p < places.prefectures(); ++p) {
      const PlaceId target{static_cast<PlaceId::Value>(p)};
      const double mean = tables.mean(e, p) * appeal(e, p);
      const double urban = tables.urban_share[p];
      add(origin, places.zone(target, ZoneKind::urban), mean * urban);
      add(origin, places.zone(target, ZoneKind::rural), mean * (1 - urban));
    }
  }
  sums.pour(0);
}

}  // namespace luohu
