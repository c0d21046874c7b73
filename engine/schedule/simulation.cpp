#include "luohu/schedule/simulation.hpp"

#include <utility>

namespace luohu {

Simulation::Simulation(const Model& model, RunOptions options, Population people)
    : model_{model},
      options_{std::move(options)},
      cells_{model.places},
      people_{std::move(people)},
      year_{model.first_year},
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
  phase("tables");
  base_ = base_year_of(model_, people_, end_, options_.scale);
}

YearContext Simulation::context() const {
  return {options_.seed, year_,           model_.places,      model_.parameters,
          settings_,     model_.group_of, options_.screening, model_.feedbacks.families};
}

ChoiceTables Simulation::choice_tables() const {
  if (!model_.feedbacks.networks) return luohu::choice_tables(model_, settings_, base_.persons);
  Grid<std::int64_t, 2> persons = start_.by_origin;
  for (std::int64_t& count : persons.values()) count *= options_.scale;
  return luohu::choice_tables(model_, settings_, persons);
}

void Simulation::gather_flows() {
  flows_.clear();
  for (Ledger& ledger : ledgers_) {
    flows_ += ledger;
    ledger.clear();
  }
}

YearRecord Simulation::record() const {
  return record_year({model_.places, options_.scale, start_, end_, flows_, eligible_, settings_, left_behind_});
}

void Simulation::phase(std::string_view name) const {
  if (options_.on_phase) options_.on_phase(name);
}

}  // namespace luohu
