#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Schooling: in the year of the 16th birthday a pupil goes on to senior or vocational school, in
/// that of the 19th from there to tertiary education. Chances differ between towns, the countryside,
/// and places where the pupil is not registered.
class Schooling {
 public:
  static constexpr ProcessInfo info{"schooling", "traits"};
  static constexpr int senior_age = 15;  ///< at the start of the year
  static constexpr int tertiary_age = 18;

  Schooling(const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  [[nodiscard]] std::uint64_t senior(const YearContext& now, ZoneId home, Status status) const;

  std::uint64_t tertiary_;
  Bounds bounds_;
};

}  // namespace luohu
