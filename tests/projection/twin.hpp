#pragma once
// The simulation beside its expectation: what was counted in a year, and what was to be expected.

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "luohu/projection/projection.hpp"
#include "support/statistics.hpp"
#include "support/toy_run.hpp"

namespace luohu::testing {

/// A toy run whose people act independently of one another.
inline ToyRun independent_run(std::int64_t persons) {
  ToyRun run{persons};
  run.feedbacks.networks = false;
  return run;
}

inline double persons(std::int64_t units) {
  return static_cast<double>(units) / static_cast<double>(units_per_person);
}

/// One table of counts and its expectation. Everyone counts at most once in it, so that the variance of a cell
/// or of the total is at most its expectation.
struct Comparison {
  std::string name;
  std::vector<double> seen, expected;

  [[nodiscard]] double total_seen() const { return sum(seen); }
  [[nodiscard]] double total_expected() const { return sum(expected); }
  /// Two-sided p of the total. The sum over years of a year's count less its expectation given the start of
  /// the year is a martingale: the bound on its variance holds over years as well.
  [[nodiscard]] double total_p() const { return poisson_p(total_seen(), total_expected()); }
  /// Upper tail of chi-square over cells; those that expect fewer than ten are pooled.
  [[nodiscard]] double cells_p() const {
    double statistic = 0, cells = 0, rest_seen = 0, rest_expected = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (expected[i] >= 10) {
        statistic += (seen[i] - expected[i]) * (seen[i] - expected[i]) / expected[i];
        cells += 1;
      } else {
        rest_seen += seen[i], rest_expected += expected[i];
      }
    }
    if (rest_expected < 1e-3 && rest_seen > 0) return 0;
    if (rest_expected >= 10) {
      statistic += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected;
      cells += 1;
    }
    return cells > 0 ? chi_square_p(statistic, cells) : 1;
  }
  /// Another year, or another seed.
  Comparison& operator+=(const Comparison& other) {
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] += other.seen[i], expected[i] += other.expected[i];
    return *this;
  }

 private:
  static double sum(const std::vector<double>& values) {
    double total = 0;
    for (const double value : values) total += value;
    return total;
  }
};

/// Gains alone where a table has losses too: a loss is another cell's gain.
inline Comparison compare(std::string name, const std::vector<std::int64_t>& agents,
                          const std::vector<std::int64_t>& units) {
  Comparison made{std::move(name), {}, {}};
  for (const std::int64_t count : agents) made.seen.push_back(static_cast<double>(std::max<std::int64_t>(count, 0)));
  for (const std::int64_t weight : units) made.expected.push_back(persons(std::max<std::int64_t>(weight, 0)));
  return made;
}

/// [external node] people who registered there and left the model: departures that are no moves.
inline std::vector<std::int64_t> registered_outside(const Places& places, const Ledger& flows) {
  std::vector<std::int64_t> counts;
  for (std::size_t z = places.internal_zones(); z < places.zones(); ++z) {
    const std::size_t place = places.place_of(zone(z)).value();
    std::int64_t count = flows.departures(z, 0U) + flows.departures(z, 1U);
    for (std::size_t to = 0; to < places.size(); ++to) {
      for (std::size_t age = 0; age < broad_ages; ++age) {
        for (std::size_t seen = 0; seen < registrations; ++seen) count -= flows.moves(place, to, age, seen);
      }
    }
    counts.push_back(count);
  }
  return counts;
}

/// [sex][schooling][owner][insured] of everyone at home somewhere.
template <class PersonOf, class WeightOf>
std::vector<std::int64_t> by_traits(std::size_t rows, PersonOf person_of, WeightOf weight_of) {
  Grid<std::int64_t, 4> counts{{sexes, education_levels, 2, 2}};
  for (std::size_t row = 0; row < rows; ++row) {
    const Person person = person_of(row);
    if (!person.home) continue;
    const bool insured = person.insured_since != ShortYear::never();
    counts(person.traits.sex(), person.traits.education(), person.traits.owner(), insured) += weight_of(row);
  }
  return counts.values();
}

/// Add another year's tables, or another seed's.
inline void pool(std::vector<Comparison>& total, const std::vector<Comparison>& more) {
  if (total.empty()) {
    total = more;
  } else {
    for (std::size_t i = 0; i < more.size(); ++i) total[i] += more[i];
  }
}

/// Everything a year leaves behind.
inline std::vector<Comparison> compare(const Places& places, const Simulation& simulation, const Projection& twin) {
  const Ledger& f = simulation.flows();
  const Ledger& e = twin.flows();
  const Population& people = simulation.people();
  const std::vector<Weighted>& states = twin.states();
  return {compare("births", f.births.values(), e.births.values()),
          compare("deaths", f.deaths.values(), e.deaths.values()),
          compare("moves", f.moves.values(), e.moves.values()),
          compare("arrivals", f.arrivals.values(), e.arrivals.values()),
          compare("departures", f.departures.values(), e.departures.values()),
          compare("registered outside", registered_outside(places, f), registered_outside(places, e)),
          compare("incomers", f.incomers.values(), e.incomers.values()),
          compare("reclassified", f.reclassified.values(), e.reclassified.values()),
          compare("settled", f.settled.values(), e.settled.values()),
          compare("willing", f.willing, e.willing),
          compare("eligible", simulation.eligible(), twin.eligible()),
          compare("registered births", f.registered_births, e.registered_births),
          compare("registered deaths", f.registered_deaths, e.registered_deaths),
          compare("registered in", f.registered_in, e.registered_in),
          compare("registered out", f.registered_out, e.registered_out),
          compare("registered reclassified", f.registered_reclassified, e.registered_reclassified),
          compare("population", simulation.stock().population.values(), twin.stock().population.values()),
          compare("by origin", simulation.stock().by_origin.values(), twin.stock().by_origin.values()),
          compare("registered", simulation.stock().registered, twin.stock().registered),
          compare("traits",
                  by_traits(
                      people.size(), [&](std::size_t row) { return people.at(row); }, [](std::size_t) { return 1; }),
                  by_traits(
                      states.size(), [&](std::size_t i) { return unpack(states[i].state); },
                      [&](std::size_t i) { return states[i].weight; }))};
}

}  // namespace luohu::testing
