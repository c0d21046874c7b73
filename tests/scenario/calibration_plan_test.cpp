#include "luohu/scenario/calibration_plan.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/scenario/posterior.hpp"
#include "support/folder.hpp"

using namespace luohu;
using luohu::testing::Folder;

namespace {

constexpr std::string_view statistics[] = {"population_change", "settling_rate"};
const std::string source = "source = { tag = \"assumption\", note = \"test\" }\n";

std::string write(const Folder& folder, const std::string& name, const std::string& text) {
  std::ofstream{folder / name} << text;
  return folder / name;
}

std::string parameter(const std::string& name, const std::string& rest) {
  return "[[parameter]]\nname = \"" + name + "\"\n" + rest + source;
}

const std::string target =
    "[[target]]\nstatistic = \"population_change\"\nobservation = 0.01\ndiscrepancy = 0.02\n" + source;

std::string all_of(const InputError& error) {
  std::string text;
  for (const Diagnostic& finding : error.diagnostics()) text += formatted(finding) + '\n';
  return text;
}

std::string findings_of(const std::string& text) {
  const Folder folder;
  try {
    static_cast<void>(read_calibration_plan(write(folder, "plan.toml", text), statistics));
  } catch (const InputError& error) {
    return all_of(error);
  }
  return "";
}

Posterior example() {
  Posterior posterior;
  posterior.method = "a \"quoted\" method";
  posterior.version = "luohu 0";
  posterior.seed = 5;
  posterior.scale = 200;
  posterior.amenity_scale = 400;
  posterior.amenity_rounds = 6;
  posterior.inputs = {{"plan.toml", std::string(64, 'a')}};
  posterior.fits = {{"population_change", 69, 4.5, 2.25, 1.5}};
  posterior.parameters.push_back({find_parameter("migration.push_exponent"), 0.2, 1, false, 0.6, 0.3});
  posterior.parameters.push_back({find_parameter("migration.mobility_level"), 1, 6, true, 3, 0.9});
  posterior.correlations = {{1, -0.5}, {-0.5, 1}};
  posterior.draws = {{0.5, 2}, {0.6, 3}, {0.7, 1.23456}};
  return posterior;
}

}  // namespace

TEST_CASE("a calibration file says what is free and what is fitted", "[calibration]") {
  const Folder folder;
  const CalibrationPlan plan = read_calibration_plan(
      write(folder, "plan.toml",
            parameter("migration.mobility_level", "range = [1.0, 6.0]\nlog = true\n") + target +
                "[[target]]\nstatistic = \"settling_rate\"\nvalue = 0.057\nobservation = 0.01\ndiscrepancy = 0\nshared "
                "= 0.005\n" +
                source),
      statistics);
  REQUIRE(plan.free.size() == 1);
  CHECK(plan.free[0].parameter == find_parameter("migration.mobility_level"));
  CHECK(plan.free[0].lower == 1);
  CHECK(plan.free[0].upper == 6);
  CHECK(plan.free[0].log);
  REQUIRE(plan.targets.size() == 2);
  CHECK(plan.targets[0].discrepancy == 0.02);
  CHECK_FALSE(plan.targets[0].value);
  CHECK(plan.targets[1].value == 0.057);
  CHECK(plan.targets[1].shared == 0.005);
}

TEST_CASE("every mistake in a calibration file is found and placed", "[calibration]") {
  const std::string text = findings_of(
      parameter("migration.push_exponnet", "range = [0.2, 1]\n") +
      parameter("migration.push_exponent", "range = [0.9, 0.3]\n") +
      parameter("migration.home_premium", "range = [0.0, 2.5]\nlog = true\n") +
      parameter("migration.frailty_variance", "range = [0.0, 7.0]\n") +
      "[[target]]\nstatistic = \"populaton_change\"\nobservation = 0\ndiscrepancy = 0\n" + source + "[extra]\n");
  CHECK_THAT(text, Catch::Contains("plan.toml:2:8") && Catch::Contains("did you mean 'migration.push_exponent'?"));
  CHECK_THAT(text, Catch::Contains("'range' is 0.9 to 0.3 (must rise)"));
  CHECK_THAT(text, Catch::Contains("from above 0 with log"));
  CHECK_THAT(text, Catch::Contains("'range' is 7 (must be from 0 to 2)"));
  CHECK_THAT(text, Catch::Contains("did you mean 'population_change'?"));
  CHECK_THAT(text, Catch::Contains("a fit cannot be exact"));
  CHECK_THAT(text, Catch::Contains("unknown key 'extra'"));
  CHECK_THAT(findings_of(target), Catch::Contains("has no 'parameter'"));
  const std::string once = parameter("migration.push_exponent", "range = [0.2, 1]\n");
  CHECK_THAT(findings_of(once + once + target), Catch::Contains("free twice"));
}

TEST_CASE("a posterior reads back as it was written", "[calibration]") {
  const Folder folder;
  Posterior written = example();
  summarise_draws(written);
  CHECK(written.parameters[0].mean == Approx(0.6));
  CHECK(written.parameters[0].deviation == Approx(0.1));
  CHECK(written.parameters[0].median == 0.6);
  const Posterior read = read_posterior(write(folder, "posterior.toml", posterior_text(written)));
  CHECK(posterior_text(read) == posterior_text([&] {
          Posterior same = written;
          same.correlations.clear();  // for people alone
          return same;
        }()));
  CHECK(read.draws == written.draws);
  CHECK(read.amenity_scale == 400);
  CHECK(read.parameters[1].parameter == find_parameter("migration.mobility_level"));
}

TEST_CASE("mistakes in a posterior are found and placed", "[calibration]") {
  const Folder folder;
  const auto message = [&](Posterior posterior, const std::string& from, const std::string& to) {
    std::string text = posterior_text(posterior);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    try {
      static_cast<void>(read_posterior(write(folder, "posterior.toml", text)));
    } catch (const InputError& error) {
      return all_of(error);
    }
    return std::string{};
  };
  CHECK_THAT(message(example(), "[0.6, 3.0]", "[0.6]"), Catch::Contains("a draw has 1 numbers for 2 parameters"));
  CHECK_THAT(message(example(), "[0.6, 3.0]", "[0.6, 30.0]"), Catch::Contains("migration.mobility_level"));
  CHECK_THAT(message(example(), "luohu posterior 1", "luohu posterior 9"), Catch::Contains("this version reads"));
  CHECK_THAT(message(example(), "migration.push_exponent", "migration.push_exponnet"), Catch::Contains("did you mean"));
  CHECK_THAT(message(example(), "prior = [0.2, 1.0]", "prior = [0.2]"),
             Catch::Contains("write prior = [LOWER, UPPER]"));
  CHECK_THAT(message(example(), "prior = [0.2, 1.0]", "prior = [1.0, 0.2]"),
             Catch::Contains("'prior' is 1 to 0.2 (must rise)"));
  CHECK_THAT(message(example(), "prior = [0.2, 1.0]", "prior = [\"0.2\", 1.0]"), Catch::Contains("'prior' is text"));
  CHECK_THAT(message(example(), "log = true", "log = 1"), Catch::Contains("'log' is a number"));
  Posterior none = example();
  none.draws.clear();
  CHECK_THAT(message(none, "seed = 5", "seed = 6"), Catch::Contains("'draws' is empty"));
  CHECK_THROWS_AS(read_posterior(folder / "missing.toml"), Error);
}
