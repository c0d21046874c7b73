// luohu validate: run hindcasts and score them against what the later census counted.

#include <fmt/format.h>

#include <array>
#include <iostream>
#include <nlohmann/json.hpp>

#include "experiment.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/inference/hindcast_evaluator.hpp"
#include "luohu/inference/scorecard.hpp"
#include "luohu/population/parallel.hpp"
#include "machine.hpp"
#include "scores.hpp"

namespace luohu {
namespace {

struct ValidateSettings {
  std::vector<std::string> scenarios, training;
  std::size_t replicates = 1;
  std::uint64_t seed = 1;
  std::int64_t scale = 100;
  std::string format;
};

std::optional<ValidateSettings> parse(Arguments arguments) {
  const Options options =
      Options{"luohu validate SCENARIO... [options]",
              "Run hindcasts and score them against targets-YEAR.csv beside each, YEAR its last year."}
          .repeatable("train", "SCENARIO", "hindcast of another province, for the regression benchmark; not run")
          .value("scale", "1:N", "persons an agent stands for (default 1:100)")
          .value("replicates", "N", "replicates of every hindcast (default 1)")
          .value("seed", "N", "seed (default 1)")
          .value("threads", "N", "threads (default: all, or OMP_NUM_THREADS)")
          .value("format", "table|csv|json", "how to print (default table)")
          .words("scenario", 1);
  const auto parsed = options.parse(arguments);
  if (!parsed) return std::nullopt;
  constexpr std::array<std::string_view, 3> formats{"table", "csv", "json"};
  ValidateSettings settings;
  settings.scenarios = parsed->words();
  settings.training = parsed->texts("train");
  settings.replicates = static_cast<std::size_t>(parsed->integer("replicates", 1, 100'000).value_or(1));
  settings.seed = parsed->unsigned_integer("seed").value_or(1);
  settings.scale = parsed->scale("scale").value_or(100);
  settings.format = parsed->choice("format", formats);
  set_threads(static_cast<int>(parsed->integer("threads", 1, 4096).value_or(available_threads())));
  return settings;
}

std::vector<HindcastOutcome> simulate(const HindcastInputs& inputs, const ValidateSettings& settings) {
  require_memory(memory_needed(inputs.tables->census, settings.scale),
                 fmt::format("a run at scale 1:{}", settings.scale));
  const HindcastEvaluator evaluator{inputs};
  std::vector<HindcastOutcome> outcomes;
  for (std::size_t r = 0; r < settings.replicates; ++r) {
    outcomes.push_back(evaluator.outcome(seed_of_replicate(Seed{settings.seed}, r), settings.scale));
  }
  return outcomes;
}

}  // namespace

int run_validate(Arguments arguments) {
  const auto settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  std::vector<HindcastInputs> all;
  for (const std::string& path : settings->scenarios) all.push_back(read_hindcast(path));
  for (const std::string& path : settings->training) all.push_back(read_hindcast(path));

  std::vector<ScoredHindcast> scored;
  for (std::size_t i = 0; i < settings->scenarios.size(); ++i) {
    std::vector<Province> others;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (j != i && !std::filesystem::equivalent(all[j].scenario.tables, all[i].scenario.tables)) {
        others.push_back(all[j].province());
      }
    }
    const Province province = all[i].province();
    Hindcast hindcast{province, all[i].scenario.parameters, simulate(all[i], *settings), benchmarks(province, others)};
    std::vector<Score> scores = scorecard(hindcast);
    scored.push_back({settings->scenarios[i], all[i].scenario.title.en, std::move(hindcast), std::move(scores)});
  }
  const ScoringRun run{settings->scale, settings->replicates, settings->seed};
  if (settings->format == "json") {
    std::cout << scores_json(scored, run).dump(2) << '\n';
  } else {
    std::cout << (settings->format == "csv" ? scores_csv(scored) : scores_table(scored, run));
  }
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
