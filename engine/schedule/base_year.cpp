#include "luohu/schedule/base_year.hpp"

#include <cmath>
#include <utility>

#include "luohu/processes/migration.hpp"
#include "luohu/processes/settling.hpp"
#include "luohu/rates/life.hpp"
#include "luohu/schedule/welfare.hpp"

namespace luohu {
namespace {

/// Who comes from outside: numbers from the tables, town or countryside as the people already here,
/// ages by the migration schedule, schooling as the cohort's.
InflowTables inflow_tables(const Model& model, const Stock& stock) {
  const Places& places = model.places;
  const std::size_t prefectures = places.prefectures();
  InflowTables tables;
  tables.mean = model.boundary.inflow;
  for (std::size_t p = 0; p < prefectures; ++p) {
    double town = 0;
    double all = 0;
    for (std::size_t q = prefectures; q < places.size(); ++q) {
      town += static_cast<double>(stock.by_origin(q, 2 * p));
      all += static_cast<double>(stock.by_origin(q, 2 * p) + stock.by_origin(q, 2 * p + 1));
    }
    tables.urban_share.push_back(all > 0 ? town / all : 1.0);
  }
  // The schedule's shape alone: how much the province moves does not say who comes to it.
  Parameters shape = model.parameters;
  shape.mobility_level = 1;
  double total = 0;
  for (std::size_t age = 0; age < single_ages; ++age) {
    total += move_schedule(shape, static_cast<int>(age));
    tables.age_cumulative.push_back(total);
  }
  for (double& share : tables.age_cumulative) share /= total;

  tables.education = Grid<double, 2>{{single_ages, education_levels}};
  for (std::size_t g = 0; g < census_age_groups; ++g) {
    double sum = 0;
    for (std::size_t e = 0; e < education_levels; ++e) sum += model.census.education_seed(g, e);
    for (int age = census_age_starts[g]; age < census_age_starts[g + 1]; ++age) {
      double below = 0;
      for (std::size_t e = 0; e < education_levels; ++e) {
        below += sum > 0 ? model.census.education_seed(g, e) / sum : (e == 0 ? 1.0 : 0.0);
        tables.education(age, e) = below;
      }
    }
  }
  return tables;
}

/// [external node][prefecture] weight of the prefecture in an outsider's choice.
Grid<double, 2> outsiders_weights(const Places& places, const ChoiceTables& choice) {
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

}  // namespace

BaseYear base_year_of(const Model& model, const Stock& stock, std::int64_t persons_per_agent) {
  BaseYear base;
  base.persons = stock.by_origin;
  for (std::int64_t& count : base.persons.values()) count *= persons_per_agent;
  const ChoiceTables choice = choice_tables(model, model.base_settings, base.persons, {});
  base.normalisation = pull_normalisation(choice, stock.choosers.values());
  base.welfare = welfare_levels(model, choice, stock.choosers);
  base.weights = outsiders_weights(model.places, choice);
  base.inflow = inflow_tables(model, stock);
  for (std::size_t age = 0; age < single_ages; ++age)
    base.age_hazard.push_back(move_schedule(model.parameters, static_cast<int>(age)));
  base.frailty = frailty_classes(model.parameters.frailty_variance, frailty_bands);
  return base;
}

ChoiceTables choice_tables(const Model& model, const Settings& settings, const Grid<std::int64_t, 2>& persons,
                           Conditions conditions) {
  return ChoiceTables{{model.places, model.economy, model.parameters, expected_wedge(settings, model.parameters),
                       persons, std::move(conditions), expected_wedge(model.base_settings, model.parameters)}};
}

Grid<double, 2> appeal(const Model& model, const BaseYear& base, const ChoiceTables& choice) {
  Grid<double, 2> ratio = outsiders_weights(model.places, choice);
  for (std::size_t i = 0; i < ratio.values().size(); ++i) {
    ratio.values()[i] = model.parameters.inflow_level *
                        std::pow(ratio.values()[i] / base.weights.values()[i], model.parameters.inflow_response);
  }
  return ratio;
}

}  // namespace luohu
