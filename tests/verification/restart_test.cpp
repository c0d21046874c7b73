// A run that was stopped and gone on with is the run that was not.

#include <catch2/catch.hpp>

#include "luohu/population/parallel.hpp"
#include "support/folder.hpp"
#include "support/restarts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// All feedbacks, and measures that leave something behind in every market.
ToyRun full_model() {
  ToyRun run;
  run.feedbacks = {};
  run.measures = {measure_of("registration.habitual_route", 1, 2022), measure_of("school.seats", 400, 2023),
                  measure_of("housing.rent_growth_cap", 0.01, 2022),  measure_of("land.exit_price", 2, 2022),
                  measure_of("housing.rental_units", 300, 2024),      measure_of("land.quota_tied", 1, 2022)};
  return run;
}

bool all_same(const std::vector<YearRecord>& a, const std::vector<YearRecord>& b) {
  return std::ranges::equal(a, b, same);
}

}  // namespace

TEST_CASE("T29: a run stopped after any year and gone on with gives the same bytes", "[verification][determinism]") {
  // Formula: a year is a function of the state at its start; a checkpoint holds that state. Every published number, and
  // every person's state by its digest, is the same. Source: the definition of a Markov chain. Sample: 60,000 people,
  // 10 years, all feedbacks, measures on registration, schools, housing and land. Exact: the power is one bit of one
  // person, and of every market (coverage, rents, land, fiscal cost).
  const Folder folder;
  const ToyRun run = full_model();
  set_threads(1);
  const auto reference = run.records();
  for (Year year = run.toy.base_year + 1; year < run.last_year; ++year) {
    INFO("stopped after " << year);
    CHECK(all_same(records_with_restarts(run, folder.path, {year}, {2, 1}), reference));
  }
}

TEST_CASE("T29: a run stopped after every year, each year on another number of threads, gives the same bytes",
          "[verification][determinism]") {
  // As above, nine restarts in one run; also with feedbacks off and ten persons to an agent.
  const Folder folder;
  std::vector<ToyRun> runs;
  runs.push_back(full_model());
  runs.emplace_back();
  runs.push_back(full_model());
  runs.back().scale = 10;
  for (const ToyRun& run : runs) {
    set_threads(1);
    const auto reference = run.records();
    std::vector<Year> stops;
    for (Year year = run.toy.base_year + 1; year <= run.last_year; ++year) stops.push_back(year);
    CHECK(all_same(records_with_restarts(run, folder.path, stops, {1, 2, 4, 3}), reference));
  }
}
