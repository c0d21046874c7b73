// Runs and scores under draws of a posterior.

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/results/reader.hpp"
#include "luohu/scenario/posterior.hpp"
#include "support/folder.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

const std::string chongqing = (folder_of(hindcasts[5]) / "hindcast.toml").string();

/// The first draw has the default; no round changes its amenities.
std::string write_posterior(const Folder& folder, int rounds) {
  Posterior posterior;
  posterior.method = "made for a test";
  posterior.version = "luohu";
  posterior.amenity_scale = 2000;
  posterior.amenity_rounds = rounds;
  const ParameterInfo* level = find_parameter("migration.mobility_level");
  const double own = Parameters{}.*level->field;
  posterior.parameters.push_back({level, 0.1, 6, true, own, 1});
  posterior.draws = {{own}, {own * 1.5}, {own / 1.5}};
  posterior.inputs = {{"none", std::string(64, '0')}};
  posterior.fits = {{"population_change", 1, 1, 1, 1}};
  const std::string path = folder / "posterior.toml";
  std::ofstream{path} << posterior_text(posterior);
  return path;
}

std::vector<std::string> run_of(const std::string& output, std::vector<std::string> more) {
  std::vector<std::string> arguments{chongqing,    "-o",   output,  "--scale",       "1:2000",
                                     "--progress", "none", "--set", "last_year=2013"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("a run under draws has a dimension for them, their values and the numbers of each", "[draws]") {
  const Folder folder;
  const std::string posterior = write_posterior(folder, 0);
  REQUIRE(captured(run_run, run_of(folder / "plain.h5", {"--replicates", "2"})).code == 0);
  REQUIRE(captured(run_run, run_of(folder / "drawn.h5", {"--replicates", "2", "--draws", posterior})).code == 0);
  const ResultsFile plain{folder / "plain.h5"}, drawn{folder / "drawn.h5"};
  const Experiment& of = drawn.experiment();
  CHECK(of.draws == 3);
  CHECK(of.replicates == 2);
  // The draw with the scenario's own value is the run without draws; another is not.
  for (std::size_t r = 0; r < 2; ++r) {
    CHECK(drawn.read("population", 0, 0, r) == plain.read("population", 0, 0, r));
    CHECK(drawn.read("population", 0, 1, r) != plain.read("population", 0, 0, r));
  }
  std::vector<double> values;
  for (const ProvenanceEntry& entry : of.provenance) {
    if (!entry.scenario.starts_with("draw ")) continue;
    CHECK(entry.scenario == "draw " + std::to_string(values.size()));
    CHECK(entry.key == "parameters.migration.mobility_level");
    CHECK(entry.tag == "computed");
    values.push_back(entry.value);
  }
  std::vector<double> written;
  for (const auto& draw : read_posterior(posterior).draws) written.push_back(draw[0]);
  CHECK(values == written);
}

TEST_CASE("amenities are found again for every draw, the same on any number of threads", "[draws]") {
  const Folder folder;
  const std::string kept = write_posterior(folder, 0);
  REQUIRE(captured(run_run, run_of(folder / "kept.h5", {"--draws", kept})).code == 0);
  const std::string found = write_posterior(folder, 3);
  REQUIRE(captured(run_run, run_of(folder / "one.h5", {"--draws", found, "--threads", "1"})).code == 0);
  REQUIRE(captured(run_run, run_of(folder / "three.h5", {"--draws", found, "--threads", "3"})).code == 0);
  CHECK(read_file(folder / "one.h5") == read_file(folder / "three.h5"));
  const ResultsFile one{folder / "one.h5"};
  CHECK(one.read("population", 0, 1, 0) != ResultsFile{folder / "kept.h5"}.read("population", 0, 1, 0));
  CHECK_THAT(refusal_of(run_extend, {folder / "one.h5", "--replicates", "2"}), Catch::Contains("posterior.toml"));
}

TEST_CASE("some of a posterior's draws can be asked for, evenly chosen", "[draws]") {
  const Folder folder;
  const std::string posterior = write_posterior(folder, 0);
  REQUIRE(captured(run_run, run_of(folder / "two.h5", {"--draws", posterior + ":2"})).code == 0);
  const ResultsFile two{folder / "two.h5"};
  CHECK(two.experiment().draws == 2);
  const auto dry = captured(run_run, run_of(folder / "none.h5", {"--draws", posterior, "--dry-run"}));
  CHECK_THAT(dry.out, Catch::Contains("3 draw(s) x 1 replicate(s)"));
  CHECK_THAT(refusal_of(run_run, run_of(folder / "none.h5", {"--draws", posterior + ":4"})),
             Catch::Contains("must be from 1 to 3"));
  CHECK_THAT(
      refusal_of(run_run, run_of(folder / "none.h5", {"--draws", folder / "missing.toml"}), ExitCode::environment),
      Catch::Contains("cannot read"));
}

TEST_CASE("a value that no run would have cannot be set", "[draws][validate]") {
  const Folder folder;
  const std::string posterior = write_posterior(folder, 0);
  const std::vector<std::string> level{"--draws", posterior, "--set", "migration.mobility_level=2"};
  const std::string why = "--set migration.mobility_level: every draw of " + posterior + " has a value of its own";
  CHECK(refusal_of(run_run, run_of(folder / "none.h5", level)) == why);
  std::vector<std::string> scored{chongqing};
  scored.insert(scored.end(), level.begin(), level.end());
  CHECK(refusal_of(run_validate, scored) == why);
  CHECK_THAT(refusal_of(run_run, run_of(folder / "none.h5",
                                        {"--draws", posterior, "--set", "parameters.migration.mobility_level=2"})),
             Catch::Contains("a value of its own"));
  for (const char* key : {"inversion.town_inflow", "parameters.inversion.town_inflow"}) {
    CHECK_THAT(refusal_of(run_validate, {chongqing, "--set", std::string{key} + "=0.1"}),
               Catch::Contains("found again with --draws only"));
  }
}

TEST_CASE("scores have a range over draws apart from the spread between replicates", "[draws][validate]") {
  const Folder folder;
  const std::string posterior = write_posterior(folder, 1);
  const std::vector<std::string> base{chongqing, "--scale", "1:2000", "--draws", posterior, "--replicates", "2"};
  const auto with = [&](const std::string& format, const std::string& threads) {
    std::vector<std::string> arguments = base;
    arguments.insert(arguments.end(), {"--format", format, "--threads", threads});
    return captured(run_validate, arguments).out;
  };
  CHECK_THAT(with("table", "2"),
             Catch::Contains("2 replicate(s) of 3 draw(s)") && Catch::Contains("draws 5 % to 95 %"));
  const std::string json = with("json", "1");
  CHECK(json == with("json", "3"));
  const auto scores = nlohmann::json::parse(json)["hindcasts"][0]["patterns"];
  CHECK(scores[0]["draws"]["low"].get<double>() < scores[0]["value"].get<double>());
  CHECK(scores[0]["draws"]["high"].get<double>() > scores[0]["value"].get<double>());
  CHECK(scores[0]["spread"].get<double>() > 0);
}
