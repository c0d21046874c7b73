#pragma once
// The model in motion: a population, its tables, and the year that moves both on.

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "luohu/markets/markets.hpp"
#include "luohu/population/ledger.hpp"
#include "luohu/population/population.hpp"
#include "luohu/processes/families.hpp"
#include "luohu/processes/process.hpp"
#include "luohu/rates/choice.hpp"
#include "luohu/schedule/base_year.hpp"
#include "luohu/schedule/model.hpp"
#include "luohu/tabulate/stock.hpp"
#include "luohu/tabulate/tables.hpp"

namespace luohu {

struct RunOptions {
  Seed seed;               ///< of the replicate
  std::int64_t scale = 1;  ///< persons an agent stands for
  bool screening = true;   ///< off: the exact probability of everyone, the reference
  /// Called with the name of each phase as it begins (for timing); may be empty.
  std::function<void(std::string_view)> on_phase;
};

/// Everything that shapes the years to come, beside the model and the options: what a restart needs.
struct SimulationState {
  Year year = 0;        ///< that has ended
  Stock base;           ///< of the base year, to which markets and choices are calibrated
  Ledger flows;         ///< of `year`
  MarketState markets;  ///< at the end of `year`
  Population people;    ///< row by row, with those who have gone since the last compaction
};

class Simulation {
 public:
  /// Takes over the population of the model's first year.
  Simulation(const Model& model, RunOptions options, Population people);
  /// Goes on where another simulation of the same model, seed and scale stood. `record` is for the years to come.
  Simulation(const Model& model, RunOptions options, SimulationState state);

  /// One year, in the order of engine/schedule/year.cpp. Requires year() < model.last_year.
  void advance();

  [[nodiscard]] Year year() const { return year_; }
  [[nodiscard]] const Population& people() const { return people_; }
  [[nodiscard]] const Stock& stock() const { return end_; }
  [[nodiscard]] const Ledger& flows() const { return flows_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] const BaseYear& base() const { return base_; }
  [[nodiscard]] const Stock& base_stock() const { return base_stock_; }
  [[nodiscard]] const MarketState& market_state() const { return markets_->state(); }
  [[nodiscard]] const std::vector<std::int64_t>& eligible() const { return eligible_; }
  /// The year's variables, balance checked.
  [[nodiscard]] YearRecord record() const;

 private:
  Simulation(const Model& model, RunOptions options, Population people, Year year);
  void calibrate(Stock base);
  [[nodiscard]] YearContext context() const;
  /// This year's, as far as feedbacks allow.
  [[nodiscard]] ChoiceTables choice_tables() const;
  void clear_markets();
  void decide(const YearContext& now, const ChoiceTables& choice);
  void admit_under_quotas(const YearContext& now);
  void let_families_follow(const YearContext& now);
  void bear_children(const YearContext& now);
  void gather_flows();
  void phase(std::string_view name) const;

  const Model& model_;
  RunOptions options_;
  Cells cells_;
  Population people_;
  Year year_;
  Settings settings_;
  StockTally tally_;
  Stock start_, end_;
  Ledger flows_;
  std::vector<std::int64_t> eligible_;     ///< [prefecture]
  std::vector<std::int64_t> left_behind_;  ///< [prefecture] children living apart from their mothers
  Stock base_stock_;
  BaseYear base_;

  std::optional<Markets> markets_;
  MarketYear market_year_;
  std::vector<double> welfare_;  ///< [prefecture][hukou][education] of the year's choices
  Grid<std::int64_t, 2> paid_;   ///< [prefecture][cost item] persons the public purse pays for

  // Working memory, reused every year.
  std::vector<Ledger> ledgers_;     ///< [thread]
  std::vector<Scratch> scratch_;    ///< [thread]
  std::vector<Requests> requests_;  ///< [chunk]
  Touched touched_;
};

}  // namespace luohu
