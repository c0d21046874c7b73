// luohu run: simulate scenarios into one results file.

#include <fmt/format.h>

#include <array>
#include <iostream>

#include "checkpointing.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/inference/stopping.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/projection/projection.hpp"
#include "run_plan.hpp"

namespace luohu {
namespace {

struct RunSettings {
  std::vector<std::string> scenarios;
  std::vector<Override> overrides;
  std::optional<Draws> draws;
  std::filesystem::path output;
  std::string baseline;
  std::size_t replicates = 1;
  std::uint64_t seed = 1;
  std::int64_t scale = 1;
  bool screening = true;
  bool expectation = false;
  bool force = false;
  bool dry_run = false;
  bool resume = false;
  CheckpointInterval checkpoints;
  std::vector<Precision> until;
  ProgressStyle progress = ProgressStyle::none;
};

/// As many as are asked for; with --until, the most there may be.
std::size_t replicates_of(const ParsedOptions& parsed) {
  constexpr std::int64_t most = 100'000, usual_most = 200;
  const auto given = parsed.integer("replicates", 1, most);
  const auto most_given = parsed.integer("most-replicates", fewest_replicates, most);
  if (!parsed.has("until")) {
    if (most_given) throw Error{ExitCode::usage, "--most-replicates is for --until; use --replicates"};
    return static_cast<std::size_t>(given.value_or(1));
  }
  if (given) throw Error{ExitCode::usage, "--until finds the number of replicates; use --most-replicates to bound it"};
  return static_cast<std::size_t>(most_given.value_or(usual_most));
}

std::optional<RunSettings> parse(Arguments arguments) {
  Options options{"luohu run SCENARIO... -o OUT.h5 [options]", "Simulate scenarios into one results file."};
  options.value("output,o", "FILE", "results file to write")
      .value("baseline", "ID", "scenario the others are compared with (default: the first)")
      .value("replicates", "N", "replicates of every scenario (default 1)")
      .value("draws", "POSTERIOR.toml[:N]",
             "sets of parameters instead of the scenarios', amenities found for each; replicates of each draw")
      .value("seed", "N", "seed of the experiment (default 1)")
      .value("threads", "N", "threads (default: all, or OMP_NUM_THREADS)")
      .value("scale", "1:N", "persons an agent stands for (default 1:1)")
      .repeatable("set", "KEY=VALUE", "override a value of every scenario")
      .value("feedbacks", "STATE", "scenario: as the scenarios say (default); off: hold all at the base year")
      .repeatable("until", "CONDITION",
                  "add replicates until it holds: 'CI(registered_urbanisation_gap, 2035) < 0.05pp'")
      .value("most-replicates", "N", "with --until: no more than these (default 200)")
      .value("checkpoint-every", "LENGTH",
             "2years, 10min, never; auto (default): a minute, and 4 % of the time at most")
      .flag("resume", "go on with what a killed or interrupted run of the same command left")
      .value("progress", "STYLE", "auto, bar, log, json or none (default auto)")
      .value("screening", "on|off", "off computes everyone's exact probability: slow, same result")
      .flag("expectation", "compute expected persons instead of simulating: no feedbacks, no quotas")
      .flag("dry-run", "check the scenarios and say what would be run; paths are not looked at")
      .flag("force", "replace an existing results file")
      .words("scenario", 1);
  const std::optional<ParsedOptions> parsed = options.parse(arguments);
  if (!parsed) return std::nullopt;

  constexpr std::array<std::string_view, 5> styles{"auto", "bar", "log", "json", "none"};
  constexpr std::array<std::string_view, 2> switches{"on", "off"};
  RunSettings settings;
  settings.scenarios = parsed->words();
  settings.expectation = parsed->has("expectation");
  settings.dry_run = parsed->has("dry-run");
  settings.force = parsed->has("force");
  settings.resume = parsed->has("resume");
  settings.checkpoints = parse_checkpoint_interval(parsed->text("checkpoint-every").value_or("auto"));
  for (const std::string& text : parsed->texts("until")) settings.until.push_back(parse_precision(text));
  settings.output = parsed->text("output").value_or("");
  settings.baseline = parsed->text("baseline").value_or("");
  settings.replicates = replicates_of(*parsed);
  settings.seed = parsed->unsigned_integer("seed").value_or(1);
  settings.scale = parsed->scale("scale").value_or(1);
  settings.screening = parsed->choice("screening", switches) == "on";
  settings.progress = progress_style(parsed->choice("progress", styles));
  settings.overrides = overrides_of(*parsed);
  if (const auto draws = parsed->text("draws")) settings.draws.emplace(*draws);
  if (settings.draws) settings.draws->refuse(settings.overrides);
  if (settings.draws && !settings.until.empty()) {
    throw Error{ExitCode::usage, "--until asks for replicates, --draws for parameters: one at a time"};
  }
  set_threads(static_cast<int>(parsed->integer("threads", 1, 4096).value_or(available_threads())));
  if (settings.expectation && parsed->has("screening")) {
    throw Error{ExitCode::usage, "--expectation screens nobody; leave --screening out"};
  }
  if (settings.expectation && parsed->has("checkpoint-every")) {
    throw Error{ExitCode::usage, "--expectation keeps whole replicates only; leave --checkpoint-every out"};
  }
  if (settings.output.empty() && !settings.dry_run) {
    throw Error{ExitCode::usage, "no results file named; add -o FILE.h5"};
  }
  return settings;
}

/// What is about to be run, and the memory it takes.
std::string plan_line(const RunSettings& settings, const LoadedExperiment& experiment) {
  const Scenario& first = experiment.scenarios.front();
  const std::string replicates = settings.until.empty()
                                     ? fmt::format("{}", settings.replicates)
                                     : fmt::format("{} to {}", fewest_replicates, settings.replicates);
  const std::string draws = settings.draws ? fmt::format("{} draw(s) x ", settings.draws->size()) : "";
  return fmt::format("{} scenario(s) x {}{} replicate(s), {}-{}, scale 1:{}, {:.2f} M agents, about {} MiB\n",
                     experiment.scenarios.size(), draws, replicates, first.first_year, first.last_year, settings.scale,
                     static_cast<double>(expected_agents(experiment.tables->census, settings.scale)) / 1e6,
                     memory_needed(experiment, settings.scale) >> 20U);
}

void print_plan(const RunSettings& settings, const LoadedExperiment& experiment) {
  std::cout << plan_line(settings, experiment);
  for (const Scenario& scenario : experiment.scenarios)
    std::cout << fmt::format("  {}: {}\n", scenario.id, scenario.title.en);
}

RunPlan plan_of(const RunSettings& settings, LoadedExperiment experiment) {
  RunPlan plan;
  plan.about = described(experiment, settings.seed, settings.scale, settings.replicates, settings.expectation);
  plan.inputs = std::move(experiment);
  plan.draws = settings.draws;
  if (plan.draws) describe_draws(*plan.draws, plan.about);
  plan.output = settings.output;
  plan.screening = settings.screening;
  plan.resumed = settings.resume;
  plan.progress = settings.progress;
  plan.checkpoints = settings.checkpoints;
  plan.until = settings.until;
  return plan;
}

}  // namespace

int run_run(Arguments arguments) {
  const std::optional<RunSettings> settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  LoadedExperiment experiment = load_experiment(settings->scenarios, settings->overrides, settings->baseline);
  if (settings->expectation) {
    for (std::size_t s = 0; s < experiment.scenarios.size(); ++s) {
      require_independence(experiment.model(s), experiment.scenarios[s].id);
    }
  }
  const RunPlan plan = plan_of(*settings, std::move(experiment));
  require_memory(plan);
  const Until checked{plan.until, plan.about};  // before anything is written
  if (settings->dry_run) {
    print_plan(*settings, plan.inputs);
    return static_cast<int>(ExitCode::done);
  }
  const bool to_people = settings->progress == ProgressStyle::bar || settings->progress == ProgressStyle::log;
  if (to_people) std::cerr << plan_line(*settings, plan.inputs);
  if (!settings->force) require_own_sidecar(plan.output);
  listen_for_stop();  // before the first file
  ResultsWriter writer = settings->resume ? ResultsWriter::resume(plan.output, plan.about, settings->force)
                                          : ResultsWriter{plan.output, plan.about, settings->force};
  return static_cast<int>(carry_out(plan, writer));
}

}  // namespace luohu
