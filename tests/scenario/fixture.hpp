#pragma once
// A copy of the small province that a test may spoil, and what reading it finds.

#include <unistd.h>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "luohu/core/text.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu {

class SmallProvince {
 public:
  SmallProvince() {
    static int count = 0;
    path_ =
        std::filesystem::temp_directory_path() / ("luohu-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::filesystem::copy(LUOHU_SOURCE_DIR "/tests/scenario/fixtures", path_, std::filesystem::copy_options::recursive);
  }
  ~SmallProvince() { std::filesystem::remove_all(path_); }
  SmallProvince(const SmallProvince&) = delete;
  SmallProvince& operator=(const SmallProvince&) = delete;

  [[nodiscard]] std::filesystem::path operator/(const std::string& file) const { return path_ / file; }

  std::filesystem::path write(const std::string& file, const std::string& text) const {
    std::ofstream{path_ / file, std::ios::binary} << text;
    return path_ / file;
  }
  /// Requires: `from` occurs. Replaces its first occurrence.
  std::filesystem::path replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = read_file(path_ / file).value();
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return write(file, text.replace(at, from.size(), to));
  }
  /// A scenario that extends the baseline, with `body` from line 4 on.
  std::filesystem::path variant(const std::string& body) const {
    return write("test.toml",
                 "id = \"test\"\nextends = \"baseline.toml\"\ntitle = { zh = \"试\", en = \"test\" }\n" + body);
  }

 private:
  std::filesystem::path path_;
};

struct Found {
  std::vector<Diagnostic> all;
  ExitCode code = ExitCode::done;

  /// "test.toml:4:7: message", by file name; only the first if there are several.
  [[nodiscard]] std::string only() const {
    REQUIRE(all.size() == 1);
    return line(0);
  }
  [[nodiscard]] std::string line(std::size_t i) const {
    const Diagnostic& d = all.at(i);
    const std::string name = d.file.starts_with("--set") ? d.file : std::filesystem::path{d.file}.filename().string();
    const auto part = [](std::size_t number) { return number > 0 ? ":" + std::to_string(number) : std::string{}; };
    return name + part(d.line) + part(d.column) + ": " + d.message;
  }
};

template <class Read>
Found found_by(Read&& read) {
  try {
    read();
  } catch (const InputError& error) {
    return {error.diagnostics(), error.code()};
  }
  return {};
}

inline Found found_in(const std::filesystem::path& path, const std::vector<Override>& overrides = {}) {
  return found_by([&] { std::ignore = read_scenario(path, overrides); });
}

inline Found found_in_tables(const SmallProvince& province) {
  return found_by([&] { std::ignore = read_tables(province / "tables"); });
}

}  // namespace luohu
