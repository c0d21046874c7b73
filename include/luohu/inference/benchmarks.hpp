#pragma once
// What a hindcast is held against: predictions of the prefectures' residents that need no simulation.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "luohu/places/tables.hpp"
#include "luohu/scenario/scenario.hpp"
#include "luohu/scenario/targets.hpp"

namespace luohu {

/// A prediction of residents by prefecture; unit: persons.
struct Benchmark {
  std::string id;
  std::string name;
  std::vector<double> population;  ///< [p]; empty where it cannot be computed
};

/// What a benchmark may know of a province: its base-year tables and, for some, what was counted.
struct Province {
  const Tables& tables;
  const CensusTargets& targets;
  const std::vector<double>& growing_stocks;    ///< [z] persons a year, see read_growing_stocks
  const std::vector<double>& natural_increase;  ///< [p] year-1, as counted in the base year
  Year first_year = 0;                          ///< of the tables
  double male_birth_share = 0;                  ///< of births
};

/// [p] residents by the census of the base year, and by the later one.
[[nodiscard]] std::vector<double> base_population(const CensusTables& census);
[[nodiscard]] std::vector<double> counted_population(const CensusTargets& targets);

/// The prefecture with the largest city proper; the first of several equal ones.
[[nodiscard]] std::size_t capital_of(const Places& places);

/// [p] residents after `years` of the tables' deaths and births without any migration.
[[nodiscard]] std::vector<double> closed_cohorts(const Province& province, Year years);

/// [sex][age] of prefecture p after so many years, as `closed_cohorts`.
[[nodiscard]] Grid<double, 2> closed_cohort_ages(const Province& province, std::size_t p, Year years);

/// Regressors of a prefecture's log change over the years: a constant, share of residents registered in another
/// county or province, registered over residents, natural increase as counted.
[[nodiscard]] std::vector<std::vector<double>> regressors(const Province& province);

/// Every benchmark, in this order: persistence, uniform growth, closed cohorts, constant rates, regression on the
/// `training` provinces, capital dummy. Uniform growth knows the province's total of the later census, the capital
/// dummy also the capital's.
[[nodiscard]] std::vector<Benchmark> benchmarks(const Province& province, std::span<const Province> training);

}  // namespace luohu
