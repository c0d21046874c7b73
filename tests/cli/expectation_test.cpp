// luohu run --expectation: the same file with expected persons, or a refusal.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "luohu/results/reader.hpp"
#include "support/folder.hpp"

using namespace luohu;
using luohu::testing::Folder;
namespace fs = std::filesystem;

namespace {

const std::string baseline = LUOHU_SOURCE_DIR "/scenarios/hunan/baseline.toml";

/// Two years of Hunan from one agent for two thousand, without the two things that multiply states.
Output run(std::vector<std::string> more, const std::string& path) {
  std::vector<std::string> arguments{baseline,
                                     "--scale",
                                     "1:2000",
                                     "--set",
                                     "last_year=2022",
                                     "--set",
                                     "migration.frailty_variance=0",
                                     "--set",
                                     "settling.wish_duration=0",
                                     "--progress",
                                     "none",
                                     "-o",
                                     path};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return captured(run_run, arguments);
}

std::string refusal(const std::vector<std::string>& arguments, ExitCode code) {
  try {
    std::ignore = captured(run_run, arguments);
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  FAIL("not refused");
  return "";
}

std::vector<double> numbers(const ResultsFile& file, const std::string& variable) {
  return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); },
                    file.read(variable));
}

double feedback_in(const ResultsFile& file) {
  const auto& rows = file.experiment().provenance;
  const auto found = std::ranges::find(rows, "feedbacks.networks", &ProvenanceEntry::key);
  REQUIRE(found != rows.end());
  return found->value;
}

}  // namespace

TEST_CASE("an expectation is a results file like a simulation's", "[run][expectation]") {
  const Folder folder;
  const Output expected = run({"--expectation", "--feedbacks", "off"}, folder / "expected.h5");
  CHECK(expected.code == 0);
  CHECK_THAT(expected.out, Catch::Contains("registered urbanisation"));
  CHECK_THAT(expected.err, Catch::Contains("M states") && Catch::Contains("bytes a state"));
  CHECK(run({"--feedbacks", "off"}, folder / "simulated.h5").code == 0);
  const ResultsFile twin{folder / "expected.h5"}, simulation{folder / "simulated.h5"};
  CHECK(twin.complete());
  CHECK(twin.experiment().expectation);
  CHECK_FALSE(simulation.experiment().expectation);
  CHECK(feedback_in(twin) == 0);

  const auto& of_twin = twin.experiment().layout.variables;
  const auto& of_simulation = simulation.experiment().layout.variables;
  REQUIRE(of_twin.size() == of_simulation.size());
  for (std::size_t v = 0; v < of_twin.size(); ++v) {
    CHECK(of_twin[v].name == of_simulation[v].name);
    CHECK(of_twin[v].axes == of_simulation[v].axes);
    CHECK(of_twin[v].units == of_simulation[v].units);
    CHECK(of_twin[v].kind != Kind::count);
  }
  // The base year is not a matter of chance, and every balance is exact.
  for (const std::string stock : {"population", "registered", "migrant_stock"}) {
    const auto expectation = numbers(twin, stock), counts = numbers(simulation, stock);
    const auto a_year = static_cast<std::ptrdiff_t>(counts.size() / 3);
    CHECK(std::equal(counts.begin(), counts.begin() + a_year, expectation.begin()));
    CHECK_FALSE(expectation == counts);
  }
  for (const std::string residual : {"balance_residual", "registered_balance_residual"}) {
    CHECK(std::ranges::count(numbers(twin, residual), 0.0) ==
          static_cast<std::ptrdiff_t>(numbers(twin, residual).size()));
  }

  const Output text = captured(run_info, {folder / "expected.h5"});
  CHECK_THAT(text.out, Catch::Contains("method      expectation"));
  CHECK_THAT(captured(run_info, {folder / "simulated.h5"}).out, Catch::Contains("method      simulation"));
  CHECK_THAT(captured(run_info, {folder / "expected.h5", "--format", "json"}).out,
             Catch::Contains("\"method\": \"expectation\""));
}

TEST_CASE("what has no expectation is refused before anything is written", "[run][expectation][diagnostics]") {
  const Folder folder;
  CHECK_THAT(refusal({baseline, "--expectation", "-o", folder / "out.h5"}, ExitCode::input),
             Catch::Contains("'baseline'") && Catch::Contains("--feedbacks off"));
  CHECK_THAT(refusal({baseline, "--expectation", "--dry-run"}, ExitCode::input), Catch::Contains("--feedbacks off"));
  CHECK_THAT(refusal({baseline, "--expectation", "--screening", "off", "--dry-run"}, ExitCode::usage),
             Catch::Contains("leave --screening out"));
  CHECK_THAT(refusal({baseline, "--feedbacks", "none", "--dry-run"}, ExitCode::usage), Catch::Contains("off"));
  CHECK(fs::is_empty(folder.path));
}
