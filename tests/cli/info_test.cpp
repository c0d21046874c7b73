#include <catch2/catch.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "luohu/cli/commands.hpp"
#include "luohu/core/error.hpp"
#include "results/sample.hpp"

using namespace luohu;

namespace {

/// What the program writes to its standard output, for as long as this lives.
class Captured {
 public:
  Captured() : before_{std::cout.rdbuf(out_.rdbuf())} {}
  ~Captured() { std::cout.rdbuf(before_); }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;
  [[nodiscard]] std::string text() const { return out_.str(); }

 private:
  std::ostringstream out_;
  std::streambuf* before_;
};

/// What `luohu info` prints for these arguments.
std::string info(const std::vector<std::string>& arguments) {
  const Captured output;
  const int code = run_info(arguments);
  return code == 0 ? output.text() : "";
}

}  // namespace

TEST_CASE("info says as JSON what the file holds", "[cli][info]") {
  const sample::Folder folder;
  sample::write(folder / "sample.h5");
  const auto json = nlohmann::json::parse(info({(folder / "sample.h5").string(), "--format", "json"}));
  CHECK(json["status"] == "complete");
  CHECK(json["seed"] == "18446744073709551557");
  CHECK(json["scale"] == 100);
  CHECK(json["baseline"] == "baseline");
  CHECK(json["replicates"] == 2);
  CHECK(json["scenarios"][1]["title"]["zh"] == "取消落户限制");
  CHECK(json["dimensions"][4] == nlohmann::json{{"name", "place"}, {"size", 3}});
  CHECK(json["variables"][1]["name"] == "flow");
  CHECK(json["variables"][1]["dimensions"].back() == "destination");
  CHECK(json["variables"][1]["units"] == "person year-1");
  CHECK(json["inputs"][0]["sha256"] == std::string(64, 'a'));
  CHECK(json["digest"].get<std::string>().size() == 16);
}

TEST_CASE("info says the same as text", "[cli][info]") {
  const sample::Folder folder;
  sample::write(folder / "sample.h5");
  const std::string text = info({(folder / "sample.h5").string()});
  for (const char* part : {"status      complete", "years       2020 to 2022", "scale       1:100",
                           "取消落户限制  Open registration", "population(place, zone, sex)", "person year-1"}) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("info of an unfinished file says that it is one", "[cli][info]") {
  const sample::Folder folder;
  const Experiment of = sample::experiment();
  {
    ResultsWriter writer{folder / "cut.h5", of, false};
    sample::add(writer, of, 0, 1);
  }
  CHECK(info({(folder / "cut.h5.part").string()}).find("status      running") != std::string::npos);
}

TEST_CASE("info refuses what is no results file, and wrong options", "[cli][info]") {
  const sample::Folder folder;
  std::ofstream{folder / "text.h5"} << "text";
  const auto code = [](const std::vector<std::string>& arguments) {
    try {
      info(arguments);
    } catch (const Error& error) {
      return error.code();
    }
    return ExitCode::done;
  };
  CHECK(code({(folder / "text.h5").string()}) == ExitCode::environment);
  CHECK(code({(folder / "missing.h5").string()}) == ExitCode::environment);
  CHECK(code({}) == ExitCode::usage);
  CHECK(code({"a.h5", "--format", "xml"}) == ExitCode::usage);
}
