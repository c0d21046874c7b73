// Scorecards of outcomes that are known: the later census itself, and nothing changed.

#include "luohu/inference/scorecard.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "luohu/tabulate/stock.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

struct Files {
  Tables tables;
  CensusTargets targets;
  std::vector<double> growing_stocks;
  std::vector<double> natural_increase;
  Parameters parameters;

  explicit Files(const Shipped& shipped)
      : tables{read_tables(folder_of(shipped) / "census-2010")},
        targets{read_targets(folder_of(shipped), tables.places, 2020)},
        growing_stocks{read_growing_stocks(folder_of(shipped) / "census-2010", tables.places)},
        natural_increase{read_natural_increase(folder_of(shipped) / "census-2010", tables.places)} {}
  [[nodiscard]] Province province() const { return {tables, targets, growing_stocks, natural_increase, 2010, 0.5}; }
};

/// What a perfect model would say: the counts, and flows that fall with distance.
HindcastOutcome counted_outcome(const Files& files) {
  const std::size_t n = files.tables.places.prefectures();
  const std::size_t q = files.tables.places.size();
  HindcastOutcome outcome;
  outcome.population = counted_population(files.targets);
  outcome.urban.assign(files.targets.urban.begin(), files.targets.urban.end());
  outcome.other_prefecture.assign(files.targets.other_county.begin(), files.targets.other_county.end());
  outcome.other_province.assign(files.targets.other_province.begin(), files.targets.other_province.end());
  outcome.same_prefecture = outcome.same_prefecture_at_start = std::vector<double>(n);
  outcome.ages = Grid<double, 3>{{n, sexes, age_groups}};
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) {
        outcome.ages(p, s, g < 2 ? 0 : g - 1) += static_cast<double>(files.targets.residents(p, s, g));
      }
    }
  }
  outcome.stock = Grid<double, 2>{{q, q}, 1.0};
  outcome.flow = Grid<double, 2>{{q, q}, 1.0};
  const std::size_t zones = files.tables.places.zones();
  outcome.zone_stock = outcome.zone_stock_at_start = Grid<double, 2>{{zones, zones}, 1.0};
  return outcome;
}

const Score& find(const std::vector<Score>& scores, const std::string& pattern, const std::string& name,
                  const std::string& scope) {
  const auto found = std::ranges::find_if(
      scores, [&](const Score& s) { return s.pattern == pattern && s.name.starts_with(name) && s.scope == scope; });
  REQUIRE(found != scores.end());
  return *found;
}

double benchmark(const Score& score, const std::string& id) {
  const auto found = std::ranges::find(score.benchmarks, id, &std::pair<std::string, double>::first);
  REQUIRE(found != score.benchmarks.end());
  return found->second;
}

}  // namespace

TEST_CASE("the census scores perfectly against itself", "[scorecard]") {
  const Files files{hindcasts[0]};
  const Hindcast hindcast{
      files.province(), files.parameters, {counted_outcome(files)}, benchmarks(files.province(), {})};
  const std::vector<Score> scores = scorecard(hindcast);
  for (const char* scope : {"all", "without capital"}) {
    CHECK(*find(scores, "P1", "mean", scope).value == Approx(0).margin(1e-9));
    CHECK(*find(scores, "P2", "r of", scope).value == Approx(1));
    CHECK(*find(scores, "P3", "mean", scope).value == Approx(0).margin(1e-9));
    CHECK(*find(scores, "P4", "mean", scope).value == Approx(0).margin(1e-9));
    CHECK(*find(scores, "P5", "rank r of residents registered in another province", scope).value == Approx(1));
  }
  for (const Score& score : scores) {
    INFO(score.pattern << ' ' << score.name << ' ' << score.scope);
    if (score.pattern == "P8" || score.pattern == "P9") CHECK(*score.value == Approx(0).margin(1e-9));
    if (score.pattern != "P6" && score.pattern != "P10" && score.pattern != "P11" && score.pattern != "P14")
      CHECK(score.met.value_or(false));
    CHECK((score.value.has_value() || !score.note.empty()));  // what cannot be computed says why
  }
}

TEST_CASE("survivors of the model and the counted migration score perfectly by age", "[scorecard]") {
  const Files files{hindcasts[0]};
  HindcastOutcome outcome = counted_outcome(files);
  for (std::size_t p = 0; p < outcome.population.size(); ++p) {
    Grid<double, 2> before{{sexes, census_age_groups}}, after{{sexes, census_age_groups}};
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) {
        before(s, g) = static_cast<double>(files.tables.census.residents(p, s, g));
        after(s, g) = static_cast<double>(files.targets.residents(p, s, g));
        if (g < age_groups) outcome.ages(p, s, g) = 0;
      }
    }
    const std::vector<double> net = net_migration_by_age(before, after, files.targets.survival);
    for (std::size_t i = 0; i < net.size(); ++i) outcome.ages(p, 0, i + 2) += net[i];
    const Grid<double, 2> survivors = closed_cohort_ages(files.province(), p, 10);
    for (std::size_t age = 0; age < single_ages; ++age) {
      for (std::size_t s = 0; s < sexes; ++s) {
        outcome.ages(p, s, age_group(static_cast<int>(age))) += survivors(s, age);
      }
    }
  }
  const Hindcast hindcast{files.province(), files.parameters, {outcome}, benchmarks(files.province(), {})};
  const std::vector<Score> scores = scorecard(hindcast);
  for (const char* scope : {"province", "capital", "largest loser", "without capital"}) {
    CHECK(*find(scores, "P6", "net migration by age, RMSE", scope).value == Approx(0).margin(1e-9));
    CHECK(*find(scores, "P6", "net migration by age, peak", scope).value == 0);
  }
}

TEST_CASE("an error that all prefectures share is none once the total is known", "[scorecard]") {
  const Files files{hindcasts[0]};
  HindcastOutcome outcome = counted_outcome(files);
  for (double& persons : outcome.population) persons *= 1.1;
  const Hindcast hindcast{files.province(), files.parameters, {outcome}, benchmarks(files.province(), {})};
  const std::vector<Score> scores = scorecard(hindcast);
  for (const char* scope : {"all", "without capital"}) {
    const Score& as_is = find(scores, "P1", "mean absolute error of prefectures' residents", scope);
    const Score& known = find(scores, "P1", "mean absolute error of prefectures' residents, total known", scope);
    CHECK(*as_is.value == Approx(10));
    CHECK(*known.value == Approx(0).margin(1e-9));
    CHECK(benchmark(known, "persistence") == Approx(benchmark(as_is, "uniform_growth")));
    CHECK(benchmark(known, "uniform_growth") == Approx(benchmark(as_is, "uniform_growth")));
  }
}

TEST_CASE("the benchmarks of Hunan have the errors computed from the censuses independently", "[scorecard]") {
  // Persistence and uniform growth: 6.35 and 6.59 % (4.54 and 4.86 % without the capital); a shift of urbanisation
  // 2.54 points, urban residents 9.5 %.
  const Files files{hindcasts[0]};
  const Hindcast hindcast{
      files.province(), files.parameters, {counted_outcome(files)}, benchmarks(files.province(), {})};
  const std::vector<Score> scores = scorecard(hindcast);
  const Score& all = find(scores, "P1", "mean", "all");
  const Score& others = find(scores, "P1", "mean", "without capital");
  CHECK(benchmark(all, "persistence") == Approx(6.35).margin(0.005));
  CHECK(benchmark(others, "persistence") == Approx(4.54).margin(0.005));
  CHECK(benchmark(all, "uniform_growth") == Approx(6.59).margin(0.005));
  CHECK(benchmark(others, "uniform_growth") == Approx(4.86).margin(0.005));
  CHECK(benchmark(find(scores, "P3", "mean", "all"), "uniform_growth") == Approx(2.54).margin(0.005));
  CHECK(benchmark(find(scores, "P4", "mean", "all"), "uniform_growth") == Approx(9.5).margin(0.05));
  CHECK(std::ranges::none_of(all.benchmarks, [](const auto& b) { return b.first == "regression"; }));
}

TEST_CASE("the regression is trained on other provinces", "[scorecard]") {
  const Files hunan{hindcasts[0]}, jiangxi{hindcasts[1]};
  const std::vector<Province> training{jiangxi.province()};
  const std::vector<Benchmark> with = benchmarks(hunan.province(), training);
  CHECK(with[4].id == "regression");
  REQUIRE(with[4].population.size() == 14);
  // Trained on the province itself, its residuals of log change sum to zero: a constant is among the regressors.
  const std::vector<Province> itself{hunan.province()};
  const std::vector<double> fitted = benchmarks(hunan.province(), itself)[4].population;
  const std::vector<double> counted = counted_population(hunan.targets);
  double residuals = 0;
  for (std::size_t p = 0; p < fitted.size(); ++p) residuals += std::log(fitted[p] / counted[p]);
  CHECK(residuals == Approx(0).margin(1e-9));
}

TEST_CASE("stocks made by the source's equation have its elasticity, whatever the places outside hold", "[scorecard]") {
  // m_ij = exp(a_i) V_j^kappa t_ij^-0.7: kappa comes back, with effects of origin that follow income and with any
  // stocks at home, empty pairs, and nodes. The stocks at the start have another.
  const Files files{hindcasts[0]};
  const Tables& tables = files.tables;
  const auto made_with = [&](double kappa) {
    Grid<double, 2> stock{{tables.places.zones(), tables.places.zones()}, 77.0};
    for (std::size_t i = 0; i < tables.places.internal_zones(); ++i) {
      for (std::size_t j = 0; j < tables.places.internal_zones(); ++j) {
        const double income =
            tables.economy.income_index[j] / std::pow(tables.economy.rent_index[j], files.parameters.housing_share);
        stock(i, j) = 1e4 * std::pow(tables.economy.income_index[i], -3) * std::pow(income, kappa) *
                      std::pow(tables.economy.travel_minutes(i / 2, j / 2), -0.7);
      }
      stock(i, i) = 123;
    }
    stock(3, 8) = 0;
    return stock;
  };
  HindcastOutcome outcome = counted_outcome(files);
  outcome.zone_stock = made_with(1.5);
  outcome.zone_stock_at_start = made_with(2.5);
  const Hindcast hindcast{files.province(), files.parameters, {outcome}, benchmarks(files.province(), {})};
  const Score elasticity = find(scorecard(hindcast), "P10", "elasticity", "province");
  CHECK(*elasticity.value == Approx(1.5).epsilon(1e-9));
  CHECK(elasticity.met.value());
  CHECK(benchmark(elasticity, "persistence") == Approx(2.5).epsilon(1e-9));
}

TEST_CASE("the effect of a homestead is that of the sums of wishes", "[scorecard]") {
  const Files files{hindcasts[0]};
  HindcastOutcome outcome = counted_outcome(files);
  outcome.holders = {88, 100};
  const Hindcast hindcast{files.province(), files.parameters, {outcome}, benchmarks(files.province(), {})};
  const Score effect = find(scorecard(hindcast), "P11", "effect of a homestead", "province");
  CHECK(*effect.value == Approx(-12));
  CHECK(effect.met.value());
}

TEST_CASE("replicates give a mean and a spread", "[scorecard]") {
  const Files files{hindcasts[0]};
  HindcastOutcome low = counted_outcome(files), high = low;
  for (double& persons : low.population) persons *= 0.98;
  for (double& persons : high.population) persons *= 1.04;
  const Hindcast hindcast{files.province(), files.parameters, {low, high}, benchmarks(files.province(), {})};
  const Score error = find(scorecard(hindcast), "P1", "mean", "all");
  CHECK(*error.value == Approx(3));               // 2 and 4 %
  CHECK(error.spread == Approx(std::sqrt(2.0)));  // of 2 and 4
}

TEST_CASE("a province of one place has the scores that are left", "[scorecard]") {
  const Files files{hindcasts[5]};
  REQUIRE(files.tables.places.prefectures() == 1);
  const Hindcast hindcast{
      files.province(), files.parameters, {counted_outcome(files)}, benchmarks(files.province(), {})};
  const std::vector<Score> scores = scorecard(hindcast);
  CHECK(find(scores, "P1", "mean", "all").value.has_value());
  CHECK_FALSE(find(scores, "P1", "mean", "without capital").value.has_value());
  CHECK_FALSE(find(scores, "P2", "r of", "all").value.has_value());
  CHECK_FALSE(find(scores, "P14", "distance", "province").value.has_value());
  for (const Score& score : scores) CHECK((score.value.has_value() || !score.note.empty()));
}

TEST_CASE("net migration by age is what the survivors do not explain", "[scorecard]") {
  Grid<double, 2> before{{sexes, census_age_groups}, 100.0}, after{{sexes, census_age_groups}, 100.0};
  Grid<double, 2> survival{{sexes, census_age_groups}, 0.5};
  const std::vector<double> net = net_migration_by_age(before, after, survival);
  REQUIRE(net.size() == 16);
  CHECK(net.front() == 0);    // 10-14: from the 200 of ages 0 and 1-4, both sexes
  CHECK(net[1] == 100);       // 15-19: 100 - 50, both sexes
  CHECK(net.back() == -100);  // 85+: 100 - 150, both sexes
}

TEST_CASE("closed cohorts shrink by deaths alone where nobody is born", "[scorecard]") {
  Files files{hindcasts[5]};
  std::fill(files.tables.vital.fertility.begin(), files.tables.vital.fertility.end(), 0.0);
  std::fill(files.tables.vital.mortality.values().begin(), files.tables.vital.mortality.values().end(), 0.01);
  files.tables.vital.mortality_factor = {1};
  std::fill(files.tables.vital.mortality_path.begin(), files.tables.vital.mortality_path.end(), 1.0);
  const double before = base_population(files.tables.census)[0];
  const double infants =
      static_cast<double>(files.tables.census.residents(0, 0, 0) + files.tables.census.residents(0, 1, 0));
  // A constant hazard of 0.01; the year begun at age 0 has half a year of infant mortality more.
  const double expected = (before - infants) * std::exp(-0.02) + infants * std::exp(-0.025);
  CHECK(closed_cohorts(files.province(), 2)[0] == Approx(expected).epsilon(1e-12));
}
