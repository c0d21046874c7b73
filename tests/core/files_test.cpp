#include "luohu/core/files.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "support/folder.hpp"

using namespace luohu;
namespace fs = std::filesystem;

namespace {

ExitCode code_of(const fs::path& path, bool replace) {
  try {
    write_file(path, "new", replace);
  } catch (const Error& error) {
    CHECK(std::string{error.what()}.find(path.string()) != std::string::npos);
    return error.code();
  }
  return ExitCode::done;
}

}  // namespace

TEST_CASE("a new file has its name only when it is whole", "[core]") {
  const testing::Folder folder;
  const fs::path path = folder / "deep/new.csv";
  {
    NewFile made{path, false};
    std::ofstream{made.aside()} << "half";
    CHECK_FALSE(fs::exists(path));
    CHECK(fs::exists(made.aside()));
  }
  CHECK(fs::is_empty(path.parent_path()));  // never published: nothing is left
  write_file(path, "whole\n", false);
  CHECK(read_file(path) == "whole\n");
}

TEST_CASE("an existing file is replaced on request only, and stays until then", "[core]") {
  const testing::Folder folder;
  const fs::path path = folder / "kept.csv";
  write_file(path, "old", false);
  CHECK(code_of(path, false) == ExitCode::usage);
  {
    const NewFile made{path, true};
    CHECK(read_file(path) == "old");
  }
  CHECK(read_file(path) == "old");
  CHECK(code_of(path, true) == ExitCode::done);
  CHECK(read_file(path) == "new");
}

TEST_CASE("a path that cannot be written is refused before anything is", "[core]") {
  const testing::Folder folder;
  fs::create_directory(folder / "folder");
  CHECK(code_of(folder / "folder", true) == ExitCode::environment);
  write_file(folder / "file", "x", false);
  CHECK(code_of(folder / "file/below", true) == ExitCode::environment);
  CHECK(code_of("/dev/null/x", true) == ExitCode::environment);
  CHECK(code_of("/dev/null", true) == ExitCode::environment);
}
