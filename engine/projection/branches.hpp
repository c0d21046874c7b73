#pragma once
// What can become of the people in one state during a year: rows of a small population, each with the
// expected persons it stands for. A process splits a row in two, those to whom it happens and those to
// whom it does not, with the process's own probability and its own change.

#include <vector>

#include "luohu/processes/births.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/projection/states.hpp"

namespace luohu {

class Branches {
 public:
  /// Start over with everyone in one state.
  void begin(const Weighted& start) {
    people_.resize(1);
    people_.put(0, unpack(start.state));
    share_.assign(1, {start.weight, 0});
    requests_.applications.clear();
  }

  /// A process that changes one person, where they are.
  template <class Process>
  void apply(const Process& process, const YearContext& now, Ledger& ledger) {
    const std::size_t rows = people_.size();
    for (std::size_t row = 0; row < rows; ++row) {
      const Share part = part_of(share_[row], process.threshold(now, people_, row));
      if (part.weight == 0) continue;
      const std::size_t affected = split(row, part);
      ledger.weight = part.weight;
      process.happens(now, people_, affected, {}, ledger, requests_);
    }
  }
  /// Who bears a child is as likely as others of her state to do anything else: her part of a row is carried
  /// along instead of a row of its own.
  void apply(const Births& births, const YearContext& now);
  /// Take the movers out: call `leave(person, weight, mothers)` for those of each row.
  template <class Leave>
  void apply(const Migration& migration, const YearContext& now, Leave&& leave) {
    for (std::size_t row = 0; row < people_.size(); ++row) {
      const Share movers = part_of(share_[row], migration.threshold(now, people_, row));
      if (movers.weight == 0) continue;
      share_[row].weight -= movers.weight;
      share_[row].mothers -= movers.mothers;
      leave(people_.at(row), movers.weight, movers.mothers);
    }
  }

  /// Add those whom the rules admit to `eligible` [prefecture].
  void count_eligible(const YearContext& now, std::vector<std::int64_t>& eligible) const;
  /// Register whoever applied. Requires: no place has a quota.
  void settle(const YearContext& now, Ledger& ledger);

  /// Call `put(person, weight, mothers)` for every row of the model.
  template <class Put>
  void finish(Put&& put) const {
    for (std::size_t row = 0; row < people_.size(); ++row) {
      if (people_.gone(row) || share_[row].weight == 0) continue;
      put(people_.at(row), share_[row].weight, share_[row].mothers);
    }
  }

 private:
  /// Expected persons of a row, and how many of them bear a child this year.
  struct Share {
    std::int64_t weight = 0;
    std::int64_t mothers = 0;
  };
  static Share part_of(const Share& share, std::uint64_t threshold) {
    return {portion(share.weight, threshold), portion(share.mothers, threshold)};
  }
  /// The row of this part of a row: the row itself if it is all of it, or else a new one.
  std::size_t split(std::size_t row, const Share& part);

  Population people_;
  std::vector<Share> share_;
  Requests requests_;
};

}  // namespace luohu
