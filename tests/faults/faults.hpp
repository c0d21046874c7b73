#pragma once
// What tests of failing disks and memory share: the program through a shell, a small run, and what may come of it.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "luohu/core/text.hpp"
#include "support/program.hpp"

namespace luohu::testing {

inline const std::string fixtures = LUOHU_SOURCE_DIR "/tests/scenario/fixtures/";

inline Result shell(const std::string& command) {
  return run_in_shell(command, Heard::errors);
}

/// Two scenarios, two replicates, four years, of the small province.
inline std::string run(const std::string& output, const std::string& more = "", int replicates = 2) {
  return std::string{LUOHU_EXECUTABLE} + " run " + fixtures + "baseline.toml " + fixtures +
         "variant.toml --set last_year=2023 --threads 1 --replicates " + std::to_string(replicates) + " -o " + output +
         (more.find("--progress") == std::string::npos ? " --progress none" : "") + more;
}

/// The points to try of `count`: all with FAULTS_STEP=1, every n-th with n, and those at both ends.
inline std::vector<long> points(long count) {
  const char* given = std::getenv("FAULTS_STEP");
  const long step = given == nullptr ? 17 : std::max(1L, std::atol(given));
  std::vector<long> chosen;
  for (long at = 1; at <= count; ++at) {
    if (at % step == 0 || at <= 4 || at > count - 12) chosen.push_back(at);
  }
  return chosen;
}

inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator{folder, none}) names.push_back(entry.path().filename());
  return names;
}

/// A clear message: ours, and nothing of a library's own. One line, beside what is said of checkpoints that cannot be
/// written.
inline void check_message(const Result& result) {
  std::size_t last_words = 0;
  for (const std::string& line : lines_of(result.text))
    last_words += line.ends_with("; the run goes on without") ? 0 : 1;
  CHECK(last_words == 1);
  CHECK_THAT(result.text, Catch::StartsWith("luohu: ") || Catch::Contains("\nluohu: "));
  for (const char* raw : {"HDF5-DIAG", "terminate", "errno", "buf =", "0x", "libgomp"}) {
    CHECK_THAT(result.text, !Catch::Contains(raw));
  }
}

}  // namespace luohu::testing
