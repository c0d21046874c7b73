// The program from the outside: real tables, real files, small scale.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/results/reader.hpp"
#include "support/folder.hpp"
#include "support/program.hpp"

using namespace luohu;
using namespace luohu::testing;
namespace fs = std::filesystem;

namespace {

const std::string baseline = LUOHU_SOURCE_DIR "/scenarios/hunan/baseline.toml";
const std::string both = LUOHU_SOURCE_DIR "/scenarios/hunan/measures-01-02.toml";

Result shell(const std::string& command) {
  return run_in_shell(command, Heard::both);
}

Result luohu_run(const std::string& arguments) {
  return shell(std::string{LUOHU_EXECUTABLE} + " run --progress none " + arguments);
}

std::string bytes(const std::string& path) {
  return read_file(path).value();
}

std::vector<std::int64_t> counts(const ResultsFile& file, const std::string& variable, std::size_t scenario) {
  return std::get<std::vector<std::int64_t>>(file.read(variable, scenario, 0, 0));
}

/// Whether it can be read now, and holds a replicate: the run may just have locked it.
bool has_first_replicate(const std::string& path) {
  try {
    return ResultsFile{path}.has(0, 0, 0);
  } catch (const Error&) {
    return false;
  }
}

std::size_t years_of(const ResultsFile& file) {
  return static_cast<std::size_t>(file.experiment().last_year - file.experiment().first_year + 1);
}

}  // namespace

TEST_CASE("a run writes a file from which the balance can be recomputed", "[run]") {
  const Folder folder;
  const std::string path = folder / "new/folder/out.h5";
  const Result run = luohu_run(baseline + " " + both + " --scale 1:500 -o " + path);
  INFO(run.text);
  REQUIRE(run.code == 0);
  CHECK_THAT(run.text, Catch::Contains("measures-01-02: ") && Catch::Contains("vs baseline") &&
                           Catch::Contains("registered urbanisation") && Catch::Contains("agent-years"));
  CHECK(fs::exists(folder / "new/folder/out.run.json"));
  CHECK_FALSE(fs::exists(path + ".part"));

  const ResultsFile file{path};
  REQUIRE(file.complete());
  const std::size_t years = years_of(file);
  for (std::size_t s = 0; s < 2; ++s) {
    const auto population = counts(file, "population", s);
    const auto births = counts(file, "births", s), deaths = counts(file, "deaths", s);
    const auto in = counts(file, "inflow", s), out = counts(file, "outflow", s),
               moved = counts(file, "reclassified", s);
    const auto stored = counts(file, "balance_residual", s);
    const std::size_t cells = births.size() / years;              // place × zone × sex
    const std::size_t inner = population.size() / births.size();  // age × registration
    const auto residents = [&](std::size_t year, std::size_t cell) {
      const auto first = population.begin() + static_cast<std::ptrdiff_t>((year * cells + cell) * inner);
      return std::accumulate(first, first + static_cast<std::ptrdiff_t>(inner), std::int64_t{0});
    };
    std::int64_t seen = 0;
    for (std::size_t y = 1; y < years; ++y) {
      for (std::size_t c = 0; c < cells; ++c) {
        const std::size_t i = y * cells + c;
        CHECK(residents(y - 1, c) + births[i] - deaths[i] + in[i] - out[i] + moved[i] == residents(y, c));
        CHECK(stored[i] == 0);
        seen += births[i] + deaths[i] + in[i] + out[i] + std::abs(moved[i]);
      }
    }
    CHECK(seen > 0);
  }
}

TEST_CASE("the same run gives the same bytes, for any number of threads and with screening off", "[run]") {
  const Folder folder;
  const std::string common = baseline + " --scale 1:300 --replicates 2 --seed 7 --set last_year=2026 -o ";
  REQUIRE(luohu_run(common + (folder / "1.h5") + " --threads 1").code == 0);
  const std::string reference = bytes(folder / "1.h5");
  for (const std::string option : {"--threads 1", "--threads 2", "--threads 4", "--threads 3 --screening off"}) {
    INFO(option);
    REQUIRE(luohu_run(common + (folder / "2.h5") + " --force " + option).code == 0);
    CHECK(bytes(folder / "2.h5") == reference);
  }
  REQUIRE(luohu_run(baseline + " --scale 1:300 --replicates 2 --seed 8 --set last_year=2026 --force -o " +
                    (folder / "2.h5"))
              .code == 0);
  CHECK(bytes(folder / "2.h5") != reference);
}

TEST_CASE("a policy changes nothing before it starts, and nothing at all if it starts after the horizon", "[run]") {
  const Folder folder;
  const auto write = [&](const std::string& name, const std::string& start) {
    std::ofstream{folder / name}
        << "id = \"" << name.substr(0, name.find('.')) << "\"\nextends = \"" << baseline
        << "\"\ntitle = { zh = \"测试\", en = \"Test\" }\n[[measure]]\nid = \"open\"\n"
        << "title = { zh = \"测试\", en = \"Test\" }\nlever = \"registration.habitual_route\"\n"
        << "place = \"all\"\nstart = " << start << "\nvalue = 1\n"
        << "source = { tag = \"assumption\", note = \"test\" }\n";
    return folder / name;
  };
  const std::string late = write("late.toml", "2028");
  const std::string path = folder / "out.h5";
  const Result run = luohu_run(baseline + " " + late + " --scale 1:300 --set last_year=2030 -o " + path);
  INFO(run.text);
  REQUIRE(run.code == 0);

  const ResultsFile file{path};
  const std::size_t years = years_of(file);
  const auto same_years = [&](const auto& a, const auto& b) {
    const std::size_t width = a.size() / years;
    std::size_t same = 0;
    while (same < years && std::equal(a.begin() + static_cast<std::ptrdiff_t>(same * width),
                                      a.begin() + static_cast<std::ptrdiff_t>((same + 1) * width),
                                      b.begin() + static_cast<std::ptrdiff_t>(same * width))) {
      ++same;
    }
    return same;
  };
  for (const Variable& variable : file.experiment().layout.variables) {
    INFO(variable.name);
    const Values a = file.read(variable.name, 0, 0, 0);
    const Values b = file.read(variable.name, 1, 0, 0);
    const std::size_t same = std::visit(
        [&](const auto& values) { return same_years(values, std::get<std::decay_t<decltype(values)>>(b)); }, a);
    CHECK(same >= 8);  // 2020 to 2027
    if (variable.name == "person_digest" || variable.name == "settled") CHECK(same == 8);
  }

  // A shorter horizon: the same scenario does nothing.
  REQUIRE(luohu_run(baseline + " " + late + " --scale 1:300 --set last_year=2026 --force -o " + path).code == 0);
  const ResultsFile before{path};
  for (const Variable& variable : before.experiment().layout.variables) {
    INFO(variable.name);
    CHECK(before.read(variable.name, 0, 0, 0) == before.read(variable.name, 1, 0, 0));
  }
}

TEST_CASE("what cannot be run is refused with a reason and leaves no file", "[run]") {
  const Folder folder;
  const std::string path = folder / "out.h5";
  struct Case {
    std::string arguments;
    int code;
    std::string says;
  };
  const std::vector<Case> cases{
      {baseline, 2, "-o FILE.h5"},
      {"-o " + path, 2, "scenario"},
      {baseline + " -o " + path + " --scale 1:0", 2, "--scale 1:0: expected 1:N"},
      {baseline + " -o " + path + " --scale 100", 2, "--scale 100: expected 1:N"},
      {baseline + " -o " + path + " --replicates 0", 2, "replicates"},
      {baseline + " -o " + path + " --seed -5", 2, "seed"},
      {baseline + " -o " + path + " --threads many", 2, "threads"},
      {baseline + " -o " + path + " --frobnicate", 2, "frobnicate"},
      {baseline + " -o " + path + " --set last_year=2019", 2, "2019"},
      {baseline + " -o " + path + " --set nonsense", 2, "KEY=VALUE"},
      {baseline + " -o " + path + " --set migration.push_exponent=7", 2, "push_exponent"},
      {baseline + " " + baseline + " -o " + path, 2, "both have the id 'baseline'"},
      {baseline + " -o " + path + " --baseline other", 2, "no scenario has this id"},
      {(folder / "missing.toml") + " -o " + path, 4, "missing.toml"},
      {baseline + " --scale 1:1000 -o /proc/nowhere/out.h5", 4, "/proc/nowhere"},
      {baseline + " --scale 1:1000 -o " + folder.path.string(), 4, folder.path.string()},
  };
  for (const Case& c : cases) {
    INFO(c.arguments);
    const Result run = luohu_run(c.arguments);
    INFO(run.text);
    CHECK(run.code == c.code);
    CHECK_THAT(run.text, Catch::Contains(c.says));
    CHECK_FALSE(fs::exists(path));
  }
}

TEST_CASE("an existing file is kept unless --force is given", "[run]") {
  const Folder folder;
  const std::string path = folder / "out.h5";
  const std::string arguments = baseline + " --scale 1:2000 --set last_year=2021 -o " + path;
  REQUIRE(luohu_run(arguments).code == 0);
  const std::string first = bytes(path);
  const Result again = luohu_run(arguments + " --seed 9");
  CHECK(again.code == 2);
  CHECK_THAT(again.text, Catch::Contains("--force"));
  CHECK(bytes(path) == first);
  CHECK(luohu_run(arguments + " --seed 9 --force").code == 0);
  CHECK(bytes(path) != first);
}

TEST_CASE("a dry run says what would be run and writes nothing", "[run]") {
  const Folder folder;
  const Result run = luohu_run(baseline + " " + both + " --scale 1:100 --dry-run -o " + (folder / "out.h5"));
  CHECK(run.code == 0);
  CHECK_THAT(run.text, Catch::Contains("2 scenario(s) x 1 replicate(s), 2020-2035, scale 1:100"));
  CHECK(fs::is_empty(folder.path));
}

TEST_CASE("a file beside the results that is not of them is not replaced", "[run]") {
  const Folder folder;
  const std::string sidecar = folder / "out.run.json";
  const std::string arguments = baseline + " --scale 1:2000 --set last_year=2021 -o ";
  std::ofstream{sidecar} << "mine";
  const Result refused = luohu_run(arguments + (folder / "out.h5"));
  CHECK(refused.code == 2);
  CHECK_THAT(refused.text, Catch::Contains("out.run.json exists and is not of out.h5; pass --force"));
  CHECK(bytes(sidecar) == "mine");
  CHECK(luohu_run(arguments + (folder / "out.h5") + " --force").code == 0);
  CHECK(luohu_run(arguments + (folder / "out.hdf")).code == 2);
  fs::remove(folder / "out.h5");
  CHECK(luohu_run(arguments + (folder / "out.h5")).code == 0);
}

TEST_CASE("Ctrl-C at the first moment leaves nothing", "[run]") {
  const Folder folder;
  const std::string path = folder / "out.h5";
  Program run{{LUOHU_EXECUTABLE, "run", baseline, "--scale", "1:20", "--progress", "none", "-o", path}, folder / "log"};
  run.wait_for(path + ".lock");
  run.signal(SIGINT);
  CHECK(run.wait() == 130);
  CHECK(run.output() == "luohu: interrupted before anything was finished\n");
  fs::remove(folder / "log");
  CHECK(fs::is_empty(folder.path));
}

TEST_CASE("Ctrl-C, or a closed terminal, ends between two years, keeps finished replicates and leaves no final file",
          "[run]") {
  const Folder folder;
  const std::string path = folder / "out.h5";
  const int signal = GENERATE(SIGINT, SIGHUP);
  Program run{{LUOHU_EXECUTABLE, "run", baseline, "--scale", "1:1000", "--replicates", "5000", "--progress", "none",
               "-o", path},
              folder / "log"};
  run.wait_for(path + ".part");
  for (int tries = 0; tries < 3000 && !has_first_replicate(path + ".part"); ++tries) ::usleep(20'000);
  run.signal(signal);
  CHECK(run.wait() == 130);
  INFO(run.output());
  CHECK_THAT(run.output(), Catch::Contains("interrupted; finished replicates are kept in") && Catch::Contains(".part"));
  CHECK_FALSE(fs::exists(path));
  const ResultsFile part{path + ".part"};
  CHECK_FALSE(part.complete());
  const auto births = counts(part, "births", 0);
  CHECK(std::ranges::all_of(births, [](std::int64_t count) { return count >= 0; }));  // an unwritten part reads -1
}

TEST_CASE("a run says first what it is about to do and how much memory that takes", "[run]") {
  const Folder folder;
  const Result run =
      shell(std::string{LUOHU_EXECUTABLE} + " run " + baseline + " --scale 1:2000 --set last_year=2021 " +
            "--progress log -o " + (folder / "out.h5") + " 2>&1 >/dev/null");
  CHECK(run.code == 0);
  CHECK_THAT(run.text,
             Catch::StartsWith("1 scenario(s) x 1 replicate(s), 2020-2021, scale 1:2000, 0.04 M agents, about "));
}

TEST_CASE("progress is for people or programs, on stderr", "[run]") {
  const Folder folder;
  const std::string arguments = baseline + " --scale 1:2000 --set last_year=2023 --force -o " + (folder / "out.h5");
  const std::string program = std::string{LUOHU_EXECUTABLE} + " run " + arguments;
  const Result json = shell(program + " --progress json 2>&1 >/dev/null | head -1");
  CHECK_THAT(json.text, Catch::StartsWith("{\"done\":0,\"steps\":3,\"what\":\"baseline replicate 0 year 2021\""));
  const Result out = shell(program + " --progress none 2>/dev/null");
  CHECK_THAT(out.text, Catch::StartsWith("baseline: "));
}
