// The catalogue of bad inputs: every case of *.txt, through the program, with its exit code and its message.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "luohu/core/text.hpp"
#include "support/folder.hpp"
#include "support/program.hpp"

using namespace luohu;
namespace fs = std::filesystem;

namespace {

using Case = std::map<std::string, std::string>;

/// The cases of a file: "key: value" lines, continued by lines that begin with "| ", between empty lines.
std::vector<Case> cases_of(const std::string& name) {
  const auto text = read_file(LUOHU_SOURCE_DIR "/tests/bad_input/" + name);
  REQUIRE(text);
  std::vector<Case> cases;
  std::string* value = nullptr;
  for (const std::string& line : lines_of(*text)) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("|")) {
      REQUIRE(value != nullptr);
      *value += "\n" + (line.size() > 2 ? line.substr(2) : "");
      continue;
    }
    const std::size_t colon = line.find(':');
    REQUIRE(colon != std::string::npos);
    const std::string key = line.substr(0, colon);
    if (key == "case") cases.emplace_back();
    REQUIRE_FALSE(cases.empty());
    value = &(cases.back()[key] = colon + 2 <= line.size() ? line.substr(colon + 2) : "");
  }
  return cases;
}

/// "\xNN" is a byte and "\\" one backslash.
std::string unescaped(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && text.substr(i + 1, 1) == "x") {
      bytes += static_cast<char>(std::stoi(text.substr(i + 2, 2), nullptr, 16));
      i += 3;
    } else {
      if (text[i] == '\\' && text.substr(i + 1, 1) == "\\") ++i;
      bytes += text[i];
    }
  }
  return bytes;
}

struct Answer {
  int code = 0;
  std::vector<std::string> findings;  ///< what is on stderr, without the lines that show the place
};

Answer answer(const fs::path& folder, const std::string& arguments) {
  const auto printed =
      testing::run_in_shell("cd " + folder.string() + " && " LUOHU_EXECUTABLE " " + arguments, testing::Heard::errors);
  Answer found{printed.code, {}};
  for (const std::string& line : lines_of(printed.text)) {
    if (!line.empty() && !line.starts_with("    ")) found.findings.push_back(line);
  }
  return found;
}

/// The small province, with what `bad` changes in it; returns the arguments.
std::string spoilt(const Case& bad, const fs::path& folder) {
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream{folder / name, std::ios::binary} << text;
  };
  if (bad.contains("command")) return bad.at("command");
  if (bad.contains("table")) {
    const std::string name = "tables/" + bad.at("table");
    std::string text = read_file(folder / name).value();
    const std::size_t at = text.find(bad.at("old"));
    REQUIRE(at != std::string::npos);
    write(name, text.replace(at, bad.at("old").size(), unescaped(bad.at("new"))));
    return "check baseline.toml";
  }
  const std::string head = "id = \"test\"\nextends = \"baseline.toml\"\ntitle = { zh = \"试\", en = \"test\" }\n";
  write("test.toml", unescaped(bad.contains("file") ? bad.at("file") : head + bad.at("toml")) + "\n");
  return "check test.toml";
}

void check_all(const std::string& file, std::size_t fewest) {
  const testing::Folder folder;
  const std::vector<Case> cases = cases_of(file);
  CHECK(cases.size() >= fewest);
  for (const Case& bad : cases) {
    INFO(bad.at("case"));
    fs::remove_all(folder.path);
    fs::copy(LUOHU_SOURCE_DIR "/tests/scenario/fixtures", folder.path, fs::copy_options::recursive);
    const Answer found = answer(folder.path, spoilt(bad, folder.path));
    CHECK(std::to_string(found.code) == bad.at("code"));
    CHECK_THAT(found.findings, Catch::VectorContains(bad.at("says")));
    CHECK_FALSE(fs::exists(folder.path / "out.h5"));
    CHECK_FALSE(fs::exists(folder.path / "out.h5.part"));
  }
}

}  // namespace

TEST_CASE("every bad scenario of the catalogue is refused with its message", "[bad_input]") {
  check_all("scenarios.txt", 110);
}

TEST_CASE("every bad table of the catalogue is refused with its message", "[bad_input]") {
  check_all("tables.txt", 45);
}

TEST_CASE("every bad command line of the catalogue is refused with its message", "[bad_input]") {
  check_all("commands.txt", 50);
}
