#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "luohu/policy/levers.hpp"
#include "luohu/policy/work_points.hpp"
#include "luohu/rates/parameters.hpp"
#include "luohu/tabulate/indicators.hpp"

using namespace luohu;
using Json = nlohmann::json;

namespace {

struct Registry {
  int (*command)(Arguments);
  std::string key;
  std::size_t entries;
};

const Registry registries[] = {{run_levers, "levers", levers().size()},
                               {run_parameters, "parameters", parameter_table().size()},
                               {run_measures, "measures", work_points().size()},
                               {run_indicators, "indicators", indicators().size()}};

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> list;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) list.push_back(line);
  return list;
}

std::size_t columns(const std::string& row) {
  std::size_t bars = 0;
  for (std::size_t i = 0; i < row.size(); ++i) bars += row[i] == '|' && (i == 0 || row[i - 1] != '\\') ? 1 : 0;
  return bars - 1;
}

}  // namespace

TEST_CASE("every registry is printed whole as JSON", "[listing]") {
  for (const auto& [command, key, entries] : registries) {
    INFO(key);
    const Json json = Json::parse(captured(command, {"--format", "json"}).out);
    REQUIRE(json.size() == 1);
    CHECK(json.at(key).size() == entries);
  }
}

TEST_CASE("every registry is printed whole as one Markdown table", "[listing]") {
  for (const auto& [command, key, entries] : registries) {
    INFO(key);
    const auto rows = lines(captured(command, {"--format", "markdown"}).out);
    REQUIRE(rows.size() == entries + 2);
    for (const std::string& row : rows) CHECK(columns(row) == columns(rows.front()));
  }
}

TEST_CASE("an unknown format or name of a registry is an error of usage", "[listing]") {
  for (const auto& [command, key, entries] : registries) {
    INFO(key);
    CHECK_THROWS_AS(captured(command, {"--format", "xml"}), Error);
    CHECK_THROWS_AS(captured(command, {"no-such-name"}), Error);
  }
}

TEST_CASE("levers lists every lever, and describes the one named", "[levers]") {
  CHECK(lines(captured(run_levers, {}).out).size() == levers().size());
  const Output one = captured(run_levers, {"registration.quota"});
  CHECK_THAT(one.out, Catch::Contains("0 to inf, unit person year-1") && Catch::Contains("年度落户指标"));
  const Output json = captured(run_levers, {"registration.quota", "--format", "json"});
  CHECK_THAT(json.out, Catch::Contains("\"maximum\": null") && Catch::Contains("\"tag\": \"assumption\""));
  CHECK_THROWS_WITH(captured(run_levers, {"registration.qouta"}),
                    "unknown lever 'registration.qouta'; did you mean 'registration.quota'?");
}

TEST_CASE("parameters lists every parameter, and describes the one named", "[parameters]") {
  CHECK(lines(captured(run_parameters, {}).out).size() == parameter_table().size());
  const Output one = captured(run_parameters, {"migration.push_exponent"});
  CHECK_THAT(one.out, Catch::Contains("推力指数") && Catch::Contains("default   0.6, unit 1") &&
                          Catch::Contains("range     0 to 1") && Catch::Contains("[assumption]"));
  const Json json = Json::parse(captured(run_parameters, {"--format", "json", "migration.push_exponent"}).out);
  CHECK(json["parameters"][0]["default"] == Parameters{}.push_exponent);
  CHECK_THROWS_WITH(captured(run_parameters, {"migration.push_exponnent"}),
                    "unknown parameter 'migration.push_exponnent'; did you mean 'migration.push_exponent'?");
}

TEST_CASE("measures lists all 22, and describes the one whose number is given", "[measures]") {
  const Json json = Json::parse(captured(run_measures, {"--format", "json"}).out)["measures"];
  REQUIRE(json.size() == 22);
  CHECK(json[0]["number"] == 1);
  CHECK(json[0]["title"]["zh"] == "有序放开放宽城市落户限制");
  CHECK(json[0]["class"] == "simulated");
  CHECK(json[0]["levers"].size() == 5);
  CHECK(json[0]["scenario"] == "measure-01.toml");
  CHECK(json[16]["class"] == "recorded");
  CHECK(json[16]["levers"].empty());
  CHECK(json[16]["scenario"].is_null());
  CHECK_THAT(captured(run_measures, {"17"}).out, Catch::Contains("effect     does nothing\n"));
  CHECK_THROWS_WITH(captured(run_measures, {"23"}), "unknown number '23' (must be a whole number from 1 to 22)");
}
