#include <cmath>
#include <numeric>

#include "luohu/core/error.hpp"
#include "luohu/synthesis/ipf.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "registration.hpp"

namespace luohu {
namespace {

constexpr double tolerance = 1e-9;

std::vector<double> reals(std::span<const std::int64_t> counts) {
  return {counts.begin(), counts.end()};
}

std::int64_t sum(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

template <std::size_t N>
std::span<const std::int64_t> row(const Grid<std::int64_t, N>& table, std::size_t first, std::size_t width) {
  return std::span{table.values()}.subspan(first * width, width);
}

/// Agents that stand for `persons`, rounded to the nearest.
std::int64_t agents_for(std::int64_t persons, std::int64_t scale) {
  return (persons + scale / 2) / scale;
}

ResidentTable expected_residents(const CensusTables& census, std::size_t p, double agents) {
  ResidentTable table{{zone_kinds, resident_classes, sexes, census_age_groups}};
  for (std::size_t c = 0; c < resident_classes; ++c) {
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) {
        for (std::size_t z = 0; z < zone_kinds; ++z) table(z, c, s, g) = census.profile_seed(c, s, g, z);
      }
    }
  }
  std::vector<Margin> margins{{{2, 3}, reals(row(census.residents, p, sexes * census_age_groups))},
                              {{0}, reals(row(census.zone_totals, p, zone_kinds))},
                              {{1}, reals(row(census.class_totals, p, resident_classes))}};
  const FitReport report = fit(table, margins, tolerance);
  if (!report.converged) {
    throw Error{ExitCode::input, "the residents of prefecture " + std::to_string(p + 1) +
                                     " cannot be fitted: migrant_profile has zeros where the census counts people"};
  }
  const double persons = std::accumulate(table.values().begin(), table.values().end(), 0.0);
  for (double& cell : table.values()) cell *= agents / persons;
  return table;
}

/// Shares of schooling by zone and age group, from the cohort seed, the tilt of schooling towards towns
/// (odds, parameters) and the census totals by sex.
Grid<double, 4> schooling_shares(const Parameters& parameters, const CensusTables& census,
                                 const ResidentTable& residents, std::size_t p) {
  const std::array<double, education_levels> town_tilt{1.0, parameters.town_odds_senior, parameters.town_odds_tertiary};
  Grid<double, 4> shares{{sexes, zone_kinds, census_age_groups, education_levels}};
  for (std::size_t s = 0; s < sexes; ++s) {
    Grid<double, 3> table{{zone_kinds, census_age_groups, education_levels}};
    std::vector<double> counted(zone_kinds * census_age_groups);
    double total = 0;
    for (std::size_t z = 0; z < zone_kinds; ++z) {
      for (std::size_t g = 0; g < census_age_groups; ++g) {
        double people = 0;
        for (std::size_t c = 0; c < resident_classes; ++c) people += residents(z, c, s, g);
        // Schooling is counted from age 6: four fifths of the group 5–9.
        const double share = census_age_starts[g] >= 10 ? 1.0 : (census_age_starts[g] == 5 ? 0.8 : 0.0);
        counted[z * census_age_groups + g] = share * people;
        total += share * people;
        for (std::size_t e = 0; e < education_levels; ++e) {
          table(z, g, e) = census.education_seed(g, e) * (z == 0 ? town_tilt[e] : 1.0);
        }
      }
    }
    std::vector<double> levels(education_levels);
    for (std::size_t e = 0; e < education_levels; ++e) levels[e] = static_cast<double>(census.education(p, s, e));
    const double known = std::accumulate(levels.begin(), levels.end(), 0.0);
    for (double& level : levels) level *= total / known;
    const std::vector<Margin> margins{{{0, 1}, counted}, {{2}, levels}};
    if (!fit(table, margins, tolerance).converged) {
      throw Error{ExitCode::input, "the schooling of prefecture " + std::to_string(p + 1) +
                                       " cannot be fitted: education_by_age has zeros where the census counts people"};
    }
    for (std::size_t z = 0; z < zone_kinds; ++z) {
      for (std::size_t g = 0; g < census_age_groups; ++g) {
        const double people = counted[z * census_age_groups + g];
        for (std::size_t e = 0; e < education_levels; ++e) {
          shares(s, z, g, e) = people > 0 ? table(z, g, e) / people : (e == 0 ? 1.0 : 0.0);
        }
      }
    }
  }
  return shares;
}

/// Agents by place of registration and residence: whole, and adding up to the agents of each class.
Grid<std::int64_t, 2> apportion_origins(const SynthesisInputs& in, const std::vector<ResidentCounts>& residents) {
  const std::size_t places = in.places.size();
  const std::size_t prefectures = in.places.prefectures();
  Grid<std::int64_t, 2> origins{{places, places}};
  const auto deal = [&](std::size_t d, std::size_t first, std::size_t last, std::int64_t agents) {
    std::vector<double> weights;
    for (std::size_t h = first; h < last; ++h)
      weights.push_back(h == d ? 0.0 : static_cast<double>(in.census.elsewhere(h, d)));
    const std::vector<std::int64_t> whole = apportion(weights, agents);
    for (std::size_t h = first; h < last; ++h) origins(h, d) = whole[h - first];
  };
  for (std::size_t d = 0; d < prefectures; ++d) {
    std::array<std::int64_t, resident_classes> by_class{};
    const ResidentCounts& counts = residents[d];
    for (std::size_t z = 0; z < zone_kinds; ++z) {
      for (std::size_t c = 0; c < resident_classes; ++c)
        by_class[c] += sum(row(counts, z * resident_classes + c, sexes * census_age_groups));
    }
    deal(d, 0, prefectures, by_class[static_cast<std::size_t>(MigrantClass::other_prefecture)]);
    deal(d, prefectures, places, by_class[static_cast<std::size_t>(MigrantClass::other_province)]);
  }
  for (std::size_t d = prefectures; d < places; ++d) {
    std::int64_t persons = 0;
    for (std::size_t h = 0; h < prefectures; ++h) persons += in.census.elsewhere(h, d);
    deal(d, 0, prefectures, agents_for(persons, in.scale));
  }
  return origins;
}

}  // namespace

std::size_t PopulationPlan::agents() const {
  std::int64_t agents = 0;
  for (const ResidentCounts& counts : residents) agents += sum(counts.values());
  const std::size_t places = origins.shape()[0];
  for (std::size_t h = 0; h < places; ++h) {
    for (std::size_t d = residents.size(); d < places; ++d) agents += origins(h, d);
  }
  return static_cast<std::size_t>(agents);
}

std::size_t expected_agents(const CensusTables& census, std::int64_t scale) {
  const std::size_t prefectures = census.registered.size();
  std::int64_t persons = sum(census.residents.values());
  for (std::size_t h = 0; h < prefectures; ++h) {
    for (std::size_t d = prefectures; d < census.elsewhere.shape()[1]; ++d) persons += census.elsewhere(h, d);
  }
  return static_cast<std::size_t>(agents_for(persons, scale));
}

PopulationPlan plan_population(const SynthesisInputs& in) {
  const CensusTables& census = in.census;
  const std::size_t prefectures = in.places.prefectures();
  std::vector<double> persons(prefectures);
  for (std::size_t p = 0; p < prefectures; ++p)
    persons[p] = static_cast<double>(sum(row(census.zone_totals, p, zone_kinds)));
  const std::vector<std::int64_t> agents = apportion(persons, agents_for(sum(census.residents.values()), in.scale));

  PopulationPlan plan;
  for (std::size_t p = 0; p < prefectures; ++p) {
    const ResidentTable expected = expected_residents(census, p, static_cast<double>(agents[p]));
    const ResidentMargins margins{apportion(reals(row(census.zone_totals, p, zone_kinds)), agents[p]),
                                  apportion(reals(row(census.class_totals, p, resident_classes)), agents[p]),
                                  apportion(reals(row(census.residents, p, sexes * census_age_groups)), agents[p])};
    plan.residents.push_back(integerise(expected, margins));
    plan.schooling.push_back(schooling_shares(in.parameters, census, expected, p));
  }
  plan.origins = apportion_origins(in, plan.residents);
  for (std::size_t p = 0; p < prefectures; ++p) plan.registered_odds.push_back(solve_registered_odds(in, plan, p));
  return plan;
}

}  // namespace luohu
