#include "luohu/results/writer.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "luohu/core/error.hpp"
#include "luohu/results/reader.hpp"
#include "results/sample.hpp"

/// A file that could not be closed stays in the library's memory: no leak of ours.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libhdf5";
}

using namespace luohu;
namespace fs = std::filesystem;

namespace {

ExitCode code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    INFO(error.what());
    return error.code();
  }
  return ExitCode::done;
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{folder}) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

std::int64_t scrambled(std::int64_t value) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(value + 1) * 0x9e3779b97f4a7c15U >> 1U);
}

/// Stands in for a full disk, without needing one: no file of this process may grow past `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit lowered = before_;
    lowered.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &lowered);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("the order in which replicates end does not show in the file", "[results][determinism]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  sample::write(folder / "in-order.h5");
  ResultsWriter writer{folder / "shuffled.h5", of, false};
  for (const std::size_t task : {3U, 1U, 2U, 0U}) sample::add(writer, of, task / 2, task % 2);
  writer.finish();
  const std::string bytes = sample::bytes_of(folder / "in-order.h5");
  REQUIRE(bytes.size() > 10'000);
  CHECK((bytes == sample::bytes_of(folder / "shuffled.h5")));
}

TEST_CASE("a finished run leaves one file", "[results]") {
  const sample::Folder folder;
  sample::write(folder / "one.h5");
  CHECK(names_in(folder.path()) == std::vector<std::string>{"one.h5"});
}

TEST_CASE("missing folders are made", "[results]") {
  const sample::Folder folder;
  sample::write(folder / "results/2026/hunan.h5");
  CHECK(fs::is_regular_file(folder / "results/2026/hunan.h5"));
}

TEST_CASE("existing output is replaced only on request, and only by a finished file", "[results]") {
  const sample::Folder folder;
  const fs::path path = folder / "old.h5";
  std::ofstream{path} << "old";
  CHECK(code_of([&] { sample::write(path); }) == ExitCode::usage);
  CHECK(sample::bytes_of(path) == "old");

  const Experiment of = sample::experiment();
  {
    ResultsWriter writer{path, of, true};
    sample::add(writer, of, 0, 0);
    CHECK(sample::bytes_of(path) == "old");
  }
  CHECK(sample::bytes_of(path) == "old");
  sample::write(path, true);
  CHECK(ResultsFile{path}.complete());
}

TEST_CASE("an interrupted run keeps its finished replicates", "[results]") {
  const sample::Folder folder;
  const fs::path path = folder / "cut.h5";
  const fs::path part = folder / "cut.h5.part";
  const Experiment of = sample::experiment();
  {
    ResultsWriter writer{path, of, false};
    sample::add(writer, of, 1, 0);
  }
  CHECK(names_in(folder.path()) == std::vector<std::string>{"cut.h5.part"});
  const ResultsFile kept{part};
  CHECK_FALSE(kept.complete());
  const auto sizes = std::get<std::vector<std::int64_t>>(kept.read("population", 1, 0, 0));
  CHECK(sizes.front() == sample::value(1, 0, 0, 0, 0));
  // Nobody may take the rest for results.
  CHECK(std::get<std::vector<std::int64_t>>(kept.read("population", 0, 0, 0)).front() == -1);
  CHECK(std::isnan(std::get<std::vector<double>>(kept.read("rent", 0, 0, 0)).front()));
  CHECK(std::get<std::vector<std::uint64_t>>(kept.read("person_digest", 0, 0, 0)).front() == 0);
  // Nor are they thrown away unasked.
  CHECK(code_of([&] { sample::write(path); }) == ExitCode::usage);
  CHECK(ResultsFile{part}.experiment().scenarios.size() == 2);
}

TEST_CASE("a run that ends before its first replicate leaves nothing", "[results]") {
  const sample::Folder folder;
  { const ResultsWriter writer{folder / "none.h5", sample::experiment(), false}; }
  CHECK(names_in(folder.path()).empty());
}

TEST_CASE("two runs cannot write the same file", "[results]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  ResultsWriter first{folder / "same.h5", of, false};
  sample::add(first, of, 0, 0);
  const std::string before = sample::bytes_of(folder / "same.h5.part");
  CHECK(code_of([&] { sample::write(folder / "same.h5", true); }) == ExitCode::environment);
  CHECK((before == sample::bytes_of(folder / "same.h5.part")));
}

TEST_CASE("paths that cannot be written say why", "[results]") {
  const sample::Folder folder;
  std::ofstream{folder / "file"} << "text";
  CHECK(code_of([&] { sample::write(folder.path(), true); }) == ExitCode::environment);
  CHECK(message_of([&] { sample::write(folder.path(), true); }).find("is a directory") != std::string::npos);
  CHECK(code_of([&] { sample::write(folder / "file/results.h5"); }) == ExitCode::environment);
  CHECK(message_of([&] { sample::write(folder / "file/results.h5"); }).find("Not a directory") != std::string::npos);
  CHECK(code_of([&] { sample::write("/dev/full", true); }) == ExitCode::environment);
  CHECK(code_of([&] { sample::write("/proc/results.h5"); }) == ExitCode::environment);
  CHECK(names_in(folder.path()) == std::vector<std::string>{"file"});
}

TEST_CASE("a disk that fills up leaves nothing under the final name", "[results]") {
  const sample::Folder folder;
  const fs::path path = folder / "full.h5";
  const Experiment of = sample::experiment();
  sample::write(folder / "size.h5");
  const auto size = fs::file_size(folder / "size.h5");
  fs::remove(folder / "size.h5");

  SECTION("from the start") {
    const FileSizeLimit limit{size / 4};
    CHECK(code_of([&] { sample::write(path); }) == ExitCode::environment);
    CHECK(names_in(folder.path()).empty());
  }
  SECTION("at the last step, which keeps the replicates") {
    std::string message;
    {
      ResultsWriter writer{path, of, false};
      for (std::size_t task = 0; task < 4; ++task) sample::add(writer, of, task / 2, task % 2);
      const FileSizeLimit limit{size / 2};
      message = message_of([&] { writer.finish(); });
    }
    CHECK(message.find("File too large") != std::string::npos);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"full.h5.part"});
    const ResultsFile kept{folder / "full.h5.part"};
    CHECK(std::get<std::vector<double>>(kept.read("rent", 1, 0, 1))[2] == Approx(11042.5));
  }
}

TEST_CASE("a disk that fills up on the way keeps what was flushed before", "[results]") {
  const sample::Folder folder;
  const fs::path path = folder / "full.h5";
  const fs::path part = folder / "full.h5.part";
  Experiment of = sample::experiment();
  // Incompressible, and too large for what the library holds in reserve.
  of.layout.variables.push_back({"noise", "", "", "1", "", Kind::count, std::vector<std::string>(9, "place")});
  const auto records = [&](std::size_t scenario, std::size_t replicate) {
    auto years = sample::records(of, scenario, replicate);
    for (YearRecord& year : years) {
      for (std::int64_t& value : std::get<0>(year.values.back())) value = scrambled(value);
    }
    return years;
  };
  {
    ResultsWriter writer{path, of, false};
    writer.add(0, 0, 0, records(0, 0));
    writer.add(1, 0, 0, records(1, 0));
    const FileSizeLimit limit{fs::file_size(part)};
    CHECK(code_of([&] { writer.add(0, 0, 1, records(0, 1)); }) == ExitCode::environment);
  }
  CHECK(names_in(folder.path()) == std::vector<std::string>{"full.h5.part"});
  const ResultsFile kept{part};
  CHECK(std::get<std::vector<double>>(kept.read("rent", 1, 0, 0))[2] == Approx(10042.5));
  const auto noise = std::get<std::vector<std::int64_t>>(kept.read("noise", 0, 0, 0));
  CHECK(noise.back() == std::get<0>(records(0, 0).back().values.back()).back());
}

TEST_CASE("records that do not fit the layout are our bug", "[results]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  ResultsWriter writer{folder / "bug.h5", of, false};
  auto records = sample::records(of, 0, 0);
  SECTION("a year too few") {
    records.pop_back();
  }
  SECTION("a value too few") {
    std::get<0>(records[1].values[0]).pop_back();
  }
  SECTION("another type") {
    records[2].values[2] = std::vector<std::int64_t>{1, 2, 3};
  }
  CHECK_THROWS_AS(writer.add(0, 0, 0, records), InternalError);
}

TEST_CASE("every replicate is added once", "[results]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  ResultsWriter writer{folder / "once.h5", of, false};
  sample::add(writer, of, 0, 0);
  CHECK_THROWS_AS(sample::add(writer, of, 0, 0), InternalError);
  CHECK_THROWS_AS(sample::add(writer, of, 2, 0), InternalError);
  CHECK_THROWS_AS(writer.finish(), InternalError);
}

TEST_CASE("a run goes on with what an earlier one finished", "[results]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  sample::write(folder / "whole.h5");
  {
    ResultsWriter writer{folder / "cut.h5", of, false};
    sample::add(writer, of, 1, 0);
  }
  {
    ResultsWriter writer = ResultsWriter::resume(folder / "cut.h5", of, false);
    CHECK(writer.has(1, 0, 0));
    CHECK_FALSE(writer.has(0, 0, 0));
    const auto years = writer.years(1, 0, 0), given = sample::records(of, 1, 0);
    REQUIRE(years.size() == given.size());
    for (std::size_t y = 0; y < years.size(); ++y) CHECK(years[y].values == given[y].values);
    sample::add(writer, of, 0, 1);
  }
  ResultsWriter writer = ResultsWriter::resume(folder / "cut.h5", of, false);
  sample::add(writer, of, 0, 0);
  CHECK(writer.years(1, 0, 0).size() == 3);  // between two additions too
  sample::add(writer, of, 1, 1);
  writer.finish();
  CHECK((sample::bytes_of(folder / "whole.h5") == sample::bytes_of(folder / "cut.h5")));
}

TEST_CASE("the .part opens with all that was added while the writer lives", "[results]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  ResultsWriter writer{folder / "open.h5", of, false};
  for (std::size_t added = 0; added < 4; ++added) {
    const ResultsFile part{folder / "open.h5.part"};
    for (std::size_t task = 0; task < 4; ++task) CHECK(part.has(task / 2, 0, task % 2) == (task < added));
    sample::add(writer, of, added / 2, added % 2);
  }
}

TEST_CASE("a .part that somebody has opened stays as it was, and the run goes on", "[results]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  ResultsWriter writer{folder / "open.h5", of, false};
  std::vector<int> readers;
  std::vector<std::string> seen;
  for (std::size_t added = 0; added < 4; ++added) {
    const std::string part = folder / "open.h5.part";
    seen.push_back(sample::bytes_of(part));
    readers.push_back(::open(part.c_str(), O_RDONLY | O_CLOEXEC));
    REQUIRE(::flock(readers.back(), LOCK_SH | LOCK_NB) == 0);  // as libhdf5 does
    sample::add(writer, of, added / 2, added % 2);
  }
  writer.finish();
  for (std::size_t i = 0; i < readers.size(); ++i) {
    std::string bytes(seen[i].size() + 1, '\0');
    bytes.resize(static_cast<std::size_t>(::pread(readers[i], bytes.data(), bytes.size(), 0)));
    CHECK((bytes == seen[i]));
    ::close(readers[i]);
  }
  ResultsWriter undisturbed{folder / "undisturbed.h5", of, false};
  for (std::size_t added = 0; added < 4; ++added) sample::add(undisturbed, of, added / 2, added % 2);
  undisturbed.finish();
  CHECK((sample::bytes_of(folder / "open.h5") == sample::bytes_of(folder / "undisturbed.h5")));
}

TEST_CASE("a file of fewer replicates than there was room for is that of an experiment with so many", "[results]") {
  const sample::Folder folder;
  Experiment of = sample::experiment();
  of.replicates = 1;
  ResultsWriter few{folder / "few.h5", of, false};
  for (std::size_t scenario = 0; scenario < 2; ++scenario) sample::add(few, of, scenario, 0);
  few.finish();
  of.replicates = 5;
  ResultsWriter room{folder / "room.h5", of, false};
  for (std::size_t scenario = 0; scenario < 2; ++scenario) sample::add(room, of, scenario, 0);
  room.finish(1);
  CHECK((sample::bytes_of(folder / "few.h5") == sample::bytes_of(folder / "room.h5")));
}

TEST_CASE("what differs between two experiments is said in words", "[results]") {
  const Experiment stored = sample::experiment();
  const auto says = [&](const auto& change, const std::string& words) {
    Experiment asked = stored;
    change(asked);
    const auto lines = differences(stored, asked);
    REQUIRE(lines.size() == 1);
    CHECK(lines.front() == words);
  };
  CHECK(differences(stored, stored).empty());
  says([](Experiment& e) { e.version = "luohu 9"; }, "version: luohu 0.0.0 there, luohu 9 here");
  says([](Experiment& e) { e.build = "another"; }, "build: compiler and flags there, another here");
  says([](Experiment& e) { e.expectation = true; }, "method: simulation there, expectation here");
  says([](Experiment& e) { e.scale = 1; }, "scale: 1:100 there, 1:1 here");
  says([](Experiment& e) { e.replicates = 3; }, "replicates: 2 there, 3 here");
  says([](Experiment& e) { e.scenarios[1].text = "id = \"open\"\n"; }, "scenario 'open': # 说明 there, nothing here");
  says([](Experiment& e) { e.scenarios.pop_back(); }, "scenarios: baseline, open there, baseline here");
  says([](Experiment& e) { e.inputs.clear(); }, "table places.csv: not here");
  says([](Experiment& e) { e.inputs.push_back({"new.csv", "", ""}); }, "table new.csv: not there");
  says([](Experiment& e) { e.layout.variables.pop_back(); }, "variables: not those of this version");
  Experiment same = stored;
  same.replicates = 9;
  CHECK(fingerprint(same) == fingerprint(stored));
  same.seed = 1;
  CHECK(fingerprint(same) != fingerprint(stored));
}
