// What is no complete results file of this version: every command that reads one says what it is, and by name.

#include <hdf5.h>

#include "world.hpp"

using namespace luohu;
namespace fs = std::filesystem;

namespace {

struct Reading {
  const char* name;
  int (*command)(Arguments);
  bool needs_all;  ///< refuses what is unfinished
};
constexpr Reading commands_that_read[] = {
    {"info", run_info, false}, {"compare", run_compare, true}, {"export", run_export, true}};

/// The refusal by every command, which must name the file and exit with 4.
void refused_by_all(const fs::path& path, const std::string& part) {
  for (const Reading& reading : commands_that_read) {
    INFO(reading.name);
    const std::string message = refusal_of(reading.command, {path.string()}, ExitCode::environment);
    CHECK(message.starts_with(path.string() + ": "));
    contains(message, part);
  }
}

void set_format_version(const fs::path& path, std::int64_t version) {
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t attribute = H5Aopen(file, "format_version", H5P_DEFAULT);
  REQUIRE(H5Awrite(attribute, H5T_NATIVE_INT64, &version) >= 0);
  H5Aclose(attribute);
  H5Fclose(file);
}

}  // namespace

TEST_CASE("a file of another format version is refused with both versions", "[bad_files]") {
  const Fixture f;
  set_format_version(f.path, 2);
  refused_by_all(f.path, "format version 2; this version of luohu reads 1");
  set_format_version(f.path, 0);
  refused_by_all(f.path, "format version 0; this version of luohu reads 1");
}

TEST_CASE("what is no results file is refused: missing, empty, text, a directory, other HDF5", "[bad_files]") {
  const sample::Folder folder;
  refused_by_all(folder / "missing.h5", "No such file");
  std::ofstream{folder / "empty.h5"}.flush();
  refused_by_all(folder / "empty.h5", "");
  std::ofstream{folder / "table.csv"} << "place,value\n430100,1\n";
  refused_by_all(folder / "table.csv", "not a results file of luohu (it is not HDF5)");
  refused_by_all(folder.path(), "");
  H5Fclose(H5Fcreate((folder / "other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  refused_by_all(folder / "other.h5", "not a results file of luohu");
}

TEST_CASE("a truncated file is refused wherever it was cut", "[bad_files]") {
  const Fixture f;
  const auto size = fs::file_size(f.path);
  for (const std::uintmax_t keep : {size - 1, size * 3 / 4, size / 2, size / 10, std::uintmax_t{100}}) {
    fs::resize_file(f.path, keep);
    refused_by_all(f.path, "");
  }
}

TEST_CASE("an unfinished file is described by info, and refused where all replicates are needed", "[bad_files]") {
  const sample::Folder folder;
  {
    ResultsWriter writer{folder / "run.h5", sample::experiment(), false};
    sample::add(writer, sample::experiment(), 0, 0);
  }
  const std::string part = (folder / "run.h5.part").string();
  for (const Reading& reading : commands_that_read) {
    INFO(reading.name);
    if (reading.needs_all) {
      contains(refusal_of(reading.command, {part}, ExitCode::environment), "run.h5.part: is unfinished");
    } else {
      contains(captured(reading.command, {part}).out, "status      running");
    }
  }
}

TEST_CASE("one replicate of one scenario, with nothing to compare, can be exported", "[bad_files]") {
  Fixture f;
  f.world.of.replicates = 1;
  f.world.of.scenarios.resize(1);
  f.world.write(f.path);
  const Output output =
      captured(run_export, {f.path, "--indicator", "residents", "--by", "province", "--year", "2020"});
  CHECK(output.out ==
        "scenario,indicator,unit,year,place,draw,replicate,value\nbaseline,residents,person,2020,all,0,0,4000\n");
}
