#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Registration in the countryside: people who live in the province's countryside away from where they are
/// registered, and did not move this year, register there at the hazard the place allows. Children with
/// a mother follow her.
class CountrysideRegistration {
 public:
  static constexpr ProcessInfo info{"countryside_registration", "registered traits", AtRisk::unregistered};

  CountrysideRegistration(const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  std::vector<std::uint64_t> registration_;  ///< [prefecture]
  Bounds bounds_;
};

}  // namespace luohu
