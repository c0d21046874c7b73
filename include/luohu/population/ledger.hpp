#pragma once
// Everything that happened in a year, counted in agents – or, in the expectation of the model, in units of
// expected persons. Each thread has its own; sums are exact.

#include <cstdint>
#include <span>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/core/id.hpp"

namespace luohu {

using Counts = Grid<std::int64_t, 2>;  ///< [zone][sex]

/// Broad ages of the flow table: 0–14, 15–24, 25–44, 45 and over.
inline constexpr std::size_t broad_ages = 4;
struct Ledger {
  Ledger() = default;
  Ledger(std::size_t places, std::size_t zones);

  std::int64_t weight = 1;  ///< what an event counts: one agent, or the expected persons it happens to

  Counts births, deaths;
  Counts arrivals;                       ///< moved in from another zone of the model, external nodes included
  Counts departures;                     ///< moved out to another zone, or left the model
  Counts from_outside, to_outside;       ///< those of `arrivals` and `departures` from and to external nodes
  Counts incomers;                       ///< entered the model from outside
  Counts reclassified;                   ///< [zone][sex]: gained (urban) or, negative, lost (rural) in place
  Grid<std::int64_t, 4> moves;           ///< [origin place][destination place][broad age][registration after]
  Grid<std::int64_t, 3> came;            ///< the same of incomers: [origin place][destination place][broad age]
  Grid<std::int64_t, 2> settled;         ///< [place][route]
  std::vector<std::int64_t> willing;     ///< [place], applied this year
  std::vector<std::int64_t> land_exits;  ///< [place], settlers registered in its countryside who sold their land rights
  // The registered population, by zone of registration.
  std::vector<std::int64_t> registered_births, registered_deaths, registered_in, registered_out,
      registered_reclassified;

  Ledger& operator+=(const Ledger& other);
  void clear();

  /// Every table, for sums, clearing and tests.
  template <class Self, class Visit>
  static void for_each_table(Self& self, Visit&& visit) {
    visit(self.births.values()), visit(self.deaths.values()), visit(self.arrivals.values());
    visit(self.departures.values()), visit(self.from_outside.values()), visit(self.to_outside.values());
    visit(self.incomers.values()), visit(self.reclassified.values());
    visit(self.moves.values()), visit(self.came.values()), visit(self.settled.values()), visit(self.willing),
        visit(self.land_exits);
    visit(self.registered_births), visit(self.registered_deaths), visit(self.registered_in);
    visit(self.registered_out), visit(self.registered_reclassified);
  }
};

}  // namespace luohu
