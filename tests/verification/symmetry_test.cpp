// Places are their tables: exchanging two exchanges their results.

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "support/choice_world.hpp"
#include "support/constant_rates.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr double out_of_reach = 1e300;  ///< minutes; exp(-cost) falls under the tables' 2^-32

std::size_t other_place(std::size_t q) {
  return q < 2 ? 1 - q : q;
}
std::size_t other_zone(std::size_t z) {
  return z < 4 ? (z + 2) % 4 : z;
}
ZoneId other_zone(ZoneId z) {
  return zone(other_zone(std::size_t{z.value()}));
}

/// The province with everything of A and B exchanged: rows, codes, rates, incomes, distances, rules, groups.
ToyProvince exchanged(const ToyProvince& toy) {
  ToyProvince swapped = toy;
  auto rows = toy.places.rows();
  std::swap(rows[0], rows[1]);
  swapped.places = Places{rows};
  for (std::vector<double>* table :
       {&swapped.vital.mortality_factor, &swapped.vital.fertility_factor, &swapped.boundary.reclassification})
    std::swap((*table)[0], (*table)[1]);
  for (std::size_t z = 0; z < toy_zones; ++z) {
    swapped.economy.income_index[other_zone(z)] = toy.economy.income_index[z];
    swapped.economy.rent_index[other_zone(z)] = toy.economy.rent_index[z];
    for (std::size_t k = 0; k < 2; ++k) swapped.economy.amenity(other_zone(z), k) = toy.economy.amenity(z, k);
  }
  for (std::size_t p = 0; p < 5; ++p) {
    for (std::size_t q = 0; q < 5; ++q)
      swapped.economy.travel_minutes(other_place(p), other_place(q)) = toy.economy.travel_minutes(p, q);
  }
  for (std::size_t e = 0; e < 2; ++e) {
    for (std::size_t p = 0; p < 3; ++p) swapped.boundary.inflow(e, other_place(p)) = toy.boundary.inflow(e, p);
  }
  std::swap(swapped.settings[0], swapped.settings[1]);
  std::swap(swapped.group_of[0], swapped.group_of[1]);
  return swapped;
}

Person exchanged(Person who) {
  who.home = other_zone(who.home), who.registered = other_zone(who.registered);
  return who;
}

/// Everyone at the end of a run by id.
std::map<std::uint64_t, Person> people_after(const ToyRun& run, Population people) {
  std::map<std::uint64_t, Person> by_id;
  simulate(run, Seed{25}, std::move(people), [&](const Simulation& simulation) {
    if (simulation.year() < run.last_year) return;
    for (std::size_t row = 0; row < simulation.people().size(); ++row) {
      const Person who = simulation.people().at(row);
      if (who.home) by_id.emplace(who.id.value(), who);
    }
  });
  return by_id;
}

bool same_life(const Person& a, const Person& b) {
  return a.home == b.home && a.registered == b.registered && a.traits.bits() == b.traits.bits() && a.born == b.born &&
         a.arrived == b.arrived && a.group_since == b.group_since && a.insured_since == b.insured_since;
}

}  // namespace

TEST_CASE("T25: exchanging two prefectures' tables exchanges their utilities and shares", "[verification]") {
  // Formula: no row number enters a utility: share(sigma o, sigma d) = share(o, d), and the pull likewise. Source:
  // invariance of the logit to the labels of alternatives, McFadden 1974. Exact to the order of additions, 1e-12
  // (shares: 2^-32), in all 768 cells. Power: a row index used for a code is off in the first digit.
  const ChoiceWorld world;
  ChoiceWorld swapped = world;
  for (std::size_t z = 0; z < toy_zones; ++z) {
    swapped.economy.income_index[other_zone(z)] = world.economy.income_index[z];
    swapped.economy.rent_index[other_zone(z)] = world.economy.rent_index[z];
    for (std::size_t k = 0; k < 2; ++k) swapped.economy.amenity(other_zone(z), k) = world.economy.amenity(z, k);
    for (std::size_t q = 0; q < 5; ++q) swapped.stock(other_place(q), other_zone(z)) = world.stock(q, z);
  }
  for (std::size_t p = 0; p < 5; ++p) {
    for (std::size_t q = 0; q < 5; ++q)
      swapped.economy.travel_minutes(other_place(p), other_place(q)) = world.economy.travel_minutes(p, q);
    for (std::size_t e = 0; e < education_levels && p < 3; ++e) swapped.wedge(other_place(p), e) = world.wedge(p, e);
  }
  const ChoiceTables a = world.tables(), b = swapped.tables();
  for_each_cell(a, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
    const std::size_t twin = b.cell(other_zone(o), other_zone(h), e, band);
    REQUIRE(b.pull(twin) == Approx(a.pull(cell)).margin(1e-12));
    for (std::size_t d = 0; d < toy_zones; ++d)
      REQUIRE(b.share(twin, other_zone(d)) == Approx(a.share(cell, d)).margin(1e-9));
  });
}

TEST_CASE("T25: exchanging two prefectures exchanges everyone's life where the order of destinations is kept",
          "[verification]") {
  // Formula: the same people, by id, live the same lives in the exchanged places. Random numbers are keyed by id, never
  // by row; only a destination is drawn by inverting shares cumulated in the places' order, so that the statement is
  // exact when no origin reaches both A and B: the places it does reach then stand in the same order. Source:
  // equivariance under a permutation of labels. Sample: 75,000 people, 10 years of everything, A and B different in
  // every table. Exact; the power is one person: a stream, tie or table keyed by a row number changes some of 30,000
  // movers.
  ToyRun run;
  run.toy.group_of = {2, 1, 2, 4, 5};  // A and C recognise each other
  run.toy.settings[0].credit_recognition = 1;
  run.toy.settings[1].quota = 8;
  Grid<double, 2>& minutes = run.toy.economy.travel_minutes;
  // A and B are closed to each other; C and the south send people to A alone, the east to B alone.
  minutes(0U, 1U) = minutes(1U, 0U) = minutes(2U, 1U) = minutes(3U, 1U) = minutes(4U, 0U) = out_of_reach;
  run.toy.parameters.inflow_response = 0;  // from a node that does not reach a place its appeal has no base
  ToyRun swapped = run;
  swapped.toy = exchanged(run.toy);
  const Population people = run.population();
  const auto original = people_after(run, copy_of(people));
  const auto twin =
      people_after(swapped, people_of(people.size(), [&](std::size_t i) { return exchanged(people.at(i)); }));
  REQUIRE(original.size() == twin.size());
  std::size_t moved = 0, settled = 0, came = 0;
  for (const auto& [id, who] : original) {
    const auto found = twin.find(id);
    REQUIRE(found != twin.end());
    REQUIRE(same_life(exchanged(who), found->second));
    moved += who.arrived.year() > 2020 && who.born < who.arrived ? 1 : 0;
    came += who.registered.value() >= 6 ? 1 : 0;
    settled += id < people.size() && who.registered != people.registered[id] ? 1 : 0;
  }
  CHECK(moved > 5'000);
  CHECK(settled > 2'000);
  CHECK(came > 1'000);
}

TEST_CASE("T25: names are labels", "[verification]") {
  // Formula: renaming places leaves every number what it was. Exact; the power is one bit of one person.
  ToyRun run;
  ToyRun renamed = run;
  auto rows = run.toy.places.rows();
  std::swap(rows[0].id, rows[1].id), std::swap(rows[0].name_zh, rows[1].name_zh);
  std::swap(rows[0].name_en, rows[1].name_en), std::swap(rows[0].longitude, rows[2].longitude);
  renamed.toy.places = Places{rows};
  CHECK(std::ranges::equal(run.records(), renamed.records(), same));
}

TEST_CASE("T25: two identical prefectures are exchangeable", "[verification][statistical]") {
  // Formula: E (X_A - X_B) = 0 for every count X. Source: exchangeability of identically treated groups; Student 1908.
  // Sample: two prefectures alike to the last table and 2 x 60,000 people who are pairwise alike, everything on, moves
  // between all places, 10 years, 50 replicates. False alarm: 1e-6 for each of four checks. Power: 1 % more residents
  // of A is 14 sd; places told apart by the order of destinations, such as an end of a cumulative table, as much.
  ToyRun run{40'000};
  ToyProvince& toy = run.toy;
  for (std::vector<double>* table :
       {&toy.vital.mortality_factor, &toy.vital.fertility_factor, &toy.boundary.reclassification})
    (*table)[1] = (*table)[0];
  for (std::size_t z = 0; z < 2; ++z) {
    toy.economy.income_index[z + 2] = toy.economy.income_index[z];
    toy.economy.rent_index[z + 2] = toy.economy.rent_index[z];
    for (std::size_t k = 0; k < 2; ++k) toy.economy.amenity(z + 2, k) = toy.economy.amenity(z, k);
  }
  Grid<double, 2>& minutes = toy.economy.travel_minutes;
  minutes(1U, 1U) = minutes(0U, 0U);
  for (std::size_t q = 2; q < 5; ++q) minutes(1U, q) = minutes(q, 1U) = minutes(0U, q);
  for (std::size_t e = 0; e < 2; ++e) toy.boundary.inflow(e, 1U) = toy.boundary.inflow(e, 0U);
  toy.settings[1] = toy.settings[0];
  auto rows = toy.places.rows();
  rows[1].city_proper = rows[0].city_proper;
  toy.places = Places{rows};
  const Population half = run.population();
  const Population both = people_of(2 * half.size(), [&](std::size_t i) {
    Person who = half.at(i / 2);
    who.id = PersonId{i};
    return i % 2 == 0 ? who : exchanged(who);
  });
  std::vector<std::vector<double>> difference(4);
  for (std::uint64_t r = 0; r < 50; ++r) {
    simulate(run, seed_of_replicate(Seed{251}, r), copy_of(both), [&](const Simulation& simulation) {
      if (simulation.year() < run.last_year) return;
      const Stock& stock = simulation.stock();
      const Ledger& flows = simulation.flows();
      const auto per_place = [&](std::size_t p) {
        std::vector<double> x(4);
        for (std::size_t z = 2 * p; z < 2 * p + 2; ++z) {
          for (std::size_t s = 0; s < sexes; ++s) {
            x[0] += static_cast<double>(stock.residents(z, s));
            x[1] += static_cast<double>(flows.arrivals(z, s) - flows.departures(z, s));
          }
          x[2] += static_cast<double>(stock.registered[z]);
        }
        for (std::size_t r2 = 0; r2 < routes; ++r2)
          x[3] += static_cast<double>(flows.settled(p, static_cast<Route>(r2)));
        return x;
      };
      const auto a = per_place(0), b = per_place(1);
      for (std::size_t i = 0; i < 4; ++i) difference[i].push_back(a[i] - b[i]);
    });
  }
  for (const auto& counts : difference) {
    const Moments moments = moments_of(counts);
    CHECK(student_p(moments.mean / std::sqrt(moments.variance / 50), 49) > false_alarm);
  }
}
