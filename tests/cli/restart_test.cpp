// Runs that were interrupted and gone on with, files that were extended, and runs that go on until enough is known: all
// to the bytes of one uninterrupted run.

#include <catch2/catch.hpp>
#include <filesystem>

#include "luohu/core/error.hpp"
#include "luohu/results/reader.hpp"
#include "support/folder.hpp"
#include "support/program.hpp"

using namespace luohu;
using namespace luohu::testing;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

const std::string scenarios = LUOHU_SOURCE_DIR "/scenarios/hunan/";

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// Two scenarios of Hunan, a few years.
Words two() {
  return {scenarios + "baseline.toml",
          scenarios + "full.toml",
          "--scale",
          "1:2000",
          "--progress",
          "none",
          "--set",
          "last_year=2026"};
}

Words writing(const std::string& path) {
  return {"-o", path};
}

struct Ran {
  int code = 0;
  std::string said;  ///< stdout and stderr
};

/// The program itself throughout: its version is in every file.
Ran ran(const std::string& command, const Words& words) {
  const Folder folder{"program"};
  Program program{Words{LUOHU_EXECUTABLE, command} + words, folder / "log"};
  const int code = program.wait();
  return {code, program.output()};
}

std::string refusal(const std::string& command, const Words& words, ExitCode code) {
  const Ran refused = ran(command, words);
  CHECK(refused.code == static_cast<int>(code));
  return refused.said;
}

/// Starts the run, with a checkpoint every year, and ends it by `signal` once there is one. Returns its exit code.
int interrupted(const Words& words, const std::string& path, int signal, const Folder& folder) {
  Program program{Words{LUOHU_EXECUTABLE, "run"} + words + writing(path) + Words{"--checkpoint-every", "1year"},
                  folder / "log"};
  program.wait_for(path + ".checkpoint");
  program.signal(signal);
  return program.wait();
}

Words names_in(const fs::path& folder) {
  Words names;
  for (const auto& entry : fs::directory_iterator{folder}) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

}  // namespace

TEST_CASE("a run that was killed or stopped and gone on with gives the same bytes", "[run][restart]") {
  const Folder folder;
  const Words run = two() + Words{"--replicates", "3"};
  const std::string reference = folder / "reference.h5", path = folder / "out.h5";
  REQUIRE(ran("run", run + writing(reference)).code == 0);
  int stopped = 0;
  for (const int signal : {SIGKILL, SIGTERM, SIGINT}) {
    INFO("signal " << signal);
    const int code = interrupted(run, path, signal, folder);
    CHECK(code == (signal == SIGKILL ? 128 + SIGKILL : 130));
    CHECK_FALSE(fs::exists(path));
    CHECK_FALSE(ResultsFile{path + ".part"}.complete());
    stopped += fs::exists(path + ".checkpoint") ? 1 : 0;
    if (signal != SIGKILL) CHECK_THAT(bytes_of(folder / "log"), Catch::Contains("--resume goes on from there"));
    const Ran resumed = ran("run", run + writing(path) + Words{"--resume", "--threads", "3"});
    CHECK(resumed.code == 0);
    CHECK_THAT(resumed.said, Catch::Contains("resuming: "));
    CHECK((bytes_of(path) == bytes_of(reference)));
    CHECK(names_in(folder.path) == Words{"log", "out.h5", "out.run.json", "reference.h5", "reference.run.json"});
    fs::remove(path);
  }
  CHECK(stopped > 0);
}

TEST_CASE("a damaged checkpoint is said and the one before is used; without any the replicate begins anew",
          "[run][restart]") {
  const Folder folder;
  const std::string reference = folder / "reference.h5", path = folder / "out.h5";
  REQUIRE(ran("run", two() + writing(reference)).code == 0);
  REQUIRE(interrupted(two(), path, SIGTERM, folder) == 130);
  REQUIRE(fs::exists(path + ".checkpoint"));
  // Two whole ones, whatever the moment at which the run was stopped.
  if (!fs::exists(path + ".checkpoint.before")) fs::copy(path + ".checkpoint", path + ".checkpoint.before");
  const auto copy = [&](const std::string& to) {
    for (const char* suffix : {".part", ".checkpoint", ".checkpoint.before"}) fs::copy(path + suffix, to + suffix);
  };
  const auto damage = [](const std::string& file) { std::ofstream{file, std::ios::app} << "more"; };
  const auto resumed = [&](const std::string& of) {
    const Ran run = ran("run", two() + writing(of) + Words{"--resume"});
    CHECK((bytes_of(of) == bytes_of(reference)));
    return run.said;
  };
  copy(folder / "one.h5"), copy(folder / "two.h5"), copy(folder / "none.h5");
  damage(folder / "one.h5.checkpoint");
  CHECK_THAT(resumed(folder / "one.h5"),
             Catch::Contains("one.h5.checkpoint is not used: ") && Catch::Contains("goes on after"));
  damage(folder / "two.h5.checkpoint"), damage(folder / "two.h5.checkpoint.before");
  CHECK_THAT(resumed(folder / "two.h5"),
             Catch::Contains("two.h5.checkpoint.before is not used: ") && Catch::Contains("begins anew"));
  fs::remove(folder / "none.h5.checkpoint"), fs::remove(folder / "none.h5.checkpoint.before");
  CHECK_THAT(resumed(folder / "none.h5"), Catch::Contains("begins anew, for there is no checkpoint of it"));
}

TEST_CASE("what is of another experiment is not gone on with, and the difference is named", "[run][restart]") {
  const Folder folder;
  const std::string path = folder / "out.h5";
  REQUIRE(interrupted(two(), path, SIGTERM, folder) == 130);
  const auto refused = [&](const Words& words) {
    return refusal("run", words + writing(path) + Words{"--resume"}, ExitCode::usage);
  };
  const auto with = [](const std::string& option, const std::string& value) {
    Words words = two();
    const auto found = std::ranges::find(words, option);
    if (found == words.end()) return words + Words{option, value};
    *(found + 1) = value;
    return words;
  };
  const auto says = [&](const Words& words, const std::string& difference) {
    CHECK_THAT(refused(words), Catch::Contains("of another experiment") && Catch::Contains(difference));
  };
  says(with("--seed", "2"), "seed: 1 there, 2 here");
  says(with("--scale", "1:3000"), "scale: 1:2000 there, 1:3000 here");
  says(with("--replicates", "2"), "replicates: 1 there, 2 here");
  says(with("--set", "last_year=2027"), "last year: 2026 there, 2027 here");
  says(with("--baseline", "full"), "baseline: baseline there, full here");
  says(two() + Words{"--set", "migration.mobility_level=1.5"}, "scenario 'baseline': migration.mobility_level");
  says(two() + Words{"--feedbacks", "off"}, "networks = true there, networks = false here");
  Words one = two();
  one.erase(one.begin() + 1);
  says(one, "scenarios: baseline, full there, baseline here");

  fs::create_directories(folder / "hunan");
  fs::copy(scenarios, folder / "hunan", fs::copy_options::recursive);
  std::ofstream{folder / "hunan/census-2020/mortality.csv", std::ios::app} << "\n";
  Words elsewhere = two();
  elsewhere[0] = folder / "hunan/baseline.toml", elsewhere[1] = folder / "hunan/full.toml";
  says(elsewhere, "table mortality.csv: SHA-256");

  CHECK_THAT(refusal("run", two() + writing(path), ExitCode::usage), Catch::Contains("pass --resume to go on with it"));
  CHECK_THAT(refusal("run", two() + writing(folder / "other.h5") + Words{"--resume"}, ExitCode::usage),
             Catch::Contains("there is no ") && Catch::Contains("other.h5.part"));
  std::ofstream{folder / "bad.h5.part"} << "not HDF5";
  CHECK_THAT(refusal("run", two() + writing(folder / "bad.h5") + Words{"--resume"}, ExitCode::environment),
             Catch::Contains("bad.h5.part"));
}

TEST_CASE("an expectation goes on by whole replicates and has no checkpoints", "[run][restart][expectation]") {
  CHECK_THAT(
      refusal("run", two() + writing("x.h5") + Words{"--expectation", "--checkpoint-every", "1year"}, ExitCode::usage),
      Catch::Contains("keeps whole replicates only"));
  CHECK_THAT(refusal("run", two() + writing("x.h5") + Words{"--checkpoint-every", "often"}, ExitCode::usage),
             Catch::Contains("must be auto, never, or a length such as 2years or 10min"));
  for (const std::string wrong : {"0min", "-1h", "1.5years", "min", "10", "1e9h"}) {
    CHECK_THAT(refusal("run", two() + writing("x.h5") + Words{"--checkpoint-every", wrong}, ExitCode::usage),
               Catch::Contains("--checkpoint-every is '" + wrong));
  }
}

TEST_CASE("an extended file has the bytes of one run with as many replicates", "[extend]") {
  const Folder folder;
  const std::string path = folder / "out.h5", whole = folder / "whole.h5";
  REQUIRE(ran("run", two() + writing(path) + Words{"--replicates", "2"}).code == 0);
  REQUIRE(ran("run", two() + writing(whole) + Words{"--replicates", "4"}).code == 0);
  fs::copy(path, folder / "bare.h5");
  REQUIRE(ran("extend", {path, "--replicates", "4", "--threads", "3", "--progress", "none"}).code == 0);
  CHECK((bytes_of(path) == bytes_of(whole)));

  const auto refused = [](const Words& words) { return refusal("extend", words, ExitCode::usage); };
  CHECK_THAT(refused({path, "--replicates", "4"}), Catch::Contains("has 4 replicates already"));
  CHECK_THAT(refused({path}), Catch::Contains("--replicates N"));
  const std::string bare = folder / "bare.h5";
  CHECK_THAT(refused({bare, "--replicates", "4"}),
             Catch::Contains("bare.run.json does not say") && Catch::Contains("--tables"));
  fs::create_directories(folder / "tables");
  fs::copy(scenarios + "census-2020", folder / "tables", fs::copy_options::recursive);
  REQUIRE(ran("extend", {bare, "--replicates", "3", "--tables", folder / "tables", "--progress", "none"}).code == 0);
  CHECK(ResultsFile{bare}.experiment().replicates == 3);
  std::ofstream{folder / "tables/fertility.csv", std::ios::app} << "\n";
  CHECK_THAT(refused({bare, "--replicates", "4", "--tables", folder / "tables"}),
             Catch::Contains("cannot be extended") && Catch::Contains("table fertility.csv: SHA-256"));
  CHECK(ResultsFile{bare}.experiment().replicates == 3);
}

TEST_CASE("an extension that was killed goes on, and the old file stays until the new one is complete",
          "[extend][restart]") {
  const Folder folder;
  const std::string path = folder / "out.h5", whole = folder / "whole.h5";
  REQUIRE(ran("run", two() + writing(path)).code == 0);
  REQUIRE(ran("run", two() + writing(whole) + Words{"--replicates", "3"}).code == 0);
  const std::string old = bytes_of(path);
  const Words extend{path, "--replicates", "3", "--progress", "none"};
  {
    Program program{Words{LUOHU_EXECUTABLE, "extend"} + extend + Words{"--checkpoint-every", "1year"}, folder / "log"};
    program.wait_for(path + ".checkpoint");
    program.signal(SIGKILL);
    REQUIRE(program.wait() == 128 + SIGKILL);
  }
  CHECK((bytes_of(path) == old));
  CHECK_THAT(refusal("extend", extend, ExitCode::usage), Catch::Contains("pass --resume to go on with it"));
  REQUIRE(ran("extend", extend + Words{"--resume"}).code == 0);
  CHECK((bytes_of(path) == bytes_of(whole)));
  CHECK_FALSE(fs::exists(path + ".part"));
}

TEST_CASE("a run goes on until enough is known, to the bytes of one with as many replicates", "[run][until]") {
  const Folder folder;
  const std::string path = folder / "out.h5", whole = folder / "whole.h5";
  // Known at once: the fewest replicates.
  const Ran easy = ran("run", two() + writing(path) + Words{"--until", "CI(residents, 2026) < 5%"});
  CHECK(easy.code == 0);
  CHECK_THAT(easy.said, Catch::Contains("full is known") && Catch::Contains("after 10 replicates"));
  CHECK(ResultsFile{path}.experiment().replicates == 10);
  REQUIRE(ran("run", two() + writing(whole) + Words{"--replicates", "10"}).code == 0);
  CHECK((bytes_of(path) == bytes_of(whole)));
  // Never known: the most, said and told by the exit code.
  const Ran hard = ran("run", two() + writing(path) +
                                  Words{"--force", "--until", "CI(residents, 2026) < 5%", "--until",
                                        "CI(residents@430100, 2026) < 0.001", "--most-replicates", "11"});
  CHECK(hard.code == static_cast<int>(ExitCode::threshold));
  CHECK_THAT(hard.said, Catch::Contains("is not known well enough") && Catch::Contains("after 11 replicates"));
  REQUIRE(ran("extend", {whole, "--replicates", "11", "--progress", "none"}).code == 0);
  CHECK((bytes_of(path) == bytes_of(whole)));
}

TEST_CASE("what --until cannot mean is refused with what it may mean", "[run][until]") {
  const auto refused = [](const std::string& condition) {
    return refusal("run", two() + writing("/nowhere/x.h5") + Words{"--until", condition}, ExitCode::usage);
  };
  const std::string form = "expected CI(INDICATOR[@PLACE], YEAR) < NUMBER[pp|%]";
  for (const std::string wrong :
       {"", "residents < 1", "CI(residents) < 1", "CI(residents, 2026, x) < 1", "CI residents, 2026 < 1",
        "CI(, 2026) < 1", "CI(residents, soon) < 1", "half(residents, 2026) < 1"}) {
    CHECK_THAT(refused(wrong), Catch::Contains("--until '" + wrong + "'") && Catch::Contains(form));
  }
  CHECK_THAT(refused("CI(residents, 2026) > 1"), Catch::Contains("only < makes sense"));
  CHECK_THAT(refused("CI(resident, 2026) < 1"), Catch::Contains("did you mean 'residents'?"));
  CHECK_THAT(refused("CI(residents, 2027) < 1"), Catch::Contains("the run has the years 2020 to 2026"));
  CHECK_THAT(refused("CI(residents@Changsa, 2026) < 1"), Catch::Contains("did you mean 'Changsha'?"));
  CHECK_THAT(refused("CI(residents, 2026) < 1pp"), Catch::Contains("not in percent"));
  CHECK_THAT(refused("CI(urbanisation, 2026) < 1%"), Catch::Contains("write pp for percentage points"));
  CHECK_THAT(refused("CI(residents, 2026) < 1 households"), Catch::Contains("no unit of residents"));
  CHECK_THAT(refused("CI(residents, 2026) < many"), Catch::Contains("'many' is not a number"));
  CHECK_THAT(refused("CI(residents, 2026) < 0"), Catch::Contains("is never reached"));
  CHECK_THAT(refusal("run", two() + Words{"-o", "x.h5", "--replicates", "3", "--until", "CI(residents, 2026) < 1"},
                     ExitCode::usage),
             Catch::Contains("--most-replicates"));
  CHECK_THAT(refusal("run", two() + Words{"-o", "x.h5", "--most-replicates", "30"}, ExitCode::usage),
             Catch::Contains("is for --until"));
  CHECK_THAT(refusal("run", two() + Words{"-o", "x.h5", "--most-replicates", "9", "--until", "CI(residents, 2026) < 1"},
                     ExitCode::usage),
             Catch::Contains("from 10 to"));
}
