// luohu validate and luohu invert from the outside.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "support/hindcasts.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

std::string scenario(std::size_t i) {
  return (folder_of(hindcasts[i]) / "hindcast.toml").string();
}

}  // namespace

TEST_CASE("every hindcast runs at 1:1000 and is scored", "[validate]") {
  // The population balance of every year is checked by the run itself.
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < hindcasts.size(); ++i) arguments.push_back(scenario(i));
  arguments.insert(arguments.end(), {"--scale", "1:1000", "--format", "json"});
  const Output o = captured(run_validate, arguments);
  CHECK(o.code == 0);
  const auto json = nlohmann::json::parse(o.out);
  REQUIRE(json["hindcasts"].size() == hindcasts.size());
  for (std::size_t i = 0; i < hindcasts.size(); ++i) {
    INFO(hindcasts[i].folder);
    const auto& hindcast = json["hindcasts"][i];
    CHECK(hindcast["prefectures"].size() == hindcasts[i].prefectures);
    const auto& first = hindcast["patterns"][0];
    CHECK(first["pattern"] == "P1");
    CHECK(first["value"].is_number());
    CHECK(first["benchmarks"].contains("regression"));
    for (const char* pattern : {"P1", "P2", "P3", "P4", "P5", "P6", "P8", "P9", "P10", "P11", "P14"}) {
      CHECK(std::any_of(hindcast["patterns"].begin(), hindcast["patterns"].end(),
                        [&](const auto& score) { return score["pattern"] == pattern; }));
    }
    // One replicate: the residuals say the same of residents as the prefectures do.
    const auto& residents = hindcast["residuals"][0];
    CHECK(residents["statistic"].get<std::string>() == "population_change");
    for (std::size_t p = 0; p < hindcast["prefectures"].size(); ++p) {
      const auto& place = hindcast["prefectures"][p];
      const auto& number = residents["numbers"][p];
      CHECK(number["of"].get<std::string>() == std::to_string(place["place"].get<int>()));
      for (const char* of : {"counted", "simulated"}) {
        const double change = std::log(place[of].get<double>() / place["base"].get<double>());
        CHECK(number[of].get<double>() == Approx(change).margin(1e-9));
      }
    }
  }
  CHECK(json["hindcasts"][0]["capital"] == 430100);
  for (const auto& score : json["hindcasts"][0]["patterns"]) {
    if (score["pattern"] == "P10" || score["pattern"] == "P11") CHECK(score["value"].is_number());
  }
}

TEST_CASE("a hindcast can be scored under another structure", "[validate]") {
  const auto json_with = [](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{scenario(1), "--scale", "1:1000", "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return nlohmann::json::parse(captured(run_validate, arguments).out);
  };
  const auto as_it_is = json_with({});
  CHECK(json_with({"--set", "migration.iceberg_share=0"})["hindcasts"] == as_it_is["hindcasts"]);
  const auto iceberg = json_with({"--set", "migration.iceberg_share=1"});
  CHECK(iceberg["hindcasts"] != as_it_is["hindcasts"]);
  CHECK(iceberg["set"]["migration.iceberg_share"] == "1");
  const auto frozen = json_with({"--feedbacks", "off"});
  CHECK(frozen["hindcasts"] != as_it_is["hindcasts"]);
  CHECK(frozen["set"]["feedbacks.networks"] == "false");
  CHECK_THAT(refusal_of(run_validate, {scenario(1), "--set", "migration.iceberg_share=2"}), Catch::Contains("iceberg"));
}

TEST_CASE("scores are the same for any number of threads, and in every form", "[validate]") {
  const std::vector<std::string> base{scenario(5), "--scale", "1:1000", "--train", scenario(1)};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), base.begin(), base.end());
    return captured(run_validate, more).out;
  };
  CHECK(with({"--threads", "1", "--format", "csv"}) == with({"--threads", "3", "--format", "csv"}));
  CHECK_THAT(with({}), Catch::Contains("below every benchmark") && Catch::Contains("regression "));
  CHECK_THAT(with({"--format", "csv"}), Catch::StartsWith("scenario,pattern,name,scope,value,spread,unit,band,met,"));
  CHECK_THAT(with({"--replicates", "2"}), Catch::Contains("2 replicate(s)") && Catch::Contains("+-"));
}

TEST_CASE("a scenario without targets is refused with the missing file", "[validate]") {
  const std::string baseline = LUOHU_SOURCE_DIR "/scenarios/hunan/baseline.toml";
  CHECK_THAT(refusal_of(run_validate, {baseline}, ExitCode::input), Catch::Contains("targets-2035.csv"));
  CHECK_THAT(refusal_of(run_validate, {}), Catch::Contains("scenario"));
  CHECK_THAT(refusal_of(run_validate, {scenario(0), "--scale", "100"}), Catch::Contains("scale"));
}

TEST_CASE("invert writes a table that the program reads", "[invert]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("luohu-invert-" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::copy(folder_of(hindcasts[5]), folder, fs::copy_options::recursive);
  const std::string table = (folder / "census-2010" / "amenity.csv").string();
  const std::string copy = (folder / "hindcast.toml").string();
  CHECK_THAT(refusal_of(run_invert, {copy, "-o", table}), Catch::Contains("amenity.csv exists; --force replaces it"));
  const Output o = captured(run_invert, {copy, "-o", table, "--force", "--scale", "1:1000", "--rounds", "2"});
  CHECK(o.code == 0);
  CHECK_THAT(o.out, Catch::Contains("rounds; largest error"));
  CHECK(captured(run_check, {copy}).code == 0);
  CHECK_THAT(refusal_of(run_invert, {copy}), Catch::Contains("-o amenity.csv"));
  CHECK_THAT(
      refusal_of(run_invert, {LUOHU_SOURCE_DIR "/tests/scenario/fixtures/baseline.toml", "-o", table}, ExitCode::input),
      Catch::Contains("youth_migration.csv"));
  fs::remove_all(folder);
}
