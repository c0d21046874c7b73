// What luohu sensitivity prints, on the tables of Hunan at a small scale and over a few years.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "cli/capture.hpp"
#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/results/reader.hpp"
#include "support/folder.hpp"

using namespace luohu;
namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

const std::string hunan = LUOHU_SOURCE_DIR "/scenarios/hunan/";
const std::string baseline = hunan + "baseline.toml";
const std::string package = hunan + "measures-01-02.toml";
const std::string hindcast = hunan + "hindcast.toml";
const std::string cost = "fiscal.settling_cost_mid=40000:120000";

std::vector<std::string> command(const std::string& scenario, const std::vector<std::string>& more) {
  std::vector<std::string> words{scenario, "--scale", "1:1000", "--set", "last_year=2023", "--progress", "none"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Output studied(const std::string& scenario, const std::vector<std::string>& more) {
  Output output = captured(run_sensitivity, command(scenario, more));
  set_threads(available_threads());
  return output;
}

Json answer(const std::string& scenario, std::vector<std::string> more) {
  more.insert(more.end(), {"--format", "json"});
  return Json::parse(studied(scenario, more).out);
}

std::string refusal(const std::vector<std::string>& more) {
  return refusal_of(run_sensitivity, command(baseline, more));
}

/// A factor's statistics by name, those of levels by "change VALUE".
std::map<std::string, Json> statistics(const Json& result, const std::string& factor) {
  std::map<std::string, Json> found;
  for (const Json& f : result.at("factors")) {
    if (f.at("factor") != factor) continue;
    for (const Json& s : f.at("statistics")) {
      const std::string at = s.at("at").is_null() ? "" : " " + s.at("at").dump();
      found[s.at("name").get<std::string>() + at] = s;
    }
  }
  REQUIRE_FALSE(found.empty());
  return found;
}

double value(const std::map<std::string, Json>& of, const std::string& name) {
  return of.at(name).at("value").get<double>();
}

/// Residents of the last year, mean over replicates, as luohu run gives them.
double residents(const std::string& scenario, const std::vector<std::string>& more) {
  const testing::Folder folder;
  const std::string path = (folder.path / "out.h5").string();
  std::vector<std::string> words{scenario,     "--scale", "1:1000",       "--set", "last_year=2023", "-o", path,
                                 "--progress", "none",    "--replicates", "2"};
  words.insert(words.end(), more.begin(), more.end());
  REQUIRE(captured(run_run, words).code == 0);
  const ResultsFile file{path};
  double sum = 0;
  for (const std::size_t r : {std::size_t{0}, std::size_t{1}}) {
    const auto people = std::get<std::vector<std::int64_t>>(file.read("population", 0, 0, r));
    const std::size_t years = 4;  // 2020 to 2023
    const std::size_t each = people.size() / years;
    sum += std::accumulate(people.end() - static_cast<std::ptrdiff_t>(each), people.end(), 0.0) / 2;
  }
  return sum;
}

}  // namespace

TEST_CASE("one at a time, a level's change is that of two runs", "[sensitivity]") {
  const Json found = answer(baseline, {"--method", "oat", "--levels", "3", "--replicates", "2", "--outcome",
                                       "residents", "--parameter", "migration.mobility_level=2:4"});
  const Json& result = found.at("results")[0];
  const double own = residents(baseline, {});
  const double low = residents(baseline, {"--set", "migration.mobility_level=2"});
  const auto of = statistics(result, "migration.mobility_level");
  CHECK(result.at("reference").get<double>() == Approx(own).epsilon(1e-12));
  CHECK(value(of, "change 2.0") == Approx(low - own).epsilon(1e-12));
  CHECK(value(of, "change 2.0") != 0);
  CHECK(value(of, "change 3.0") == 0);  // the scenario's own value
  CHECK(value(of, "spread") >= std::abs(low - own));
  CHECK(of.at("change 2.0").at("low").get<double>() < low - own);
  CHECK(value(statistics(result, "seed"), "spread") > 0);
}

TEST_CASE("a cost is in proportion to the cost of a settler, and nothing else depends on it", "[sensitivity]") {
  // The public cost is settlers times their unit cost, and that of coverage beyond the base year, of which the baseline
  // has none: at 40,000 yuan half of what it is at 80,000, but for rounding to a yuan a person and year.
  const std::vector<std::string> asked{"--parameter", cost, "--outcome", "fiscal_cost", "--outcome", "residents"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), asked.begin(), asked.end());
    return answer(baseline, more).at("results");
  };
  const Json levels = with({"--method", "oat", "--levels", "3"});
  const double reference = levels[0].at("reference").get<double>();
  const auto of_cost = statistics(levels[0], "fiscal.settling_cost_mid");
  CHECK(value(of_cost, "change 40000.0") == Approx(-reference / 2).epsilon(1e-3));
  CHECK(value(of_cost, "change 120000.0") == Approx(reference / 2).epsilon(1e-3));
  CHECK(value(of_cost, "spread") == Approx(reference).epsilon(1e-3));
  CHECK(value(statistics(levels[1], "fiscal.settling_cost_mid"), "spread") == 0);

  const Json trajectories = with({"--trajectories", "4"});
  const auto effect = statistics(trajectories[0], "fiscal.settling_cost_mid");
  CHECK(value(effect, "mu") == value(effect, "mu_star"));
  CHECK(value(effect, "sigma") < 0.1 * value(effect, "mu"));     // what seeds differ in settlers
  CHECK(value(effect, "mu") == Approx(reference).epsilon(0.1));  // the whole range is the value itself
  CHECK(value(statistics(trajectories[1], "fiscal.settling_cost_mid"), "mu_star") == 0);
  CHECK(value(statistics(trajectories[1], "seed"), "mu_star") > 0);

  const Json shares = with({"--method", "sobol", "--points", "16"});
  CHECK(value(statistics(shares[0], "fiscal.settling_cost_mid"), "total") > 0.9);
  CHECK(value(statistics(shares[0], "seed"), "total") < 0.1);
  CHECK(value(statistics(shares[1], "fiscal.settling_cost_mid"), "total") == 0);
  CHECK(value(statistics(shares[1], "seed"), "total") > 0.3);  // all of the variance, of 32 values
  CHECK(shares[1].at("factors")[0].at("factor") == "seed");    // the most important first
  CHECK(shares[0].at("factors")[0].at("factor") == "fiscal.settling_cost_mid");
  CHECK(shares[0].at("spread").at("low").get<double>() < shares[0].at("spread").at("high").get<double>());
}

TEST_CASE("the effect of a package is that of two scenarios with the same random numbers", "[sensitivity]") {
  const Json found = answer(package, {"--baseline", baseline, "--method", "oat", "--levels", "2", "--replicates", "2",
                                      "--outcome", "residents", "--parameter", "settling.application_rate"});
  CHECK(found.at("baseline") == "baseline");
  CHECK(found.at("ranges")[0].at("named") == false);
  CHECK(found.at("ranges")[0].at("lower").get<double>() == Approx(0.1125));
  CHECK(found.at("results")[0].at("reference").get<double>() ==
        Approx(residents(package, {}) - residents(baseline, {})).margin(1e-6));
  // A scenario that changes nothing has no effect to apportion.
  const testing::Folder folder;
  const std::string same = (folder.path / "same.toml").string();
  std::ofstream{same} << "id = \"same\"\nextends = \"" << baseline << "\"\ntitle = { zh = \"测试\", en = \"Test\" }\n";
  const std::vector<std::string> null{"--baseline", baseline, "--method",    "sobol",
                                      "--points",   "2",      "--parameter", cost};
  const Json nothing = answer(same, null);
  for (const Json& result : nothing.at("results")) {
    CHECK(result.at("reference") == 0);
    CHECK(statistics(result, "seed").at("total").at("value").is_null());
  }
  CHECK_THAT(studied(same, null).out, Catch::Contains("seed 随机种子") && !Catch::Contains("nan"));
}

TEST_CASE("sensitivity is the same whatever the number of threads", "[sensitivity]") {
  const auto with = [](const std::string& threads) {
    return studied(baseline, {"--threads", threads, "--format", "csv", "--trajectories", "3", "--replicates", "2",
                              "--parameter", "migration.mobility_level", "--parameter", "migration.home_premium"})
        .out;
  };
  const std::string one = with("1");
  CHECK(with("3") == one);
  CHECK_THAT(one,
             Catch::StartsWith("outcome,place,unit,factor,statistic,at,value,low,high\nresidents,,person,,reference"));
  CHECK_THAT(one, Catch::Contains("\nresidents,,person,seed,mu_star,,"));
}

TEST_CASE("amenities inverted at every point keep the flows of the base year", "[sensitivity]") {
  // Without it the home premium moves the first year's migration; with it the flows are those of the table at every
  // level, as far as rounds at 1:1000 go, so that a year later residents differ by a fraction of what they did.
  const std::vector<std::string> asked{
      "--method",       "oat",       "--levels",           "2",           "--set",
      "last_year=2021", "--outcome", "residents:changsha", "--parameter", "migration.home_premium=0.6:1.8"};
  std::vector<std::string> inverted = asked;
  inverted.insert(inverted.end(), {"--invert", hunan + "census-2020"});
  const Json held = answer(baseline, asked);
  const Json found = answer(baseline, inverted);
  CHECK(held.at("inverted") == false);
  CHECK(found.at("inverted") == true);
  const auto spread = [](const Json& of) {
    return value(statistics(of.at("results")[0], "migration.home_premium"), "spread");
  };
  CHECK(spread(found) < spread(held) / 2);
}

TEST_CASE("sensitivity says what it will do, and writes tables for people", "[sensitivity]") {
  const Output dry = studied(baseline, {"--parameter", cost, "--parameter", "migration.mobility_level", "--dry-run"});
  CHECK(dry.code == 0);
  CHECK(dry.out.empty());
  CHECK_THAT(dry.err,
             Catch::Contains("121 points x 1 replicate(s) = 121 runs of ") && Catch::Contains("thread(s) about "));
  CHECK_THAT(dry.err, Catch::Contains("own value ± 25 %") && Catch::Contains("named"));

  const testing::Folder folder;
  const std::string path = (folder.path / "new" / "answer.md").string();
  const std::vector<std::string> options{
      "--method",    "sobol", "--points", "2",        "--outcome", "residents:changsha",
      "--parameter", cost,    "--format", "markdown", "-o",        path};
  CHECK(studied(baseline, options).code == 0);
  std::stringstream text;
  text << std::ifstream{path}.rdbuf();
  CHECK_THAT(text.str(),
             Catch::Contains("**residents 常住人口: residents, in the last year, 长沙市 Changsha (person): ") &&
                 Catch::Contains("| factor | total index | first-order index |") &&
                 Catch::Contains("| fiscal.settling_cost_mid 人均市民化公共成本：中 |"));
  CHECK_THAT(refusal(options), Catch::Contains("--force replaces it"));

  // Four digits of a rate and of a number of persons.
  const std::vector<std::string> both{"--method", "oat",       "--levels",     "2",         "--parameter",
                                      cost,       "--outcome", "urbanisation", "--outcome", "residents"};
  const Json exact = answer(baseline, both);
  const std::string shown = studied(baseline, both).out;
  const double rate = exact.at("results")[0].at("reference").get<double>();
  const double people = exact.at("results")[1].at("reference").get<double>();
  CHECK_THAT(shown, Catch::Contains(fmt::format("(%): {:.2f} at the scenario's own", rate)));
  CHECK_THAT(shown,
             Catch::Contains(fmt::format("(person): {:.0f} at the scenario's own", std::round(people / 1e4) * 1e4)));
}

TEST_CASE("a sensitivity analysis that makes no sense is refused with a reason", "[sensitivity]") {
  CHECK_THAT(refusal({}), Catch::Contains("no parameter to vary"));
  CHECK_THAT(refusal({"--parameter", "migration.mobility_levl"}),
             Catch::Contains("did you mean 'migration.mobility_level'?"));
  CHECK_THAT(refusal({"--parameter", "migration.mobility_level=0:11"}), Catch::Contains("limits are 0 and 10"));
  CHECK_THAT(refusal({"--parameter", cost, "--outcome", "setled"}), Catch::Contains("did you mean 'settled'?"));
  CHECK_THAT(refusal({"--parameter", cost, "--method", "sobol", "--points", "100"}), Catch::Contains("such as 128"));
  CHECK_THAT(refusal({"--parameter", cost, "--method", "sobl"}), Catch::Contains("did you mean 'sobol'?"));
  CHECK_THAT(refusal({"--parameter", cost, "--points", "128"}),
             Catch::Contains("--points does nothing with --method morris"));
  CHECK_THAT(refusal({"--parameter", cost, "--method", "oat", "--trajectories", "9"}),
             Catch::Contains("--trajectories does nothing with --method oat"));
  CHECK_THAT(refusal({"--parameter", cost, "--trajectories", "1"}), Catch::Contains("from 2 to"));
  CHECK_THAT(refusal({"--parameter", cost, "--baseline", baseline}), Catch::Contains("both have the id 'baseline'"));
}
