#pragma once
// What becomes of everyone in a year, as it comes.

#include <atomic>
#include <mutex>
#include <vector>

#include "branches.hpp"
#include "luohu/places/places.hpp"
#include "luohu/projection/projection.hpp"

namespace luohu {

/// A table of states that many threads fill: in tables of their own, which hold few states at a time, and
/// from there into common ones by the zone that leads the state.
class Projection::Sums {
 public:
  Sums(const Places& places, std::size_t threads) : common_(places.zones()), locks_(places.zones()), own_(threads) {
    for (Own& own : own_) own.tables.resize(places.zones());
  }

  void add(std::uint64_t state, std::int64_t weight, std::size_t thread) {
    Own& own = own_[thread];
    StateTable& table = own.tables[leading_zone(state)];
    const std::size_t before = table.size();
    table.add(state, weight);
    own.states += table.size() - before;
    if (own.states > few) pour(thread);
  }
  /// Pour this thread's tables into the common ones.
  void pour(std::size_t thread);
  /// In the common tables.
  [[nodiscard]] std::size_t states() const { return states_; }
  /// All states, ascending. Requires: everything poured. The tables are empty afterwards.
  [[nodiscard]] std::vector<Weighted> take();

 private:
  static constexpr std::size_t few = std::size_t{1} << 14U;  ///< states of one thread, to stay in its cache
  struct Own {
    std::vector<StateTable> tables;  ///< [zone]
    std::size_t states = 0;
  };
  std::vector<StateTable> common_;  ///< [zone]
  std::vector<std::mutex> locks_;   ///< [zone]
  std::vector<Own> own_;            ///< [thread]
  std::atomic<std::size_t> states_ = 0;
};

struct Projection::Outcomes {
  Sums people;                  ///< at the end of the year
  Sums movers, moving_mothers;  ///< before the move, home last
  Sums mothers;                 ///< at the end of the year, `as_mother`

  Outcomes(const Places& places, std::size_t threads)
      : people{places, threads}, movers{places, threads}, moving_mothers{places, threads}, mothers{places, threads} {}
  void pour(std::size_t thread) {
    for (Sums* sums : {&people, &movers, &moving_mothers, &mothers}) sums->pour(thread);
  }
  [[nodiscard]] std::size_t states() const { return people.states() + movers.states(); }
};

/// What one thread needs for the states it is dealt.
struct Projection::Worker {
  Branches branches;
  Population mover;  ///< one row
  Ledger ledger;
  std::vector<std::int64_t> eligible;  ///< [prefecture]
};

/// State of everyone whose children start life like this person's: the two zones and the township.
[[nodiscard]] std::uint64_t as_mother(const Person& person);

}  // namespace luohu
