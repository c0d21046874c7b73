#pragma once

#include <array>

#include "luohu/processes/process.hpp"

namespace luohu {

/// Insured work: among working-age people living in a town where they are not registered, the
/// uninsured find insured work and the insured lose it at constant hazards. A spell outlasts a move;
/// the credit a place counts begins with the later of arrival and insured work.
class Insurance {
 public:
  static constexpr ProcessInfo info{"insurance", "insured_since", AtRisk::unregistered};
  static constexpr int retirement_age = 60;

  Insurance(const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  std::array<std::uint64_t, education_levels> entry_{};
  std::uint64_t exit_ = 0;
  Bounds bounds_;
};

}  // namespace luohu
