#include "luohu/schedule/simulation.hpp"

#include <utility>

#include "luohu/markets/fiscal.hpp"
#include "luohu/schedule/market_link.hpp"

namespace luohu {

Simulation::Simulation(const Model& model, RunOptions options, Population people)
    : Simulation{model, std::move(options), std::move(people), model.first_year} {
  calibrate(end_);
}

Simulation::Simulation(const Model& model, RunOptions options, SimulationState state)
    : Simulation{model, std::move(options), std::move(state.people), state.year} {
  calibrate(std::move(state.base));
  flows_ = std::move(state.flows);
  markets_->restore(std::move(state.markets));
}

Simulation::Simulation(const Model& model, RunOptions options, Population people, Year year)
    : model_{model},
      options_{std::move(options)},
      cells_{model.places},
      people_{std::move(people)},
      year_{year},
      settings_{model.base_settings},
      tally_{model.places, static_cast<std::size_t>(threads())},
      flows_{model.places.size(), model.places.zones()},
      eligible_(model.places.prefectures(), 0),
      left_behind_(model.places.prefectures(), 0),
      ledgers_(static_cast<std::size_t>(threads()), Ledger{model.places.size(), model.places.zones()}),
      scratch_(static_cast<std::size_t>(threads())) {
  phase("tabulation");
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) { tally_.add(people_, chunk, thread); });
  end_ = tally_.total(year_);
  start_ = end_;
  for (std::size_t row = 0; model_.feedbacks.families && row < people_.size(); ++row) {
    count_left_behind(model_.places, people_, row, left_behind_);
  }
}

/// The markets and choices of the base year, in which nothing has flowed yet.
void Simulation::calibrate(Stock base) {
  phase("tables");
  base_stock_ = std::move(base);
  base_ = base_year_of(model_, base_stock_, options_.scale);
  welfare_ = base_.welfare;
  markets_.emplace(MarketInputs{model_.places, model_.capacity, model_.parameters, model_.base_settings,
                                model_.feedbacks, options_.scale},
                   market_counts(model_.places, base_stock_, flows_, options_.scale));
  market_year_ = markets_->base_year();
  paid_ = Grid<std::int64_t, 2>{{model_.places.prefectures(), cost_items}};
}

/// The markets answer the numbers at the end of last year, under this year's rules.
void Simulation::clear_markets() {
  const MarketCounts counts = market_counts(model_.places, start_, flows_, options_.scale);
  std::vector<std::int64_t> land_exits(flows_.land_exits.begin(),
                                       flows_.land_exits.begin() + static_cast<std::ptrdiff_t>(settings_.size()));
  for (std::int64_t& exits : land_exits) exits *= options_.scale;
  market_year_ = markets_->advance(counts, settings_);
  paid_ = markets_->persons_paid_for(counts, market_year_, land_exits);
  realise_coverage(market_year_, settings_);
}

YearContext Simulation::context() const {
  return {options_.seed, year_,           model_.places,      model_.parameters,
          settings_,     model_.group_of, options_.screening, model_.feedbacks.families};
}

ChoiceTables Simulation::choice_tables() const {
  Conditions conditions = conditions_of(model_, settings_, market_year_);
  if (!model_.feedbacks.networks) {
    return luohu::choice_tables(model_, settings_, base_.persons, std::move(conditions));
  }
  Grid<std::int64_t, 2> persons = start_.by_origin;
  for (std::int64_t& count : persons.values()) count *= options_.scale;
  return luohu::choice_tables(model_, settings_, persons, std::move(conditions));
}

void Simulation::gather_flows() {
  flows_.clear();
  for (Ledger& ledger : ledgers_) {
    flows_ += ledger;
    ledger.clear();
  }
}

YearRecord Simulation::record() const {
  MarketOutcome market = market_outcome(model_, settings_, market_year_, paid_);
  market.welfare = welfare_;
  return record_year({model_.places, options_.scale, start_, end_, flows_, eligible_, settings_, left_behind_, market});
}

void Simulation::phase(std::string_view name) const {
  if (options_.on_phase) options_.on_phase(name);
}

}  // namespace luohu
