// A population without migration: the life table and the stable population.

#include <catch2/catch.hpp>
#include <cmath>
#include <complex>

#include "luohu/rates/life.hpp"
#include "support/constant_rates.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr std::size_t ages = single_ages;

/// One zone's population by sex and age at the start of a year, with rates that do not change: expectation and
/// covariance of a multitype branching process (Harris 1963, ch. II), whose mean matrix is Leslie's.
class Leslie {
 public:
  Leslie(const ToyProvince& toy, std::size_t place) : girls_{1 - toy.parameters.male_birth_share} {
    const auto& f = toy.vital.fertility;
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t a = 0; a < ages; ++a) {
        const double m = death_hazard(toy.vital.mortality, static_cast<Sex>(s), a) * toy.vital.mortality_factor[place];
        survival_.push_back(std::exp(-m));
        const double rate = s == 0 && a + 1 < ages ? (f[a] + f[a + 1]) / 2 * toy.vital.fertility_factor[place] : 0.0;
        birth_.push_back(1 - std::exp(-rate));
      }
    }
  }
  static constexpr std::size_t types = sexes * ages;  ///< s * ages + a, Sex::female = 0
  [[nodiscard]] double survival(std::size_t type) const { return survival_[type]; }
  /// Daughters a woman aged a bears and brings to the year's end.
  [[nodiscard]] double daughters(std::size_t a) const { return survival_[a] * birth_[a] * girls_; }

  struct State {
    std::vector<double> mean;
    std::vector<std::vector<double>> covariance;
  };
  [[nodiscard]] State advance(const State& now) const {
    State next{std::vector<double>(types), std::vector<std::vector<double>>(types, std::vector<double>(types))};
    for (std::size_t i = 0; i < types; ++i) {
      const auto from = offspring(i);
      for (const auto& [t, rate] : from) next.mean[t] += now.mean[i] * rate;
      for (std::size_t j = 0; j < types; ++j) {
        if (now.covariance[i][j] == 0) continue;
        for (const auto& [t, rate] : from) {
          for (const auto& [u, other] : offspring(j)) next.covariance[t][u] += rate * other * now.covariance[i][j];
        }
      }
      // A person's own chance: alive or not, and if alive a daughter, a son or none.
      for (const auto& [t, rate] : from) {
        for (const auto& [u, other] : from) {
          const double both = t == u ? rate : (t % ages == 0 && u % ages == 0 ? 0.0 : std::min(rate, other));
          next.covariance[t][u] += now.mean[i] * (both - rate * other);
        }
      }
    }
    return next;
  }

 private:
  /// Types and expected numbers of what one person of type i leaves next year.
  [[nodiscard]] std::vector<std::pair<std::size_t, double>> offspring(std::size_t i) const {
    const std::size_t a = i % ages, older = i - a + std::min(a + 1, ages - 1);
    std::vector<std::pair<std::size_t, double>> next{{older, survival_[i]}};
    if (birth_[i] > 0) {
      next.emplace_back(0, survival_[i] * birth_[i] * girls_);
      next.emplace_back(ages, survival_[i] * birth_[i] * (1 - girls_));
    }
    return next;
  }
  double girls_;
  std::vector<double> survival_, birth_;  ///< [type]
};

/// Two-sided p of the number of people of these types.
double p_of(const std::vector<double>& counts, const Leslie::State& expected, const std::vector<std::size_t>& types) {
  double deviation = 0, variance = 0;
  for (const std::size_t i : types) {
    deviation += counts[i] - expected.mean[i];
    for (const std::size_t j : types) variance += expected.covariance[i][j];
  }
  return variance > 100 ? two_sided_p(deviation / std::sqrt(variance)) : 1.0;
}

/// Counts by type of the people at the start of the year after `year`.
std::vector<double> count_types(const Population& people, Year year) {
  std::vector<double> counts(Leslie::types);
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (people.gone(row)) continue;
    counts[static_cast<std::size_t>(people.traits[row].sex()) * ages +
           table_age(age_at_start(people, row, year + 1))] += 1;
  }
  return counts;
}

/// Everyone at home in A's town, `count[type]` of each.
Population residents(const std::vector<double>& count) {
  std::vector<Person> all;
  for (std::size_t type = 0; type < count.size(); ++type) {
    const auto sex = static_cast<Sex>(type / ages);
    all.resize(all.size() + static_cast<std::size_t>(count[type]),
               person_aged(static_cast<int>(type % ages), 2021, sex, 0, 0));
  }
  return people_of(all.size(), [&](std::size_t i) { return all[i]; });
}

/// Constant fertility about replacement, and the toy's mortality and one in a hundred; nothing else happens.
ToyRun natural_increase() {
  ToyRun run;
  const VitalTables vital = run.toy.vital;
  run.freeze();
  run.toy.vital = vital;
  for (double& rate : run.toy.vital.mortality.values()) rate += 0.01;
  for (std::size_t age = 15; age < 50; ++age)
    run.toy.vital.fertility[age] = 0.27 * std::exp(-std::pow((static_cast<double>(age) - 28) / 9, 2));
  run.toy.vital.fertility_factor = {0.8, 1, 1};
  return run;
}

/// Root near `start` of Lotka's characteristic equation sum_a phi(a) r^-(a+1) = 1, by Newton.
std::complex<double> lotka_root(const std::vector<double>& phi, std::complex<double> r) {
  for (int step = 0; step < 60; ++step) {
    std::complex<double> value = -1, slope = 0;
    for (std::size_t a = 0; a < phi.size(); ++a) {
      const double k = static_cast<double>(a) + 1;
      value += phi[a] * std::pow(r, -k);
      slope -= k * phi[a] * std::pow(r, -k - 1);
    }
    r -= value / slope;
  }
  return r;
}

}  // namespace

TEST_CASE("T4: a closed cohort dies by the life table", "[verification][statistical]") {
  // Formula: survivors to age x ~ Binomial(l0, prod exp(-m_a)), deaths by age multinomial, and e0 = sum l_x / l0 of
  // whole years lived. Source: Preston, Heuveline & Guillot 2001, Demography, ch. 3. Sample: l0 = 1,000,000
  // newborn, 110 years of the whole model. False alarm: 1e-6 for each of 13 checks.
  // Power: rates 1 % too high move e0 by 0.10 years, 7 sd; ages shifted by one, 9 % of the rates, 60 sd.
  ToyRun run;
  const Grid<double, 2> mortality = run.toy.vital.mortality;
  run.freeze();
  run.toy.vital.mortality = mortality;
  run.toy.vital.mortality_path.assign(150, 1.0);
  run.toy.vital.fertility_path.assign(150, 1.0);
  run.last_year = 2130;
  const double l0 = 1'000'000;
  std::vector<double> survival{1};
  for (std::size_t age = 0; age < 110; ++age) {
    const double m = 0.9 * death_hazard(mortality, Sex::male, std::min(age, ages - 1));  // A: 0.9 of the province
    survival.push_back(survival.back() * std::exp(-m));
  }
  std::vector<double> alive{l0};
  simulate(
      run, Seed{4}, people_like(person_aged(0, 2021, Sex::male, 0, 0), static_cast<std::size_t>(l0)),
      [&](const Simulation& simulation) {
        alive.push_back(static_cast<double>(simulation.stock().people()));
        CHECK(alive[alive.size() - 2] - alive.back() == static_cast<double>(total(simulation.flows().deaths.values())));
      });
  std::vector<double> deaths, share;
  double lived = 0, expected = 0, second = 0;  // whole years lived: sum over x of P(alive at x), x >= 1
  for (std::size_t x = 1; x < survival.size(); ++x) {
    deaths.push_back(alive[x - 1] - alive[x]), share.push_back(survival[x - 1] - survival[x]);
    lived += alive[x] / l0, expected += survival[x];
    second += (2 * static_cast<double>(x) - 1) * survival[x];
    if (x % 10 == 0) CHECK(binomial_p(alive[x], l0, survival[x]) > false_alarm);
  }
  deaths.push_back(alive.back()), share.push_back(survival.back());
  CHECK(multinomial_p(deaths, share) > false_alarm);
  CHECK(two_sided_p((lived - expected) / std::sqrt((second - expected * expected) / l0)) > false_alarm);
}

TEST_CASE("T5: constant fertility and mortality give Leslie's projection", "[verification][statistical]") {
  // Formula: E N_t = N_0 L^t, L's survivors exp(-m), its births those of mothers who survive the year. Source: Leslie
  // 1945, Biometrika 33; the covariance of the counts by Harris 1963. Sample: 800,000 people evenly aged 0-69, 60
  // years. False alarm: 1e-6 for each of 42 checks. Power: births 1 % too many (fertility, or the 1 % of mothers who
  // die in their year counted) are 7 sd of the population after 60 years.
  ToyRun run = natural_increase();
  run.last_year = 2080;
  const Leslie leslie{run.toy, 0};
  Leslie::State state{std::vector<double>(Leslie::types), {Leslie::types, std::vector<double>(Leslie::types)}};
  for (std::size_t type = 0; type < Leslie::types; ++type) state.mean[type] = type % ages < 70 ? 5714 : 0;
  std::vector<std::size_t> everyone(Leslie::types);
  for (std::size_t type = 0; type < Leslie::types; ++type) everyone[type] = type;
  simulate(run, Seed{5}, residents(state.mean), [&](const Simulation& simulation) {
    state = leslie.advance(state);
    if (simulation.year() % 10 != 0) return;
    const std::vector<double> counts = count_types(simulation.people(), simulation.year());
    CHECK(p_of(counts, state, everyone) > false_alarm);
    if (simulation.year() < run.last_year) return;
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < 18; ++g) {
        std::vector<std::size_t> group;
        for (std::size_t a = 5 * g; a < (g == 17 ? ages : 5 * g + 5); ++a) group.push_back(s * ages + a);
        INFO("sex " << s << ", from age " << 5 * g);
        CHECK(p_of(counts, state, group) > false_alarm);
      }
    }
  });
}

TEST_CASE("T5: growth tends to Lotka's root and the ages to the stable population", "[verification][statistical]") {
  // Formula: growth -> the real root l1 of sum_a phi(a) l^-(a+1) = 1, ages -> l_a l1^-a, at the rate |l2 / l1|^t, l2
  // the complex root of the largest modulus. Source: Lotka 1939; Keyfitz & Caswell 2005, Applied Mathematical
  // Demography, ch. 7. Sample: 400,000 people of the stable ages, 40 years, must stay stable and grow as l1^40; the
  // rate of convergence is held on the projection that the case above holds to the model. False alarm: 1e-6 for each
  // of 19. Power: fertility 1 % off changes l1 by 1 % / 28 and the population after 40 years by 1.4 %: 6 sd.
  ToyRun run = natural_increase();
  run.last_year = 2060;
  const Leslie leslie{run.toy, 0};
  std::vector<double> phi, alive{1, 1};  // alive: [sex], to the present age
  for (std::size_t a = 0; a < ages; ++a) {
    phi.push_back(alive[0] * leslie.daughters(a));
    alive[0] *= leslie.survival(a);
  }
  const double growth = lotka_root(phi, 1.0).real();
  const std::complex<double> wave = lotka_root(phi, std::polar(0.97 * growth, 2 * std::acos(-1.0) / 28));
  REQUIRE(std::abs(wave.imag()) > 0.1);

  Leslie::State stable{std::vector<double>(Leslie::types), {Leslie::types, std::vector<double>(Leslie::types)}};
  const double boys = run.toy.parameters.male_birth_share;
  double sum = 0;
  for (std::size_t s = 0; s < sexes; ++s) {
    double level = s == 0 ? 1 - boys : boys;
    for (std::size_t a = 0; a < ages; ++a) {
      const double stays = a + 1 < ages ? 0.0 : leslie.survival(s * ages + a) / growth;  // the open last age
      sum += stable.mean[s * ages + a] = level / (1 - stays);
      level *= leslie.survival(s * ages + a) / growth;
    }
  }
  Leslie::State boom = stable;
  for (double& count : stable.mean) count = std::round(count * 400'000 / sum);
  const std::vector<double> start = stable.mean;
  Leslie::State expected = stable;
  std::vector<double> counts;
  simulate(run, Seed{6}, residents(start), [&](const Simulation& simulation) {
    expected = leslie.advance(expected);
    counts = count_types(simulation.people(), simulation.year());
  });
  for (double& count : stable.mean) count *= std::pow(growth, 40);
  stable.covariance = expected.covariance;
  std::vector<std::size_t> everyone;
  for (std::size_t g = 0; g < 18; ++g) {
    std::vector<std::size_t> group;
    for (std::size_t a = 5 * g; a < (g == 17 ? ages : 5 * g + 5); ++a) group.push_back(a), group.push_back(ages + a);
    everyone.insert(everyone.end(), group.begin(), group.end());
    INFO("from age " << 5 * g);
    CHECK(p_of(counts, stable, group) > false_alarm);
  }
  CHECK(p_of(counts, stable, everyone) > false_alarm);

  // A boom of thirty-year-olds dies out in waves a generation long.
  for (double& count : boom.mean) count /= sum;
  const std::vector<double> shares = boom.mean;
  boom.mean[30] += 0.2;
  std::vector<double> away;
  for (int t = 0; t < 290; ++t) {
    for (auto& row : boom.covariance) std::ranges::fill(row, 0.0);
    boom = leslie.advance(boom);
    double people = 0, most = 0;
    for (const double count : boom.mean) people += count;
    for (std::size_t type = 0; type < ages; ++type)
      most = std::max(most, std::abs(boom.mean[type] / people - shares[type]));
    away.push_back(most);
  }
  // Windows of a generation, whole half waves apart so that the phase drops out, and late enough for the oldest to have
  // been born into waves.
  int lag = 45;
  for (int t = 46; t < 75; ++t) {
    if (std::abs(std::sin(t * std::arg(wave))) < std::abs(std::sin(lag * std::arg(wave)))) lag = t;
  }
  const double first = *std::max_element(away.begin() + 180, away.begin() + 210);
  const double later = *std::max_element(away.begin() + 180 + lag, away.begin() + 210 + lag);
  CHECK(later / first == Approx(std::pow(std::abs(wave) / growth, lag)).epsilon(0.02));
}
