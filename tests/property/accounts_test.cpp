// What no scenario may break: people are neither made nor lost, registrations are conserved, and counts
// nest as their definitions say. Recounted from the people themselves, row by row.
// How to run more cases, or one again, stands in random_case.hpp: LUOHU_PROPERTY_CASES=1000, =137-137.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/population/parallel.hpp"
#include "random_case.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Everyone present, counted from the rows and not from the engine's own tally.
struct Count {
  Grid<std::int64_t, 2> residents;       ///< [zone][sex]
  std::vector<std::int64_t> registered;  ///< [zone]
  std::vector<std::int64_t> away;        ///< [zone] residents registered in another zone

  explicit Count(const Simulation& simulation, std::size_t zones)
      : residents{{zones, sexes}}, registered(zones), away(zones) {
    const Population& people = simulation.people();
    for (std::size_t row = 0; row < people.size(); ++row) {
      if (people.gone(row)) continue;
      const Person who = people.at(row);
      ++residents(who.home.value(), static_cast<std::size_t>(who.traits.sex()));
      ++registered[who.registered.value()];
      if (who.home != who.registered) ++away[who.home.value()];
    }
  }
};

/// No state that the model's words exclude.
void require_possible(const Population& people, const Places& places, Year year) {
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (people.gone(row)) continue;
    const Person who = people.at(row);
    const bool possible = who.home.value() < places.zones() && who.registered.value() < places.zones() &&
                          // whoever left the province for good is no longer an agent
                          (places.internal(who.home) || places.internal(who.registered)) && who.born.year() <= year &&
                          who.born <= who.arrived && who.arrived.year() <= year && who.group_since <= who.arrived &&
                          (who.insured_since == ShortYear::never() ||
                           (who.insured_since.year() <= year && who.insured_since.year() >= who.born.year() + 16)) &&
                          static_cast<std::size_t>(who.traits.education()) < education_levels &&
                          (who.traits.education() == Education::basic || year - who.born.year() >= 15);
    if (!possible) {
      UNSCOPED_INFO("row " << row << " in " << year << ": born " << who.born.year() << ", home " << who.home.value()
                           << ", registered " << who.registered.value() << ", arrived " << who.arrived.year()
                           << ", group " << who.group_since.year() << ", insured " << who.insured_since.year()
                           << ", schooling " << static_cast<int>(who.traits.education()));
      REQUIRE(possible);
    }
  }
}

std::int64_t sum(const std::vector<std::int64_t>& values, std::size_t first, std::size_t last) {
  std::int64_t total = 0;
  for (std::size_t i = first; i < last; ++i) total += values[i];
  return total;
}

void require_balance(const Count& before, const Count& after, const Ledger& flows, const Places& places) {
  for (std::size_t z = 0; z < places.zones(); ++z) {
    INFO("zone " << z);
    for (std::size_t s = 0; s < sexes; ++s) {
      REQUIRE(after.residents(z, s) - before.residents(z, s) == flows.births(z, s) - flows.deaths(z, s) +
                                                                    flows.arrivals(z, s) + flows.incomers(z, s) -
                                                                    flows.departures(z, s) + flows.reclassified(z, s));
    }
    REQUIRE(after.registered[z] - before.registered[z] == flows.registered_births[z] - flows.registered_deaths[z] +
                                                              flows.registered_in[z] - flows.registered_out[z] +
                                                              flows.registered_reclassified[z]);
  }
  // The table of moves is made of the same people: who arrives, comes in or departs in the zones of a place.
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    std::int64_t arrived = 0, came = 0, departed = 0, gone = 0;  // anybody, from outside; anybody, to outside
    for (std::size_t z = 2 * p; z < 2 * p + 2; ++z) {
      for (std::size_t s = 0; s < sexes; ++s) {
        arrived += flows.arrivals(z, s) + flows.incomers(z, s);
        came += flows.from_outside(z, s) + flows.incomers(z, s);
        departed += flows.departures(z, s);
        gone += flows.to_outside(z, s);
      }
    }
    for (std::size_t q = 0; q < places.size(); ++q) {
      for (std::size_t age = 0; age < broad_ages; ++age) {
        arrived -= flows.came(q, p, age);
        came -= flows.came(q, p, age);
        for (std::size_t r = 0; r < registrations; ++r) {
          arrived -= flows.moves(q, p, age, r);
          departed -= flows.moves(p, q, age, r);
          if (q < places.prefectures()) continue;
          came -= flows.moves(q, p, age, r);
          gone -= flows.moves(p, q, age, r);
        }
      }
    }
    REQUIRE(std::vector{arrived, came, departed, gone} == std::vector<std::int64_t>(4));
  }
  // What leaves one account enters another.
  const std::size_t internal = places.internal_zones(), zones = places.zones();
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    for (std::size_t s = 0; s < sexes; ++s) REQUIRE(flows.reclassified(2 * p, s) == -flows.reclassified(2 * p + 1, s));
    REQUIRE(flows.registered_reclassified[2 * p] == -flows.registered_reclassified[2 * p + 1]);
  }
  const auto all = [](const auto& grid) { return sum(grid.values(), 0, grid.values().size()); };
  REQUIRE(all(flows.births) == sum(flows.registered_births, 0, zones));
  REQUIRE(all(flows.deaths) == sum(flows.registered_deaths, 0, zones));
  // Only settlers and incomers are registered anew.
  REQUIRE(sum(flows.registered_in, 0, internal) == all(flows.settled));
  REQUIRE(sum(flows.registered_in, internal, zones) == all(flows.incomers));
  // A registration ends by settling, or with someone who leaves the model alive.
  const std::int64_t left_for_good = all(flows.departures) - all(flows.arrivals);
  REQUIRE(sum(flows.registered_out, 0, zones) == all(flows.settled) + left_for_good);
}

void require_nested(const Simulation& simulation, const Count& before, const Places& places, std::int64_t scale) {
  const Ledger& flows = simulation.flows();
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    INFO("prefecture " << p);
    // Children register with their mothers, and the countryside with nobody's leave.
    const std::int64_t settled = sum(flows.settled.values(), p * routes, (p + 1) * routes) -
                                 flows.settled(p, Route::family) - flows.settled(p, Route::countryside);
    REQUIRE(settled >= 0);
    REQUIRE(settled <= flows.willing[p]);
    REQUIRE(flows.willing[p] <= simulation.eligible()[p]);
    // Who moved this year cannot apply: the eligible lived unregistered in the town at its start.
    REQUIRE(simulation.eligible()[p] <= before.away[2 * p]);
    const double quota = simulation.settings()[p].quota;
    REQUIRE(static_cast<double>(settled * scale) <= quota);
  }
}

}  // namespace

TEST_CASE("random scenarios: people and registrations are conserved, and counts nest", "[property]") {
  set_threads(1);
  for (std::uint64_t number = cases().first; number <= cases().last; ++number) {
    const RandomCase files{number};
    INFO(files.described());
    ToyRun run = files.read("variant.toml");
    run.scale = number % 5 == 4 ? 3 : 1;
    const Model model = run.model();
    const Places& places = run.toy.places;
    Simulation simulation{model, run.options(), run.population()};
    Count before{simulation, places.zones()};
    while (simulation.year() < run.last_year) {
      simulation.advance();
      INFO("year " << simulation.year());
      const Count after{simulation, places.zones()};
      require_balance(before, after, simulation.flows(), places);
      require_nested(simulation, before, places, run.scale);
      // The stocks that events keep up are those of a recount.
      REQUIRE(simulation.stock().registered == after.registered);
      for (std::size_t z = 0; z < places.zones(); ++z) {
        for (std::size_t s = 0; s < sexes; ++s) REQUIRE(simulation.stock().residents(z, s) == after.residents(z, s));
      }
      require_possible(simulation.people(), places, simulation.year());
      REQUIRE_NOTHROW(simulation.record());  // the engine's own balance
      before = after;
    }
  }
  set_threads(available_threads());
}
