#pragma once

#include "luohu/processes/process.hpp"
#include "luohu/rates/choice.hpp"

namespace luohu {

/// What makes the exit hazard of one year, beside the choice tables.
struct MobilityTables {
  const ChoiceTables& choice;
  double normalisation = 0;        ///< log of the mean pull factor at the base year
  std::vector<double> age_hazard;  ///< [age at start] Rogers–Castro schedule, year-1
  std::vector<double> frailty;     ///< [band] mean 1
};

/// Migration: a person leaves their zone with hazard R(age) × schooling × sex × frailty ×
/// exp(ν (IV − V) − IV0), and the logit says where to; returning home is one of the destinations.
/// People registered in another province leave the model when they leave the province.
class Migration {
 public:
  static constexpr ProcessInfo info{"migration", "home traits arrived group_since"};

  Migration(MobilityTables tables, const YearContext& now, const Cells& cells);

  [[nodiscard]] std::uint8_t bound(std::uint32_t cell, unsigned band) const {
    return bounds_[cell * frailty_bands + band];
  }
  [[nodiscard]] double hazard(const YearContext& now, const Population& people, std::size_t row) const;
  [[nodiscard]] std::uint64_t threshold(const YearContext& now, const Population& people, std::size_t row) const;
  void happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
               Requests& requests) const;
  /// Probability that this person, should they move, moves to `target`: what `happens` draws from.
  [[nodiscard]] double share(const YearContext& now, const Population& people, std::size_t row, ZoneId target) const;

 private:
  [[nodiscard]] std::size_t cell_of(const YearContext& now, const Population& people, std::size_t row) const;

  MobilityTables tables_;
  std::vector<double> push_;    ///< [choice cell] exp(ν (IV − V) − IV0) × schooling
  std::vector<double> person_;  ///< [age][sex][frailty] hazard of a neutral cell, year-1
  Bounds bounds_;               ///< [cell × frailty band]
};

/// Move one person to another zone. Ownership ends; who is registered in another province leaves the model
/// on leaving this one. Requires: `target` is not the zone of residence.
void move_to(const YearContext& now, Population& people, std::size_t row, ZoneId target, Ledger& ledger);

/// Log of the population mean of exp(ν (IV − V)): makes R(age) the mean exit hazard at the base
/// year. `weight`: people by choice cell.
[[nodiscard]] double pull_normalisation(const ChoiceTables& choice, std::span<const std::int64_t> weight);

}  // namespace luohu
