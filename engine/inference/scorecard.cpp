#include "luohu/inference/scorecard.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cards.hpp"
#include "luohu/analysis/statistics.hpp"
#include "luohu/inference/statistics.hpp"

namespace luohu {
namespace cards {

std::vector<Scope> scopes(const Places& places) {
  std::vector<std::size_t> all(places.prefectures());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<std::size_t> others;
  const std::size_t capital = capital_of(places);
  std::ranges::copy_if(all, std::back_inserter(others), [&](std::size_t p) { return p != capital; });
  return {{"all", all}, {"without capital", others}};
}

void average(const std::vector<HindcastOutcome>& replicates,
             const std::function<std::optional<double>(const HindcastOutcome&)>& of, Score& score) {
  Vector values;
  for (const HindcastOutcome& outcome : replicates) {
    const auto value = of(outcome);
    if (!value) return;
    values.push_back(*value);
  }
  const auto n = static_cast<double>(values.size());
  score.value = total(values) / n;
  double squares = 0;
  for (const double value : values) squares += (value - *score.value) * (value - *score.value);
  score.spread = values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
}

Vector log_change(const Vector& from, const Vector& to) {
  Vector change;
  for (std::size_t p = 0; p < from.size(); ++p) change.push_back(std::log(to[p] / from[p]));
  return change;
}

double total(const Vector& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void within(double low, double high, Score& score) {
  if (score.value) score.met = low <= *score.value && *score.value <= high;
}

namespace {

constexpr const char* only_capital = "no prefecture but the capital";
constexpr double published_r = 0.62;  ///< of population changes out of sample, Wu & You 2025

/// How prefectures are predicted: as they are, or as if the province's total were known.
struct Known {
  const char* what;
  Vector (*prediction)(const Vector& predicted, const Vector& counted);
};

constexpr Known nothing{"mean absolute error of prefectures' residents",
                        [](const Vector& predicted, const Vector&) { return predicted; }};
constexpr Known the_total{"mean absolute error of prefectures' residents, total known",
                          [](const Vector& predicted, const Vector& counted) {
                            Vector scaled = predicted;
                            for (double& value : scaled) value *= total(counted) / total(predicted);
                            return scaled;
                          }};

Score error_of_population(const Hindcast& in, const Scope& scope, const Vector& counted, const Known& known) {
  Score score{"P1", known.what, scope.name, {}, 0, "%", "below every benchmark", {}};
  const auto mape = [&](const Vector& predicted) {
    return mean_absolute_percentage_error(scope.of(known.prediction(predicted, counted)), scope.of(counted));
  };
  average(
      in.replicates, [&](const HindcastOutcome& o) { return mape(o.population); }, score);
  for (const Benchmark& b : in.benchmarks) {
    if (b.population.empty()) continue;
    if (const auto value = mape(b.population)) score.benchmarks.emplace_back(b.id, *value);
  }
  if (score.value && !score.benchmarks.empty()) {
    score.met = std::ranges::all_of(score.benchmarks, [&](const auto& b) { return *score.value < b.second; });
  }
  if (!score.value) score.note = only_capital;
  return score;
}

Score correlation_of_change(const Hindcast& in, const Scope& scope, const Vector& base, const Vector& counted) {
  Score score{
      "P2", "r of log change of prefectures' residents", scope.name, {}, 0, "1", "above every benchmark and 0.62", {}};
  const auto r = [&](const Vector& predicted) {
    return correlation(scope.of(log_change(base, predicted)), scope.of(log_change(base, counted)));
  };
  average(
      in.replicates, [&](const HindcastOutcome& o) { return r(o.population); }, score);
  for (const Benchmark& b : in.benchmarks) {
    if (b.population.empty()) continue;
    if (const auto value = r(b.population)) score.benchmarks.emplace_back(b.id, *value);
  }
  if (score.value) {
    score.met = *score.value > published_r &&
                std::ranges::all_of(score.benchmarks, [&](const auto& b) { return *score.value > b.second; });
  } else {
    score.note = "needs three prefectures whose changes differ";
  }
  return score;
}

/// Error of a concentration index against the counted one.
Score concentration(const Hindcast& in, const std::string& name, double tolerance, const std::string& band,
                    std::optional<double> (*index)(std::span<const double>), const Vector& counted) {
  Score score{"P9", name + ", error", "all", {}, 0, "1", band, {}};
  const auto observed = index(counted);
  if (!observed) {
    score.note = "needs two prefectures";
    return score;
  }
  average(
      in.replicates, [&](const HindcastOutcome& o) { return index(o.population).value() - *observed; }, score);
  for (const Benchmark& b : in.benchmarks) {
    if (!b.population.empty()) score.benchmarks.emplace_back(b.id, index(b.population).value() - *observed);
  }
  within(-tolerance, tolerance, score);
  return score;
}

}  // namespace

void population_scores(const Hindcast& in, std::vector<Score>& scores) {
  const Vector counted = counted_population(in.province.targets);
  const Vector base = base_population(in.province.tables.census);
  for (const Scope& scope : scopes(in.province.tables.places)) {
    scores.push_back(error_of_population(in, scope, counted, nothing));
    if (base.size() > 1) scores.push_back(error_of_population(in, scope, counted, the_total));
    scores.push_back(correlation_of_change(in, scope, base, counted));
  }
  scores.push_back(concentration(in, "Gini of prefectures' residents", 0.02, "-0.02 to 0.02", gini, counted));
  scores.push_back(concentration(in, "first over second prefecture", 0.06, "-0.06 to 0.06", primacy, counted));
}

void town_scores(const Hindcast& in, std::vector<Score>& scores) {
  const CensusTables& census = in.province.tables.census;
  const Vector counted = counted_population(in.province.targets);
  const Vector base = base_population(census);
  const Vector urban{in.province.targets.urban.begin(), in.province.targets.urban.end()};
  Vector urban_before;
  for (std::size_t p = 0; p < base.size(); ++p) urban_before.push_back(static_cast<double>(census.zone_totals(p, 0U)));
  const auto points = [](const Vector& part, const Vector& whole) {
    Vector shares;
    for (std::size_t p = 0; p < part.size(); ++p) shares.push_back(100 * part[p] / whole[p]);
    return shares;
  };
  const double shift = 100 * (total(urban) / total(counted) - total(urban_before) / total(base));
  Vector shifted = points(urban_before, base);
  for (double& share : shifted) share += shift;
  Vector grown = urban_before;
  for (double& persons : grown) persons *= total(urban) / total(urban_before);
  for (const Scope& scope : scopes(in.province.tables.places)) {
    Score share{"P3", "mean absolute error of urbanisation", scope.name, {}, 0, "points", "below 2.5", {}};
    const auto error = [&](const Vector& shares) {
      return mean_absolute_error(scope.of(shares), scope.of(points(urban, counted)));
    };
    average(
        in.replicates, [&](const HindcastOutcome& o) { return error(points(o.urban, o.population)); }, share);
    if (const auto value = error(points(urban_before, base))) share.benchmarks.emplace_back("persistence", *value);
    if (const auto value = error(shifted)) share.benchmarks.emplace_back("uniform_growth", *value);
    if (share.value) share.met = *share.value < 2.5;
    if (!share.value) share.note = only_capital;
    scores.push_back(share);

    Score persons{"P4", "mean absolute error of urban residents", scope.name, {}, 0, "%", "below 9.5", {}};
    const auto mape = [&](const Vector& v) { return mean_absolute_percentage_error(scope.of(v), scope.of(urban)); };
    average(
        in.replicates, [&](const HindcastOutcome& o) { return mape(o.urban); }, persons);
    if (const auto value = mape(urban_before)) persons.benchmarks.emplace_back("persistence", *value);
    if (const auto value = mape(grown)) persons.benchmarks.emplace_back("uniform_growth", *value);
    if (persons.value) persons.met = *persons.value < 9.5;
    if (!persons.value) persons.note = only_capital;
    scores.push_back(persons);
  }
}

std::optional<double> wish_to_settle(const HindcastOutcome& outcome, double application_rate) {
  if (outcome.eligible <= 0 || outcome.willing >= outcome.eligible || application_rate <= 0) return std::nullopt;
  return -std::log1p(-outcome.willing / outcome.eligible) / application_rate;
}

std::optional<double> homestead_effect(const HindcastOutcome& outcome) {
  if (outcome.holders.without_land <= 0) return std::nullopt;
  return 100 * (outcome.holders.with_land / outcome.holders.without_land - 1);
}

std::optional<double> settling_rate(const HindcastOutcome& outcome) {
  if (outcome.unregistered_in_towns <= 0) return std::nullopt;
  return outcome.settled / outcome.unregistered_in_towns;
}

void settling_scores(const Hindcast& in, std::vector<Score>& scores) {
  const double rate = in.parameters.application_rate;
  Score wish{"P11", "wish to settle among the eligible", "province", {}, 0, "1", "0.32 to 0.42", {}};
  average(
      in.replicates, [&](const HindcastOutcome& o) { return wish_to_settle(o, rate); }, wish);
  wish.note = wish.value ? "hazard of applying over settling.application_rate" : "nobody is eligible";
  within(0.32, 0.42, wish);
  scores.push_back(wish);
  Score land{"P11", "effect of a homestead on the wish of those who have one", "province", {}, 0, "%", "-16 to -8", {}};
  average(
      in.replicates, [](const HindcastOutcome& o) { return homestead_effect(o); }, land);
  land.note = land.value ? "against the same people without land" : "nobody with land is eligible at the end";
  within(-16, -8, land);
  scores.push_back(land);
  Score hazard{"P11", "settled a year over the unregistered in towns", "province", {}, 0, "year-1", "0.04 to 0.08", {}};
  average(
      in.replicates, [&](const HindcastOutcome& o) { return settling_rate(o); }, hazard);
  if (!hazard.value) hazard.note = "nobody is unregistered in towns";
  within(0.04, 0.08, hazard);
  scores.push_back(hazard);
}

}  // namespace cards

std::vector<Score> scorecard(const Hindcast& hindcast) {
  std::vector<Score> scores;
  cards::population_scores(hindcast, scores);
  cards::town_scores(hindcast, scores);
  cards::migrant_scores(hindcast, scores);
  cards::age_scores(hindcast, scores);
  cards::settling_scores(hindcast, scores);
  std::ranges::stable_sort(scores, {}, [](const Score& s) { return std::stoi(s.pattern.substr(1)); });
  return scores;
}

std::vector<Score> scorecard_over_draws(const std::vector<std::vector<Score>>& draws) {
  std::vector<Score> scores = draws.front();
  const auto n = static_cast<double>(draws.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    std::vector<double> values;
    double spread = 0;
    std::size_t met = 0;
    for (const auto& draw : draws) {
      if (!draw[i].value) continue;
      values.push_back(*draw[i].value);
      spread += draw[i].spread / n;
      if (draw[i].met.value_or(false)) ++met;
    }
    Score& score = scores[i];
    if (values.size() < draws.size()) {
      score.value.reset();
      score.met.reset();
      continue;
    }
    std::ranges::sort(values);
    score.value = std::accumulate(values.begin(), values.end(), 0.0) / n;
    score.spread = spread;
    if (score.met) score.met = 2 * met > draws.size();
    score.over_draws = {quantile_of(values, 0.05), quantile_of(values, 0.95)};
  }
  return scores;
}

}  // namespace luohu
