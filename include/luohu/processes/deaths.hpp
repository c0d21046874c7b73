#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Deaths: whoever is alive at the start of the year dies during it with probability 1 − exp(−m),
/// m the death rate at their age and sex where they live.
class Deaths {
 public:
  static constexpr ProcessInfo info{"deaths", "home"};

  Deaths(const VitalTables& vital, const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  Grid<std::uint64_t, 3> thresholds_;  ///< [place][sex][age]
  Bounds bounds_;
};

}  // namespace luohu
