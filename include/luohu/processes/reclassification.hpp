#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Reclassification: a share of the countryside becomes urban in place each year. Whoever lives in
/// it becomes an urban resident, and whoever is registered in it becomes registered in the town,
/// wherever they live, unless they moved this year. Neither a move nor a settlement.
class Reclassification {
 public:
  static constexpr ProcessInfo info{"reclassification", "home registered"};

  Reclassification(const YearContext& now, std::span<const double> rate, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  std::vector<std::uint64_t> share_;  ///< [prefecture]
  Bounds bounds_;
};

/// The home of one resident of the countryside becomes town, and their registration if it is there.
void reclassify(const YearContext& now, Population& people, std::size_t row, Ledger& ledger);

/// The same for the registration of people living in another zone than the one they are registered in.
class ReclassificationAway {
 public:
  static constexpr ProcessInfo info{"reclassification_away", "registered", AtRisk::unregistered};

  ReclassificationAway(const YearContext& now, std::span<const double> rate, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  std::vector<std::uint64_t> share_;
  Bounds bounds_;
};

}  // namespace luohu
