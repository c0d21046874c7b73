// Disks that are full, at every size from one page to what a run needs; and quotas, which limit the size of a file.
// FAULTS_STEP=1 tries every size in pages; without it every 17th, and the smallest and largest.

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "faults/disk.hpp"
#include "faults/faults.hpp"
#include "luohu/core/text.hpp"
#include "luohu/results/reader.hpp"
#include "support/folder.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t page = 4, plenty = 64 * 1024;  // KiB
const std::string often = " --checkpoint-every 1year --progress json";

/// Whether disks can be made here; says so if not.
bool disks() {
  if (!why_no_disks().empty()) WARN("skipped: " << why_no_disks());
  return why_no_disks().empty();
}

/// What the program says besides its progress.
Result without_progress(Result result) {
  std::string kept;
  for (const std::string& line : lines_of(result.text)) {
    if (!line.starts_with('{')) kept += line + '\n';
  }
  result.text = kept;
  return result;
}

/// Replicates that had ended, by those that the progress names: the last of them had only begun.
std::size_t ended(const std::string& text) {
  std::set<std::string> begun;
  for (const std::string& line : lines_of(text)) {
    const std::size_t year = line.find(" year ");
    if (!line.starts_with('{') || year == std::string::npos) continue;
    const std::size_t name = line.rfind('"', year);
    begun.insert(line.substr(name, year - name));
  }
  return begun.empty() ? 0 : begun.size() - 1;
}

/// Replicates that can be read in what was left; each with the values of `whole`.
std::size_t readable(const fs::path& part, const ResultsFile& whole) {
  if (!fs::exists(part)) return 0;
  const ResultsFile kept{part};
  std::size_t count = 0;
  for (std::size_t task = 0; task < 4; ++task) {
    const std::size_t scenario = task / 2, replicate = task % 2;
    if (!kept.has(scenario, 0, replicate)) continue;
    ++count;
    CHECK((kept.read("population", scenario, 0, replicate) == whole.read("population", scenario, 0, replicate)));
  }
  return count;
}

/// Where it struck, by the file that the message names.
std::string phase_of(const Result& result) {
  if (result.code == 0)
    return result.text.find("the run goes on without") == std::string::npos ? "nothing" : "a checkpoint";
  for (const char* name : {"out.h5.part", "out.h5.lock", "out.h5.tmp", "out.run.json"}) {
    if (result.text.find(name) != std::string::npos) return name;
  }
  return "out.h5";
}

/// A run that finds no space: what it says and leaves; then, with space, it goes on to the bytes of `whole`.
class Starved {
 public:
  Starved(fs::path whole) : whole_{whole}, bytes_{read_file(whole).value()} {}

  /// Returns where it struck.
  std::string look(const Result& first, const fs::path& out, const std::function<void()>& make_space) {
    const Result result = without_progress(first);
    INFO(result.text);
    CHECK((result.code == 0 || result.code == 4));
    if (result.code == 4) check_message(result);
    const auto found = read_file(out);
    // What tells of the run is written last, when the results are whole.
    const bool whole = result.code == 0 || phase_of(result) == "out.run.json";
    CHECK(found.has_value() == whole);
    if (found) CHECK((*found == bytes_));
    const fs::path part = fs::path{out} += ".part";
    if (!whole) CHECK(readable(part, whole_) >= ended(first.text));
    make_space();
    if (!whole) {
      const Result again = shell(run(out, often + (fs::exists(part) ? " --resume" : "")));
      INFO(again.text);
      REQUIRE(again.code == 0);
      CHECK((read_file(out).value() == bytes_));
    }
    for (const std::string& name : names_in(out.parent_path())) {
      CHECK_THAT(name, Catch::Equals("out.h5") || Catch::Equals("out.run.json"));
    }
    return phase_of(result);
  }

 private:
  ResultsFile whole_;
  std::string bytes_;
};

/// The fewest KiB, in pages, with which `enough` holds.
std::size_t least(const std::function<bool(std::size_t)>& enough) {
  std::size_t low = 0, high = plenty / page;
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (enough(middle * page) ? high : low) = middle;
  }
  return high;
}

std::string told(const std::map<std::string, int>& phases) {
  std::string text;
  for (const auto& [phase, count] : phases) text += " " + phase + " " + std::to_string(count) + ",";
  return text;
}

}  // namespace

TEST_CASE("a run on a disk of any size ends well, or says what is missing and goes on once there is space", "[space]") {
  if (!disks()) return;
  const Folder folder;
  const fs::path where = folder / "disk";
  REQUIRE(shell(run(folder / "whole.h5", often)).code == 0);
  Starved starved{folder / "whole.h5"};
  const std::size_t needed = least([&](std::size_t size) {
    const Disk disk{where, size};
    const Result result = without_progress(shell(run(disk / "out.h5", often)));
    return phase_of(result) == "nothing";
  });
  std::map<std::string, int> phases;
  for (const long pages : points(static_cast<long>(needed))) {
    const Disk disk{where, static_cast<std::size_t>(pages) * page};
    INFO(pages << " pages");
    ++phases[starved.look(shell(run(disk / "out.h5", often)), disk / "out.h5", [&] { disk.resize(plenty); })];
  }
  WARN("of " << needed << " sizes in pages, struck at:" << told(phases));
  CHECK(phases.size() > 3);
}

TEST_CASE("a run whose files may not grow says so, and goes on once they may", "[space]") {
  const Folder folder;
  const fs::path target = folder / "target", out = target / "out.h5";
  REQUIRE(shell(run(folder / "whole.h5", often)).code == 0);
  Starved starved{folder / "whole.h5"};
  const auto limited = [&](std::size_t kibibytes) {
    fs::remove_all(target);
    fs::create_directories(target);
    return shell("prlimit --fsize=" + std::to_string(kibibytes * 1024) + " " + run(out, often));
  };
  const std::size_t needed = least([&](std::size_t size) { return limited(size).code == 0; });
  std::map<std::string, int> phases;
  for (const long pages : points(static_cast<long>(needed))) {
    INFO(pages << " pages");
    ++phases[starved.look(limited(static_cast<std::size_t>(pages) * page), out, [] {})];
  }
  WARN("of " << needed << " sizes in pages, struck at:" << told(phases));
}

TEST_CASE("what is made of results is complete or not there, on a disk of any size", "[space]") {
  if (!disks()) return;
  const Folder folder;
  const std::string results = folder / "results.h5", program = LUOHU_EXECUTABLE;
  REQUIRE(shell(run(results)).code == 0);
  const std::string before = read_file(results).value();
  std::size_t tried = 0;
  for (const std::string& command :
       {"export " + results, "export --format iamc " + results, "export --format omx " + results, "report " + results,
        "attribute --format csv --threads 1 --progress none --set last_year=2022 " + fixtures + "baseline.toml " +
            fixtures + "variant.toml"}) {
    const std::string whole = folder / "whole";
    fs::remove(whole);
    const Result undisturbed = shell(program + " " + command + " -o " + whole);
    INFO(undisturbed.text);
    REQUIRE(undisturbed.code == 0);
    const std::string bytes = read_file(whole).value();
    for (const long pages : points(static_cast<long>(bytes.size() / 1024 / page) + 1)) {
      const Disk disk{folder / "disk", static_cast<std::size_t>(pages) * page};
      const Result result = shell(program + " " + command + " -o " + (disk / "made"));
      INFO(command << " on " << pages << " pages: " << result.text);
      CHECK((result.code == 0 || result.code == 4));
      if (result.code == 4) {
        check_message(result);
        CHECK_THAT(result.text, Catch::Contains("No space left on device"));
        CHECK(names_in(disk.path).empty());
      } else {
        CHECK((read_file(disk / "made").value() == bytes));
      }
      ++tried;
    }
  }
  CHECK((read_file(results).value() == before));
  WARN(tried << " sizes tried");
}

TEST_CASE("a calibration on a full disk goes on to the same posterior", "[space]") {
  if (!disks()) return;
  const Folder folder;
  const std::string command =
      LUOHU_EXECUTABLE " calibrate " + (folder_of(hindcasts[5]) / "hindcast.toml").string() +
      " --plan " LUOHU_SOURCE_DIR
      "/scenarios/provinces/calibration.toml --scale 1:4000 --amenity-scale 1:4000 --amenity-rounds 1 "
      "--free migration.home_premium=0:2.5 --quick --evaluations 6 --threads 1 -o ";
  REQUIRE(shell(command + (folder / "whole.toml")).code == 0);
  const std::string whole = read_file(folder / "whole.toml").value();
  std::map<std::string, int> struck;
  for (const std::size_t pages : {1, 2, 3, 4, 5, 6, 8, 10}) {
    const Disk disk{folder / "disk", pages * page};
    const std::string posterior = disk / "out.toml";
    const Result result = shell(command + posterior);
    INFO(pages << " pages: " << result.text);
    CHECK((result.code == 0 || result.code == 4));
    if (result.code == 4) {
      CHECK_THAT(result.text, Catch::Contains("luohu: " + posterior) && Catch::Contains("No space left on device"));
      CHECK_FALSE(fs::exists(posterior));
      ++struck[result.text.find(".state: ") != std::string::npos ? ".state" : "posterior"];
      disk.resize(plenty);
      REQUIRE(shell(command + posterior).code == 0);
    }
    CHECK((read_file(posterior).value() == whole));
    CHECK(names_in(disk.path).size() == 1);
  }
  WARN("struck at:" << told(struck));
  CHECK(struck[".state"] > 0);
}

TEST_CASE("a disk that may not be written is told before anything is computed", "[space]") {
  if (!disks()) return;
  const Folder folder;
  const std::string results = folder / "results.h5", program = LUOHU_EXECUTABLE " ";
  REQUIRE(shell(run(results)).code == 0);
  const Disk disk{folder / "disk", plenty};
  disk.make_read_only();
  for (const std::string& command :
       {run(disk / "out.h5"), run(disk / "missing/out.h5"), program + "export " + results + " -o " + (disk / "out.csv"),
        program + "report " + results + " -o " + (disk / "out.html"),
        program + "invert " LUOHU_SOURCE_DIR "/scenarios/provinces/chongqing/hindcast.toml --scale 1:2000 -o " +
            (disk / "amenity.csv")}) {
    const Result result = shell(command);
    INFO(command << ": " << result.text);
    CHECK(result.code == 4);
    check_message(result);
    CHECK_THAT(result.text, Catch::Contains("Read-only file system"));
  }
}

TEST_CASE("a terminal, or a pipe, that cannot be written is told", "[space]") {
  const Folder folder;
  const std::string results = folder / "results.h5", program = LUOHU_EXECUTABLE " ";
  REQUIRE(shell(run(results)).code == 0);
  for (const std::string& command : {"info " + results, "compare " + results, "export " + results,
                                     "check " + fixtures + "variant.toml", std::string{"levers"}}) {
    const Result result = shell("{ " + program + command + " >/dev/full; }");
    INFO(command << ": " << result.text);
    CHECK(result.code == 4);
    CHECK_THAT(result.text, Catch::EndsWith("luohu: cannot write to standard output\n"));
  }
}
