// luohu compare, end to end on files whose every number is known.

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "luohu/analysis/comparison.hpp"
#include "luohu/core/text.hpp"
#include "luohu/results/reader.hpp"
#include "world.hpp"

using namespace luohu;
using Json = nlohmann::json;

namespace {

Output compared(std::vector<std::string> arguments) {
  return captured(run_compare, arguments);
}

std::string refusal(const std::vector<std::string>& arguments, ExitCode code = ExitCode::usage) {
  return refusal_of(run_compare, arguments, code);
}

}  // namespace

TEST_CASE("compare prints what differs, the province, places by effect, marks and notes", "[compare]") {
  const Fixture f;
  const Output output = compared({f.path, "--indicator", "residents", "--scenario", "open"});
  CHECK(output.code == 0);
  CHECK(output.out == R"(open: 取消落户限制 Open registration, against baseline
  differs in
    measure.lift  value 0 year, start 2021.5 [text]

residents 常住人口 (person), 2022
                 baseline  scenario  difference  95 % interval  percent  mark
  全省 province     4,048     4,088         +40     [+15, +65]    +0.99  *
  长沙市            2,024     2,064         +40     [+15, +65]    +1.98  *
  湘西州            2,024     2,024          +0       [+0, +0]    +0.00  =

3 replicates, paired by common random numbers; Student's t of their differences
* the 95 % interval excludes 0, as 1 in 20 would by chance alone; 2 intervals here
~ N not distinguishable from noise; N replicates would settle it if nothing else changed
= the same in every replicate
)");
}

TEST_CASE("without indicators compare gives an overview of the province, and says what the file lacks", "[compare]") {
  const Fixture f;
  const std::string text = compared({f.path}).out;
  contains(text, "2022, 全省 province");
  contains(text, "registered_urbanisation 户籍人口城镇化率 (%)");
  contains(text, "note: not in the results: moves, net_from_outside, left_behind_children, unmet_seats, fiscal_cost");
}

TEST_CASE("compare writes CSV unrounded, one row for each number", "[compare]") {
  const Fixture f;
  const Output output = compared({f.path, "--indicator", "residents", "--scenario", "noisy", "--format", "csv"});
  const auto lines = lines_of(output.out);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] ==
        "scenario,indicator,unit,year,place,place_name,baseline,scenario_value,difference,low,high,percent,ratio,"
        "interval_of,confidence,pairing,verdict,replicates,baseline_replicates,replicates_needed,unpaired_low,"
        "unpaired_high,variance_reduction");
  CHECK(lines[1].starts_with("noisy,residents,person,2022,all,,4048,"));
  CHECK(lines[2].starts_with("noisy,residents,person,2022,430100,长沙市,2024,2027.3333333333333,3.3333333333332575,"));
  CHECK(lines[2].ends_with(",difference,0.95,paired,noise,3,3,1467,,,"));
  CHECK(lines[3] ==
        "noisy,residents,person,2022,433100,湘西州,2024,2024,0,0,0,0,1,difference,0.95,paired,identical,3,3,,,,");
}

TEST_CASE("compare writes JSON with scenarios, differing measures, notes and the numbers of the CSV", "[compare]") {
  const Fixture f;
  const Json json = Json::parse(compared({f.path, "--indicator", "settled", "--by", "route", "--format", "json"}).out);
  CHECK(json["baseline"]["id"] == "baseline");
  CHECK(json["scenarios"][0]["differs"] == Json{{{"what", "measure.lift"},
                                                 {"change", "value 0 year, start 2021.5"},
                                                 {"tag", "text"},
                                                 {"source", "clause 1"}}});
  CHECK(json["scenarios"][1]["differs"][0]["change"] == "1.5 -> 2");
  REQUIRE(json["results"].size() == 2 * 3);
  const Json& row = json["results"][1];
  CHECK(row["route"] == "residence");
  CHECK(row["place"] == "all");
  CHECK(row["difference"] == 40);
  CHECK(row["verdict"] == "differs");
  CHECK(row["replicates"] == 3);
  CHECK(row["variance_reduction"].is_null());
  CHECK(json["results"][2]["verdict"] == "identical");
}

TEST_CASE("compare writes Markdown tables", "[compare]") {
  const Fixture f;
  const std::string text = compared({f.path, "--indicator", "settled", "--format", "markdown"}).out;
  contains(text, "## open: 取消落户限制 Open registration, against baseline");
  contains(text, "- `measure.lift`: value 0 year, start 2021.5 (text: clause 1)");
  contains(text, "| 长沙市 | 2,024 | 2,064 | +40 |");
}

TEST_CASE("Chinese and English names take the columns they are shown in", "[compare]") {
  const Fixture f;
  const auto lines = lines_of(compared({f.path, "--indicator", "residents", "--scenario", "open"}).out);
  std::set<std::size_t> ends;
  for (const std::string& line : lines) {
    const std::size_t percent = line.find("+0.99") != std::string::npos   ? line.find("+0.99")
                                : line.find("+1.98") != std::string::npos ? line.find("+1.98")
                                                                          : std::string::npos;
    if (percent != std::string::npos) ends.insert(display_width(line.substr(0, percent)));
  }
  CHECK(ends.size() == 1);
}

TEST_CASE("what is noise is marked with the replicates that would settle it", "[compare]") {
  const Fixture f;
  const Json json = Json::parse(
      compared({f.path, "--indicator", "residents", "--scenario", "noisy", "--by", "province", "--format", "json"})
          .out);
  const Json& row = json["results"][0];
  CHECK(row["verdict"] == "noise");
  // Differences -60, 0, 70: mean 10/3, sd 65.06. The first n with t(n - 1) sd / sqrt(n) < 10/3.
  const auto n = row["replicates_needed"].get<std::int64_t>();
  const auto half = [](std::int64_t k) {
    return student_quantile(0.975, static_cast<double>(k - 1)) * std::sqrt(4233.0 + 1.0 / 3) /
           std::sqrt(static_cast<double>(k));
  };
  CHECK(half(n) < 10.0 / 3);
  CHECK(half(n - 1) >= 10.0 / 3);
}

TEST_CASE("percent, ratio, confidence and the unpaired interval are shown on request", "[compare]") {
  const Fixture f;
  const std::vector<std::string> common{f.path, "--indicator", "residents", "--scenario", "open", "--by", "province"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = common;
    all.insert(all.end(), more.begin(), more.end());
    all.insert(all.end(), {"--format", "json"});
    return Json::parse(compared(all).out)["results"][0];
  };
  const Json difference = with({}), percent = with({"--as", "percent"}), ratio = with({"--as", "ratio"});
  CHECK(percent["interval_of"] == "percent");
  CHECK(percent["low"].get<double>() == Approx(100 * (ratio["low"].get<double>() - 1)).epsilon(1e-12));
  CHECK(ratio["ratio"].get<double>() == Approx(4088.0 / 4048).epsilon(1e-14));
  const Json wider = with({"--confidence", "0.99", "--unpaired"});
  CHECK(wider["low"].get<double>() < difference["low"].get<double>());
  CHECK(wider["unpaired_low"].get<double>() < wider["low"].get<double>());
  // Sums 4008 + 40 r, and 10 r + 30 more: Var 1600 and 2500; the differences 30, 40, 50: 100.
  CHECK(wider["variance_reduction"].get<double>() == Approx(41.0).epsilon(1e-10));
  contains(compared({f.path, "--unpaired"}).out, "variance reduction");
}

TEST_CASE("compare fails with code 5 if a condition holds, and says where", "[compare]") {
  const Fixture f;
  const Output held = compared({f.path, "--fail-if", "difference(residents) > 20"});
  CHECK(held.code == 5);
  CHECK(held.err == "failed: open: difference(residents) > 20 (it is 40)\n");
  CHECK(compared({f.path, "--fail-if", "difference(residents, 2021, 湘西州) >= 1"}).code == 0);
  CHECK(compared({f.path, "--fail-if", "low(residents, 430100) > 15"}).code == 5);
  CHECK(compared({f.path, "--fail-if", "half_width(residents) <= 1", "--fail-if", "percent(residents)<-1"}).code == 0);
  contains(refusal({f.path, "--fail-if", "residents > 1"}), "expected QUANTITY(INDICATOR[, YEAR][, PLACE]) < NUMBER");
  contains(refusal({f.path, "--fail-if", "diference(residents) > 1"}), "did you mean 'difference'?");
  contains(refusal({f.path, "--fail-if", "low(residents) > x"}), "'x' is not a number");
  contains(refusal({f.path, "--fail-if", "low(residents) = 1"}), "expected QUANTITY");
  contains(refusal({f.path, "--fail-if", "low(resident) > 1"}), "did you mean 'residents'?");
  contains(refusal({f.path, "--fail-if", "low(residents, 2050) > 1"}), "a year from 2020 to 2022");
  contains(refusal({f.path, "--fail-if", "low(residents, 长杀市) > 1"}), "did you mean '长沙市'?");
}

TEST_CASE("indicators are split by groups of prefectures: the baseline's, and those named", "[compare]") {
  Fixture f;
  f.world.of.scenarios[0].text =
      "[groups.both]\ntitle = { zh = \"两地\", en = \"Both\" }\nmembers = [\"长沙市\", \"湘西州\"]\n";
  f.world.write(f.path);
  const Json json =
      Json::parse(compared({f.path, "--indicator", "residents", "--indicator", "urbanisation", "--scenario", "open",
                            "--by", "group", "--group", "west=433100", "--format", "json"})
                      .out);
  std::map<std::string, double> residents, urban;  // by group
  for (const Json& row : json["results"]) {
    auto& into = row["indicator"] == "residents" ? residents : urban;
    into[row["group"].get<std::string>()] = row["scenario_value"].get<double>();
  }
  CHECK(residents == std::map<std::string, double>{{"all", 4088}, {"both", 4088}, {"west", 2024}});  // west is in both
  CHECK(urban["both"] == urban["all"]);
  CHECK(urban["west"] == Approx(50).epsilon(1e-12));
  contains(compared({f.path, "--indicator", "residents", "--by", "group,zone"}).out, "两地 城镇");
  CHECK(compared({f.path, "--indicator", "settled", "--by", "route,group", "--format", "csv"}).code == 0);
  // A group of the user's replaces one of the same name.
  contains(compared({f.path, "--indicator", "residents", "--by", "group", "--group", "both=长沙市"}).out, "2,024");

  contains(refusal({f.path, "--by", "group", "--group", "x=长杀市"}), "did you mean '长沙市'?");
  contains(refusal({f.path, "--by", "group", "--group", "x"}), "must be NAME=PLACE,PLACE");
  contains(refusal({f.path, "--by", "group", "--group", "x=长沙市,"}), "must be NAME=PLACE,PLACE");
  contains(refusal({f.path, "--by", "group,place"}), "places and groups of places");
  contains(refusal({f.path, "--by", "place", "--group", "x=长沙市"}), "--group does nothing without --by group");
  const Fixture without;
  contains(refusal({without.path, "--by", "group"}), "name one with --group NAME=PLACE,PLACE");
}

TEST_CASE("names that are not in the files are refused with the nearest", "[compare]") {
  const Fixture f;
  contains(refusal({f.path, "--scenario", "opn"}), "no scenario is called 'opn'; did you mean 'open'?");
  contains(refusal({f.path, "--baseline", "base"}), "did you mean 'baseline'?");
  contains(refusal({f.path, "--indicator", "setled"}), "unknown indicator 'setled'; did you mean 'settled'?");
  contains(refusal({f.path, "--indicator", "rent"}), "'rent' cannot be computed: the results have no variable 'rent'");
  contains(refusal({f.path, "--year", "2035"}), "--year is '2035' (must be 'all' or a year from 2020 to 2022)");
  contains(refusal({f.path, "--by", "plase"}), "did you mean 'place'?");
  contains(refusal({f.path, "--by", "place,place"}), "--by names 'place' twice");
  contains(refusal({f.path, "--indicator", "settled", "--by", "zone"}), "settled: place, route");
  contains(refusal({f.path, "--as", "percentage"}), "did you mean 'percent'?");
  contains(refusal({f.path, "--confidence", "95"}), "must be a number from 0.5 to 0.999999");
  contains(refusal({f.path, "--scenario", "baseline"}), "is the baseline");
  contains(refusal({f.path, "--scenario", "open", "--scenario", "open"}), "'open' is named twice");
  contains(refusal({f.path, f.path}), "is given twice");
  CHECK(compared({f.path, "--indicator", "settled", "--indicator", "settled"}).out ==
        compared({f.path, "--indicator", "settled"}).out);
}

TEST_CASE("files that cannot be read are refused by name", "[compare]") {
  const Fixture f;
  const auto size = std::filesystem::file_size(f.path);
  const std::string cut = (f.folder / "cut.h5").string();
  std::filesystem::copy_file(f.path, cut);
  std::filesystem::resize_file(cut, size / 2);
  contains(refusal({cut}, ExitCode::environment), "cut.h5");
  contains(refusal({(f.folder / "none.h5").string()}, ExitCode::environment), "none.h5");
  {
    ResultsWriter writer{f.folder / "part.h5", sample::experiment(), false};
    sample::add(writer, sample::experiment(), 0, 0);
  }
  contains(refusal({(f.folder / "part.h5.part").string()}, ExitCode::environment), "is unfinished");
}

TEST_CASE("draws of the parameters have a range of their own beside the interval over replicates", "[compare][draws]") {
  const sample::Folder folder;
  World world;
  world.of.draws = 3;
  world.draw_effect = {0, 100, 200};
  const std::string path = (folder / "draws.h5").string();
  world.write(path);
  const std::vector<std::string> arguments{path, "--scenario", "open", "--indicator", "residents", "--by", "province"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), arguments.begin(), arguments.end());
    return captured(run_compare, more).out;
  };
  const auto row = Json::parse(with({"--format", "json"}))["results"][0];
  // Replicates differ by 30, 40, 50 in every draw, draws by 0, 100, 200: each is averaged over the other.
  CHECK(row["difference"] == 140);
  CHECK(row["draws"] == 3);
  // Quantiles 0.025 and 0.975 of 40, 140, 240; Student's t of 130, 140, 150 on two degrees.
  CHECK(row["draws_low"].get<double>() == Approx(45));
  CHECK(row["draws_high"].get<double>() == Approx(235));
  CHECK(row["high"].get<double>() == Approx(140 + 4.302653 * 10 / std::sqrt(3.0)));
  contains(with({}), "95 % of draws");
  contains(with({}), "[+45, +235]");
  contains(with({"--as", "ratio"}), "95 % of draws");
}

TEST_CASE("one replicate gives differences without intervals, and says so", "[compare]") {
  Fixture f;
  f.world.of.replicates = 1;
  f.world.write(f.path);
  const Output output = compared({f.path, "--scenario", "open"});
  contains(output.out, "note: one replicate: no interval");
  contains(output.out, "+30");
  const Json row = Json::parse(compared({f.path, "--format", "json"}).out)["results"][0];
  CHECK(row["verdict"] == "unknown");
  CHECK(row["low"].is_null());
  contains(refusal({f.path, "--fail-if", "low(residents) > 0"}), "there is no interval");
  f.world.of.expectation = true;
  f.world.write(f.path);
  contains(compared({f.path}).out, "note: expected numbers, without noise");
}

TEST_CASE("a file without its baseline, or with nothing else, is explained", "[compare]") {
  Fixture f;
  f.world.of.baseline = "baseline";
  f.world.of.scenarios.resize(1);
  f.world.write(f.path);
  contains(refusal({f.path}), "holds 'baseline' alone, with nothing to compare");

  // A file of another's making, whose baseline is none of its scenarios: one of the two names is changed in place.
  f.world.of.scenarios = World{}.of.scenarios;
  f.world.of.scenarios[0].id = f.world.of.baseline = "reference";
  f.world.write(f.path);
  std::string bytes = sample::bytes_of(f.path);
  bytes.replace(bytes.find("reference"), 9, "preferred");
  std::ofstream{f.path, std::ios::binary} << bytes;
  const std::string message = refusal({f.path});
  contains(message, "which it names as its baseline; name one with --baseline: ");
  CHECK(compared({f.path, "--baseline", "open"}).code == 0);
}

TEST_CASE("scenarios of several files are compared, unpaired where their replicates differ", "[compare]") {
  Fixture f;
  const std::string other = (f.folder / "other.h5").string();
  f.world.of.scenarios[1].id = "wide";
  f.world.of.version = "luohu 0.0.1";
  f.world.write(other);
  const Json same =
      Json::parse(compared({f.path, other, "--indicator", "residents", "--scenario", "wide", "--format", "json"}).out);
  CHECK(same["scenarios"][0]["pairing"] == "paired");  // the same seed: the same persons
  contains(same["notes"].dump(), "part of a difference may be the program's");
  contains(refusal({f.path, other, "--scenario", "noisy"}),
           "several files have a scenario 'noisy'; name one: noisy@" + f.path);
  CHECK(compared({f.path, other, "--scenario", "noisy@" + other}).code == 0);

  f.world.of.seed = 8;
  f.world.of.last_year = 2021;
  f.world.of.inputs[0].sha256 = std::string(64, 'b');
  f.world.write(other);
  const std::string text = compared({f.path, other, "--indicator", "residents", "--scenario", "wide"}).out;
  contains(text, "note: wide: compared unpaired, because seeds differ (7 and 8)");
  contains(text, "unpaired: Welch's t");
  contains(text, "compared over 2020 to 2021");
  contains(text, "were made from different tables");
  contains(refusal({f.path, other, "--year", "2022"}), "a year from 2020 to 2021, which all files have");

  f.world.of.first_year = 2030;
  f.world.of.last_year = 2031;
  f.world.write(other);
  contains(refusal({f.path, other}), "the files have no year in common");
  f.world.of.layout.axes[0].codes[1] = 430200;
  f.world.write(other);
  contains(refusal({f.path, other}), "are of different places");
}

TEST_CASE("a run of Hunan is compared in every indicator, year, place and format", "[compare]") {
  const sample::Folder folder;
  const std::string path = (folder / "hunan.h5").string();
  const std::string scenarios = LUOHU_SOURCE_DIR "/scenarios/hunan/";
  REQUIRE(captured(run_run, {scenarios + "baseline.toml", scenarios + "measures-01-02.toml", "--scale", "1:2000",
                             "--replicates", "2", "--progress", "none", "-o", path})
              .code == 0);
  const Json json = Json::parse(
      compared({path, "--indicator", "all", "--by", "place", "--year", "all", "--format", "json", "--unpaired"}).out);
  CHECK(json["notes"].dump().find("not in the results") == std::string::npos);
  std::size_t defined = 0;
  for (const Json& row : json["results"]) defined += row["difference"].is_null() ? 0 : 1;
  CHECK(defined > json["results"].size() * 9 / 10);  // rates of flows have no value in the base year
  // What the change of the urbanisation rate is due to adds up, to the change that the rates have.
  std::map<std::string, double> of;  // baseline by indicator, place and year
  const auto key = [](const Json& row, int later) {
    return row["indicator"].get<std::string>() + row["place"].dump() + std::to_string(row["year"].get<int>() + later);
  };
  for (const Json& row : json["results"]) {
    if (!row["baseline"].is_null()) of[key(row, 0)] = row["baseline"].get<double>();
  }
  std::size_t years = 0;
  for (Json row : json["results"]) {
    if (row["indicator"] != "urbanisation" || row["year"] == 2020) continue;
    const double change = row["baseline"].get<double>() - of.at(key(row, -1));
    double sum = 0;
    for (const char* part : {"_natural", "_inside", "_outside", "_reclassified"}) {
      row["indicator"] = std::string{"urbanisation_change"} + part;
      sum += of.at(key(row, 0));
    }
    row["indicator"] = "urbanisation_change";
    CHECK(of.at(key(row, 0)) == Approx(change).margin(1e-9));
    CHECK(sum == Approx(change).margin(1e-9));
    row["indicator"] = "net_migration";
    const double net = of.at(key(row, 0));
    row["indicator"] = "net_from_outside";
    if (row["place"] == "all") CHECK(of.at(key(row, 0)) == net);
    ++years;
  }
  CHECK(years == 15 * 15);
  // The group that the baseline of Hunan defines is its three cities.
  const Json groups =
      Json::parse(compared({path, "--indicator", "moves_to_outside", "--by", "group", "--format", "json"}).out);
  double cities = 0;
  for (const Json& row : json["results"]) {
    if (row["indicator"] != "moves_to_outside" || row["year"] != 2035 || !row["place"].is_number()) continue;
    if (row["place"] <= 430300) cities += row["baseline"].get<double>();
  }
  CHECK(groups["results"].back()["group"] == "chang-zhu-tan");
  CHECK(groups["results"].back()["baseline"] == cities);
  const ResultsFile file{path};
  double residents = 0;
  for (std::size_t r = 0; r < 2; ++r) {
    const auto counts = std::get<std::vector<std::int64_t>>(file.read("population", 1, 0, r));
    const std::size_t each = counts.size() / 16;
    for (std::size_t i = 15 * each; i < counts.size(); ++i) residents += static_cast<double>(counts[i]) / 2;
  }
  for (const Json& row : json["results"]) {
    if (row["indicator"] == "residents" && row["year"] == 2035 && row["place"] == "all") {
      CHECK(row["scenario_value"] == residents);
    }
    // Nothing differs yet on the census date that both start from.
    if (row["year"] == 2020 && row["unit"] == "person") {
      CHECK(row["verdict"] == "identical");
    }
  }
  for (const char* format : {"table", "markdown", "csv"}) CHECK(compared({path, "--format", format}).code == 0);
}
