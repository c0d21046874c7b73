#include "luohu/inference/benchmarks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "luohu/core/error.hpp"
#include "luohu/inference/statistics.hpp"
#include "luohu/rates/life.hpp"

namespace luohu {
namespace {

constexpr int youngest_mother = 15;
constexpr int oldest_mother = 49;
/// Residents aged 85 and over are spread over so many years of age, as the stationary population nearly is.
constexpr int last_of_the_oldest = 94;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// [sex][age] residents of prefecture p.
Grid<double, 2> single_years(const CensusTables& census, std::size_t p) {
  Grid<double, 2> people{{sexes, single_ages}};
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = 0; g < census_age_groups; ++g) {
      const int first = census_age_starts[g];
      const int end = g + 1 == census_age_groups ? last_of_the_oldest + 1 : census_age_starts[g + 1];
      for (int age = first; age < end; ++age) {
        people(s, age) = static_cast<double>(census.residents(p, s, g)) / (end - first);
      }
    }
  }
  return people;
}

/// One year of births and deaths in a closed prefecture.
void age_by_a_year(const Province& province, std::size_t p, Year year, Grid<double, 2>& people) {
  const VitalTables& vital = province.tables.vital;
  const auto step = static_cast<std::size_t>(year - vital.path_start);
  const double mortality = vital.mortality_factor[p] * vital.mortality_path[step];
  double births = 0;
  for (int age = youngest_mother; age <= oldest_mother; ++age) {
    const auto women = std::size_t{0};
    births += vital.fertility_factor[p] * vital.fertility_path[step] * vital.fertility[static_cast<std::size_t>(age)] *
              (people(women, age) + people(women, age - 1)) / 2;
  }
  Grid<double, 2> next{{sexes, single_ages}};
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t age = 0; age < single_ages; ++age) {
      const double survivors =
          people(s, age) * std::exp(-mortality * death_hazard(vital.mortality, static_cast<Sex>(s), age));
      next(s, std::min(age + 1, single_ages - 1)) += survivors;
    }
  }
  next(0, 0) = births * (1 - province.male_birth_share);
  next(1, 0) = births * province.male_birth_share;
  people = std::move(next);
}

std::vector<double> scaled(std::vector<double> values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

std::vector<double> constant_rates(const Province& province, Year years) {
  std::vector<double> population = closed_cohorts(province, years);
  for (std::size_t p = 0; p < population.size(); ++p) {
    population[p] += years * (province.growing_stocks[2 * p] + province.growing_stocks[2 * p + 1]);
  }
  return population;
}

std::vector<double> regression(const Province& province, std::span<const Province> training) {
  std::vector<std::vector<double>> rows;
  std::vector<double> changes;
  for (const Province& other : training) {
    const std::vector<double> before = base_population(other.tables.census);
    const std::vector<double> after = counted_population(other.targets);
    for (std::size_t p = 0; p < before.size(); ++p) changes.push_back(std::log(after[p] / before[p]));
    for (std::vector<double>& row : regressors(other)) rows.push_back(std::move(row));
  }
  const auto coefficients = least_squares(rows, changes);
  if (!coefficients) return {};
  std::vector<double> population = base_population(province.tables.census);
  const std::vector<std::vector<double>> own = regressors(province);
  for (std::size_t p = 0; p < population.size(); ++p) {
    population[p] *= std::exp(std::inner_product(own[p].begin(), own[p].end(), coefficients->begin(), 0.0));
  }
  return population;
}

std::vector<double> capital_dummy(const Province& province) {
  const std::size_t capital = capital_of(province.tables.places);
  const std::vector<double> base = base_population(province.tables.census);
  const std::vector<double> counted = counted_population(province.targets);
  if (base.size() < 2) return {};
  std::vector<double> population = scaled(base, (sum(counted) - counted[capital]) / (sum(base) - base[capital]));
  population[capital] = counted[capital];
  return population;
}

}  // namespace

std::vector<double> base_population(const CensusTables& census) {
  std::vector<double> residents;
  for (std::size_t p = 0; p < census.registered.size(); ++p) {
    residents.push_back(static_cast<double>(census.zone_totals(p, 0U) + census.zone_totals(p, 1U)));
  }
  return residents;
}

std::vector<double> counted_population(const CensusTargets& targets) {
  std::vector<double> residents(targets.urban.size());
  const std::size_t each = sexes * census_age_groups;
  for (std::size_t p = 0; p < residents.size(); ++p) {
    for (std::size_t i = 0; i < each; ++i)
      residents[p] += static_cast<double>(targets.residents.values()[p * each + i]);
  }
  return residents;
}

std::size_t capital_of(const Places& places) {
  std::size_t capital = 0;
  for (std::size_t p = 1; p < places.prefectures(); ++p) {
    if (places.rows()[p].city_proper > places.rows()[capital].city_proper) capital = p;
  }
  return capital;
}

Grid<double, 2> closed_cohort_ages(const Province& province, std::size_t p, Year years) {
  Grid<double, 2> people = single_years(province.tables.census, p);
  for (Year year = 1; year <= years; ++year) {
    age_by_a_year(province, p, static_cast<Year>(province.first_year + year), people);
  }
  return people;
}

std::vector<double> closed_cohorts(const Province& province, Year years) {
  std::vector<double> population;
  for (std::size_t p = 0; p < province.tables.places.prefectures(); ++p) {
    population.push_back(sum(closed_cohort_ages(province, p, years).values()));
  }
  return population;
}

std::vector<std::vector<double>> regressors(const Province& province) {
  const CensusTables& census = province.tables.census;
  const std::vector<double> residents = base_population(census);
  std::vector<std::vector<double>> rows;
  for (std::size_t p = 0; p < residents.size(); ++p) {
    double arrived = 0;
    for (const MigrantClass c :
         {MigrantClass::same_prefecture, MigrantClass::other_prefecture, MigrantClass::other_province}) {
      arrived += static_cast<double>(census.class_totals(p, static_cast<std::size_t>(c)));
    }
    rows.push_back({1, arrived / residents[p], static_cast<double>(census.registered[p]) / residents[p],
                    province.natural_increase[p]});
  }
  return rows;
}

std::vector<Benchmark> benchmarks(const Province& province, std::span<const Province> training) {
  const std::vector<double> base = base_population(province.tables.census);
  const std::vector<double> counted = counted_population(province.targets);
  const auto years = static_cast<Year>(province.targets.year - province.first_year);
  return {{"persistence", "nothing changes", base},
          {"uniform_growth", "all grow as the province did", scaled(base, sum(counted) / sum(base))},
          {"closed_cohorts", "births and deaths alone", closed_cohorts(province, years)},
          {"constant_rates", "closed cohorts and the base year's net migration", constant_rates(province, years)},
          {"regression", "log change on base-year columns, other provinces", regression(province, training)},
          {"capital_dummy", "the capital exact, the others alike", capital_dummy(province)}};
}

}  // namespace luohu
