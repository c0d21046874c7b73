// luohu export, end to end on files whose every number is known. What other programs read of it: tests/readers.

#include <set>

#include "luohu/cli/iamc_names.hpp"
#include "luohu/core/text.hpp"
#include "luohu/tabulate/tables.hpp"
#include "support/toy_province.hpp"
#include "world.hpp"

using namespace luohu;

namespace {

std::vector<std::string> exported(const std::vector<std::string>& arguments) {
  return lines_of(captured(run_export, arguments).out);
}

std::string refusal(const std::vector<std::string>& arguments, ExitCode code = ExitCode::usage) {
  return refusal_of(run_export, arguments, code);
}

}  // namespace

TEST_CASE("the tidy CSV has one row for each number, with codes, names in both languages and units", "[export]") {
  const Fixture f;
  const auto lines = exported({f.path, "--indicator", "residents", "--year", "2022", "--scenario", "open"});
  CHECK(lines == std::vector<std::string>{
                     "scenario,indicator,unit,year,place,place_name,place_name_zh,draw,replicate,value",
                     "open,residents,person,2022,all,,,0,0,4038", "open,residents,person,2022,all,,,0,1,4088",
                     "open,residents,person,2022,all,,,0,2,4138",
                     "open,residents,person,2022,430100,Changsha,长沙市,0,0,2034",
                     "open,residents,person,2022,430100,Changsha,长沙市,0,1,2064",
                     "open,residents,person,2022,430100,Changsha,长沙市,0,2,2094",
                     "open,residents,person,2022,433100,Xiangxi,湘西州,0,0,2004",
                     "open,residents,person,2022,433100,Xiangxi,湘西州,0,1,2024",
                     "open,residents,person,2022,433100,Xiangxi,湘西州,0,2,2044"});
}

TEST_CASE("means over replicates, other splits and the byte order mark are had on request", "[export]") {
  const Fixture f;
  CHECK(exported({f.path, "--indicator", "settled", "--year", "2022", "--scenario", "open", "--by", "route",
                  "--mean"}) == std::vector<std::string>{"scenario,indicator,unit,year,place,route,route_name_zh,value",
                                                         "open,settled,person year-1,2022,all,all,,4088",
                                                         "open,settled,person year-1,2022,all,residence,居住,2064",
                                                         "open,settled,person year-1,2022,all,home,住房,2024"});
  CHECK(exported({f.path, "--indicator", "residents", "--by", "province", "--mean", "--bom"})[0] ==
        "\xEF\xBB\xBFscenario,indicator,unit,year,place,value");
  // All scenarios and years: a header, 3 scenarios of 3 years, the province and two prefectures, 3 replicates.
  CHECK(exported({f.path, "--indicator", "residents"}).size() == 1 + 3 * 3 * 3 * 3);
}

TEST_CASE("the CSV of the IAMC has a row for each series of means and a column for each year", "[export]") {
  const Fixture f;
  const auto lines = exported({f.path, "--format", "iamc", "--indicator", "residents", "--indicator", "urbanisation",
                               "--scenario", "open", "--region", "Hunan"});
  REQUIRE(lines.size() == 1 + 2 * 3);
  CHECK(lines[0] == "Model,Scenario,Region,Variable,Unit,2020,2021,2022");
  CHECK(lines[1] == "luohu 0.0.0,open,Hunan,Population,person,4080,4084,4088");
  CHECK(lines[2] == "luohu 0.0.0,open,Hunan|Changsha,Population,person,2060,2062,2064");
  CHECK(lines[4].starts_with("luohu 0.0.0,open,Hunan,Population|Urban|Share,%,50."));
  const auto zones = exported({f.path, "--format", "iamc", "--indicator", "residents", "--by", "zone"});
  CHECK(zones[2].find(",Province,Population|Urban,person,") != std::string::npos);
}

TEST_CASE("every indicator has a variable of the IAMC of its own, however it is split", "[export]") {
  const Layout layout = results_layout(testing::toy_places());
  std::set<std::string> variables;
  for (const Indicator& indicator : indicators()) {
    INFO(indicator.name);
    CHECK(variables.insert(iamc_variable(indicator)).second);
    CHECK_FALSE(iamc_unit(indicator).empty());
    for (const std::string_view split : indicator.splits) {
      if (split == "place") continue;  // in the region
      const Axis& axis = layout.axis(split);
      for (std::size_t row = 0; row < axis.size(); ++row) {
        CHECK(variables.insert(iamc_variable(indicator) + "|" + iamc_part(axis, row)).second);
      }
    }
  }
  for (const std::string& variable : variables) {
    INFO(variable);
    CHECK(variable.find_first_of(",\"*") == std::string::npos);  // '*' is a wildcard to readers
    CHECK(variable.find("||") == std::string::npos);
  }
}

TEST_CASE("an output is written whole or not at all, and replaced on request only", "[export]") {
  const Fixture f;
  const std::string out = (f.folder / "out.csv").string();
  const std::vector<std::string> arguments{f.path, "--indicator", "residents", "-o", out};
  CHECK(captured(run_export, arguments).out.empty());
  CHECK(lines_of(sample::bytes_of(out)) == exported({f.path, "--indicator", "residents"}));
  contains(refusal(arguments), "out.csv exists; --force replaces it");
  std::vector<std::string> forced = arguments;
  forced.emplace_back("--force");
  CHECK(captured(run_export, forced).code == 0);
  CHECK_FALSE(std::filesystem::exists(out + ".tmp"));
  const std::string before = sample::bytes_of(f.path);
  contains(refusal({f.path, "-o", f.path, "--force"}), "is what is read; choose another --output");
  CHECK(sample::bytes_of(f.path) == before);
  contains(refusal({f.path, "-o", f.folder.path().string(), "--force"}, ExitCode::environment), "it is a directory");
}

TEST_CASE("what cannot be exported is refused with what can", "[export]") {
  const Fixture f;
  contains(refusal({f.path, "--format", "xlsx"}), "one of: csv, iamc, omx");
  contains(refusal({f.path, "--format", "omx"}), "needs a file: -o OUT");
  const std::string out = (f.folder / "out.omx").string();
  contains(refusal({f.path, "--format", "omx", "-o", out, "--indicator", "residents"}),
           "'residents' has no origin and destination, and no matrix; these have: migrant_stock moves");
  contains(refusal({f.path, "--format", "omx", "-o", out}), "'moves' cannot be computed: the results have no variable");
  contains(refusal({f.path, "--format", "omx", "-o", out, "--by", "place"}), "leave --by place out");
  contains(refusal({f.path, "--format", "omx", "-o", out, "--by", "group", "--group", "x=长沙市"}),
           "leave --by group out");
  contains(refusal({f.path, "--format", "iamc", "--mean"}), "--mean does nothing with --format iamc");
  contains(refusal({f.path, "--region", "Hunan"}), "--region does nothing with --format csv");
  contains(refusal({f.path, "--format", "omx", "-o", out, "--bom"}), "--bom does nothing with --format omx");
  contains(refusal({f.path, "--scenario", "opn"}), "did you mean 'open'?");
  contains(refusal({f.path, "--indicator", "setled"}), "did you mean 'settled'?");
  contains(refusal({f.path, "--year", "2035"}), "a year from 2020 to 2022");
  contains(refusal({f.path, "--by", "plase"}), "did you mean 'place'?");
  CHECK_FALSE(std::filesystem::exists(out));
}
