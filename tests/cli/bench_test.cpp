// luohu bench: the fields of its report, the results it must not change, the comparison.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "capture.hpp"
#include "golden/digests.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/core/vector_path.hpp"

using namespace luohu;
using Json = nlohmann::json;

namespace {

const std::string hunan = LUOHU_SOURCE_DIR "/scenarios/hunan/baseline.toml";
const std::string small = LUOHU_SOURCE_DIR "/tests/scenario/fixtures/baseline.toml";

/// What `luohu bench` with these words says on stdout and stderr.
Output bench(const std::string& words) {
  std::vector<std::string> arguments;
  std::istringstream text{words};
  for (std::string word; text >> word;) arguments.push_back(word);
  return captured(run_bench, arguments);
}

Json results(const std::string& words) {
  const Output output = bench(words + " --format json");
  REQUIRE(output.code == 0);
  return Json::parse(output.out).at("results");
}

std::string hexadecimal(std::uint64_t digest) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest));
  return text;
}

/// A file with the JSON of an earlier run, removed at the end.
struct Earlier {
  explicit Earlier(const std::string& text)
      : path{(std::filesystem::temp_directory_path() / ("luohu-bench-" + std::to_string(::getpid()))).string()} {
    std::ofstream{path} << text;
  }
  ~Earlier() { std::filesystem::remove(path); }
  Earlier(const Earlier&) = delete;
  Earlier& operator=(const Earlier&) = delete;
  std::string path;
};

/// The report of `words` as if everything had been `times` as fast.
std::string faster(const std::string& words, double times) {
  Json report = Json::parse(bench(words + " --format json").out);
  for (Json& result : report["results"]) {
    result["person_years_per_second"] = times * result["person_years_per_second"].get<double>();
  }
  return report.dump();
}

void check_speeds(const Json& result) {
  const double median = result.at("person_years_per_second"), min = result.at("min"), max = result.at("max");
  CHECK(0 < min);
  CHECK(min <= median);
  CHECK(median <= max);
  CHECK(max < 1e11);
}

}  // namespace

TEST_CASE("a report on W1 has its fields, and numbers that can be", "[bench]") {
  const Output output = bench("w1 --people 20000 --years 3 --repeat 2 --format json");
  REQUIRE(output.code == 0);
  const Json report = Json::parse(output.out);
  for (const char* key : {"machine", "vectors", "build", "commit"}) CHECK(report.at(key).is_string());
  CHECK(report.at("vectors") == name_of(vector_path()));
  REQUIRE(report.at("results").size() == 1);
  const Json& result = report["results"][0];
  CHECK(result.at("workload") == "w1");
  CHECK(result.at("people") == 20000);
  CHECK(result.at("years") == 3);
  CHECK(result.at("threads") == 1);
  CHECK(result.at("repeats") == 2);
  CHECK(result.at("person_years").get<double>() == Approx(60'000).epsilon(0.02));
  check_speeds(result);
  CHECK(result.at("bytes_per_person") >= 12);
  CHECK(result.at("bytes_per_person") <= 24);
  CHECK(result.at("peak_bytes") > 20000 * 12);
  CHECK(result.at("peak_bytes") < 1'000'000'000);
  CHECK(result.at("digest").get<std::string>().size() == 16);
  CHECK(result.at("passed_share") > 0.02);
  CHECK(result.at("passed_share") < 0.2);
  CHECK(result.at("worst_z") < 5);
  CHECK_THAT(output.err, Catch::Contains("1 of 2") && Catch::Contains("2 of 2"));
}

TEST_CASE("lists give a result for each size and number of threads, with equal digests", "[bench]") {
  const Json all = results("w1 --people 20000,40000 --years 3 --repeat 1 --threads 1,2");
  REQUIRE(all.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(all[i]["people"] == (i < 2 ? 20000 : 40000));
    CHECK(all[i]["threads"] == 1 + i % 2);
    CHECK(all[i]["digest"] == all[i / 2 * 2]["digest"]);
  }
  CHECK(all[0]["digest"] != all[2]["digest"]);
}

TEST_CASE("W1 and the model of Hunan give the pinned results on every vector path", "[bench][golden]") {
  const VectorPath before = vector_path();
  for (const VectorPath path : {VectorPath::baseline, VectorPath::avx2, VectorPath::avx512}) {
    set_vector_path(path);
    INFO(name_of(vector_path()));
    const std::string w1 = "w1 --repeat 1 --threads 1,2 --years 20 --people " + std::to_string(golden::w1_people);
    for (const Json& result : results(w1)) CHECK(result["digest"] == hexadecimal(golden::w1));
    for (const Json& result : results("full " + hunan + " --scale 1:1000 --repeat 1 --threads 1,2")) {
      CHECK(result["digest"] == hexadecimal(golden::hunan_baseline));
      CHECK(result["years"] == 15);
    }
  }
  set_vector_path(before);
}

TEST_CASE("the plain program is measured beside W1", "[bench]") {
  const Json result = results("w1 --plain --people 20000 --years 3 --repeat 1").at(0);
  CHECK(result["workload"] == "w1-plain");
  CHECK(result["worst_z"] < 5);
  CHECK_FALSE(result.contains("passed_share"));
  check_speeds(result);
}

TEST_CASE("a report on the full model says where the time goes", "[bench]") {
  const Json result = results("full " + small + " --scale 1:10 --repeat 2").at(0);
  CHECK(result["workload"] == "full");
  CHECK(result["scenario"] == "small");
  CHECK(result["scale"] == "1:10");
  CHECK(result["years"] == 10);
  CHECK(result["people"] > 100);
  check_speeds(result);
  CHECK(result["seconds"].at("synthesis") > 0);
  CHECK(result["seconds"].size() > 4);
  double loop = 0;
  for (const auto& [phase, seconds] : result["seconds"].items())
    loop += phase == "synthesis" ? 0 : seconds.get<double>();
  // Medians of two are means: the phases add up to the loop of the two, between the fastest and the slowest.
  const double person_years = result["person_years"];
  CHECK(loop >= 0.999 * person_years / result["max"].get<double>());
  CHECK(loop <= 1.001 * person_years / result["min"].get<double>());
}

TEST_CASE("text has a row for each result and a column of phases for each number of threads", "[bench]") {
  const Output w1 = bench("w1 --people 20000 --years 3 --repeat 1 --threads 1,2");
  CHECK_THAT(w1.out, Catch::Contains("workload  people  years  threads") && Catch::Contains("digest"));
  const std::string full = bench("full " + small + " --repeat 1 --threads 1,2").out;
  CHECK_THAT(full, Catch::Contains("full small 1:10") && Catch::Contains("1 thread  2 threads") &&
                       Catch::Contains("synthesis"));
  const std::vector<std::string> lines = lines_of(full);
  for (std::size_t i = 4; i < 6; ++i) CHECK(lines.at(i).size() == lines.at(3).size());
}

TEST_CASE("a comparison gives ratios, and fails above the slowdown", "[bench]") {
  const std::string words = "w1 --people 20000 --years 3 --repeat 3";
  const auto compared = [&](double times, const std::string& more) {
    const Earlier earlier{faster(words, times)};
    return bench(words + " --compare " + earlier.path + more);
  };
  // A thousandfold leaves no room for noise.
  const Output slower = compared(1000, " --format json --max-slowdown 1.10");
  CHECK(slower.code == static_cast<int>(ExitCode::threshold));
  const Json entry = Json::parse(slower.out).at("comparison").at(0);
  CHECK(entry["workload"] == "w1");
  CHECK(entry["people"] == 20000);
  CHECK(entry["threads"] == 1);
  CHECK(entry["same_digest"] == true);
  CHECK(entry["ratio"] < 0.1);
  CHECK(entry["ratio"].get<double>() == Approx(entry["now"].get<double>() / entry["before"].get<double>()));
  CHECK_THAT(slower.err, Catch::Contains("times as long") && Catch::Contains("1.1 at most"));

  CHECK(compared(1000, "").code == 0);  // says so, but nothing was asked for
  const Output faster_now = compared(0.001, " --max-slowdown 1.10");
  CHECK(faster_now.code == 0);
  CHECK_THAT(faster_now.out, Catch::Contains("ratio") && Catch::Contains("same"));
}

TEST_CASE("only the same workload, people and threads are compared", "[bench]") {
  const Earlier earlier{faster("w1 --people 20000 --years 3 --repeat 1", 1000)};
  const std::string tail = " --years 3 --repeat 1 --max-slowdown 1.1 --format json --compare " + earlier.path;
  const Output both = bench("w1 --people 10000,20000 --threads 1,2" + tail);
  CHECK(Json::parse(both.out).at("comparison").size() == 1);
  CHECK(both.code == 5);
  CHECK_THROWS_WITH(bench("w1 --people 10000" + tail), Catch::Contains("has none of these workloads"));
}

TEST_CASE("a measurement that cannot be made is refused with a reason", "[bench]") {
  const Earlier other{"{\"results\": [{\"workload\": \"w1\"}]}"};
  struct Case {
    std::string words;
    ExitCode code;
    std::string says;
  };
  const std::vector<Case> cases{
      {"", ExitCode::usage, "missing workload"},
      {"w2", ExitCode::usage, "unknown workload 'w2'; did you mean 'w1'?"},
      {"w1 --people 0", ExitCode::usage, "--people is '0'"},
      {"w1 --people 1000,,2000", ExitCode::usage, "--people is '1000,,2000'"},
      {"w1 --people 1000,", ExitCode::usage, "whole numbers"},
      {"w1 --threads 1,x", ExitCode::usage, "--threads is '1,x'"},
      {"w1 --years 0", ExitCode::usage, "--years is '0'"},
      {"w1 --repeat many", ExitCode::usage, "--repeat is 'many'"},
      {"w1 --format xml", ExitCode::usage, "--format is 'xml'"},
      {"w1 --plain --threads 2", ExitCode::usage, "one thread"},
      {"w1 --scale 1:10", ExitCode::usage, "--scale is not an option of 'bench w1'"},
      {"w1 " + small, ExitCode::usage, "'bench w1' has no scenario"},
      {"w1 --max-slowdown 1.1", ExitCode::usage, "add --compare"},
      {"w1 --compare /nowhere.json", ExitCode::environment, "/nowhere.json: cannot read"},
      {"w1 --compare " + small, ExitCode::usage, "not what 'luohu bench --format json' prints"},
      {"w1 --compare " + other.path, ExitCode::usage, "people"},
      {"w1 --people 2000000000000", ExitCode::usage, "from 1 to 2000000000"},
      {"full", ExitCode::usage, "needs a scenario"},
      {"full " + small + " --people 1000", ExitCode::usage, "--people is not an option of 'bench full'"},
      {"full " + small + " --scale 10", ExitCode::usage, "--scale 10: expected 1:N"},
      {"full " + small + " again", ExitCode::usage, "unexpected 'again'"},
      {"full /nowhere.toml", ExitCode::environment, "/nowhere.toml"},
  };
  for (const Case& c : cases) {
    INFO(c.words);
    try {
      bench(c.words);
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == c.code);
      CHECK_THAT(error.what(), Catch::Contains(c.says));
    }
  }
}
