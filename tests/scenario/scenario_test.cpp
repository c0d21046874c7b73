#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace luohu;

namespace {

const Resolved& resolved(const Scenario& scenario, std::string_view key) {
  for (const Resolved& value : scenario.resolved) {
    if (value.key == key) return value;
  }
  FAIL("no resolved value " << key);
  return scenario.resolved.front();
}

const std::string source = "source = { tag = \"text\", note = \"n\" }\n";
const std::string title = "title = { zh = \"题\", en = \"t\" }\n";

}  // namespace

TEST_CASE("a scenario is its parents' words and its own", "[scenario]") {
  const SmallProvince province;
  const Scenario s = read_scenario(province / "variant.toml");
  CHECK(s.id == "relaxed");
  CHECK(s.title.zh == "放宽");
  CHECK(s.first_year == 2020);
  CHECK(s.last_year == 2030);
  CHECK(s.tables == province / "tables");
  CHECK(s.parameters.push_exponent == 0.5);
  CHECK(s.parameters.home_premium == Parameters{}.home_premium);
  REQUIRE(s.groups.size() == 1);  // the southern group recognises nothing
  CHECK(s.groups[0].id == "twin");
  CHECK(s.groups[0].members == std::vector{PlaceId{0}, PlaceId{1}});
  REQUIRE(s.measures.size() == 2);
  const Measure& lift = s.measures[0];
  CHECK(lift.number == 1);
  CHECK(lift.lever == find_lever("registration.required_residence_years"));
  CHECK(lift.places == std::vector{PlaceId{0}, PlaceId{1}});
  CHECK(lift.start == 2021.5);
  CHECK(lift.ramp == 2);
  CHECK(lift.lag == 0);
  CHECK(lift.enabled);
  CHECK(lift.source.tag == Tag::text);
  const Measure& school = s.measures[1];
  CHECK(school.change == Change::schedule);
  CHECK(school.schedule == std::map<double, double>{{2022, 0.9}, {2024.5, 1}});
  CHECK_FALSE(school.number);
}

TEST_CASE("every value says where it was set", "[scenario]") {
  const SmallProvince province;
  const Scenario s = read_scenario(province / "variant.toml", std::vector<Override>{{"last_year", "2025"}});
  CHECK(resolved(s, "parameters.migration.push_exponent").origin == "baseline.toml:19");
  CHECK(resolved(s, "parameters.migration.push_exponent").source == "a parameter of the fixture");
  CHECK(resolved(s, "parameters.migration.home_premium").origin == "default");
  CHECK(resolved(s, "measure.lift.value").origin == "variant.toml:12");
  CHECK(resolved(s, "measure.lift.value").unit == "year");
  CHECK(resolved(s, "measure.lift.value").tag == Tag::text);
  CHECK(resolved(s, "measure.lift.lag").origin == "default");
  CHECK(resolved(s, "measure.school.schedule.2024.5").value == 1);
  CHECK(resolved(s, "first_year").origin == "baseline.toml:5");
  CHECK(resolved(s, "last_year").origin == "command line");
  CHECK(resolved(s, "last_year").value == 2025);
}

TEST_CASE("places are named by name, code, group, list, all or exception", "[scenario]") {
  const SmallProvince province;
  const auto places = [&](const std::string& place) {
    return read_scenario(province.variant("[[measure]]\nid = \"m\"\n" + title + source +
                                          "lever = \"coverage.school\"\nstart = 2021\nvalue = 1\nplace = " + place))
        .measures.at(0)
        .places;
  };
  const PlaceId alpha{0}, beta{1}, gamma{2};
  CHECK(places("\"乙市\"") == std::vector{beta});
  CHECK(places("\"Beta\"") == std::vector{beta});
  CHECK(places("\"beta\"") == std::vector{beta});
  CHECK(places("910200") == std::vector{beta});
  CHECK(places("\"910200\"") == std::vector{beta});
  CHECK(places("\"双城\"") == std::vector{alpha, beta});
  CHECK(places("\"twin\"") == std::vector{alpha, beta});
  CHECK(places("[\"丙市\", \"Twin cities\"]") == std::vector{alpha, beta, gamma});
  CHECK(places("\"all\"") == std::vector{alpha, beta, gamma});
  CHECK(places("{ all_except = \"south\" }") == std::vector{alpha});
  CHECK(places("{ all_except = [\"甲市\", \"丙市\"] }") == std::vector{beta});
}

TEST_CASE("a parameter may take its source from the table it stands in", "[scenario]") {
  const SmallProvince province;
  const Scenario s =
      read_scenario(province.variant("[parameters.settling]\n" + source + "wish_gain = 3\nwish_land = 1\n"));
  CHECK(s.parameters.wish_gain == 3);
  CHECK(s.parameters.wish_land == 1);
  CHECK(s.parameters.push_exponent == 0.5);  // the parent's
  CHECK(resolved(s, "parameters.settling.wish_land").tag == Tag::text);
  CHECK(resolved(s, "parameters.settling.wish_land").origin == "test.toml:7");
}

TEST_CASE("of two layers that set the same value the later one holds", "[scenario][extends]") {
  const SmallProvince province;
  const auto layer = [&](const std::string& id, const std::string& extends, const std::string& body) {
    province.write(id + ".toml", "id = \"" + id + "\"\n" + title + "extends = " + extends + "\n" + body);
  };
  const auto gain = [&](int value) {
    return "parameters.settling.wish_gain = { value = " + std::to_string(value) + ", " +
           source.substr(0, source.size() - 1) + " }\n";
  };
  layer("one", "\"baseline.toml\"", gain(1) + "last_year = 2025\n");
  layer("two", "\"baseline.toml\"", gain(2));
  layer("both", "[\"one.toml\", \"two.toml\"]", "");
  layer("turned", "[\"two.toml\", \"one.toml\"]", "");
  layer("own", "[\"one.toml\", \"two.toml\"]", gain(3));
  CHECK(read_scenario(province / "both.toml").parameters.wish_gain == 2);
  CHECK(read_scenario(province / "turned.toml").parameters.wish_gain == 1);
  CHECK(read_scenario(province / "own.toml").parameters.wish_gain == 3);
  // The baseline counts once, below both: it does not take back what "one" set.
  CHECK(read_scenario(province / "both.toml").last_year == 2025);
}

TEST_CASE("tables are looked for beside the file that names them", "[scenario][extends]") {
  const SmallProvince province;
  std::filesystem::create_directory(province / "sub");
  const auto path = province.write("sub/deep.toml", "id = \"deep\"\n" + title + "extends = \"../variant.toml\"\n");
  const Scenario s = read_scenario(path);
  CHECK(s.tables == province / "tables");
  CHECK_THAT(s.text, Catch::Contains("tables = \"../tables\"\n"));
  CHECK(resolved(s, "first_year").origin == "../baseline.toml:5");
}

TEST_CASE("the resolved text reads back as the same scenario", "[scenario][text]") {
  const SmallProvince province;
  province.replace("variant.toml", "clause 1", "clause \\\"1\\\" \\\\ \\t 一");
  province.write(
      "extra.toml",
      "id = \"extra\"\n" + title + "extends = \"variant.toml\"\n[[measure]]\nid = \"q\"\n" + title + source +
          "lever = \"registration.quota\"\nplace = \"all\"\nstart = 2021.1\nvalue = inf\nenabled = false\nlag = 0.3\n" +
          "[[measure]]\nid = \"a\"\n" + title + source +
          "lever = \"coverage.health\"\nplace = 910300\nstart = 2022\nadd = -0.05\n");
  const Scenario first = read_scenario(province / "extra.toml");
  const Scenario second = read_scenario(province.write("resolved.toml", first.text));
  CHECK(second.text == first.text);
  CHECK(second.id == first.id);
  CHECK(second.title.zh == first.title.zh);
  CHECK(second.tables == first.tables);
  CHECK(second.last_year == first.last_year);
  CHECK(second.parameters == first.parameters);
  REQUIRE(second.groups.size() == first.groups.size());
  CHECK(second.groups[0].members == first.groups[0].members);
  REQUIRE(second.measures.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const Measure &a = first.measures[i], &b = second.measures[i];
    CHECK(a.id == b.id);
    CHECK(a.number == b.number);
    CHECK(a.title.en == b.title.en);
    CHECK(a.lever == b.lever);
    CHECK(a.places == b.places);
    CHECK(a.start == b.start);
    CHECK(a.change == b.change);
    CHECK(a.amount == b.amount);
    CHECK(a.schedule == b.schedule);
    CHECK(a.ramp == b.ramp);
    CHECK(a.lag == b.lag);
    CHECK(a.enabled == b.enabled);
    CHECK(a.source.tag == b.source.tag);
    CHECK(a.source.note == b.source.note);
  }
  CHECK(second.measures[0].source.note == "clause \"1\" \\ \t 一");
  REQUIRE(first.resolved.size() == second.resolved.size());
  for (std::size_t i = 0; i < first.resolved.size(); ++i) {
    CHECK(first.resolved[i].key == second.resolved[i].key);
    CHECK(first.resolved[i].value == second.resolved[i].value);
  }
}

TEST_CASE("the text does not depend on where the scenario is read from", "[scenario][text]") {
  const SmallProvince here, there;
  CHECK(read_scenario(here / "variant.toml").text == read_scenario(there / "variant.toml").text);
}

TEST_CASE("a scenario that cannot be read is an error of the environment", "[scenario]") {
  const SmallProvince province;
  for (const auto& name : {province / "no-such.toml", province / "tables", std::filesystem::path{}}) {
    try {
      std::ignore = read_scenario(name);
      FAIL("read " << name);
    } catch (const Error& error) {
      CHECK(error.code() == ExitCode::environment);
      CHECK_THAT(error.what(), Catch::Contains("cannot read the scenario ("));
    }
  }
}

TEST_CASE("feedbacks are on unless a layer turns them off", "[scenario][feedbacks]") {
  const SmallProvince province;
  const Scenario usual = read_scenario(province / "variant.toml");
  CHECK(usual.feedbacks.networks);
  CHECK(resolved(usual, "feedbacks.networks").value == 1);
  CHECK(resolved(usual, "feedbacks.networks").origin == "default");
  const Scenario frozen = read_scenario(province.variant("[feedbacks]\nnetworks = false\n"));
  CHECK_FALSE(frozen.feedbacks.networks);
  CHECK(resolved(frozen, "feedbacks.networks").value == 0);
  CHECK(resolved(frozen, "feedbacks.networks").origin == "test.toml:5");
  CHECK(read_scenario(province.write("again.toml", frozen.text)).feedbacks == frozen.feedbacks);
  const std::vector<Override> on{{"feedbacks.networks", "true"}};
  CHECK(read_scenario(province / "test.toml", on).feedbacks.networks);
  CHECK(resolved(read_scenario(province / "test.toml", on), "feedbacks.networks").origin == "command line");
}

TEST_CASE("a feedback is a known name and true or false", "[scenario][feedbacks][diagnostics]") {
  const SmallProvince province;
  CHECK(found_in(province.variant("[feedbacks]\nnetwork = false\n")).only() ==
        "test.toml:5:1: unknown key 'network' of feedbacks; did you mean 'networks'?");
  CHECK(found_in(province.variant("[feedbacks]\nnetworks = 0\n")).only() ==
        "test.toml:5:12: 'networks' is a number (must be true or false)");
  CHECK(found_in(province.variant("feedbacks = false\n")).only() ==
        "test.toml:4:13: 'feedbacks' is true or false (must be a table)");
  const Found unknown = found_in(province / "variant.toml", {{"feedbacks.weather", "false"}});
  CHECK_THAT(unknown.only(), Catch::StartsWith("--set feedbacks.weather=false: unknown key 'weather' of feedbacks") &&
                                 Catch::Contains("networks"));
  CHECK(unknown.code == ExitCode::usage);
}
