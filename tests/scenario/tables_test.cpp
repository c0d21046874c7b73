#include <catch2/catch.hpp>
#include <limits>
#include <set>

#include "fixture.hpp"

using namespace luohu;

TEST_CASE("the small province is read cell by cell", "[tables]") {
  const SmallProvince province;
  const Tables t = read_tables(province / "tables");
  CHECK(t.places.prefectures() == 3);
  CHECK(t.places.externals() == 1);
  CHECK(t.places[PlaceId{1}].name_zh == "乙市");
  CHECK(t.census.residents(0, 1, 0) == 13);  // 910100,M,0
  CHECK(t.census.elsewhere(1, 0) == 200);
  CHECK(t.census.elsewhere(3, 0) == 90);
  CHECK(t.census.elsewhere(0, 0) == 0);
  CHECK(t.census.registered_urban == std::vector<double>{0.55, 0.35, 0.3});
  CHECK(t.census.profile_seed(0, 0, 0, 1) == 1.2);  // local,F,0, rural
  CHECK(t.census.education_seed(4, 1) == 0.5);      // 15-19, senior
  CHECK(t.vital.mortality(0, 0) == 0.005);
  CHECK(t.vital.fertility[28] == 0.1);
  CHECK(t.vital.fertility[14] == 0);
  CHECK(t.vital.fertility.size() == single_ages);
  CHECK(t.vital.path_start == 2020);
  CHECK(t.vital.mortality_path.size() == 21);
  CHECK(t.economy.income_index == std::vector<double>{1.3, 0.5, 1, 0.4, 0.9, 0.38, 1.5});
  CHECK(t.economy.travel_minutes(0, 0) == 40);
  CHECK(t.economy.travel_minutes(2, 1) == 120);
  CHECK(t.economy.travel_minutes(1, 2) == 120);
  CHECK(t.capacity.town_land == std::vector<double>{90, 110, 160});
  CHECK(t.capacity.floor_space == std::vector<double>{42, 45, 48});
  CHECK(t.capacity.hospital_beds == std::vector<double>{12, 8, 3});
  CHECK(t.boundary.inflow(0, 2) == 2.5);
  CHECK(t.settings[0].residence_years == 2);
  CHECK(t.settings[0].quota == 50);
  CHECK(t.settings[1].quota == no_quota);
  CHECK(t.settings[2].minimum_education == no_education_route);
  CHECK(t.settings[0].wedge == 0.2);
  CHECK(t.settings[1].coverage_housing == 0.3);
}

TEST_CASE("the classes of residents sum to the residents", "[tables]") {
  const SmallProvince province;
  const Tables t = read_tables(province / "tables");
  for (std::size_t p = 0; p < 3; ++p) {
    std::int64_t classes = 0;
    for (std::size_t k = 0; k < resident_classes; ++k) classes += t.census.class_totals(p, k);
    CHECK(classes == t.census.zone_totals(p, 0) + t.census.zone_totals(p, 1));
  }
  const auto total = [&](MigrantClass k) { return t.census.class_totals(0, static_cast<std::size_t>(k)); };
  CHECK(total(MigrantClass::same_county) == 100);
  CHECK(total(MigrantClass::same_prefecture) == 70);
  CHECK(total(MigrantClass::other_prefecture) == 360);  // 200 from Beta, 160 from Gamma
  CHECK(total(MigrantClass::other_province) == 90);
}

TEST_CASE("every file read is recorded with its digest and its header", "[tables]") {
  const SmallProvince province;
  const Tables t = read_tables(province / "tables");
  std::set<std::string> names;
  for (const Tables::File& file : t.files) {
    INFO(file.name);
    CHECK(names.insert(file.name).second);
    CHECK(file.sha256.size() == 64);
    CHECK(file.header.starts_with("# table "));
  }
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator{province / "tables"}) ++files;
  CHECK(names.size() == files);
  province.replace("tables/tenure.csv", "0.3\n", "0.31\n");
  const Tables changed = read_tables(province / "tables");
  for (std::size_t i = 0; i < t.files.size(); ++i) {
    CHECK((t.files[i].sha256 != changed.files[i].sha256) == (t.files[i].name == "tenure.csv"));
  }
}

TEST_CASE("a spoilt table is reported where it is spoilt", "[tables][diagnostics]") {
  struct Case {
    std::string file, from, to, message;
  };
  const Case cases[] = {
      // the comment header
      {"tenure.csv", "# table tenure:", "# table tenura:",
       "tenure.csv:1:9: the title does not begin with the table's name, 'tenure:'"},
      {"tenure.csv", "# table tenure: Owners among unregistered urban residents\n", "",
       "tenure.csv:1:1: the table has no title; begin with '# table tenure: TITLE'"},
      {"tenure.csv", "owner_share | 1 |", "owner_share | % |",
       "tenure.csv:3:24: unit '%' of column 'owner_share' (must be '1')"},
      {"tenure.csv", "| assumption |", "| assumtion |",
       "tenure.csv:3:28: unknown tag 'assumtion' of column 'owner_share'; did you mean 'assumption'?"},
      {"tenure.csv", "place | - | - |", "place | - | data |",
       "tenure.csv:2:22: tag 'data' of the key column 'place' (must be '-')"},
      {"tenure.csv", "# column owner_share | 1", "# column owner_shares | 1",
       "tenure.csv:3:10: column 'owner_shares' is described where 'owner_share' is expected"},
      {"tenure.csv", "| made up for the tests", "|", "tenure.csv:3:40: column 'owner_share' has no source"},
      {"tenure.csv", " | made up for the tests", "",
       "tenure.csv:3:10: a column needs a name, a unit, a tag and a source: '# column NAME | UNIT | TAG | SOURCE'"},
      {"tenure.csv", "# column place | - | - | key\n", "",
       "tenure.csv:2:10: column 'owner_share' is described where 'place' is expected"},
      {"tenure.csv", "place,owner_share\n", "# nota bene\nplace,owner_share\n",
       "tenure.csv:4:1: this comment is none of '# table NAME: TITLE', '# column NAME | UNIT | TAG | SOURCE', '# note "
       "TEXT'"},
      // the header row
      {"tenure.csv", "place,owner_share\n", "place,owners\n",
       "tenure.csv:4:1: the header row must be 'place,owner_share'"},
      // keys
      {"tenure.csv", "910200,", "910201,", "tenure.csv:6:1: unknown place '910201'; did you mean '910200'?"},
      {"tenure.csv", "910300,0.5\n", "", "tenure.csv: no row for place 910300"},
      {"tenure.csv", "910300,0.5\n", "910300,0.5\n910300,0.6\n",
       "tenure.csv:8:1: a second row for place 910300 (the first is line 7)"},
      {"residents.csv", "910100,F,0,12", "910100,X,0,12", "residents.csv:8:8: unknown sex 'X'; one of: F, M"},
      {"residents.csv", "910200,M,1-4,33\n", "", "residents.csv: no row for place 910200, sex M, age_group 1-4"},
      {"elsewhere.csv", "910100,910200,20\n", "910100,910200,20\n910100,910100,5\n",
       "elsewhere.csv:7:1: a row for origin 910100, destination 910100 does not belong here"},
      {"travel_time.csv", "910100,910300,90\n", "910300,910100,90\n",
       "travel_time.csv:8:1: a row for from 910300, to 910100 does not belong here"},
      {"economy.csv", "990000,urban,", "990000,rural,",
       "economy.csv:13:1: a row for place 990000, zone rural does not belong here"},
      {"vital_path.csv", "2025,0.951,0.9039\n", "", "vital_path.csv: no row for year 2025"},
      // cells
      {"tenure.csv", "910200,0.4", "910200,", "tenure.csv:6:8: 'owner_share' is missing (no cell may be empty)"},
      {"tenure.csv", "910200,0.4", "910200,40%", "tenure.csv:6:8: 'owner_share' is '40%' (not a number)"},
      {"tenure.csv", "910200,0.4", "910200,nan", "tenure.csv:6:8: 'owner_share' is 'nan' (not a number)"},
      {"tenure.csv", "910200,0.4", "910200,1.4", "tenure.csv:6:8: 'owner_share' is 1.4 (must be from 0 to 1)"},
      {"tenure.csv", "910200,0.4", "910200,0.4,0.4", "tenure.csv:6:1: 3 cells (the header row has 2)"},
      {"tenure.csv", "910200,0.4", "910200,\"0.4\"",
       "tenure.csv:6:8: a quotation mark in a table (no cell needs one here); remove it"},
      {"inflow.csv", "910200,4\n", "910200,-4\n",
       "inflow.csv:7:15: 'persons_per_year' is -4 person year-1 (must be at least 0 person year-1)"},
      {"inflow.csv", "910200,4\n", "910200,inf\n",
       "inflow.csv:7:15: 'persons_per_year' is inf person year-1 (must be at least 0 person year-1)"},
      {"residents.csv", "910100,F,0,12", "910100,F,0,12.5",
       "residents.csv:8:12: 'persons' is 12.5 (must be a whole number)"},
      {"settlement_rules.csv", ",50,0.2", ",-1,0.2",
       "settlement_rules.csv:12:20: 'quota' is -1 person year-1 (must be from 0 to inf person year-1)"},
      {"travel_time.csv", ",60\n", ",0\n", "travel_time.csv:7:15: 'minutes' is 0 minute (must be at least 1 minute)"},
      {"capacity.csv", "910200,110,", "910200,0,",
       "capacity.csv:8:8: 'town_land_per_head' is 0 m2 person-1 (must be from 1 to 1000 m2 person-1)"},
      {"capacity.csv", "45,8", "45,8.5", "capacity.csv:8:15: 'hospital_beds' is 8.5 (must be a whole number)"},
      // places
      {"places.csv", "alpha", "Al pha",
       "places.csv:11:8: id 'Al pha' (must be lower-case ASCII letters, digits, '_' and '-')"},
      {"places.csv", ",prefecture,113", ",prefectur,113",
       "places.csv:12:21: unknown kind 'prefectur'; did you mean 'prefecture'?"},
      {"places.csv", "乙市", "甲市", "places.csv:12:13: two places are called '甲市' (the first is line 11)"},
      {"places.csv", ",113.0,27.0", ",213.0,27.0",
       "places.csv:12:32: 'longitude' is 213 degree (must be from -180 to 180 degree)"},
      // sums between tables
      {"urban_rural.csv", "910200,", "910200,1",
       "urban_rural.csv:7:8: 乙市: urban + rural is 2395 person (the sum of residents is 1395; they must be equal)"},
      {"registered.csv", "910300,", "910300,1",
       "registered.csv:8:8: 丙市: registered is 11382 person (residents - in + out of elsewhere is 1382; they must be "
       "equal)"},
  };
  for (const auto& [file, from, to, message] : cases) {
    INFO(message);
    const SmallProvince province;
    province.replace("tables/" + file, from, to);
    const Found found = found_in_tables(province);
    CHECK(found.code == ExitCode::input);
    REQUIRE_FALSE(found.all.empty());
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < found.all.size(); ++i) lines.push_back(found.line(i));
    CHECK_THAT(lines, Catch::VectorContains(message));
  }
}

TEST_CASE("in-migrants and the stocks elsewhere must agree", "[tables][diagnostics]") {
  const SmallProvince province;
  province.replace("tables/elsewhere.csv", "910200,910100,200", "910200,910100,201");
  const Found found = found_in_tables(province);
  // One person more moved: the arrivals of one place and the balances of both are off by one.
  REQUIRE(found.all.size() == 3);
  CHECK(found.line(0) ==
        "in_migrants.csv:8:12: 甲市: other_county - other_county_same_prefecture is 360 person (the sum of elsewhere "
        "from prefectures is 361; they must be equal)");
  CHECK_THAT(found.line(1), Catch::StartsWith("registered.csv:6:8: 甲市: registered is"));
  CHECK_THAT(found.line(2), Catch::StartsWith("registered.csv:7:8: 乙市: registered is"));
}

TEST_CASE("a class cannot hold more people than the one it is part of", "[tables][diagnostics]") {
  const SmallProvince province;
  province.replace("tables/in_migrants.csv", "910300,40,45,12,20", "910300,4000,45,12,46");
  const Found found = found_in_tables(province);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < found.all.size(); ++i) lines.push_back(found.line(i));
  CHECK_THAT(lines, Catch::VectorContains(std::string{"in_migrants.csv:10:19: 丙市: other_county_same_prefecture is 46 "
                                                      "person (must be at most other_county, 45)"}));
  CHECK_THAT(lines,
             Catch::VectorContains(std::string{"in_migrants.csv:10:8: 丙市: same_county + other_county + "
                                               "other_province is 4057 person (must be at most residents, 1049)"}));
}

TEST_CASE("all mistakes of all tables are reported in one pass", "[tables][diagnostics]") {
  const SmallProvince province;
  province.replace("tables/tenure.csv", "910200,0.4", "910200,1.4");
  province.replace("tables/fertility.csv", "\n20,", "\n20,-");
  province.replace("tables/coverage.csv", "910300,0.9", "910300,9");
  std::filesystem::remove(province / "tables/amenity.csv");
  const Found found = found_in_tables(province);
  std::set<std::string> files;
  for (const Diagnostic& d : found.all) files.insert(std::filesystem::path{d.file}.filename().string());
  CHECK(files == std::set<std::string>{"tenure.csv", "fertility.csv", "coverage.csv", "amenity.csv"});
  CHECK(found.all.size() == 4);
}

TEST_CASE("a missing table is an error of the input, a missing folder one of the environment",
          "[tables][diagnostics]") {
  const SmallProvince province;
  std::filesystem::remove(province / "tables/mortality.csv");
  const Found found = found_in_tables(province);
  CHECK(found.only() == "mortality.csv: cannot read the table (No such file or directory)");
  CHECK(found.code == ExitCode::input);
  try {
    std::ignore = read_tables(province / "no-such-folder");
    FAIL("read a folder that is not there");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::environment);
    CHECK_THAT(error.what(), Catch::Contains("no-such-folder: cannot read the folder of tables"));
  }
}

TEST_CASE("a table cut short names a few missing rows and counts the rest", "[tables][diagnostics]") {
  const SmallProvince province;
  const std::string text = read_file(province / "tables/mortality.csv").value();
  province.write("tables/mortality.csv", text.substr(0, text.find("\nM,0,") + 1));
  const Found found = found_in_tables(province);
  REQUIRE(found.all.size() == 6);
  CHECK(found.line(0) == "mortality.csv: no row for sex M, age 0");
  CHECK(found.line(5) == "mortality.csv: and 96 more rows are missing");
}

TEST_CASE("line ends of another system and a byte order mark do not go unnoticed or wrong", "[tables]") {
  const SmallProvince province;
  const std::string text = read_file(province / "tables/tenure.csv").value();
  std::string carriage;
  for (const char c : text) carriage += c == '\n' ? std::string{"\r\n"} : std::string{c};
  province.write("tables/tenure.csv", carriage);
  CHECK(found_in_tables(province).all.empty());
  province.write("tables/tenure.csv", "\xEF\xBB\xBF" + text);
  CHECK(found_in_tables(province).only() == "tenure.csv:1:1: a byte order mark; save as UTF-8 without it");
}
