#include <algorithm>
#include <catch2/catch.hpp>

#include "capture.hpp"
#include "luohu/core/error.hpp"

using namespace luohu;

namespace {

const std::string variant = LUOHU_SOURCE_DIR "/tests/scenario/fixtures/variant.toml";

}  // namespace

TEST_CASE("check prints the scenario resolved, with origins in columns", "[check]") {
  const Output o = captured(run_check, {variant});
  CHECK(o.code == 0);
  CHECK(o.err.empty());
  CHECK_THAT(o.out, Catch::StartsWith("relaxed  放宽 / Relaxed\n2020 to 2030, tables "));
  CHECK_THAT(o.out, Catch::Contains("measure 1, lift: 取消年限 / No years\n"));
  CHECK_THAT(o.out, Catch::Contains("measure.lift.start "));
  CHECK_THAT(o.out, Catch::Contains("2021.5 year"));
  CHECK_THAT(o.out, Catch::Contains("variant.toml:11"));
  CHECK_THAT(o.out, Catch::Contains("[text] clause 1"));
}

TEST_CASE("check prints JSON for editors", "[check]") {
  const Output o = captured(run_check, {variant, "--format", "json"});
  CHECK(o.code == 0);
  CHECK_THAT(o.out, Catch::Contains("\"valid\": true") && Catch::Contains("\"key\": \"measure.lift.value\"") &&
                        Catch::Contains("\"origin\": \"variant.toml:12\""));
}

TEST_CASE("JSON has no infinity: a quota lifted is written as text", "[check]") {
  const Output o = captured(run_check, {LUOHU_SOURCE_DIR "/scenarios/hunan/abolish-all.toml", "--format", "json"});
  CHECK_THAT(o.out, Catch::Contains("\"key\": \"measure.no-quota.value\",\n          \"value\": \"inf\""));
}

TEST_CASE("check reports findings on stderr and by its exit code", "[check]") {
  const Output o = captured(run_check, {variant, "--set", "measure.lift.value=99"});
  CHECK(o.code == 2);
  CHECK(o.out.empty());
  CHECK(o.err == "--set measure.lift.value=99: 'value' is 99 year (must be from 0 to 50 year)\n");
  const Output json = captured(run_check, {variant, "--set", "measure.lift.value=99", "--format=json"});
  CHECK(json.code == 2);
  CHECK_THAT(json.out, Catch::Contains("\"valid\": false") && Catch::Contains("\"message\": \"'value' is 99 year"));
}

TEST_CASE("check needs a scenario that can be read and a setting with a value", "[check]") {
  const auto code = [](const std::vector<std::string>& arguments) {
    try {
      return static_cast<ExitCode>(captured(run_check, arguments).code);
    } catch (const Error& error) {
      return error.code();
    }
  };
  CHECK(code({}) == ExitCode::usage);
  CHECK(code({variant, "--set", "last_year"}) == ExitCode::usage);
  CHECK(code({"no-such.toml"}) == ExitCode::environment);
  CHECK(code({"--help"}) == ExitCode::done);
}
