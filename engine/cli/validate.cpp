// luohu validate: run hindcasts and score them against what the later census counted.

#include <fmt/format.h>

#include <array>
#include <iostream>
#include <nlohmann/json.hpp>

#include "draws.hpp"
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
  std::vector<Override> overrides;
  std::optional<Draws> draws;
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
          .value("draws", "POSTERIOR.toml[:N]",
                 "sets of parameters instead of the scenarios', amenities found for each")
          .repeatable("set", "KEY=VALUE", "override a value of every hindcast that is run")
          .value("feedbacks", "STATE", "scenario: as the hindcasts say (default); off: hold all at the base year")
          .value("replicates", "N", "replicates of every hindcast, and draw (default 1)")
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
  settings.overrides = overrides_of(*parsed);
  if (const auto draws = parsed->text("draws")) settings.draws.emplace(*draws);
  if (settings.draws) settings.draws->refuse(settings.overrides);
  for (const Override& override : settings.overrides) {
    const ParameterInfo* parameter = parameter_set_by(override.key);
    if (settings.draws || parameter == nullptr || !parameter->name.starts_with("inversion.")) continue;
    throw Error{
        ExitCode::usage,
        fmt::format("--set {}: amenities are those of the table, and found again with --draws only", override.key)};
  }
  settings.replicates = static_cast<std::size_t>(parsed->integer("replicates", 1, 100'000).value_or(1));
  settings.seed = parsed->unsigned_integer("seed").value_or(1);
  settings.scale = parsed->scale("scale").value_or(100);
  settings.format = parsed->choice("format", formats);
  set_threads(static_cast<int>(parsed->integer("threads", 1, 4096).value_or(available_threads())));
  return settings;
}

void require_memory_for(const HindcastInputs& inputs, const ValidateSettings& settings) {
  const std::size_t at_once = settings.draws ? static_cast<std::size_t>(threads()) : 1;
  require_memory(at_once * memory_needed(inputs.tables->census, settings.scale),
                 fmt::format("{} run(s) at scale 1:{} at a time", at_once, settings.scale));
}

std::vector<HindcastOutcome> simulate(const HindcastInputs& inputs, const ValidateSettings& settings) {
  const HindcastEvaluator evaluator{inputs};
  std::vector<HindcastOutcome> outcomes;
  for (std::size_t r = 0; r < settings.replicates; ++r) {
    outcomes.push_back(evaluator.outcome(seed_of_replicate(Seed{settings.seed}, r), settings.scale));
  }
  return outcomes;
}

/// The scorecard over all draws. `hindcast` keeps the replicates of every draw, for the means of prefectures.
std::vector<Score> scores_of_draws(const HindcastInputs& inputs, const ValidateSettings& settings, Hindcast& hindcast) {
  const Draws& draws = *settings.draws;
  const HindcastEvaluator evaluator{inputs};
  hindcast.replicates.resize(draws.size() * settings.replicates);
  for_each_task(hindcast.replicates.size(), [&](std::size_t task) {
    const Parameters parameters = draws.parameters(inputs.scenario.parameters, task / settings.replicates);
    const Seed seed = seed_of_replicate(Seed{settings.seed}, task % settings.replicates);
    hindcast.replicates[task] = evaluator.outcome(parameters, seed, settings.scale, draws.amenity());
  });
  std::vector<std::vector<Score>> cards;
  for (std::size_t d = 0; d < draws.size(); ++d) {
    const Parameters parameters = draws.parameters(inputs.scenario.parameters, d);
    const auto first = hindcast.replicates.begin() + static_cast<std::ptrdiff_t>(d * settings.replicates);
    cards.push_back(scorecard({hindcast.province,
                               parameters,
                               {first, first + static_cast<std::ptrdiff_t>(settings.replicates)},
                               hindcast.benchmarks}));
  }
  return scorecard_over_draws(cards);
}

}  // namespace

int run_validate(Arguments arguments) {
  const auto settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  std::vector<HindcastInputs> all;
  for (const std::string& path : settings->scenarios) all.push_back(read_hindcast(path, settings->overrides));
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
    require_memory_for(all[i], *settings);
    Hindcast hindcast{province, all[i].scenario.parameters, {}, benchmarks(province, others)};
    if (!settings->draws) hindcast.replicates = simulate(all[i], *settings);
    std::vector<Score> scores = settings->draws ? scores_of_draws(all[i], *settings, hindcast) : scorecard(hindcast);
    scored.push_back({settings->scenarios[i], all[i].scenario.title.en, std::move(hindcast), std::move(scores)});
  }
  const ScoringRun run{settings->scale, settings->replicates, settings->seed,
                       settings->draws ? settings->draws->size() : 0, settings->overrides};
  if (settings->format == "json") {
    std::cout << scores_json(scored, run).dump(2) << '\n';
  } else {
    std::cout << (settings->format == "csv" ? scores_csv(scored, run) : scores_table(scored, run));
  }
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
