// luohu calibrate from the outside, on the smallest hindcast.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/scenario/posterior.hpp"
#include "support/folder.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

const std::string plan = LUOHU_SOURCE_DIR "/scenarios/provinces/calibration.toml";

std::string scenario(std::size_t i) {
  return (folder_of(hindcasts[i]) / "hindcast.toml").string();
}

/// Chongqing at 1:4000 with two free parameters.
std::vector<std::string> small(const std::string& output, std::vector<std::string> more) {
  std::vector<std::string> arguments{scenario(5),
                                     "--plan",
                                     plan,
                                     "-o",
                                     output,
                                     "--scale",
                                     "1:4000",
                                     "--amenity-scale",
                                     "1:4000",
                                     "--amenity-rounds",
                                     "2",
                                     "--free",
                                     "migration.home_premium=0:2.5",
                                     "--free",
                                     "migration.mobility_level=1:6:log"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

const std::vector<std::string> brief{"--evaluations", "8",  "--waves",       "1", "--points", "12",
                                     "--particles",   "10", "--generations", "1", "--draws",  "5"};

std::string bytes(const std::string& path) {
  return read_file(path).value();
}

}  // namespace

TEST_CASE("a quick calibration writes one draw that is read back", "[calibrate]") {
  const Folder folder;
  const std::string output = folder / "point.toml";
  const Output o = captured(run_calibrate, small(output, {"--quick", "--evaluations", "12"}));
  CHECK(o.code == 0);
  CHECK_THAT(o.out,
             Catch::Contains("1 draw(s)") && Catch::Contains("population_change") && Catch::Contains("information"));
  const Posterior posterior = read_posterior(output);
  CHECK(posterior.draws.size() == 1);
  CHECK(posterior.parameters.size() == 2);
  CHECK(posterior.scale == 4000);
  CHECK(posterior.inputs.size() > 20);
  CHECK_FALSE(std::filesystem::exists(output + ".state"));
  for (const Posterior::Fit& fit : posterior.fits) CHECK(fit.before > 0);
  CHECK_THAT(refusal_of(run_calibrate, small(output, {"--quick"})), Catch::Contains("--force"));
}

TEST_CASE("a calibration is the same for any number of threads, and when it was interrupted", "[calibrate]") {
  const Folder folder;
  const auto with = [&](const std::string& name, std::vector<std::string> more) {
    more.insert(more.begin(), brief.begin(), brief.end());
    return small(folder / name, more);
  };
  CHECK(captured(run_calibrate, with("one.toml", {"--threads", "1"})).code == 0);
  CHECK(captured(run_calibrate, with("three.toml", {"--threads", "3"})).code == 0);
  CHECK(bytes(folder / "one.toml") == bytes(folder / "three.toml"));
  CHECK(read_posterior(folder / "one.toml").draws.size() == 5);

  // As soon as there is something to go on from, it is stopped; then asked again.
  std::string command = LUOHU_EXECUTABLE " calibrate";
  for (const std::string& word : with("again.toml", {"--threads", "1"})) command += " '" + word + "'";
  const std::string state = folder / "again.toml.state";
  const std::string interrupted = command + " > /dev/null 2>&1 & pid=$!; while [ ! -e '" + state +
                                  "' ]; do sleep 0.01; done; kill -INT $pid; wait $pid; [ $? -eq 130 ]";
  REQUIRE(std::system(interrupted.c_str()) == 0);
  CHECK(std::filesystem::exists(state));
  CHECK_FALSE(std::filesystem::exists(folder / "again.toml"));
  CHECK_THAT(refusal_of(run_calibrate, with("again.toml", {"--seed", "2"})), Catch::Contains("another calibration"));
  CHECK(captured(run_calibrate, with("again.toml", {"--threads", "2"})).code == 0);
  CHECK(bytes(folder / "again.toml") == bytes(folder / "one.toml"));
}

TEST_CASE("what is identified can be asked alone, and recovery tested", "[calibrate]") {
  const Folder folder;
  const Output o = captured(run_calibrate, small(folder / "information.toml", {"--identify"}));
  CHECK_THAT(o.out, Catch::Contains("information") && Catch::Contains("0 draw(s)"));
  const Output recovery = captured(
      run_calibrate,
      small(folder / "recovery.txt", {"--recover", "2", "--points", "12", "--particles", "10", "--generations", "1"}));
  CHECK_THAT(recovery.out, Catch::Contains("ranks of the true values, in tenths"));
  CHECK(bytes(folder / "recovery.txt") == recovery.out);
}

TEST_CASE("calibrate names what is wrong with its arguments", "[calibrate]") {
  const Folder folder;
  const std::string output = folder / "posterior.toml";
  CHECK_THAT(refusal_of(run_calibrate, {scenario(5), "-o", output}), Catch::Contains("--plan"));
  CHECK_THAT(refusal_of(run_calibrate, {scenario(5), "--plan", plan}), Catch::Contains("-o posterior.toml"));
  CHECK_THAT(
      refusal_of(run_calibrate, {scenario(5), "--plan", folder / "none.toml", "-o", output}, ExitCode::environment),
      Catch::Contains("cannot read"));
  CHECK_THAT(refusal_of(run_calibrate, small(output, {"--free", "migration.home_premum"})),
             Catch::Contains("did you mean 'migration.home_premium'?"));
  CHECK_THAT(refusal_of(run_calibrate, small(output, {"--quick", "--identify"})), Catch::Contains("only one"));
  CHECK_THAT(
      refusal_of(run_calibrate, {LUOHU_SOURCE_DIR "/scenarios/hunan/baseline.toml", "--plan", plan, "-o", output},
                 ExitCode::input),
      Catch::Contains("targets-2035.csv"));
}
