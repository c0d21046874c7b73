#include "scores.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "luohu/core/text.hpp"
#include "luohu/inference/target_statistics.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

const Place& capital(const Hindcast& hindcast) {
  const Places& places = hindcast.province.tables.places;
  return places.rows()[capital_of(places)];
}

std::string value_text(const Score& score) {
  if (!score.value) return "-";
  const std::string value = fmt::format("{:.3g}", *score.value);
  return score.spread > 0 ? fmt::format("{} +-{:.2g}", value, score.spread) : value;
}

std::string draws_text(const Score& score) {
  return score.over_draws ? fmt::format("{:.3g} to {:.3g}", score.over_draws->first, score.over_draws->second) : "-";
}

std::string met_text(const Score& score) {
  return score.met ? (*score.met ? "yes" : "no") : "-";
}

std::string benchmarks_text(const Score& score) {
  std::string text;
  for (const auto& [id, value] : score.benchmarks) {
    text += fmt::format("{}{} {:.3g}", text.empty() ? "" : ", ", id, value);
  }
  return text;
}

/// The population of every prefecture, mean over the replicates.
std::vector<double> mean_population(const Hindcast& hindcast) {
  std::vector<double> mean(hindcast.province.tables.places.prefectures());
  for (const HindcastOutcome& outcome : hindcast.replicates) {
    for (std::size_t p = 0; p < mean.size(); ++p) {
      mean[p] += outcome.population[p] / static_cast<double>(hindcast.replicates.size());
    }
  }
  return mean;
}

Json draws_json(const Score& score) {
  return score.over_draws ? Json{{"low", score.over_draws->first}, {"high", score.over_draws->second}} : Json();
}

Json as_json(const Score& score) {
  Json benchmarks = Json::object();
  for (const auto& [id, value] : score.benchmarks) benchmarks[id] = value;
  return {{"pattern", score.pattern},
          {"name", score.name},
          {"scope", score.scope},
          {"value", score.value ? Json(*score.value) : Json()},
          {"spread", score.spread},
          {"draws", draws_json(score)},
          {"unit", score.unit},
          {"band", score.band},
          {"met", score.met ? Json(*score.met) : Json()},
          {"benchmarks", benchmarks},
          {"note", score.note}};
}

Json prefectures_json(const Hindcast& hindcast) {
  const Province& province = hindcast.province;
  const std::vector<double> base = base_population(province.tables.census);
  const std::vector<double> counted = counted_population(province.targets);
  const std::vector<double> simulated = mean_population(hindcast);
  Json list = Json::array();
  for (std::size_t p = 0; p < base.size(); ++p) {
    const Place& place = province.tables.places.rows()[p];
    Json benchmarks = Json::object();
    for (const Benchmark& b : hindcast.benchmarks) {
      if (!b.population.empty()) benchmarks[b.id] = b.population[p];
    }
    list.push_back({{"place", place.code},
                    {"name", place.name_en},
                    {"base", base[p]},
                    {"counted", counted[p]},
                    {"simulated", simulated[p]},
                    {"benchmarks", benchmarks}});
  }
  return list;
}

/// Every number that a census counted as well, mean over the replicates.
Json residuals_json(const Hindcast& hindcast) {
  Json list = Json::array();
  for (const StatisticInfo& statistic : statistic_table()) {
    if (statistic.counted == nullptr) continue;
    const std::vector<std::string> labels = statistic.labels(hindcast.province);
    const std::vector<double> counted = statistic.counted(hindcast.province);
    std::vector<double> simulated(labels.size());
    for (const HindcastOutcome& outcome : hindcast.replicates) {
      const std::vector<double> numbers = statistic.simulated(hindcast.province, {}, outcome);
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        simulated[i] += numbers[i] / static_cast<double>(hindcast.replicates.size());
      }
    }
    Json numbers = Json::array();
    for (std::size_t i = 0; i < labels.size(); ++i) {
      numbers.push_back({{"of", labels[i]}, {"counted", counted[i]}, {"simulated", simulated[i]}});
    }
    list.push_back({{"statistic", statistic.name}, {"unit", statistic.unit}, {"numbers", numbers}});
  }
  return list;
}

std::string overrides_text(const ScoringRun& run) {
  std::string text;
  for (const Override& set : run.overrides)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", set.key, set.value);
  return text;
}

}  // namespace

std::string scores_table(const std::vector<ScoredHindcast>& scored, const ScoringRun& run) {
  std::string text;
  for (const ScoredHindcast& s : scored) {
    const Province& province = s.hindcast.province;
    text += fmt::format("{}: {}\n{} to {}, capital {}, scale 1:{}, {} replicate(s){}, seed {}{}\n\n", s.title, s.path,
                        province.first_year, province.targets.year, capital(s.hindcast).name_en, run.scale,
                        run.replicates, run.draws > 0 ? fmt::format(" of {} draw(s)", run.draws) : "", run.seed,
                        run.overrides.empty() ? "" : ", " + overrides_text(run));
    const auto over_draws = [&](std::string_view cell) {
      return run.draws > 0 ? fmt::format(" {:>18}", cell) : std::string{};
    };
    text += fmt::format("{:4} {:61} {:16} {:>14}{} {:7} {:28} {:4} {}\n", "", "", "scope", "value",
                        over_draws("draws 5 % to 95 %"), "unit", "band", "met", "benchmarks");
    for (const Score& score : s.scores) {
      std::string line = fmt::format("{:4} {:61} {:16} {:>14}{} {:7} {:28} {:4} {}", score.pattern, score.name,
                                     score.scope, value_text(score), over_draws(draws_text(score)), score.unit,
                                     score.band, met_text(score), benchmarks_text(score));
      if (!score.note.empty()) line += fmt::format("{}({})", score.benchmarks.empty() ? "" : " ", score.note);
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + '\n';
    }
    text += '\n';
  }
  if (run.draws > 0)
    text +=
        "value: mean +-standard deviation between replicates; draws: quantiles, each draw the mean of its replicates\n";
  return text +
         "benchmarks: uniform_growth knows the province's counted total, capital_dummy also the capital's count\n";
}

std::string scores_csv(const std::vector<ScoredHindcast>& scored, const ScoringRun& run) {
  std::vector<std::string> ids;
  for (const ScoredHindcast& s : scored) {
    for (const Benchmark& b : s.hindcast.benchmarks) {
      if (std::ranges::find(ids, b.id) == ids.end()) ids.push_back(b.id);
    }
  }
  std::string text = "scenario,pattern,name,scope,value,spread,unit,band,met";
  for (const std::string& id : ids) text += ',' + id;
  text += ",draws_low,draws_high,note,set\n";
  for (const ScoredHindcast& s : scored) {
    for (const Score& score : s.scores) {
      text += fmt::format("{},{},{},{},{},{},{},{},{}", csv_field(s.path), score.pattern, csv_field(score.name),
                          score.scope, score.value ? number_text(*score.value) : "", number_text(score.spread),
                          score.unit, csv_field(score.band), score.met ? (*score.met ? "yes" : "no") : "");
      for (const std::string& id : ids) {
        const auto found = std::ranges::find(score.benchmarks, id, &std::pair<std::string, double>::first);
        text += found == score.benchmarks.end() ? "," : ',' + number_text(found->second);
      }
      text += score.over_draws
                  ? fmt::format(",{},{}", number_text(score.over_draws->first), number_text(score.over_draws->second))
                  : ",,";
      text += ',' + csv_field(score.note) + ',' + csv_field(overrides_text(run)) + '\n';
    }
  }
  return text;
}

Json scores_json(const std::vector<ScoredHindcast>& scored, const ScoringRun& run) {
  Json hindcasts = Json::array();
  for (const ScoredHindcast& s : scored) {
    Json patterns = Json::array();
    for (const Score& score : s.scores) patterns.push_back(as_json(score));
    const Province& province = s.hindcast.province;
    hindcasts.push_back({{"scenario", s.path},
                         {"title", s.title},
                         {"first_year", province.first_year},
                         {"last_year", province.targets.year},
                         {"capital", capital(s.hindcast).code},
                         {"patterns", patterns},
                         {"prefectures", prefectures_json(s.hindcast)},
                         {"residuals", residuals_json(s.hindcast)}});
  }
  Json overrides = Json::object();
  for (const Override& set : run.overrides) overrides[set.key] = set.value;
  return {{"scale", run.scale}, {"replicates", run.replicates}, {"draws", run.draws}, {"seed", run.seed},
          {"set", overrides},   {"hindcasts", hindcasts}};
}

}  // namespace luohu
