// How a run is computed must not show in what it computes; how many people an agent stands for only in its noise.

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/core/vector_path.hpp"
#include "luohu/population/parallel.hpp"
#include "support/constant_rates.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

bool all_same(const std::vector<YearRecord>& a, const std::vector<YearRecord>& b) {
  return std::ranges::equal(a, b, same);
}

/// Persons of a run's five years by event: what is compared between scales.
constexpr std::size_t events = 5;
constexpr const char* event_names[events] = {"births", "deaths", "moves", "settled", "incomers"};
std::vector<double> event_totals(const ToyRun& run, Seed seed, Population people) {
  std::vector<double> totals(events);
  simulate(run, seed, std::move(people), [&](const Simulation& simulation) {
    const Ledger& flows = simulation.flows();
    const std::int64_t counts[events] = {total(flows.births.values()), total(flows.deaths.values()),
                                         total(flows.moves.values()), total(flows.settled.values()),
                                         total(flows.incomers.values())};
    for (std::size_t i = 0; i < events; ++i) totals[i] += static_cast<double>(counts[i] * run.scale);
  });
  return totals;
}

}  // namespace

TEST_CASE("T29: results depend on neither threads, nor screening, nor vector instructions, nor the day",
          "[verification][determinism]") {
  // Formula: every published number, and every person's state by its digest, is the same. Source: random numbers as a
  // function of seed, process, year and person (Salmon et al. 2011, SC'11). Sample: 75,000 people in two chunks, 10
  // years, 1 to 8 threads. Exact: the power is one bit of one person.
  ToyRun run;
  run.feedbacks = {};
  REQUIRE(chunks_of(run.population().size()) > 1);
  set_threads(1);
  const auto reference = run.records();
  CHECK(all_same(run.records(), reference));
  CHECK(all_same(run.records(false), reference));
  for (const int n : {2, 3, 4, 8}) {
    set_threads(n);
    CHECK(all_same(run.records(), reference));
    CHECK(all_same(run.records(false), reference));
  }
  const VectorPath usual = vector_path();
  for (const VectorPath path : {VectorPath::baseline, VectorPath::avx2}) {
    set_vector_path(path);
    CHECK(all_same(run.records(), reference));
  }
  set_vector_path(usual);
  set_threads(available_threads());
}

TEST_CASE("T29: a tenth of the agents gives the same means and ten times the variance", "[verification][statistical]") {
  // Formula: E X equal in persons; Var X at 1:10 = 10 Var X at 1:1, of independent agents ten persons each; ln of the
  // ratio of R replicates' variances is nearly normal with variance 4 / (R - 1). Source: Fisher 1924 (z distribution).
  // Sample: 187,000 people, ten alike for each agent at 1:10, 5 years, R = 150 at each scale. False alarm: 1e-6 for
  // each of ten checks. Power: moves 1 % off at one scale are 7 sd, births 3; a variance ratio of 1 or 100 is 14 sd.
  ToyRun tenth{150'000};
  tenth.scale = 10;
  tenth.last_year = 2025;
  ToyRun whole = tenth;
  whole.scale = 1;
  const Population few = tenth.population();
  const Population many = people_of(few.size() * 10, [&](std::size_t i) {
    Person person = few.at(i / 10);
    person.id = PersonId{i};
    return person;
  });
  constexpr std::size_t replicates = 150;
  std::vector<std::vector<double>> at_one(events), at_ten(events);
  for (std::uint64_t r = 0; r < replicates; ++r) {
    const auto one = event_totals(whole, seed_of_replicate(Seed{291}, r), copy_of(many));
    const auto ten = event_totals(tenth, seed_of_replicate(Seed{292}, r), copy_of(few));
    for (std::size_t i = 0; i < events; ++i) at_one[i].push_back(one[i]), at_ten[i].push_back(ten[i]);
  }
  for (std::size_t i = 0; i < events; ++i) {
    INFO(event_names[i]);
    const Moments one = moments_of(at_one[i]), ten = moments_of(at_ten[i]);
    const double error = std::sqrt((one.variance + ten.variance) / replicates);
    CHECK(student_p((one.mean - ten.mean) / error, replicates - 1) > false_alarm);
    CHECK(variance_ratio_p(ten.variance / one.variance / 10, replicates - 1) > false_alarm);
  }
}
