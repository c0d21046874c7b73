#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Vocational training: a share of the adults of basic schooling who live in a town, are registered in the
/// province's countryside and are not registered where they live reaches senior or vocational schooling each year.
class Training {
 public:
  static constexpr ProcessInfo info{"training", "traits", AtRisk::unregistered};
  static constexpr int youngest = 16;
  static constexpr int oldest = 45;

  Training(const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  std::vector<std::uint64_t> share_;  ///< [prefecture]
  Bounds bounds_;
};

}  // namespace luohu
