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

/// [q] log of income over rent^share, the mean of a prefecture's residents in town and countryside.
Vector log_real_income(const Hindcast& in) {
  const Tables& tables = in.province.tables;
  const auto of_zone = [&](std::size_t z) {
    return std::log(tables.economy.income_index[z]) -
           in.parameters.housing_share * std::log(tables.economy.rent_index[z]);
  };
  Vector income;
  for (std::size_t q = 0; q < tables.places.size(); ++q) {
    if (q >= tables.places.prefectures()) {
      income.push_back(of_zone(tables.places.internal_zones() + q - tables.places.prefectures()));
      continue;
    }
    const auto town = static_cast<double>(tables.census.zone_totals(q, 0U));
    const auto country = static_cast<double>(tables.census.zone_totals(q, 1U));
    income.push_back(
        std::log((town * std::exp(of_zone(2 * q)) + country * std::exp(of_zone(2 * q + 1))) / (town + country)));
  }
  return income;
}

/// Of log stocks elsewhere over stocks at home, on log real income of the destination over the origin's and log travel
/// time.
std::optional<double> income_elasticity(const Hindcast& in, const HindcastOutcome& outcome, const Vector& income) {
  const Tables& tables = in.province.tables;
  std::vector<std::vector<double>> rows;
  Vector logs;
  for (std::size_t h = 0; h < tables.places.prefectures(); ++h) {
    for (std::size_t d = 0; d < tables.places.size(); ++d) {
      if (h == d || outcome.stock(h, d) <= 0) continue;
      rows.push_back({1, income[d] - income[h], std::log(tables.economy.travel_minutes(h, d))});
      logs.push_back(std::log(outcome.stock(h, d) / outcome.stock(h, h)));
    }
  }
  const auto coefficients = least_squares(rows, logs);
  return coefficients ? std::optional{(*coefficients)[1]} : std::nullopt;
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
  const Vector income = log_real_income(in);
  average(
      in.replicates, [&](const HindcastOutcome& o) { return income_elasticity(in, o, income); }, elasticity);
  within(1.2, 1.8, elasticity);
  if (!elasticity.value) elasticity.note = "too few pairs of places";
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
