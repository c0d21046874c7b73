#pragma once

#include "luohu/processes/process.hpp"

namespace luohu {

/// Births: a woman who survives the year bears one child during it with probability 1 − exp(−f), f the
/// fertility rate at her age where she lives. The child is counted and lives where
/// she lives at the end of the year, has her registration, and is at risk from the next year.
class Births {
 public:
  static constexpr ProcessInfo info{"births", ""};

  Births(const VitalTables& vital, const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned) const { return bounds_[cell]; }
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;

 private:
  Grid<std::uint64_t, 2> thresholds_;  ///< [place][age]
  Bounds bounds_;
};

/// The child of this woman of the model, counted: where she lives now and with her registration. `inborn`:
/// sex and frailty.
[[nodiscard]] Person bear(const YearContext& now, const Population& people, std::size_t mother, PersonId id,
                          Traits inborn, Ledger& ledger);

/// Make the children of a chunk's mothers, where these live now and with their registration. A mother
/// who has left the model bears her child outside it.
void deliver(const YearContext& now, const Population& people, Requests& requests, Ledger& ledger);

/// Append this year's children, in the mothers' order.
void append_children(std::span<const Requests> requests, Population& people);

}  // namespace luohu
