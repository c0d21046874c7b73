#pragma once
// The moves expected in the first year of a model: exact, and so smooth in amenities and parameters, where a
// simulated year would add noise.

#include <cstdint>
#include <vector>

#include "luohu/places/tables.hpp"
#include "luohu/population/population.hpp"
#include "luohu/schedule/model.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {

/// Persons a year into and out of a place or zone.
struct Turnover {
  double in = 0, out = 0;
};

/// Persons a year. A newcomer is registered in the province, but not in the zone they come to.
struct ExpectedMoves {
  std::vector<Turnover> zone;    ///< [z]
  std::vector<Turnover> youth;   ///< [p] at ages 15–24, between places
  std::vector<double> across;    ///< [p] newcomers to its towns from other prefectures, registered in others too
  std::vector<double> to_towns;  ///< [p] newcomers to its towns, from anywhere
  std::vector<double> outside;   ///< [x] newcomers at an external node
};

/// Under the rules and conditions of the base year. Children move by themselves: whether they follow their mothers
/// would have to be drawn. `people` must outlive it.
class FirstYear {
 public:
  FirstYear(const Model& model, const Population& people, std::int64_t persons_per_agent);

  [[nodiscard]] const Stock& stock() const { return stock_; }
  [[nodiscard]] ExpectedMoves moves(const EconomyTables& economy) const;

 private:
  [[nodiscard]] Grid<double, 4> leaving(const Model& trial, const ChoiceTables& choice) const;

  const Model& model_;
  const Population& people_;
  double persons_per_agent_;
  Stock stock_;
  Grid<std::int64_t, 2> acquainted_;  ///< [registered place][zone of residence] persons
  std::vector<double> inflow_;        ///< [z] persons a year from outside the model
  double young_inflow_ = 0;           ///< share of them aged 15–24
};

}  // namespace luohu
