// What a user is told about a wrong scenario: file, line, column, value, bound, remedy.

#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace luohu;

namespace {

struct Case {
  std::string body, message;
};

/// A measure without fault in lines 4 to 11 of test.toml.
const std::string good =
    "[[measure]]\n"
    "id     = \"m\"\n"
    "title  = { zh = \"题\", en = \"t\" }\n"
    "lever  = \"coverage.school\"\n"
    "place  = \"甲市\"\n"
    "start  = 2021.5\n"
    "value  = 0.9\n"
    "source = { tag = \"text\", note = \"n\" }\n";

std::string with(std::string from, std::string to) {
  std::string text = good;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void check(const std::vector<Case>& cases) {
  for (const auto& [body, message] : cases) {
    INFO(message << "\n" << body);
    const SmallProvince province;
    const Found found = found_in(province.variant(body));
    CHECK(found.code == ExitCode::input);
    REQUIRE(found.all.size() == 1);
    CHECK(found.line(0) == "test.toml:" + message);
  }
}

}  // namespace

TEST_CASE("the good measure is good", "[diagnostics]") {
  const SmallProvince province;
  CHECK(found_in(province.variant(good)).all.empty());
}

TEST_CASE("a wrong measure is told apart", "[diagnostics]") {
  check({
      {with("start  =", "strat = 1\nstart  ="), "9:1: unknown key 'strat' of a measure; did you mean 'start'?"},
      {with("coverage.school", "coverage.shcool"),
       "7:10: unknown lever 'coverage.shcool'; did you mean 'coverage.school'?"},
      {with("coverage.school", "taxes.income"), "7:10: unknown lever 'taxes.income'; see 'luohu levers'"},
      {with("甲市", "甲州市"), "8:10: no place or group is called '甲州市'; did you mean '甲市'?"},
      {with("\"甲市\"", "[\"乙市\", \"Gama\"]"), "8:17: no place or group is called 'Gama'; did you mean 'Gamma'?"},
      {with("\"甲市\"", "\"外省\""), "8:10: '外省' is outside the province (policy applies to its prefectures)"},
      {with("\"甲市\"", "{ all_except = \"all\" }"), "8:10: no place is left; name at least one"},
      {with("\"甲市\"", "{ but = \"甲市\" }"), "8:12: unknown key 'but' of a choice of places; known keys: all_except"},
      {with("\"甲市\"", "1.5"), "8:10: 'place' is a number (must be text)"},
      {with("2021.5", "\"2021\""), "9:10: 'start' is text (must be a number)"},
      {with("2021.5", "2021-07-01"), "9:10: 'start' is a date or time (must be a number)"},
      {with("2021.5", "2019.9"),
       "9:10: 'start' is 2019.9 (the run begins in 2020; what held before stands in the tables)"},
      {with("0.9", "1.2"), "10:10: 'value' is 1.2 (must be from 0 to 1)"},
      {with("0.9", "nan"), "10:10: 'value' is nan (must be from 0 to 1)"},
      {with("0.9", "true"), "10:10: 'value' is true or false (must be a number)"},
      {with("value  = 0.9", "add = -2"), "10:7: 'add' is -2 (must be from -1 to 1)"},
      {with("value  = 0.9", "multiply = -1"), "10:12: 'multiply' is -1 (must be at least 0)"},
      {with("value  = 0.9", "value = 0.9\nadd = 0.1"),
       "11:7: a measure has both 'value' and 'add' (must have exactly one)"},
      {with("value  = 0.9\n", ""), "4:1: a measure has no 'value', 'add', 'multiply' or 'schedule'; add exactly one"},
      {good + "ramp = -1\n", "12:8: 'ramp' is -1 year (must be from 0 to 50 year)"},
      {good + "lag = 99\n", "12:7: 'lag' is 99 year (must be from 0 to 50 year)"},
      {good + "enabled = 1\n", "12:11: 'enabled' is a number (must be true or false)"},
      {good + "number = 1.5\n", "12:10: 'number' is 1.5 (must be a whole number)"},
      {with("\"m\"", "\"措施\""), "5:10: id '措施' (must be ASCII letters, digits, '-' and '_')"},
      {with("\"text\"", "\"txt\""), "11:18: unknown tag 'txt'; did you mean 'text'?"},
      {with("tag = \"text\", ", ""), "11:10: a source has no 'tag'; add it"},
      {with(", note = \"n\"", ""), "11:10: a source has no 'note'; add it"},
      {with(", en = \"t\"", ""), "6:10: a title has no 'en'; add it"},
      {with("\"t\"", "\"\""), "6:27: 'en' is empty"},
      {with("{ zh = \"题\", en = \"t\" }", "\"t\""), "6:10: 'title' is text (must be a table)"},
      {with("[[measure]]", "[measure]"),
       "4:1: 'measure' is a table (must be a list); write [[measure]] with two brackets"},
  });
}

TEST_CASE("every required key of a measure is missed", "[diagnostics]") {
  for (const std::string key : {"id", "title", "lever", "place", "start", "source"}) {
    std::string body = good;
    const std::size_t at = body.find("\n" + key) + 1;
    body.erase(at, body.find('\n', at) - at + 1);
    check({{body, "4:1: a measure has no '" + key + "'; add it"}});
  }
}

TEST_CASE("a wrong schedule is told apart", "[diagnostics]") {
  const auto schedule = [](const std::string& value) {
    return with("start  = 2021.5\nvalue  = 0.9", "schedule = " + value);
  };
  check({
      {schedule("{ 2021 = 0.8, 2022 = 1.8 }"), "9:33: '2022' is 1.8 (must be from 0 to 1)"},
      {schedule("{ 2021.5 = 0.8 }"),
       "9:14: '2021' of the schedule is a table; quote a time with a fraction: \"2021.5\" = …"},
      {schedule("{ soon = 0.8 }"),
       "9:14: 'soon' is not a time (must be a year from 1900 to 2200, as 2021 or \"2021.5\")"},
      {schedule("{ 2021 = 0.8, \"2021.0\" = 0.9 }"), "9:26: a second value for 2021.0"},
      {schedule("{}"), "9:12: 'schedule' is empty; write { 2021 = …, 2023 = … }"},
      {schedule("0.8"), "9:12: 'schedule' is a number (must be a table)"},
      {schedule("{ 2021 = 0.8 }\nramp = 2"), "10:8: a schedule carries its own times; remove 'ramp'"},
      {schedule("{ 2021 = 0.8 }\nstart = 2021"), "10:9: a schedule carries its own times; remove 'start'"},
  });
}

TEST_CASE("wrong scenario keys, groups and parameters are told apart", "[diagnostics]") {
  const std::string sourced = "source = { tag = \"text\", note = \"n\" }";
  const std::string named = "title = { zh = \"东\", en = \"East\" }\n";
  check({
      {"lastyear = 2025\n", "4:1: unknown key 'lastyear' of a scenario; did you mean 'last_year'?"},
      {"last_year = 2019\n", "4:13: 'last_year' is 2019 (must be after first_year, 2020)"},
      {"last_year = 2045\n", "4:13: 'last_year' is 2045 (vital_path.csv covers 2020 to 2040)"},
      {"last_year = 2025.5\n", "4:13: 'last_year' is 2025.5 (must be a whole number)"},
      {"last_year = \"2025\"\n", "4:13: 'last_year' is text (must be a number)"},
      {"parameters.settling.wish_gian = { value = 1, " + sourced + " }\n",
       "4:21: unknown parameter 'settling.wish_gian'; did you mean 'settling.wish_gain'?"},
      {"parameters.settling.wish_gain = 3\n",
       "4:21: parameter 'settling.wish_gain' has no source; write { value = …, source = { tag = \"…\", note = \"…\" } "
       "}"},
      {"parameters.settling.wish_gain = { value = 99, " + sourced + " }\n",
       "4:43: 'settling.wish_gain' is 99 (must be from 0 to 20)"},
      {"parameters.settling.wish_gain = { value = 3 }\n",
       "4:33: parameter 'settling.wish_gain' has no 'source'; add it"},
      {"[groups.east]\n" + named + "members = [\"甲市\"]\n", "4:1: group 'east' has no 'recognises_credit'; add it"},
      {"[groups.east]\n" + named + "members = [\"丁市\"]\nrecognises_credit = true\n",
       "6:12: no place or group is called '丁市'; did you mean '甲市'?"},
      {"[groups.twin]\n" + named + "members = [\"甲市\"]\nrecognises_credit = true\n",
       "4:9: a second group 'twin' (the first is baseline.toml:8)"},
      {"[groups.beta]\n" + named + "members = [\"甲市\"]\nrecognises_credit = true\n",
       "4:9: group 'beta' is called like a place; rename it"},
  });
}

TEST_CASE("a folder of tables that is not there is an error of the line that names it", "[diagnostics]") {
  const SmallProvince province;
  const Found found = found_in(province.variant("tables = \"no-such\"\n"));
  CHECK(found.code == ExitCode::input);
  CHECK_THAT(found.only(), Catch::StartsWith("test.toml:4:10: 'tables' is 'no-such' (no such folder: "));
}

TEST_CASE("text that is not TOML is told by line and column", "[diagnostics]") {
  const SmallProvince province;
  const Found found = found_in(province.variant("last_year = = 2025\n"));
  CHECK(found.code == ExitCode::input);
  CHECK_THAT(found.only(), Catch::StartsWith("test.toml:4:13: not TOML: "));
}

TEST_CASE("id, title, tables and years must be somewhere", "[diagnostics]") {
  const SmallProvince province;
  const Found found = found_in(province.write("empty.toml", "# nothing\n"));
  REQUIRE(found.all.size() == 5);
  CHECK(found.line(0) == "empty.toml:1:1: a scenario has no 'id'; add it");
  CHECK(found.line(1) == "empty.toml:1:1: a scenario has no 'title'; add it");
  CHECK(found.line(2) == "empty.toml:1:1: a scenario has no 'first_year'; add it, here or in a file it extends");
  CHECK(found.line(3) == "empty.toml:1:1: a scenario has no 'last_year'; add it, here or in a file it extends");
  CHECK(found.line(4) == "empty.toml:1:1: a scenario has no 'tables'; add it, here or in a file it extends");
}

TEST_CASE("id and title are never inherited", "[diagnostics][extends]") {
  const SmallProvince province;
  const Found found = found_in(province.write("bare.toml", "extends = \"baseline.toml\"\n"));
  REQUIRE(found.all.size() == 2);
  CHECK(found.line(0) == "bare.toml:1:1: a scenario has no 'id'; add it");
  CHECK(found.line(1) == "bare.toml:1:1: a scenario has no 'title'; add it");
}

TEST_CASE("circular extends names the chain", "[diagnostics][extends]") {
  const SmallProvince province;
  const std::string rest = "title = { zh = \"题\", en = \"t\" }\n";
  province.write("a.toml", "id = \"a\"\nextends = \"b.toml\"\n" + rest);
  province.write("b.toml", "id = \"b\"\nextends = [\"baseline.toml\", \"c.toml\"]\n" + rest);
  province.write("c.toml", "id = \"c\"\nextends = \"a.toml\"\n" + rest);
  CHECK(found_in(province / "a.toml").only() ==
        "c.toml:2:11: 'extends' is circular: a.toml -> b.toml -> c.toml -> a.toml");
  province.write("self.toml", "id = \"s\"\nextends = \"self.toml\"\n" + rest);
  CHECK(found_in(province / "self.toml").only() == "self.toml:2:11: 'extends' is circular: self.toml -> self.toml");
}

TEST_CASE("a parent that is not there is an error of the line that names it", "[diagnostics][extends]") {
  const SmallProvince province;
  province.replace("variant.toml", "baseline.toml", "basline.toml");
  const Found found = found_in(province / "variant.toml");
  CHECK(found.code == ExitCode::input);
  CHECK_THAT(found.line(0), Catch::StartsWith("variant.toml:2:11: 'extends' names '") &&
                                Catch::EndsWith("basline.toml', which cannot be read"));
}

TEST_CASE("two measures of one id are told apart by file and line", "[diagnostics]") {
  const SmallProvince province;
  CHECK_THAT(
      found_in(province.variant(good + good)).only(),
      Catch::StartsWith("test.toml:13:10: a second measure 'm' (the first is ") && Catch::EndsWith("test.toml:5)"));
  // Also across files of the chain.
  std::string text = read_file(province / "variant.toml").value();
  province.write("twice.toml", "id = \"x\"\nextends = \"variant.toml\"\n" + text.substr(text.find("title")));
  CHECK(found_in(province / "twice.toml").all.size() == 2);
}

TEST_CASE("all mistakes of all files and tables are reported in one pass, in order", "[diagnostics]") {
  const SmallProvince province;
  province.replace("baseline.toml", "last_year  = 2030", "last_year  = 2030\nlast_yaer  = 2031");
  province.replace("variant.toml", "\"丙市\"", "\"丙州市\"");
  province.replace("variant.toml", "value  = 0", "value  = 60");
  province.replace("variant.toml", "tag = \"text\"", "tag = \"txt\"");
  province.replace("variant.toml", "2022 = 0.9", "2022 = 1.9");
  province.replace("tables/tenure.csv", "910200,0.4", "910200,1.4");
  const Found found = found_in(province / "variant.toml");
  REQUIRE(found.all.size() == 6);
  const std::vector<std::string> starts{
      "variant.toml:10:26: no place",    "variant.toml:12:10: 'value' is 60 year (must be from 0 to 50 year)",
      "variant.toml:14:18: unknown tag", "variant.toml:21:21: '2022' is 1.9",
      "baseline.toml:7:1: unknown key",  "tenure.csv:6:8:"};
  for (std::size_t i = 0; i < starts.size(); ++i) CHECK_THAT(found.line(i), Catch::StartsWith(starts[i]));
}

TEST_CASE("a table of places with errors does not make every place unknown", "[diagnostics]") {
  const SmallProvince province;
  province.replace("tables/places.csv", ",prefecture,113", ",prefectur,113");
  CHECK(found_in(province / "variant.toml").only() ==
        "places.csv:12:21: unknown kind 'prefectur'; did you mean 'prefecture'?");
}

TEST_CASE("the report shows the line, with the caret under Chinese text", "[diagnostics]") {
  const SmallProvince province;
  const auto path =
      province.variant("[[measure]]\nid = \"m\"\ntitle = { zh = \"题目\", english = \"t\", en = \"t\" }\n" +
                       good.substr(good.find("lever")));
  try {
    std::ignore = read_scenario(path);
    FAIL("no finding");
  } catch (const InputError& error) {
    // "title = { zh = "题目", " is 22 code points and 24 columns of the screen.
    CHECK(std::string{error.what()} == path.string() + ":6:22: unknown key 'english' of a title; known keys: zh, en\n" +
                                           "    title = { zh = \"题目\", english = \"t\", en = \"t\" }\n" + "    " +
                                           std::string(23, ' ') + "^");
  }
}
