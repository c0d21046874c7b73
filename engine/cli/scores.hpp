#pragma once
// Scorecards in every form in which they may be asked for.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "luohu/inference/scorecard.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu {

struct ScoredHindcast {
  std::string path;  ///< of the scenario
  std::string title;
  Hindcast hindcast;
  std::vector<Score> scores;
};

/// How the scores were made.
struct ScoringRun {
  std::int64_t scale = 1;
  std::size_t replicates = 1;
  std::uint64_t seed = 1;
  std::size_t draws = 0;            ///< of the parameters; 0 if the scenarios' own
  std::vector<Override> overrides;  ///< of the scenarios' values
};

[[nodiscard]] std::string scores_table(const std::vector<ScoredHindcast>& scored, const ScoringRun& run);
/// One line per score; a column per benchmark.
[[nodiscard]] std::string scores_csv(const std::vector<ScoredHindcast>& scored, const ScoringRun& run);
/// {"hindcasts": [{"scenario", …, "patterns": [{"pattern", "value", "band", "benchmarks", …}], "prefectures": […]}]}
[[nodiscard]] nlohmann::ordered_json scores_json(const std::vector<ScoredHindcast>& scored, const ScoringRun& run);

}  // namespace luohu
