#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Registration outside the province: people registered in it who live at an external node register
/// there at a constant hazard and leave the model.
class ExternalRegistration {
 public:
  static constexpr ProcessInfo info{"external_registration", "home arrived", AtRisk::unregistered};

  ExternalRegistration(const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  std::uint64_t registration_;
  Bounds bounds_;
};

/// Someone at an external node registers there and leaves the model; for a child's sake, the year is the
/// one they arrived in where they are now.
void register_outside(const YearContext& now, Population& people, std::size_t row, Ledger& ledger);

}  // namespace luohu
