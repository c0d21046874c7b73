// What is fixed at the base year: the same in every scenario, because only the base settings and the
// base population enter.

#include "base_year.hpp"

#include <cmath>

#include "luohu/population/parallel.hpp"
#include "luohu/rates/life.hpp"

namespace luohu {

std::vector<std::int64_t> people_by_choice_cell(const Population& people, const ChoiceTables& choice, Year year) {
  std::vector<std::vector<std::int64_t>> parts(static_cast<std::size_t>(threads()),
                                               std::vector<std::int64_t>(choice.cells()));
  for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t thread) {
    for (std::size_t row = chunk.first; row < chunk.last; ++row) {
      ++parts[thread][choice.cell(people.home[row].value(), people.registered[row].value(),
                                  static_cast<std::size_t>(people.traits[row].education()),
                                  age_band(year - people.born[row].year()))];
    }
  });
  for (std::size_t i = 1; i < parts.size(); ++i) {
    for (std::size_t cell = 0; cell < parts[0].size(); ++cell) parts[0][cell] += parts[i][cell];
  }
  return parts[0];
}

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

}  // namespace luohu
