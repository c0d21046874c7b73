#include "luohu/schedule/simulation.hpp"

#include <cmath>
#include <utility>

#include "base_year.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/processes/settling.hpp"

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
      frailty_{frailty_classes(model.parameters.frailty_variance, frailty_bands)},
      ledgers_(static_cast<std::size_t>(threads()), Ledger{model.places.size(), model.places.zones()}),
      scratch_(static_cast<std::size_t>(threads())) {
  phase("tabulation");
  for_each_chunk(people_.size(), [&](const Chunk& chunk, std::size_t thread) { tally_.add(people_, chunk, thread); });
  end_ = tally_.total(year_);
  start_ = end_;
  phase("tables");
  for (std::size_t age = 0; age < single_ages; ++age)
    age_hazard_.push_back(move_schedule(model.parameters, static_cast<int>(age)));
  const ChoiceTables choice = choice_tables(model_.base_settings);
  normalisation_ = pull_normalisation(choice, people_by_choice_cell(people_, choice, year_));
  base_weights_ = outsiders_weights(choice);
  inflow_ = inflow_tables(model_, end_);
}

YearContext Simulation::context() const {
  return {options_.seed, year_, model_.places, model_.parameters, settings_, model_.group_of, options_.screening};
}

ChoiceTables Simulation::choice_tables(const Settings& settings) const {
  Grid<std::int64_t, 2> persons = (year_ == model_.first_year ? end_ : start_).by_origin;
  for (std::int64_t& count : persons.values()) count *= options_.scale;
  return ChoiceTables{
      {model_.places, model_.economy, model_.parameters, expected_wedge(settings, model_.parameters), persons}};
}

Grid<double, 2> Simulation::outsiders_weights(const ChoiceTables& choice) const {
  const Places& places = model_.places;
  Grid<double, 2> weights{{places.externals(), places.prefectures()}};
  for (std::size_t e = 0; e < places.externals(); ++e) {
    const std::size_t node = places.internal_zones() + e;
    const std::size_t cell = choice.cell(node, node, static_cast<std::size_t>(Education::basic), age_band(30));
    for (std::size_t p = 0; p < places.prefectures(); ++p) {
      weights(e, p) = (choice.share(cell, 2 * p) + choice.share(cell, 2 * p + 1)) * std::exp(choice.logsum(cell));
    }
  }
  return weights;
}

Grid<double, 2> Simulation::appeal(const ChoiceTables& choice) const {
  Grid<double, 2> ratio = outsiders_weights(choice);
  for (std::size_t i = 0; i < ratio.values().size(); ++i) {
    ratio.values()[i] = std::pow(ratio.values()[i] / base_weights_.values()[i], model_.parameters.inflow_response);
  }
  return ratio;
}

void Simulation::gather_flows() {
  flows_.clear();
  for (Ledger& ledger : ledgers_) {
    flows_ += ledger;
    ledger.clear();
  }
}

YearRecord Simulation::record() const {
  return record_year({model_.places, options_.scale, start_, end_, flows_, eligible_, settings_});
}

void Simulation::phase(std::string_view name) const {
  if (options_.on_phase) options_.on_phase(name);
}

}  // namespace luohu
