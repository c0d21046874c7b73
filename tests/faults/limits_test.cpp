// Limits of the system on one process or user, and files that other programs hold.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "faults/faults.hpp"
#include "luohu/core/text.hpp"
#include "support/folder.hpp"

using namespace luohu;
using namespace luohu::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = LUOHU_EXECUTABLE " ";

/// Everybody may write there.
void open_to_all(const fs::path& folder) {
  fs::permissions(folder, fs::perms::all);
}

/// Commands that read results, and write what they make into `target`.
std::vector<std::string> commands(const std::string& results, const std::string& target) {
  return {run(target + "/out.h5", " --force"),
          program + "extend " + target + "/grown.h5 --replicates 3 --threads 1 --progress none --force",
          program + "info " + results,
          program + "compare " + results,
          program + "export " + results + " --force -o " + target + "/out.csv",
          program + "report " + results + " --force -o " + target + "/out.html"};
}

/// The same results once more, with the file beside them.
void copy_results(const std::string& from, const std::string& to) {
  for (const char* suffix : {".h5", ".run.json"}) {
    fs::copy_file(from + suffix, to + suffix, fs::copy_options::overwrite_existing);
  }
}

}  // namespace

TEST_CASE("a limit on the address space is told by every command", "[limits]") {
  const Folder folder;
  const std::string results = folder / "results.h5", target = folder / "target";
  REQUIRE(shell(run(results)).code == 0);
  fs::create_directories(target);
  int refused = 0;
  for (int mebibytes = 20; mebibytes <= 80; mebibytes += 2) {
    for (const std::string& command : commands(results, target)) {
      copy_results(folder / "results", target + "/grown");
      const Result result = shell("prlimit --as=" + std::to_string(mebibytes << 20) + " " + command);
      INFO(mebibytes << " MiB: " << command << ": " << result.text);
      if (result.text.find("error while loading shared libraries") != std::string::npos) continue;
      CHECK((result.code == 0 || result.code == 4));
      if (result.code == 4) check_message(result), ++refused;
    }
  }
  WARN(refused << " commands refused");
  CHECK(refused > 20);
}

TEST_CASE("more memory than there is is refused before anything is allocated", "[limits]") {
  const Folder folder;
  const Result result = shell("ulimit -v 1000000; " + program +
                              "run " LUOHU_SOURCE_DIR "/scenarios/hunan/baseline.toml -o " + (folder / "out.h5"));
  INFO(result.text);
  CHECK(result.code == 4);
  CHECK_THAT(result.text,
             Catch::Contains("needs about") && Catch::Contains("MiB of memory") && Catch::Contains("--scale"));
  CHECK(fs::is_empty(folder.path));
}

TEST_CASE("threads, and copies of the process, that a user may not have are told", "[limits]") {
  if (::geteuid() != 0) {
    WARN("skipped: only root can take on a user who has no other processes");
    return;
  }
  const Folder folder;
  const std::string results = folder / "results.h5", target = folder / "target", copy = folder / "luohu";
  REQUIRE(shell(run(results)).code == 0);
  fs::create_directories(target);
  open_to_all(target);
  fs::copy_file(LUOHU_EXECUTABLE, copy);
  fs::copy(fixtures, folder / "small", fs::copy_options::recursive);
  for (int processes = 1; processes <= 6; ++processes) {
    const std::string as_other =
        "setpriv --reuid 54321 --clear-groups prlimit --nproc=" + std::to_string(processes) + " " + copy + " ";
    const Result many = shell(as_other + "run " + (folder / "small/baseline.toml") +
                              " --threads 4 --progress none --force -o " + target + "/out.h5");
    INFO(processes << " processes: " << many.text);
    CHECK(many.code == (processes < 4 ? 4 : 0));
    if (many.code == 4) {
      CHECK(many.text ==
            "luohu: cannot start 4 threads, only " + std::to_string(processes) + "; use fewer --threads\n");
    }
    const Result reading = shell(as_other + "info " + results);
    INFO(reading.text);
    CHECK(reading.code == (processes < 2 ? 4 : 0));
    if (reading.code == 4) check_message(reading);
  }
}

TEST_CASE("a file that another program holds is told, and left to it", "[limits]") {
  const Folder folder;
  const std::string out = folder / "out.h5";
  REQUIRE(shell(run(out)).code == 0);
  const std::string before = read_file(out).value();
  const auto held = [](const std::string& how, const std::string& file, const std::string& command) {
    return shell("flock " + how + " " + file + " " + command);
  };
  const auto told = [](const Result& result, const std::string& words) {
    INFO(result.text);
    CHECK(result.code == 4);
    check_message(result);
    CHECK_THAT(result.text, Catch::Contains(words));
  };
  for (const char* command : {"info ", "compare ", "export "}) {
    told(held("-x", out, program + command + out), "is being written by a run; wait until it has ended");
    CHECK(held("-s", out, program + command + out + " >/dev/null").code == 0);
  }
  std::ofstream{folder / "new.h5.part"} << "of the other run";
  for (const char* locks : {"", "env HDF5_USE_FILE_LOCKING=FALSE "}) {
    told(held("-x", out + ".lock", locks + run(out, " --force")), "another run is writing out.h5; choose another -o");
    told(held("-x", folder / "new.h5.lock", locks + run(folder / "new.h5")), "another run is writing new.h5");
  }
  CHECK((read_file(out).value() == before));
  // Who reads the old results goes on reading them.
  CHECK(held("-s", out, run(out, " --force")).code == 0);
  CHECK((read_file(out).value() == before));
}

TEST_CASE("a pipe for a results file is refused, not waited for", "[limits]") {
  const Folder folder;
  const std::string pipe = folder / "pipe.h5";
  REQUIRE(shell("mkfifo " + pipe).code == 0);
  for (const char* command : {"info ", "compare ", "export ", "extend "}) {
    const Result result = shell("timeout 30 " + program + command + pipe);
    INFO(command << result.text);
    CHECK(result.code == (std::string{command} == "extend " ? 2 : 4));
  }
}

TEST_CASE("results that are read while a run goes on do not stop it", "[limits]") {
  const Folder folder;
  const std::string out = folder / "out.h5", part = out + ".part";
  REQUIRE(shell(run(folder / "whole.h5", "", 8)).code == 0);
  // Whatever is the .part for a moment is opened and held for a second.
  const std::string reader = "timeout 60 sh -c 'while [ ! -e " + out + " ]; do { flock -s 9; sleep 1; } 9<" + part +
                             " & sleep 0.02; done' 2>/dev/null";
  const Result result = shell(reader + " & " + run(out, "", 8));
  INFO(result.text);
  CHECK(result.code == 0);
  CHECK((read_file(out).value() == read_file(folder / "whole.h5").value()));
}

TEST_CASE("a reader who locks a file at whatever moment does not stop a run, once there is a replicate", "[limits]") {
  const Folder folder;
  const auto held = [](int attempt, const std::string& out) {
    return shell("env LD_PRELOAD=" FAULT_SHIM " FAULT_HELD_AT=" + std::to_string(attempt) + " " + run(out, " --force"));
  };
  REQUIRE(held(0, folder / "whole.h5").code == 0);
  const std::string whole = read_file(folder / "whole.h5").value();
  // The first three are of a file that nobody else can know yet: .lock, and .part until its first replicate. The four
  // replicates lock six times: to ask who has the copy, and to write to it. Then come two of the final file; there is
  // no twelfth.
  for (int attempt = 1; attempt <= 12; ++attempt) {
    const std::string out = folder / (std::to_string(attempt) + "/out.h5");
    const Result result = held(attempt, out);
    INFO(attempt << ": " << result.text);
    const bool in_between = 4 <= attempt && attempt <= 9;
    CHECK(result.code == (in_between || attempt == 12 ? 0 : 4));
    if (result.code == 4) {
      check_message(result);
      CHECK_FALSE(fs::exists(out));
    } else {
      CHECK((read_file(out).value() == whole));
    }
  }
}
