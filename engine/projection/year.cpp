// One year of the projection: the year of engine/schedule/year.cpp, process by process in the same order.

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
namespace {

/// Call `visit(target, part)` for the part of `weight` that moves to each zone. `people`: the mover, in row 0
/// before the move.
template <class Visit>
void for_each_destination(const YearContext& now, const Migration& migration, const Population& people,
                          std::int64_t weight, Visit&& visit) {
  std::vector<std::uint64_t> upto;
  double below = 0;
  for (std::size_t zone = 0; zone < now.places.zones(); ++zone) {
    below += migration.share(now, people, 0, ZoneId{static_cast<ZoneId::Value>(zone)});
    upto.push_back(static_cast<std::uint64_t>(below * 0x1p32));
  }
  // Everyone up to a destination, less everyone up to the one before: nobody is lost to rounding.
  std::int64_t given = 0;
  for (std::size_t zone = 0; zone < upto.size(); ++zone) {
    const std::int64_t all = portion(weight, upto[zone]);
    if (all > given) visit(ZoneId{static_cast<ZoneId::Value>(zone)}, all - given);
    given = all;
  }
}

}  // namespace

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

/// What one thread needs for the states it is dealt.
struct Projection::Worker {
  Branches branches;
  Population mover;  ///< one row
  Ledger ledger;
  std::vector<std::int64_t> eligible;
};

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

  std::vector<Worker> workers(static_cast<std::size_t>(threads()));
  for (Worker& worker : workers) {
    worker.mover.resize(1);
    worker.ledger = flows_;
    worker.eligible.assign(model_.places.prefectures(), 0);
  }
  Sums movers{model_.places.zones(), workers.size()};
  Sums moving_mothers{model_.places.zones(), workers.size()};
  for_each_chunk(states_.size(), [&](const Chunk& chunk, std::size_t thread) {
    if (too_many(sums.states() + movers.states())) return;
    auto& [branches, mover, ledger, eligible] = workers[thread];
    for (std::size_t i = chunk.first; i < chunk.last; ++i) {
      branches.begin(states_[i]);
      branches.apply(schooling, now, ledger);
      branches.apply(insurance, now, ledger);
      branches.apply(home_purchase, now, ledger);
      branches.apply(deaths, now, ledger);
      branches.apply(births, now);
      branches.apply(migration, now, [&](const Person& person, std::int64_t weight, std::int64_t mothers) {
        const std::uint64_t state = pack(options_.lumping ? lumping_.leaving(person, year_) : person);
        movers.add(state, weight, thread);
        moving_mothers.add(state, mothers, thread);
      });
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
    movers.pour(thread);
    moving_mothers.pour(thread);
  });
  require_room(sums.states() + movers.states());
  states_ = {};
  move(now, migration, movers.take(), workers, sums, Projection::Moving::everyone);
  move(now, migration, moving_mothers.take(), workers, sums, Projection::Moving::mothers);

  eligible_.assign(model_.places.prefectures(), 0);
  for (const Worker& worker : workers) {
    flows_ += worker.ledger;
    for (std::size_t p = 0; p < eligible_.size(); ++p) eligible_[p] += worker.eligible[p];
  }
}

/// Movers, or the mothers among them with their children, over all destinations. The processes after
/// migration leave alone who moved this year.
void Projection::move(const YearContext& now, const Migration& migration, const std::vector<Weighted>& movers,
                      std::vector<Worker>& workers, Sums& sums, Moving moving) const {
  for_each_chunk(movers.size(), [&](const Chunk& chunk, std::size_t thread) {
    if (too_many(sums.states())) return;
    Population& people = workers[thread].mover;
    Ledger& ledger = workers[thread].ledger;
    const auto put_person = [&](const Person& person, std::int64_t weight) { put(sums, person, weight, thread); };
    Ledger unseen;
    if (moving == Moving::mothers) unseen = Ledger{model_.places.size(), model_.places.zones()};
    for (std::size_t i = chunk.first; i < chunk.last; ++i) {
      const Person mover = unpack(movers[i].state);
      people.put(0, mover);
      for_each_destination(now, migration, people, movers[i].weight, [&](ZoneId target, std::int64_t part) {
        people.put(0, mover);
        ledger.weight = part;
        move_to(now, people, 0, target, moving == Moving::mothers ? unseen : ledger);
        if (people.gone(0)) return;
        if (moving == Moving::everyone) {
          put_person(people.at(0), part);
        } else {
          bear_children(now, people, 0, part, ledger, put_person);
        }
      });
    }
    sums.pour(thread);
  });
  require_room(sums.states());
}

bool Projection::too_many(std::size_t states) const {
  return states > options_.most_states;
}

void Projection::require_room(std::size_t states) const {
  if (!too_many(states)) return;
  throw Error{ExitCode::environment,
              "the expectation needs more than " + std::to_string(options_.most_states) + " states in " +
                  std::to_string(year_) +
                  ", and there is no memory for more; --set migration.frailty_variance=0 or --set "
                  "settling.wish_duration=0 need far fewer, or end earlier with --set last_year=YEAR"};
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
