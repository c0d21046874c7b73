#pragma once
// States as they come: one table for each zone of residence. Threads fill tables of
// their own, which hold few states at a time, and pour them into the common ones.

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

#include "luohu/projection/projection.hpp"

namespace luohu {

class Projection::Sums {
 public:
  Sums(std::size_t zones, std::size_t threads) : common_(zones), locks_(zones), own_(threads) {
    for (Tables& own : own_) own.resize(zones);
  }

  void add(std::uint64_t state, std::int64_t weight, std::size_t thread) {
    own_[thread][home_of(state).value()].add(state, weight);
  }

  /// Pour this thread's tables into the common ones.
  void pour(std::size_t thread) {
    for (std::size_t zone = 0; zone < common_.size(); ++zone) {
      StateTable& own = own_[thread][zone];
      if (own.empty()) continue;
      const std::lock_guard lock{locks_[zone]};
      StateTable& common = common_[zone];
      const std::size_t before = common.size();
      own.for_each([&](const Weighted& slot) { common.add(slot.state, slot.weight); });
      states_ += common.size() - before;
      own.clear();
    }
  }
  /// In the common tables.
  [[nodiscard]] std::size_t states() const { return states_; }

  /// All states, zone by zone; the tables are empty afterwards.
  [[nodiscard]] std::vector<Weighted> take() {
    own_.clear();
    std::vector<Weighted> all;
    all.reserve(states_);
    for (StateTable& table : common_) {
      const std::vector<Weighted> part = table.take();
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }

 private:
  using Tables = std::vector<StateTable>;
  Tables common_;                  ///< [zone]
  std::vector<std::mutex> locks_;  ///< [zone]
  std::vector<Tables> own_;        ///< [thread][zone]
  std::atomic<std::size_t> states_ = 0;
};

}  // namespace luohu
