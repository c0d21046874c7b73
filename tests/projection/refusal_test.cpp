// What has no exact expectation is refused, with the way out.

#include <catch2/catch.hpp>

#include "luohu/core/error.hpp"
#include "twin.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

std::string refusal(const ToyRun& run) {
  try {
    require_independence(run.model(), "mine");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::input);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("an expectation needs people who act independently", "[projection][diagnostics]") {
  ToyRun run = independent_run(1000);
  CHECK(refusal(run).empty());

  run.feedbacks.networks = true;
  CHECK_THAT(refusal(run),
             Catch::Contains("scenario 'mine'") && Catch::Contains("'networks'") && Catch::Contains("--feedbacks off"));
  run.feedbacks.networks = false;

  run.measures = {measure_of("registration.quota", 500, 2025)};
  run.measures[0].id = "cap";
  CHECK_THAT(refusal(run), Catch::Contains("甲 (A)") && Catch::Contains("500 person year-1 in 2025") &&
                               Catch::Contains("--set measure.cap.enabled=false"));
  run.measures[0].enabled = false;
  CHECK(refusal(run).empty());
  run.measures[0].enabled = true;
  run.measures[0].start = 2031;  // after the last year
  CHECK(refusal(run).empty());

  run.measures.clear();
  run.toy.settings[1].quota = 0;
  CHECK_THAT(refusal(run), Catch::Contains("乙 (B)") && Catch::Contains("settlement_rules.csv"));
}

TEST_CASE("an expectation with more states than there is memory for stops", "[projection][diagnostics]") {
  const ToyRun run = independent_run(20'000);
  ProjectionOptions options;
  options.most_states = 20'000;
  try {
    const auto result = project(run.model(), options, run.population());
    FAIL("it went on");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::environment);
    CHECK_THAT(error.what(), Catch::Contains("more than 20000 states in 2021") &&
                                 Catch::Contains("--set migration.frailty_variance=0"));
  }
}
