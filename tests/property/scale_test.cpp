// 1:10 is a sample of 1:1: the same expectation, ten times the variance.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/population/parallel.hpp"
#include "random_case.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr std::size_t replicates = 60;
constexpr std::array<const char*, 5> events{"births", "deaths", "moves", "settled", "incomers"};

/// Mean and variance over replicates of the first year's events in the province, in persons.
std::array<Moments, events.size()> moments(ToyRun run, std::int64_t scale) {
  run.scale = scale;
  const Model model = run.model();
  SynthesisInputs inputs{run.toy.places, run.toy.census, run.toy.parameters, run.toy.group_of, run.toy.base_year,
                         Seed{0},        scale};
  const PopulationPlan plan = plan_population(inputs);
  std::array<std::vector<double>, events.size()> persons;
  for (std::size_t r = 0; r < replicates; ++r) {
    RunOptions options = run.options();
    options.seed = inputs.seed = seed_of_replicate(Seed{static_cast<std::uint64_t>(scale)}, r);
    Simulation simulation{model, options, synthesise(inputs, plan, 0)};
    simulation.advance();
    const Ledger& flows = simulation.flows();
    const std::array<std::int64_t, events.size()> counts{total(flows.births.values()), total(flows.deaths.values()),
                                                         total(flows.moves.values()), total(flows.settled.values()),
                                                         total(flows.incomers.values())};
    for (std::size_t i = 0; i < events.size(); ++i) persons.at(i).push_back(static_cast<double>(counts.at(i) * scale));
  }
  std::array<Moments, events.size()> result;
  for (std::size_t i = 0; i < events.size(); ++i) result.at(i) = moments_of(persons.at(i));
  return result;
}

/// The model's own age schedule. The base population's single years of age are spread evenly over each
/// census group of each cell, so that the one agent of a small cell is always of middle age: a schedule
/// that rises and falls within five years sees that.
void smooth_ages(Parameters& c) {
  const Parameters own;
  for (const ParameterInfo& p : parameter_table()) {
    if (p.name.starts_with("age_schedule.")) c.*p.field = own.*p.field;
  }
}

/// Variance of the logarithm of a sample variance over n normal replicates: trigamma((n − 1) / 2).
double log_variance_noise(double n) {
  const double half = (n - 1) / 2;
  return 1 / half + 1 / (2 * half * half) + 1 / (6 * half * half * half);
}

}  // namespace

TEST_CASE("random scenarios: 1:10 is a sample of 1:1", "[property][statistical]") {
  // A twentieth of the cases, with ten times the people so that a tenth of every census count is whole;
  // 60 replicates at either scale; the first year's births, deaths, moves, settlers and incomers where at
  // least ten agents a year are expected at 1:10. Means: z of the difference, each at 1e-6. Variances: the
  // mean over all of log(ratio / 10), at 1e-6 too, whose noise is the trigamma function's: over 40 of them
  // 22 % of the ratio are an alarm, and a scale forgotten or applied twice (ratio 1 or 100) is 55 sd. What
  // is not linear in people is off: quotas, which round, and what answers their numbers.
  set_threads(1);
  double log_ratios = 0, compared = 0;
  for (std::uint64_t number = cases().first; number <= cases().last; number += 20) {
    RandomCase files{number};
    Tables tables = enlarged(files.tables(), 10);
    for (PlaceSettings& s : tables.settings) s.quota = no_quota;
    files.write_plain("enlarged", tables);
    INFO(files.described());
    ToyRun run = files.read("enlarged/plain.toml");
    run.toy.parameters.network_elasticity = 0;
    run.feedbacks = {.networks = false, .families = false, .wages = false, .rents = false, .services = false};
    smooth_ages(run.toy.parameters);
    const auto whole = moments(run, 1), tenth = moments(run, 10);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const Moments a = whole.at(i), b = tenth.at(i);
      if (b.mean < 100) continue;
      INFO(events.at(i) << ": " << a.mean << " and " << b.mean << " persons, variances " << a.variance << " and "
                        << b.variance);
      REQUIRE(two_sided_p((a.mean - b.mean) / std::sqrt((a.variance + b.variance) / replicates)) > false_alarm);
      log_ratios += std::log(b.variance / a.variance / 10);
      compared += 1;
    }
  }
  if (cases().last - cases().first >= 100) {
    REQUIRE(compared >= 20);
    INFO("variance ratio " << 10 * std::exp(log_ratios / compared) << " over " << compared);
    CHECK(two_sided_p(log_ratios / std::sqrt(compared * 2 * log_variance_noise(replicates))) > false_alarm);
  }
  set_threads(available_threads());
}
