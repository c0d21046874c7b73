// P5, P10, P14: who lives where registered elsewhere, and how far people go.

#include <cmath>

#include "cards.hpp"
#include "luohu/inference/statistics.hpp"

namespace luohu::cards {
namespace {

Vector reals(const std::vector<std::int64_t>& counts) {
  return {counts.begin(), counts.end()};
}

Vector other_county_before(const CensusTables& census) {
  Vector persons;
  for (std::size_t p = 0; p < census.registered.size(); ++p) {
    persons.push_back(
        static_cast<double>(census.class_totals(p, std::size_t{2}) + census.class_totals(p, std::size_t{3})));
  }
  return persons;
}

void ranks_of_migrants(const Hindcast& in, const Scope& scope, std::vector<Score>& scores) {
  const auto add = [&](const std::string& name, const Vector& observed, const Vector& before, auto&& of) {
    Score score{"P5", "rank r of residents registered in another " + name, scope.name, {}, 0, "1", "above 0.95", {}};
    average(
        in.replicates, [&](const HindcastOutcome& o) { return rank_correlation(scope.of(of(o)), scope.of(observed)); },
        score);
    if (const auto value = rank_correlation(scope.of(before), scope.of(observed))) {
      score.benchmarks.emplace_back("persistence", *value);
    }
    if (score.value) {
      score.met = *score.value > 0.95;
    } else {
      score.note = "needs three prefectures";
    }
    scores.push_back(score);
  };
  const CensusTables& census = in.province.tables.census;
  Vector outside_before;
  for (std::size_t p = 0; p < census.registered.size(); ++p) {
    outside_before.push_back(static_cast<double>(census.class_totals(p, std::size_t{4})));
  }
  add("county of the province", reals(in.province.targets.other_county), other_county_before(census),
      [&](const HindcastOutcome& o) { return other_county(in.province.tables.census, o); });
  add("province", reals(in.province.targets.other_province), outside_before,
      [](const HindcastOutcome& o) { return o.other_province; });
}

void share_of_capital(const Hindcast& in, std::vector<Score>& scores) {
  Score score{"P5", "capital's share of residents from other counties, error", "capital", {}, 0, "points", "-2 to 2",
              {}};
  const std::size_t capital = capital_of(in.province.tables.places);
  const auto share = [&](const Vector& persons) { return 100 * persons[capital] / total(persons); };
  if (in.province.tables.places.prefectures() < 2) {
    score.note = "needs two prefectures";
  } else {
    const double observed = share(reals(in.province.targets.other_county));
    average(
        in.replicates,
        [&](const HindcastOutcome& o) -> std::optional<double> {
          return share(other_county(in.province.tables.census, o)) - observed;
        },
        score);
    score.benchmarks.emplace_back("persistence", share(other_county_before(in.province.tables.census)) - observed);
    within(-2, 2, score);
    score.note = "movers between counties of a prefecture are estimated";
  }
  scores.push_back(score);
}

/// Tombe & Zhu's auxiliary regression (2019, column 1 of their table 4), ln(m_ij / m_ii) = effect of i + kappa ln V_j +
/// rho ln d_ij over all pairs of zones of registration i and residence j, i ≠ j, whose stock is not empty. i and j are
/// towns and countrysides of the province, as theirs are the sectors of provinces: places outside are many provinces
/// each, and the equation knows no size. V: income of the base year over rent^share, as the tables have it, which the
/// migration of the years since cannot have moved. The effects take up ln m_ii.
std::optional<double> income_elasticity(const Hindcast& in, const Grid<double, 2>& stock) {
  const Tables& tables = in.province.tables;
  const Places& places = tables.places;
  std::vector<std::size_t> origin;
  std::vector<std::vector<double>> rows;
  Vector logs;
  for (std::size_t i = 0; i < places.internal_zones(); ++i) {
    for (std::size_t j = 0; j < places.internal_zones(); ++j) {
      if (i == j || stock(i, j) <= 0) continue;
      const double income = std::log(tables.economy.income_index[j]) -
                            in.parameters.housing_share * std::log(tables.economy.rent_index[j]);
      origin.push_back(i);
      rows.push_back({income, std::log(tables.economy.travel_minutes(i / zone_kinds, j / zone_kinds))});
      logs.push_back(std::log(stock(i, j)));
    }
  }
  const auto coefficients = least_squares_within(origin, std::move(rows), std::move(logs));
  return coefficients ? std::optional{coefficients->front()} : std::nullopt;
}

std::optional<double> distance_effect(const Places& places, const HindcastOutcome& outcome) {
  std::vector<Flow> flows;
  for (std::size_t o = 0; o < places.prefectures(); ++o) {
    for (std::size_t d = 0; d < places.prefectures(); ++d) {
      if (o == d) continue;
      const Place& a = places.rows()[o];
      const Place& b = places.rows()[d];
      flows.push_back({o, d, outcome.flow(o, d), great_circle_km(a.longitude, a.latitude, b.longitude, b.latitude)});
    }
  }
  return distance_coefficient(flows);
}

}  // namespace

Vector other_county(const CensusTables& census, const HindcastOutcome& outcome) {
  Vector persons = outcome.other_prefecture;
  for (std::size_t p = 0; p < persons.size(); ++p) {
    const auto near = static_cast<double>(census.class_totals(p, std::size_t{2}));
    if (outcome.same_prefecture_at_start[p] > 0) {
      persons[p] += near * outcome.same_prefecture[p] / outcome.same_prefecture_at_start[p];
    }
  }
  return persons;
}

void migrant_scores(const Hindcast& in, std::vector<Score>& scores) {
  for (const Scope& scope : scopes(in.province.tables.places)) ranks_of_migrants(in, scope, scores);
  share_of_capital(in, scores);
  Score elasticity{"P10", "elasticity of registered stocks to real income", "province", {}, 0, "1", "1.2 to 1.8", {}};
  average(
      in.replicates, [&](const HindcastOutcome& o) { return income_elasticity(in, o.zone_stock); }, elasticity);
  if (const auto before = income_elasticity(in, in.replicates.front().zone_stock_at_start)) {
    elasticity.benchmarks.emplace_back("persistence", *before);
  }
  within(1.2, 1.8, elasticity);
  elasticity.note = elasticity.value ? "stocks too small for an agent are left out: lower at coarse scales"
                                     : "too few pairs of places";
  scores.push_back(elasticity);
  Score distance{
      "P14", "distance coefficient of flows between prefectures (PPML)", "province", {}, 0, "1", "-1.5 to -0.6", {}};
  average(
      in.replicates, [&](const HindcastOutcome& o) { return distance_effect(in.province.tables.places, o); }, distance);
  within(-1.5, -0.6, distance);
  if (!distance.value) distance.note = "needs four prefectures";
  scores.push_back(distance);
}

}  // namespace luohu::cards
