// A disk that fills up, and memory that runs out, at every point of a run: the calls that change files, and the large
// allocations, are counted by shim.c, and one after another is made to fail.
// FAULTS_STEP=1 tries every point; without it every 17th, and the first and the last ones.

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "faults/faults.hpp"
#include "luohu/core/text.hpp"
#include "support/folder.hpp"

using namespace luohu;
using namespace luohu::testing;
namespace fs = std::filesystem;

namespace {

Result with_faults(const std::string& faults, const std::string& command) {
  return shell("env LD_PRELOAD=" FAULT_SHIM " " + faults + " " + command);
}

struct Undisturbed {
  std::string bytes;
  long calls = 0;        ///< that change files
  long allocations = 0;  ///< of at least 64 KiB
  std::vector<std::string> log;
};

/// The same run without a fault: its results, and how many points can fail.
Undisturbed undisturbed(const Folder& folder, const std::string& output) {
  const std::string log = folder / "log";
  const Result result = with_faults("FAULT_MALLOC_AT=1000000000 FAULT_LOG=" + log, run(output));
  INFO(result.text);
  REQUIRE(result.code == 0);
  Undisturbed of{read_file(output).value(), 0, 0, lines_of(read_file(log).value())};
  REQUIRE(std::sscanf(of.log.back().c_str(), "end %ld calls, %ld allocations", &of.calls, &of.allocations) == 2);
  return of;
}

/// Whatever failed: no half file under a final name, no temporary one, and a message if anything is missing.
void check_outcome(const Result& result, const fs::path& folder, const std::string& expected) {
  CHECK((result.code == 0 || result.code == 4));
  const auto results = read_file(folder / "out.h5");
  if (results) CHECK((*results == expected));
  if (result.code == 0) {
    CHECK(results);
  } else {
    check_message(result);
    CHECK_FALSE(fs::exists(folder / "out.run.json"));
  }
  for (const std::string& name : names_in(folder)) {
    CHECK_THAT(name, Catch::Equals("out.h5") || Catch::Equals("out.h5.part") || Catch::Equals("out.run.json"));
  }
  if (result.code == 0) CHECK_FALSE(fs::exists(folder / "out.h5.part"));
}

/// What a run that was ended by a signal leaves is what a killed one leaves: going on gives the same bytes.
void check_resumes(const fs::path& folder, const std::string& expected) {
  CHECK_FALSE(fs::exists(folder / "out.h5"));
  const Result again = shell(run((folder / "out.h5").string(), fs::exists(folder / "out.h5.part") ? " --resume" : ""));
  INFO(again.text);
  REQUIRE(again.code == 0);
  CHECK((read_file(folder / "out.h5").value() == expected));
}

struct Tried {
  std::size_t points = 0;
  std::size_t died = 0;  ///< of corrupted memory, as the C library says when it ends the program
};

/// Fails every point in turn.
Tried sweep(const Folder& folder, const std::string& faults, const std::string& at, const std::vector<long>& where,
            const std::string& expected) {
  const fs::path target = folder.path / "target";
  Tried tried;
  for (const long point : where) {
    fs::remove_all(target);
    const std::string all = faults + " " + at + "=" + std::to_string(point);
    INFO(all);
    const Result result = with_faults(all, run((target / "out.h5").string()));
    INFO(result.text);
    ++tried.points;
    if (result.code == 128 + SIGABRT && result.text.starts_with("corrupted ")) {
      ++tried.died;
      check_resumes(target, expected);
    } else {
      check_outcome(result, target, expected);
    }
  }
  return tried;
}

}  // namespace

TEST_CASE("a disk that fails at any point of a run leaves nothing half written, and a message", "[disk]") {
  const Folder folder;
  const Undisturbed of = undisturbed(folder, folder / "reference/out.h5");
  REQUIRE(of.calls > 300);
  std::size_t tried = 0;
  for (const std::string faults :
       {"FAULT_FOREVER=1", "FAULT_FOREVER=1 FAULT_SHORT=1", "FAULT_FOREVER=0", "FAULT_FOREVER=1 FAULT_ERRNO=122"}) {
    const Tried of_these = sweep(folder, faults, "FAULT_AT", points(of.calls), of.bytes);
    CHECK(of_these.died == 0);
    tried += of_these.points;
  }
  WARN(tried << " points of failure tried");
}

TEST_CASE("a disk that fails under --force keeps the old results until the new ones are complete", "[disk]") {
  const Folder folder;
  const Undisturbed of = undisturbed(folder, folder / "reference/out.h5");
  const std::string path = folder / "out.h5";
  for (const long point : points(of.calls)) {
    std::ofstream{path} << "old";
    const std::string faults = "FAULT_FOREVER=1 FAULT_AT=" + std::to_string(point);
    INFO(faults);
    const Result result = with_faults(faults, run(path, " --force"));
    INFO(result.text);
    const std::string left = read_file(path).value();
    CHECK((left == "old" || left == of.bytes));
    if (result.code == 0) CHECK((left == of.bytes));
  }
}

TEST_CASE("memory that runs out at any point of a run is told, and leaves nothing half written", "[memory]") {
  const Folder folder;
  const Undisturbed of = undisturbed(folder, folder / "reference/out.h5");
  REQUIRE(of.allocations > 300);
  const Tried tried = sweep(folder, "FAULT_MALLOC_SIZE=65536", "FAULT_MALLOC_AT", points(of.allocations), of.bytes);
  WARN(tried.points << " allocations tried, " << tried.died << " end the program in libhdf5");
  // For want of memory the metadata accumulator of libhdf5 1.10 (H5F__accum_write, H5FL_blk_realloc) has the free lists
  // emptied and tries again; then it writes to a node of the lists that emptying them has freed. It happens where that
  // buffer grows and nowhere else.
  CHECK(tried.died <= 2);
}

TEST_CASE("a run writes nothing but its output, and files beside it of the same name", "[disk]") {
  const Folder folder;
  const Undisturbed of = undisturbed(folder, folder / "new/out.h5");
  std::size_t changes = 0;
  for (const std::string& line : of.log) {
    std::istringstream words{line};
    std::string call, path;
    words >> call >> path;
    if (call == "end" || path.empty()) continue;
    INFO(line);
    ++changes;
    CHECK_THAT(path, Catch::StartsWith(folder / "new/out.") || Catch::Equals(folder / "new"));
  }
  CHECK(changes >= 8);
}

TEST_CASE("where a file system has no locks, a run does without and writes the same bytes", "[disk]") {
  const Folder folder;
  const Undisturbed of = undisturbed(folder, folder / "reference/out.h5");
  for (const std::string without : {"FAULT_LOCKS=37", "FAULT_LOCKS=38", "HDF5_USE_FILE_LOCKING=FALSE"}) {
    INFO(without);
    const std::string path = folder / (without + ".h5");
    const Result result = with_faults(without, run(path));
    INFO(result.text);
    REQUIRE(result.code == 0);
    CHECK((read_file(path).value() == of.bytes));
    CHECK(with_faults(without, std::string{LUOHU_EXECUTABLE} + " info " + path).code == 0);
  }
}

TEST_CASE("limits on the address space are told before or during a run, never by a crash", "[memory]") {
  const Folder folder;
  std::size_t refused = 0;
  for (int kibibytes = 40'000; kibibytes <= 120'000; kibibytes += 5'000) {
    const Result result = shell("ulimit -v " + std::to_string(kibibytes) + "; " + run(folder / "out.h5", " --force"));
    INFO(kibibytes << " KiB: " << result.text);
    if (result.text.find("error while loading shared libraries") != std::string::npos) continue;
    CHECK((result.code == 0 || result.code == 4));
    if (result.code == 4) ++refused;
    if (result.code == 4) check_message(result);
  }
  CHECK(refused > 3);
}

TEST_CASE("threads that cannot be started are told", "[memory]") {
  const Folder folder;
  const Result many = shell("ulimit -v 4000000; " + std::string{LUOHU_EXECUTABLE} + " run " + fixtures +
                            "variant.toml --threads 4096 -o " + (folder / "out.h5"));
  INFO(many.text);
  CHECK(many.code == 4);
  CHECK_THAT(many.text, Catch::Matches("luohu: cannot start 4096 threads, only [0-9]+; use fewer --threads\n"));
  CHECK(names_in(folder.path).empty());
}
