// luohu attribute: what each measure of a package adds, and whom the package touches.

#include <fmt/format.h>

#include <iostream>

#include "attribution.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "machine.hpp"
#include "output_file.hpp"
#include "progress.hpp"
#include "study.hpp"

namespace luohu {
namespace {

struct AttributeSettings : StudySettings {
  std::vector<std::string> scenarios, indicators, groups;
  AttributionPlan plan;
};

std::optional<AttributeSettings> parse(Arguments arguments) {
  Options options{"luohu attribute BASELINE PACKAGE [options]",
                  "Say what each measure of a package adds to the baseline, and whom the package touches."};
  options.value("output,o", "FILE", "where to write (default: stdout)")
      .value("format", "FORMAT", "table (default), csv, json or markdown")
      .repeatable("indicator", "NAME[:PLACE]", "outcome to attribute, of the province, of PLACE or of all places")
      .repeatable("group", "A,B", "measures that count as one")
      .flag("who", "count the persons who differ, by age, sex, schooling and origin")
      .value("replicates", "N", "replicates of every coalition (default 1: no intervals)")
      .words("scenario", 2, 2);
  add_study_options(options);
  const std::optional<ParsedOptions> parsed = options.parse(arguments);
  if (!parsed) return std::nullopt;

  AttributeSettings settings{study_settings(*parsed), {}, {}, {}, {}};
  settings.scenarios = parsed->words();
  settings.indicators = parsed->texts("indicator");
  settings.groups = parsed->texts("group");
  settings.plan.who = parsed->has("who");
  settings.plan.replicates = static_cast<std::size_t>(parsed->integer("replicates", 1, 100'000).value_or(1));
  settings.plan.seed = settings.seed;
  settings.plan.scale = settings.scale;
  return settings;
}

/// People of the base year, and of the last in either run.
std::size_t memory_to_follow(const LoadedExperiment& experiment, const AttributionPlan& plan) {
  if (!plan.who) return 0;
  return 3 * sizeof(Followed) * std::min(expected_agents(experiment.tables->census, plan.scale), most_followed);
}

void say_what_is_run(const AttributionPlan& plan, std::size_t coalitions) {
  if (!plan.shapley) {
    std::cerr << fmt::format(
        "luohu: {} measures make {} coalitions; Shapley values are computed for at most {}. What follows is each "
        "measure's first-in and leave-one-out effect; put measures together with --group A,B for Shapley values\n",
        plan.players.size(), std::uint64_t{1} << plan.players.size(), most_shapley_players);
  }
  std::cerr << fmt::format("luohu: {} coalitions x {} replicate(s) = {} runs\n", coalitions, plan.replicates,
                           coalitions * plan.replicates);
}

Attribution found_for(const LoadedExperiment& experiment, const AttributionPlan& plan, ProgressStyle style) {
  const Scenario& package = experiment.scenarios[1];
  const std::size_t runs = coalitions_to_play(plan.players.size(), plan.shapley).size() * plan.replicates;
  const auto agents = static_cast<double>(expected_agents(experiment.tables->census, plan.scale));
  Progress progress{style, static_cast<std::size_t>(package.last_year - package.first_year) * runs};
  return attribute(experiment, plan, [&](const std::string& what) { progress.step(what, agents); });
}

}  // namespace

int run_attribute(Arguments arguments) {
  std::optional<AttributeSettings> settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  const LoadedExperiment experiment = load_experiment(settings->scenarios, settings->overrides, "");
  AttributionPlan& plan = settings->plan;
  plan.players = players_of(experiment.scenarios[0], experiment.scenarios[1], settings->groups);
  plan.subjects = subjects_of(settings->indicators, experiment.tables->places);
  plan.shapley = plan.players.size() <= most_shapley_players;
  require_memory(memory_needed(experiment, plan.scale) + memory_to_follow(experiment, plan),
                 fmt::format("an attribution at scale 1:{}", plan.scale));
  require_writable(settings->output, settings->force);
  say_what_is_run(plan, coalitions_to_play(plan.players.size(), plan.shapley).size());
  const Attribution found = found_for(experiment, plan, settings->progress);
  write_text(attribution_text(experiment, plan, found, settings->format), settings->output);
  std::cerr << fmt::format("luohu: peak memory {} MiB\n", peak_memory() >> 20U);
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
