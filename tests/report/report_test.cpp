// The data of the page: its numbers, its texts, and what it refuses.

#include "luohu/report/report.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "luohu/analysis/comparison.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/results/writer.hpp"
#include "results/sample.hpp"
#include "support/folder.hpp"

using namespace luohu;
using Json = nlohmann::json;

namespace {

/// Residents of three places by zone and sex, in years from 2020 on; each cell has its own noise and effect.
struct World {
  testing::Folder folder;
  Experiment of;

  explicit World(std::size_t replicates = 3, std::size_t scenarios = 2) {
    of = sample::experiment();
    of.replicates = replicates;
    of.scenarios.resize(scenarios);
    of.provenance = {{"baseline", "mortality_scale", 1.5, "1", "literature", "default", "a book"}};
    of.layout.variables.resize(1);
  }

  [[nodiscard]] std::string write(const std::string& name = "world.h5") const {
    ResultsWriter writer{folder / name, of, true};
    for (std::size_t s = 0; s < of.scenarios.size(); ++s) {
      for (std::size_t r = 0; r < of.replicates; ++r) {
        std::vector<YearRecord> years;
        for (int year = of.first_year; year <= of.last_year; ++year) {
          std::vector<std::int64_t> cells(12);
          for (std::size_t c = 0; c < cells.size(); ++c) {
            const std::size_t noise = (7 * r + 3 * c) % 5, effect = s * c * (r + 1);
            cells[c] = static_cast<std::int64_t>(10'000 + 100 * c + noise + effect) + year;
          }
          years.push_back({{cells}});
        }
        writer.add(s, 0, r, years);
      }
    }
    writer.finish();
    return folder / name;
  }
};

ReportRequest request_of(const std::string& path) {
  ReportRequest request;
  request.files = {path};
  return request;
}

Json data_of(const ReportRequest& request) {
  return Json::parse(report_data(request));
}

/// Float32, little-endian, in base64, read back in other words than it is written.
std::vector<float> unpacked(const std::string& text) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6U | static_cast<std::uint32_t>(digits.find(c));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(held) & 255U);
  }
  std::vector<float> values(bytes.size() / 4);
  static_assert(std::endian::native == std::endian::little);
  std::memcpy(values.data(), bytes.data(), 4 * values.size());
  return values;
}

/// What is said when it is refused, and with which code.
std::string refusal(const ReportRequest& request, ExitCode code) {
  try {
    static_cast<void>(report_data(request));
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("every number of the page is that of compare, to float32", "[report]") {
  const World world;
  const std::string path = world.write();
  const Json data = data_of(request_of(path));
  const auto agree = [&](const char* name, const std::vector<std::string>& by) {
    const Json& block = data[name];
    ComparisonRequest asked;
    asked.files = {path};
    asked.indicators = block["indicators"].get<std::vector<std::string>>();
    asked.years = {"all"};
    asked.by = by;
    const Comparison comparison = compare(asked);
    const auto baseline = unpacked(block["baseline"]);
    const auto difference = unpacked(block["scenarios"][0]["difference"]),
               half = unpacked(block["scenarios"][0]["half"]);
    std::size_t i = 0;
    for (const ComparedRow& row : comparison.rows) {
      if (row.cell.empty() != by.empty()) continue;
      REQUIRE(i < baseline.size());
      if (std::isfinite(row.contrast.difference())) {
        const auto interval = difference_interval(row.contrast, 0.95);
        REQUIRE(interval);
        CHECK(baseline[i] == static_cast<float>(row.contrast.baseline));
        CHECK(difference[i] == static_cast<float>(row.contrast.difference()));
        CHECK(half[i] == Approx((interval->high - interval->low) / 2).epsilon(1e-6));
      } else {
        CHECK(std::isnan(difference[i]));
      }
      ++i;
    }
    CHECK(i == baseline.size());
  };
  agree("province", {});
  agree("places", {"place"});
  CHECK(data["places"]["years"] == std::vector<int>{2020, 2021, 2022});
}

TEST_CASE("the interval of a level is Student's t of the runs", "[report]") {
  const World world;
  const Json data = data_of(request_of(world.write()));
  const Json& levels = data["level_intervals"];
  REQUIRE(levels["indicators"][0] == "residents");
  // Replicates 0, 1, 2 of the baseline in one year: sums over cells of the noise (7 r + 3 c) mod 5.
  const auto noise = [](std::size_t r) {
    double sum = 0;
    for (std::size_t c = 0; c < 12; ++c) sum += static_cast<double>((7 * r + 3 * c) % 5);
    return sum;
  };
  const double mean = (noise(0) + noise(1) + noise(2)) / 3;
  const double squares = std::pow(noise(0) - mean, 2) + std::pow(noise(1) - mean, 2) + std::pow(noise(2) - mean, 2);
  const double t = 4.302652729911275;  // 97.5 % quantile, 2 degrees of freedom
  CHECK(unpacked(levels["baseline"])[0] == Approx(t * std::sqrt(squares / 6)).epsilon(1e-6));
}

TEST_CASE("no text can end the script it stands in, nor begin another", "[report]") {
  World world;
  const std::string hostile =
      "</script><script>alert(1)</script> <img src=x onerror=alert(1)> \"'`${x} {{page.js}} <!-- \xE2\x80\xA8 "
      "\xE2\x80\xA9 & \\";
  world.of.scenarios[1].title_en = world.of.scenarios[1].title_zh = hostile;
  world.of.title = hostile;
  world.of.provenance.push_back({"open", "measure.x.value", 0, hostile, "text", "open.toml:3", hostile});
  const ReportRequest request = request_of(world.write());
  const std::string data = report_data(request);
  for (const char* never : {"<", ">", "&", "'", "\xE2\x80\xA8", "\xE2\x80\xA9"}) CHECK_FALSE(has(data, never));
  const Json read = Json::parse(data);
  CHECK(read["scenarios"][0]["en"] == hostile);
  CHECK(read["measures"][0]["source"] == hostile);
  const std::string page = report_page(request);
  CHECK(count(page, "<script") == 2);
  CHECK(count(page, "</script>") == 2);
  CHECK_FALSE(has(page, "<img"));
}

TEST_CASE("a text that is no UTF-8 is shown with its bad bytes replaced", "[report]") {
  World world;
  world.of.scenarios[1].title_en = "bad \xFF byte";
  CHECK(data_of(request_of(world.write()))["scenarios"][0]["en"] == "bad \xEF\xBF\xBD byte");
}

TEST_CASE("the page is whole in itself and the same for the same results", "[report]") {
  const World world;
  const ReportRequest request = request_of(world.write());
  const std::string page = report_page(request);
  CHECK(page == report_page(request));
  CHECK(page.substr(0, 1024).find("<meta charset=\"utf-8\">") != std::string::npos);
  CHECK(has(page, "default-src 'none'"));
  CHECK_FALSE(has(page, "{{page.js}}"));
  // An address in it is the name of SVG, and nothing that a browser would load.
  CHECK(count(page, "http://") + count(page, "https://") == count(page, "http://www.w3.org/2000/svg"));
  for (const char* loads : {"src=", "@import", "url(http", "fetch(", "XMLHttpRequest", "innerHTML", "eval("}) {
    CHECK_FALSE(has(page, loads));
  }
}

TEST_CASE("no two texts of the page have the same key", "[report]") {
  const World world;
  const std::string page = report_page(request_of(world.write()));
  const std::size_t begin = page.find("const TEXT = {"), end = page.find("\n};", begin);
  REQUIRE(end != std::string::npos);
  const std::regex entry{R"((\w+): \[")"};
  std::set<std::string> keys;
  for (const std::string& line : lines_of(page.substr(begin, end - begin))) {
    for (std::sregex_iterator at{line.begin(), line.end(), entry}; at != std::sregex_iterator{}; ++at) {
      INFO((*at)[1]);
      CHECK(keys.insert((*at)[1]).second);
    }
  }
  CHECK(keys.size() > 150);
}

TEST_CASE("what a scenario changes is told in parts, for the page to say in its language", "[report]") {
  World world;
  world.of.provenance = {{"baseline", "mortality_scale", 1.5, "1", "literature", "default", "a book"},
                         {"baseline", "measure.old.value", 1, "1", "text", "baseline.toml:1", "clause 0"},
                         {"baseline", "measure.both.start", 2021.5, "year", "text", "baseline.toml:2", "clause 0"},
                         {"open", "measure.both.start", 2023, "year", "text", "open.toml:4", "clause 0"},
                         {"open", "mortality_scale", 2, "1", "literature", "open.toml:1", "a book"},
                         {"open", "measure.lift.value", 0, "year", "text", "open.toml:2", "clause 1"},
                         {"open", "measure.lift.start", 2021.5, "year", "text", "open.toml:3", "clause 1"},
                         {"open", "measure.lift.lag", 0, "year", "assumption", "default", "not in the file"}};
  const std::string path = world.write();
  const Json measures = data_of(request_of(path))["measures"];
  REQUIRE(measures.size() == 4);
  CHECK(measures[0]["parts"] == Json::array({{"start", "2021.5", "2023", ""}}));
  CHECK(measures[1]["parts"] == Json::array({{"", "1.5", "2", "1"}}));
  CHECK(measures[2]["what"] == "measure.lift");
  CHECK(measures[2]["parts"] == Json::array({{"value", nullptr, "0", "year"}, {"start", nullptr, "2021.5", ""}}));
  CHECK(measures[3]["what"] == "measure.old");
  CHECK(measures[3]["parts"] == Json::array());

  ComparisonRequest asked;
  asked.files = {path};
  const Comparison comparison = compare(asked);
  std::vector<std::string> changes;
  for (const DifferingValue& value : comparison.scenarios[0].differs) changes.push_back(value.change);
  CHECK(changes == std::vector<std::string>{"start 2021.5 -> 2023", "1.5 -> 2", "value 0 year, start 2021.5",
                                            "not in this scenario"});
}

TEST_CASE("one scenario has no differences, one replicate no intervals", "[report]") {
  const World alone{3, 1};
  const Json single = data_of(request_of(alone.write()));
  CHECK(single["alone"] == true);
  CHECK(unpacked(single["level_intervals"]["baseline"])[0] > 0);
  for (const float difference : unpacked(single["province"]["scenarios"][0]["difference"])) {
    CHECK((difference == 0 || std::isnan(difference)));
  }
  const World once{1};
  const Json data = data_of(request_of(once.write()));
  CHECK(data["alone"] == false);
  CHECK(data["province"]["scenarios"][0]["half"].is_null());
  CHECK(data["level_intervals"]["baseline"].is_null());
  CHECK(data["files"][0]["replicates"] == 1);
}

TEST_CASE("two files give their scenarios in one page, unpaired where their seeds differ", "[report]") {
  World world;
  const std::string first = world.write("first.h5");
  world.of.seed = 5;
  world.of.scenarios = {{"other", "", "Other", ""}};
  world.of.baseline = "other";
  ReportRequest request = request_of(first);
  request.files.emplace_back(world.write("second.h5"));
  const Json data = data_of(request);
  REQUIRE(data["scenarios"].size() == 2);
  CHECK(data["scenarios"][0]["pairing"] == "paired");
  CHECK(data["scenarios"][1]["id"] == "other");
  CHECK(data["scenarios"][1]["pairing"] == "unpaired");
  CHECK(data["files"].size() == 2);
}

TEST_CASE("results that are damaged or missing are refused by name", "[report]") {
  const World world;
  const std::string path = world.write();
  const std::string bytes = *read_file(path);
  std::ofstream{path, std::ios::binary} << bytes.substr(0, bytes.size() / 2);
  CHECK(has(refusal(request_of(path), ExitCode::environment), "world.h5"));
  CHECK(has(refusal(request_of(world.folder / "none.h5"), ExitCode::environment), "none.h5"));
}

TEST_CASE("boundaries come with the program for the places it knows, or from the user", "[report]") {
  World world;
  ReportRequest request = request_of(world.write());
  const Json known = data_of(request)["boundaries"];
  REQUIRE(known["rings"].size() == 3);
  CHECK(known["rings"][0][0].size() > 20);
  CHECK(known["tag"] == "data");
  CHECK(has(known["source"], "leiii/census"));

  const auto square = [](const std::string& code, const std::string& at) {
    return "{\"type\":\"Feature\",\"properties\":{\"adcode\":" + code +
           "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" + at + ",30],[111,30],[111,31],[" + at +
           ",30]]]}}";
  };
  const auto collection = [](const std::string& features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
  };
  const std::string all =
      square("430100", "110") + "," + square("\"430200\"", "110.00049") + "," + square("431300", "109");
  request.boundaries = {"mine.geojson", collection(all)};
  const Json given = data_of(request)["boundaries"];
  CHECK(given["source"] == "mine.geojson");
  CHECK(given["rings"][0][0] == Json({110.0, 30.0, 111.0, 30.0, 111.0, 31.0, 110.0, 30.0}));
  CHECK(given["rings"][1][0][0] == 110.0);
  CHECK(given["rings"][2][0][0] == 109.0);

  const auto refused = [&](const std::string& text) {
    request.boundaries = {"mine.geojson", text};
    return refusal(request, ExitCode::input);
  };
  CHECK(has(refused(collection(square("430100", "110"))), "'adcode' of 430200, 431300"));
  CHECK(has(refused(all.substr(0, 40)), "mine.geojson: is not JSON, or was cut off"));
  CHECK(has(refused("{}"), "is not GeoJSON"));
  CHECK(has(refused("[1]"), "is not GeoJSON"));
  CHECK(has(refused(collection(square("430100", "500"))), "degrees"));
  CHECK(has(refused(collection(
                "{\"properties\":{\"adcode\":430100},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}")),
            "Point"));

  world.of.layout.axes[0].codes = {900001, 900002, 900003};
  CHECK(data_of(request_of(world.write("elsewhere.h5")))["boundaries"].is_null());
}

TEST_CASE("what is not an attribution or a scorecard is refused", "[report]") {
  const World world;
  ReportRequest request = request_of(world.write());
  for (const char* text : {"", "{", "[]", "{}", "{\"measures\":3}", "null", "{\"scale\":\"x\",\"baseline\":1}"}) {
    request.attribution = {"attribution.json", text};
    request.scorecard.reset();
    CHECK(has(refusal(request, ExitCode::input), "attribution.json"));
    request.attribution.reset();
    request.scorecard = {"scorecard.json", text};
    CHECK(has(refusal(request, ExitCode::input), "scorecard.json"));
  }
}

TEST_CASE("an attribution keeps its effects and names its outcomes in both languages", "[report]") {
  const World world;
  ReportRequest request = request_of(world.write());
  request.attribution = {"a.json",
                         R"({"baseline":"baseline","package":"open","first_year":2020,"last_year":2022,"scale":1,
      "replicates":2,"level":0.95,"shapley":true,"measures":[{"name":"1","title":{"zh":"一","en":"one"}}],"values":[
      {"section":"effect","subject":"settled","category":null,"measure":"1","method":"shapley","unit":"person","mean":5,
       "half_width":null},
      {"section":"who","subject":"access","category":"sex:male","measure":"all","method":"differ","unit":"person",
       "mean":7,"half_width":1}]})"};
  const Json made = data_of(request)["attribution"];
  CHECK(made["effects"] == Json::array({{"settled", nullptr, "1", "shapley", 5, nullptr}}));
  CHECK(made["outcomes"][0]["zh"] == "落户人数");
  CHECK(made["outcomes"][0]["over_years"] == true);
  CHECK(made["measures"][0]["zh"] == "一");
}
