#pragma once
// W1, the project's reference workload: people of 24 places die, bear children, move and register, for
// twenty years, with the probabilities of w1_params.txt. README.md has its definition and figures.
//
// Each year, in this order, each person: dies with q(age, sex); else a woman of 15–49 bears a child
// (with her place and registration; at risk from the next year); then a person of 15–64 moves, and
// registers at the destination with a given chance; age + 1.

#include <array>
#include <cstdint>
#include <vector>

#include "chooser.hpp"
#include "luohu/core/grid.hpp"
#include "luohu/core/id.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/population/screening.hpp"
#include "luohu/random/draw.hpp"
#include "w1_people.hpp"

namespace luohu::bench {

/// Yearly probabilities and start shares.
struct W1Parameters {
  std::size_t places = 0;
  int years = 0;
  std::array<std::vector<double>, sexes> death;  ///< [sex][age]
  std::vector<double> birth, move;               ///< [age]
  std::vector<double> start_age, start_place;    ///< shares
  Grid<double, 2> destination;                   ///< [origin][destination] shares
  double male_births = 0;                        ///< share of births
  double registers_on_move = 0;                  ///< chance
  double registered_at_start = 0;                ///< share registered where they live
};
/// Those of w1_params.txt, compiled in.
[[nodiscard]] W1Parameters w1_parameters();

inline constexpr std::size_t w1_age_groups = 18;  ///< 0–4 … 80–84, 85 and over
[[nodiscard]] constexpr std::size_t w1_age_group(std::size_t age) {
  return age >= 85 ? w1_age_groups - 1 : age / 5;
}

/// What is tabulated each year.
struct W1Year {
  Grid<std::int64_t, 3> people;  ///< [place][age group][registered elsewhere] at the year's end
  Grid<std::int64_t, 2> moves;   ///< [origin][destination]
  std::int64_t at_risk = 0;      ///< alive at the year's start
  std::int64_t deaths = 0, births = 0;
  std::int64_t screened = 0, passed = 0;  ///< people whose byte was drawn; who had to be looked at
};
/// Digest of everything that does not depend on how it was computed.
[[nodiscard]] std::uint64_t digest(const std::vector<W1Year>& years);

/// W1 on luohu's building blocks. The result depends on parameters, people and seed alone, not on
/// threads or vector instructions.
class W1 {
 public:
  W1(const W1Parameters& parameters, std::size_t people, Seed seed);

  /// One year.
  W1Year advance();

  [[nodiscard]] const W1People& people() const { return people_; }
  /// The table of people counted anew: the one `advance` keeps up to date must equal it.
  [[nodiscard]] Grid<std::int64_t, 3> recount() const;

 private:
  // One draw settles which of the events that exclude one another happens. In this order, so that a
  // change of one probability leaves the decisions before it as they are.
  enum Outcome : std::uint8_t { dies, bears, bears_and_moves, moves, nothing };
  using Thresholds = std::array<std::uint64_t, nothing>;  ///< upper end of each outcome but the last

  /// Newborn wait here until everyone's year is over: people's columns do not grow under a loop.
  struct Child {
    std::uint64_t id;
    Life life;
    Home home;
  };
  /// What one thread counts, and its buffers.
  struct Worker {
    std::vector<std::int32_t> change;  ///< [place][registered elsewhere][cohort]
    std::vector<std::int64_t> moves;   ///< [origin][destination]
    std::int64_t passed = 0;
    std::vector<std::uint8_t> bytes;  ///< [row of chunk]
    std::vector<std::uint32_t> rows;  ///< of the chunk, whose byte passes
  };
  struct Batch;

  void set_tables(const W1Parameters& parameters);
  void live_a_year(const Chunk& chunk, Worker& worker, std::vector<Child>& children);
  void decide(Batch& batch, const Worker& worker) const;
  void die(const Batch& batch, Worker& worker);
  void bear(const Batch& batch, Worker& worker, std::vector<Child>& children) const;
  void move(const Batch& batch, Worker& worker);
  void append_children();
  [[nodiscard]] std::uint8_t this_year() const { return static_cast<std::uint8_t>(Home::moved_epoch + year_); }
  [[nodiscard]] std::size_t cell(Home home, Life life) const;
  [[nodiscard]] Grid<std::int64_t, 3> by_age_group() const;
  W1Year gather();

  std::size_t places_;
  Seed seed_;
  Year year_ = 0;
  W1People people_;
  std::int64_t alive_ = 0;
  std::vector<std::int64_t> counts_;  ///< [place][registered elsewhere][cohort], living
  std::array<std::array<Thresholds, w1_ages>, sexes> thresholds_of_age_{};
  std::vector<Chooser> destination_;        ///< [origin]
  std::uint64_t male_ = 0, registers_ = 0;  ///< thresholds

  // Of the current year, by `Life`.
  std::array<Thresholds, 256> thresholds_{};
  ByteBounds bounds_{};
  std::vector<Worker> workers_;               ///< [thread]
  std::vector<std::vector<Child>> children_;  ///< [chunk]
};

}  // namespace luohu::bench
