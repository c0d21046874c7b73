#include "outcomes.hpp"

#include <string>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/processes/births.hpp"

namespace luohu {

std::uint64_t as_mother(const Person& person) {
  Person mother;
  mother.home = person.home;
  mother.registered = person.registered;
  mother.traits.set(person.traits.township());
  return pack(mother);
}

void Projection::Sums::pour(std::size_t thread) {
  Own& own = own_[thread];
  for (std::size_t zone = 0; zone < common_.size(); ++zone) {
    StateTable& table = own.tables[zone];
    if (table.empty()) continue;
    const std::lock_guard lock{locks_[zone]};
    StateTable& common = common_[zone];
    const std::size_t before = common.size();
    table.for_each([&](const Weighted& slot) { common.add(slot.state, slot.weight); });
    states_ += common.size() - before;
    table.clear();
  }
  own.states = 0;
}

std::vector<Weighted> Projection::Sums::take() {
  std::vector<Weighted> all;
  all.reserve(states_);
  for (StateTable& table : common_) {
    const std::vector<Weighted> part = table.take();
    all.insert(all.end(), part.begin(), part.end());
  }
  states_ = 0;
  return all;
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

void Projection::move(const YearContext& now, const Migration& migration, std::vector<Worker>& workers,
                      Outcomes& outcomes) const {
  // People alike but for their homes follow one another, so that those of one destination come together.
  const auto over_destinations = [&](const std::vector<Weighted>& movers, std::int64_t counted, auto&& arrive) {
    for_each_chunk(movers.size(), [&](const Chunk& chunk, std::size_t thread) {
      if (too_many(outcomes.people.states())) return;
      auto& [branches, people, ledger, eligible] = workers[thread];
      for (std::size_t i = chunk.first; i < chunk.last; ++i) {
        const Person mover = unpack(home_first(movers[i].state));
        people.put(0, mover);
        // Everyone up to a destination, less everyone up to the one before: nobody is lost to rounding.
        double below = 0;
        std::int64_t given = 0;
        for (std::size_t zone = 0; zone < model_.places.zones(); ++zone) {
          const ZoneId target{static_cast<ZoneId::Value>(zone)};
          below += migration.share(now, people, 0, target);
          const std::int64_t upto = portion(movers[i].weight, static_cast<std::uint64_t>(below * 0x1p32));
          const std::int64_t part = std::exchange(given, upto);
          if (upto == part) continue;
          ledger.weight = counted * (upto - part);
          move_to(now, people, 0, target, ledger);
          if (!people.gone(0)) arrive(people.at(0), upto - part, thread);
          people.put(0, mover);
        }
      }
      outcomes.pour(thread);
    });
    require_room(outcomes.people.states());
  };
  over_destinations(outcomes.movers.take(), 1, [&](const Person& person, std::int64_t weight, std::size_t thread) {
    put(outcomes.people, person, weight, thread);
  });
  // They are among the movers, who have been counted.
  over_destinations(outcomes.moving_mothers.take(), 0,
                    [&](const Person& person, std::int64_t weight, std::size_t thread) {
                      outcomes.mothers.add(as_mother(person), weight, thread);
                    });
}

void Projection::bear_children(const YearContext& now, Outcomes& outcomes) {
  constexpr auto bands = static_cast<std::int64_t>(frailty_bands);
  Population mother;
  mother.resize(1);
  for (const Weighted& alike : outcomes.mothers.take()) {
    mother.put(0, unpack(alike.state));
    const std::int64_t boys = portion(alike.weight, threshold_of(now.parameters.male_birth_share));
    for (const Sex sex : {Sex::female, Sex::male}) {
      const std::int64_t all = sex == Sex::male ? boys : alike.weight - boys;
      for (std::int64_t band = 0; band < bands; ++band) {
        flows_.weight = all * (band + 1) / bands - all * band / bands;
        const Traits inborn{sex, static_cast<std::size_t>(band)};
        put(outcomes.people, bear(now, mother, 0, {}, inborn, flows_), flows_.weight, 0);
      }
    }
  }
  outcomes.people.pour(0);
}

}  // namespace luohu
