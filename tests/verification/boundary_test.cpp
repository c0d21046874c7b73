// The open boundary, and boundaries that move over people.

#include <catch2/catch.hpp>
#include <cmath>

#include "support/constant_rates.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("T30: inflow against constant exits gives a Poisson stock", "[verification][statistical]") {
  // Formula: from an empty province N_T ~ Poisson(lambda (1 - exp(-h T)) / (1 - exp(-h))), which tends to lambda / h
  // for short steps, with the time constant 1 / h; of each channel by itself. Source: the M/G/infinity queue, Cox &
  // Miller 1965, ch. 4. Sample: lambda = 1,000 a year in each of six channels, h = 0.2, 40 seeds of the whole model
  // over 15 years. False alarm: 1e-6 for each of five checks. Power: lambda or the exit 1 % off is 8 sd of the final
  // sum; exits of the year of arrival 100 sd; a variance of one and a half times the mean 5 sd.
  const double lambda = 1000, h = 0.2;
  const std::size_t seeds = 40, channels = 6;
  ToyRun run;
  run.freeze();
  die_alike(run, h);
  run.toy.boundary.inflow = Grid<double, 2>{{2, 3}, lambda};
  run.toy.parameters.network_elasticity = 0;  // attraction stays what it was
  run.last_year = 2035;
  const auto mean = [&](double years) { return lambda * (1 - std::exp(-h * years)) / (1 - std::exp(-h)); };
  std::vector<double> sum(16);
  double dispersion = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    simulate(run, Seed{seed}, Population{}, [&](const Simulation& simulation) {
      sum[static_cast<std::size_t>(simulation.year() - 2020)] += static_cast<double>(simulation.stock().people());
      if (simulation.year() < run.last_year) return;
      for (std::size_t c = 0; c < channels; ++c) {
        const Grid<std::int64_t, 2>& stock = simulation.stock().by_origin;
        const auto people = static_cast<double>(stock(3 + c / 3, c % 3 * 2) + stock(3 + c / 3, c % 3 * 2 + 1));
        dispersion += (people - mean(15)) * (people - mean(15)) / mean(15);
      }
    });
  }
  for (const std::size_t years : {1U, 5U, 15U})
    CHECK(poisson_p(sum[years], seeds * channels * mean(static_cast<double>(years))) > false_alarm);
  CHECK(chi_square_p(dispersion, seeds * channels) > false_alarm / 2);
  CHECK(1 - chi_square_p(dispersion, seeds * channels) > false_alarm / 2);
}

TEST_CASE("T30: without a change of policy incomers come in the table's numbers", "[verification][statistical]") {
  // Formula: the sum of T years ~ Poisson(T lambda / persons per agent). Source: as above. Sample: ten years at 1:3 of
  // 60,000 people a year, 200,000 agents. False alarm: 1e-6. Power: 1 % is 4.5 sd; a scale forgotten is a factor 3, a
  // year too many 45 sd.
  ToyRun run;
  run.freeze();
  run.scale = 3;
  run.toy.parameters.network_elasticity = 0;
  run.toy.boundary.inflow = Grid<double, 2>{{2, 3}, 10'000.0};
  const Layout layout = results_layout(run.toy.places);
  double agents = 0;
  for (const YearRecord& record : run.records())
    agents += static_cast<double>(total(counts_in(layout, record, "inflow"))) / 3;
  CHECK(poisson_p(agents, 10 * 6 * 10'000 / 3.0) > false_alarm);
}

TEST_CASE("T31: reclassification alone empties the countryside at its rate", "[verification][statistical]") {
  // Formula: a share rho of the rural is reclassified each year, so that those left ~ Binomial(n, (1 - rho)^t), which
  // is exp(-r t) for the hazard r = -ln(1 - rho); nobody moves or settles. Source: pure death process, Cox & Miller
  // 1965, ch.
  // 4. Sample: 4,000,000 residents, 10 years of the whole model. False alarm: 1e-6 for each of seven checks. Power: rho
  // 1 % off is 8 sd in the three zones together; rho taken for a hazard 10 sd and more, a year more 70 sd.
  ToyRun run{4'000'000};
  run.freeze();
  run.toy.boundary.reclassification = {0.05, 0.04, 0.10};
  const Layout layout = results_layout(run.toy.places);
  const auto records = run.records();
  const auto rural = [&](std::size_t y, std::size_t p) {
    std::int64_t people = 0;
    constexpr std::size_t cells = sexes * age_groups * registrations;
    for (std::size_t i = 0; i < cells; ++i)
      people += counts_in(layout, records[y], "population")[(2 * p + 1) * cells + i];
    return static_cast<double>(people);
  };
  double deviation = 0, variance = 0;
  for (std::size_t p = 0; p < 3; ++p) {
    INFO("prefecture " << p);
    const double left = std::pow(1 - run.toy.boundary.reclassification[p], 10);
    CHECK(binomial_p(rural(10, p), rural(0, p), left) > false_alarm);
    deviation += rural(10, p) - rural(0, p) * left, variance += rural(0, p) * left * (1 - left);
    // The registered of the countryside follow, wherever they live.
    CHECK(binomial_p(static_cast<double>(counts_in(layout, records[10], "registered")[2 * p + 1]),
                     static_cast<double>(counts_in(layout, records[0], "registered")[2 * p + 1]), left) > false_alarm);
  }
  CHECK(two_sided_p(deviation / std::sqrt(variance)) > false_alarm);
  for (const std::string_view flow : {"flow", "inflow", "outflow", "settled", "registered_in", "registered_out"}) {
    for (const YearRecord& record : records) CHECK(total(counts_in(layout, record, flow)) == 0);
  }
}
