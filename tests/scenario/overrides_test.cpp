#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace luohu;

namespace {

Scenario with(const std::vector<Override>& overrides) {
  const SmallProvince province;
  return read_scenario(province / "variant.toml", overrides);
}

Found found_with(const std::vector<Override>& overrides) {
  const SmallProvince province;
  return found_in(province / "variant.toml", overrides);
}

}  // namespace

TEST_CASE("the command line sets years, parameters and measures", "[set]") {
  CHECK(with({{"last_year", "2026"}}).last_year == 2026);
  CHECK(with({{"parameters.migration.push_exponent", "0.25"}}).parameters.push_exponent == 0.25);
  CHECK(with({{"settling.wish_gain", "2"}}).parameters.wish_gain == 2);
  const Measure lift = with({{"measure.lift.value", "1"},
                             {"measure.lift.start", "2022"},
                             {"measure.lift.ramp", "0"},
                             {"measure.lift.lag", "0.5"},
                             {"measure.lift.enabled", "false"}})
                           .measures[0];
  CHECK(lift.amount == 1);
  CHECK(lift.start == 2022);
  CHECK(lift.ramp == 0);
  CHECK(lift.lag == 0.5);
  CHECK_FALSE(lift.enabled);
}

TEST_CASE("the last of two settings of one key holds", "[set]") {
  CHECK(with({{"last_year", "2026"}, {"last_year", "2027"}}).last_year == 2027);
}

TEST_CASE("a number from the command line is an assumption from the command line", "[set]") {
  const Scenario s = with({{"measure.lift.value", "1"}, {"settling.wish_gain", "2"}});
  CHECK(s.measures[0].source.tag == Tag::assumption);
  CHECK(s.measures[0].source.note == "set on the command line, replacing: clause 1");
  std::size_t seen = 0;
  for (const Resolved& value : s.resolved) {
    if (value.key != "measure.lift.value" && value.key != "parameters.settling.wish_gain") continue;
    ++seen;
    CHECK(value.origin == "command line");
    CHECK(value.tag == Tag::assumption);
  }
  CHECK(seen == 2);
  CHECK(with({{"measure.lift.ramp", "1"}}).measures[0].source.tag == Tag::text);  // the number is still the text's
}

TEST_CASE("a wrong setting is an error of usage that repeats it", "[set][diagnostics]") {
  struct Case {
    Override set;
    std::string message;
  };
  const Case cases[] = {
      {{"lastyear", "2026"}, "unknown key 'lastyear'; did you mean 'last_year'?"},
      {{"settling.wish_gian", "2"}, "unknown key 'settling.wish_gian'; did you mean 'settling.wish_gain'?"},
      {{"colour", "red"}, "unknown key 'colour'; one of: last_year, feedbacks.NAME, measure.ID.KEY, parameters.NAME"},
      {{"parameters.settling.gain", "2"}, "unknown parameter 'settling.gain'"},
      {{"parameters.settling.wish_gain", "99"}, "'settling.wish_gain' is 99 (must be from 0 to 20)"},
      {{"parameters.settling.wish_gain", "much"}, "'settling.wish_gain' is text (must be a number)"},
      {{"last_year", "2019"}, "'last_year' is 2019 (must be after first_year, 2020)"},
      {{"last_year", "20x6"}, "'last_year' is text (must be a number)"},
      {{"last_year", ""}, "'last_year' is text (must be a number)"},
      {{"measure.lfit.value", "1"}, "no measure 'lfit'; did you mean 'lift'?"},
      {{"measure.lift.vlaue", "1"}, "a measure has no key 'vlaue' to set; did you mean 'value'?"},
      {{"measure.lift", "1"},
       "a measure has no key '' to set; one of: value, add, multiply, start, ramp, lag, enabled"},
      {{"measure.lift.add", "1"}, "measure 'lift' has no 'add' to set"},
      {{"measure.lift.value", "-1"}, "'value' is -1 year (must be from 0 to 50 year)"},
      {{"measure.lift.start", "2010"},
       "'start' is 2010 (the run begins in 2020; what held before stands in the tables)"},
      {{"measure.lift.enabled", "maybe"}, "'enabled' is text (must be true or false)"},
      {{"measure.school.ramp", "1"}, "a schedule carries its own times; remove 'ramp'"},
  };
  for (const auto& [set, message] : cases) {
    INFO(message);
    const Found found = found_with({set});
    CHECK(found.code == ExitCode::usage);
    REQUIRE(found.all.size() == 1);
    CHECK_THAT(found.line(0), Catch::StartsWith("--set " + set.key + "=" + set.value + ": " + message));
  }
}

TEST_CASE("a wrong file and a wrong setting together are an error of the input, both reported", "[set][diagnostics]") {
  const SmallProvince province;
  province.replace("variant.toml", "tag = \"text\"", "tag = \"txt\"");
  const Found found = found_in(province / "variant.toml", {{"lastyear", "2026"}});
  CHECK(found.code == ExitCode::input);
  CHECK(found.all.size() == 2);
}
