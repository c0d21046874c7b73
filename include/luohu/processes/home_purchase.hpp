#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Home purchase: adults living in a town where they are not registered buy a home there at a
/// constant hazard. Ownership ends with a move.
class HomePurchase {
 public:
  static constexpr ProcessInfo info{"home_purchase", "traits", AtRisk::unregistered};
  static constexpr int youngest = 22;
  static constexpr int oldest = 60;

  HomePurchase(const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  std::uint64_t purchase_;
  Bounds bounds_;
};

}  // namespace luohu
