// What luohu attribute prints, on the tables of Hunan at a small scale.

#include <algorithm>
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
const std::string both = hunan + "measures-01-02.toml";

struct Folder : testing::Folder {
  /// A scenario that opens habitual residence in one prefecture after another, from the given years on.
  [[nodiscard]] std::string scenario(const std::string& id, const std::vector<int>& starts,
                                     const std::string& more = "") const {
    std::ofstream file{path / (id + ".toml")};
    file << "id = \"" << id << "\"\nextends = \"" << baseline << "\"\ntitle = { zh = \"测试\", en = \"Test\" }\n"
         << more;
    const std::vector<std::string> places{"changsha", "zhuzhou", "xiangtan", "hengyang",
                                          "shaoyang", "yueyang", "changde"};
    for (std::size_t i = 0; i < starts.size(); ++i) {
      file << "[[measure]]\nid = \"open-" << places[i] << "\"\ntitle = { zh = \"测试\", en = \"Test\" }\n"
           << "lever = \"registration.habitual_route\"\nplace = \"" << places[i] << "\"\nstart = " << starts[i]
           << "\nvalue = 1\nsource = { tag = \"assumption\", note = \"test\" }\n";
    }
    return (path / (id + ".toml")).string();
  }
};

std::vector<std::string> command(const std::string& package, const std::vector<std::string>& more) {
  std::vector<std::string> words{baseline, package, "--scale", "1:1000", "--progress", "none"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Output attributed(const std::string& package, const std::vector<std::string>& more) {
  Output output = captured(run_attribute, command(package, more));
  set_threads(available_threads());
  return output;
}

std::string refusal(const std::string& package, const std::vector<std::string>& more) {
  return refusal_of(run_attribute, command(package, more));
}

/// Means by "section subject category measure method".
std::map<std::string, double> means(const Json& answer) {
  std::map<std::string, double> found;
  for (const Json& value : answer.at("values")) {
    const std::string category = value.at("category").is_null() ? "" : value.at("category").get<std::string>();
    found[value.at("section").get<std::string>() + " " + value.at("subject").get<std::string>() + " " + category + " " +
          value.at("measure").get<std::string>() + " " + value.at("method").get<std::string>()] =
        value.at("mean").get<double>();
  }
  return found;
}

}  // namespace

TEST_CASE("attribution adds up: Shapley to the package, the package to the difference of two runs", "[attribute]") {
  const Output output = attributed(
      both, {"--replicates", "3", "--set", "last_year=2025", "--format", "json", "--who", "--indicator", "settled",
             "--indicator", "registered", "--indicator", "registered:all", "--indicator", "fiscal_cost"});
  REQUIRE(output.code == 0);
  CHECK_THAT(output.err, Catch::Contains("4 coalitions x 3 replicate(s) = 12 runs"));
  const Json answer = Json::parse(output.out);
  CHECK(answer.at("measures").size() == 2);
  CHECK(answer.at("measures")[0].at("name") == "1");
  CHECK(answer.at("measures")[0].at("entries").size() > 1);  // entries of one number are one measure
  const std::map<std::string, double> mean = means(answer);

  double registered_in_places = 0;
  for (const auto& [key, package] : mean) {
    if (!key.ends_with("all package")) continue;
    INFO(key);
    const std::string subject = key.substr(0, key.size() - std::string{"all package"}.size());
    const auto of = [&](const std::string& measure, const std::string& method) {
      return mean.at(subject + measure + " " + method);
    };
    CHECK(of("1", "shapley") + of("2", "shapley") == Approx(package).epsilon(1e-12).margin(1e-6));
    for (const std::string measure : {"1", "2"}) {  // of two players the mean of both orders
      CHECK(of(measure, "shapley") ==
            Approx((of(measure, "leave_one_out") + of(measure, "first_in")) / 2).epsilon(1e-12).margin(1e-6));
    }
    CHECK(of("1", "first_in") + of("2", "leave_one_out") == Approx(package).epsilon(1e-12).margin(1e-6));
    if (subject.starts_with("effect registered ") && subject != "effect registered  ") registered_in_places += package;
  }
  CHECK(registered_in_places == Approx(mean.at("effect registered  all package")).margin(1e-6));

  const Folder folder;
  const std::string path = (folder.path / "out.h5").string();
  REQUIRE(captured(run_run, {baseline, both, "--scale", "1:1000", "--progress", "none", "--set", "last_year=2025",
                             "--replicates", "3", "-o", path})
              .code == 0);
  const ResultsFile file{path};
  double difference = 0;
  for (std::size_t r = 0; r < 3; ++r) {
    for (const std::size_t s : {std::size_t{0}, std::size_t{1}}) {
      const auto settled = std::get<std::vector<std::int64_t>>(file.read("settled", s, 0, r));
      const auto sum = static_cast<double>(std::accumulate(settled.begin(), settled.end(), std::int64_t{0}));
      difference += (s == 1 ? sum : -sum) / 3;
    }
  }
  CHECK(mean.at("effect settled  all package") == Approx(difference).epsilon(1e-12));
}

TEST_CASE("who differs adds up over every margin and is at least what any pairing needs", "[attribute]") {
  const Output output =
      attributed(both, {"--set", "last_year=2024", "--format", "json", "--who", "--indicator", "registered"});
  const std::map<std::string, double> mean = means(Json::parse(output.out));
  double total = 0;
  for (const std::string aspect : {"registration", "residence", "status", "access"}) {
    INFO(aspect);
    const double all = mean.at("who " + aspect + " all all differ");
    const double least = mean.at("who " + aspect + " all all least");
    CHECK(all > 0);
    CHECK(least > 0);
    for (const std::string margin : {"age_group", "sex", "education", "origin"}) {
      double differ = 0, fewest = 0;
      for (const auto& [key, value] : mean) {
        if (!key.starts_with("who " + aspect + " " + margin + ":")) continue;
        (key.ends_with("differ") ? differ : fewest) += value;
      }
      CHECK(differ == all);
      CHECK(fewest >= least);
      CHECK(fewest <= differ);
    }
    total += all;
  }
  CHECK(std::fmod(total, 1000) == 0);  // whole agents
  // No pairing can do with fewer registrations than the registered populations differ by.
  CHECK(mean.at("who registration all all least") >= std::abs(mean.at("effect registered  all package")));
}

TEST_CASE("attribution prints the same whatever the number of threads", "[attribute]") {
  const std::vector<std::string> options{"--set", "last_year=2023", "--format", "csv",
                                         "--who", "--replicates",   "2",        "--threads"};
  std::string reference;
  for (const std::string threads : {"1", "2", "3"}) {
    std::vector<std::string> words = options;
    words.push_back(threads);
    const std::string text = attributed(both, words).out;
    if (reference.empty()) reference = text;
    CHECK(text == reference);
  }
  CHECK_THAT(reference, Catch::StartsWith("section,subject,category,measure,method,unit,mean,half_width\n") &&
                            Catch::Contains("\neffect,settled,,2,shapley,person,") &&
                            Catch::Contains("\nwho,access,sex:female,"));
}

TEST_CASE("a measure that comes after the horizon adds exactly nothing, by any method", "[attribute]") {
  const Folder folder;
  const std::string package = folder.scenario("one-late", {2021, 2030});
  const Json answer = Json::parse(attributed(package, {"--set", "last_year=2023", "--format", "json"}).out);
  bool one_acts = false;
  for (const Json& value : answer.at("values")) {
    CHECK(value.at("half_width").is_null());  // a single replicate
    if (value.at("measure") == "open-zhuzhou") CHECK(value.at("mean") == 0);
    one_acts = one_acts || (value.at("measure") == "open-changsha" && value.at("mean") != 0);
  }
  CHECK(one_acts);
}

TEST_CASE("more than six measures have no Shapley values unless they are grouped", "[attribute]") {
  const Folder folder;
  const std::string package = folder.scenario("seven", std::vector<int>(7, 2021));
  const std::vector<std::string> options{"--set", "last_year=2021", "--indicator", "settled"};
  const Output single = attributed(package, options);
  CHECK_THAT(single.err, Catch::Contains("7 measures make 128 coalitions; Shapley values are computed for at most 6") &&
                             Catch::Contains("--group A,B") && Catch::Contains("16 coalitions x 1 replicate(s)"));
  CHECK_THAT(single.out, Catch::Contains("leave-one-out") && !Catch::Contains("Shapley"));

  std::vector<std::string> grouped = options;
  grouped.insert(grouped.end(), {"--group", "open-changsha,open-zhuzhou,open-xiangtan", "--group",
                                 "open-hengyang,open-shaoyang,open-yueyang"});
  const Output joined = attributed(package, grouped);
  CHECK_THAT(joined.err, Catch::Contains("8 coalitions") && !Catch::Contains("at most 6"));
  CHECK_THAT(joined.out, Catch::Contains("Shapley") && Catch::Contains("open-changsha+open-zhuzhou+open-xiangtan") &&
                             Catch::Contains("open-changde") && Catch::Contains("package"));
}

TEST_CASE("an attribution is written where it is told, and as it is told", "[attribute]") {
  const Folder folder;
  const std::string file = (folder.path / "new" / "out.md").string();
  const std::vector<std::string> options{"--set",    "last_year=2021", "--indicator", "residents:长沙市",
                                         "--format", "markdown",       "-o",          file};
  CHECK(attributed(both, options).out.empty());
  std::stringstream text;
  text << std::ifstream{file}.rdbuf();
  CHECK_THAT(text.str(),
             Catch::Contains("**residents 常住人口: residents, in the last year, 长沙市 Changsha (person)**") &&
                 Catch::Contains("| measure | leave-one-out | first-in | Shapley |") &&
                 Catch::Contains("hence no intervals"));
  CHECK_THAT(refusal(both, options), Catch::Contains("--force replaces it"));
}

TEST_CASE("what cannot be attributed is refused with a reason", "[attribute]") {
  const Folder folder;
  const std::string one = folder.scenario("one", {2021});
  CHECK_THAT(refusal(both, {"--indicator", "setled"}),
             Catch::Contains("unknown indicator 'setled'; did you mean 'settled'?"));
  CHECK_THAT(refusal(both, {"--indicator", "settled:chansha"}),
             Catch::Contains("no prefecture is called 'chansha'; did you mean 'changsha'?"));
  CHECK_THAT(refusal(both, {"--indicator", "gini_urban"}), Catch::Contains("unknown indicator 'gini_urban'"));
  CHECK_THAT(refusal(both, {"--group", "1,3"}), Catch::Contains("adds no measure '3'; it adds 1, 2"));
  CHECK_THAT(refusal(both, {"--group", "1,2", "--group", "2"}), Catch::Contains("'2' is already grouped"));
  CHECK_THAT(refusal(both, {"--set", "nonsense"}), Catch::Contains("KEY=VALUE"));
  const std::string same = folder.scenario("same", {});
  CHECK_THAT(refusal(same, {}), Catch::Contains("same adds no measure to baseline"));
  const std::string other = folder.scenario(
      "other", {2021},
      "[parameters.migration]\npush_exponent = { value = 0.5, source = { tag = \"assumption\", note = \"test\" } }\n");
  CHECK_THAT(refusal(other, {}),
             Catch::Contains("migration.push_exponent is ") && Catch::Contains("differ in nothing else"));
  const std::string alone = folder.scenario("alone", {2021}, "[feedbacks]\nnetworks = false\n");
  CHECK_THAT(refusal(alone, {}), Catch::Contains("the feedback 'networks'"));
  // The other way round: a package without the baseline's measure.
  const auto reversed = [&] { captured(run_attribute, {both, baseline, "--scale", "1:1000"}); };
  CHECK_THROWS_WITH(reversed(), Catch::Contains("baseline lacks the measure"));
  CHECK_THROWS_WITH(attributed(both, {"-o", "/proc/nowhere/out"}),
                    "/proc/nowhere/out: cannot create its folder (No such file or directory)");
  CHECK_THROWS_WITH(captured(run_attribute, {baseline}), Catch::Contains("scenario"));
}
