// luohu sensitivity: which parameters an outcome, or the effect of a policy, depends on.

#include "sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <ctime>
#include <iostream>

#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "machine.hpp"
#include "output_file.hpp"
#include "progress.hpp"
#include "study.hpp"

namespace luohu {
namespace {

struct SensitivitySettings : StudySettings {
  std::string scenario;
  std::optional<std::string> baseline, flows;
  std::vector<std::string> outcomes, parameters;
  SensitivityPlan plan;
  bool dry_run = false;
};

Options options_of_command() {
  Options options{"luohu sensitivity SCENARIO --parameter NAME... [options]",
                  "Say which parameters an outcome, or a scenario's effect on it, depends on, the seed among them."};
  options.value("baseline", "SCENARIO", "study the difference from this scenario, run with the same random numbers")
      .repeatable("outcome", "NAME[:PLACE]", "outcome of the province (default: all), of PLACE or of all places")
      .repeatable("parameter", "NAME[=LOWER:UPPER[:log]]", "parameter to vary (default range: its value +- 25 %)")
      .value("method", "METHOD", "morris (default), sobol, or oat: one at a time")
      .value("trajectories", "N", "of morris (default 30): N (parameters + 2) points")
      .value("points", "N", "of sobol, a power of two (default 256): N (parameters + 3) points")
      .value("levels", "N", "of oat (default 5): N points for each parameter")
      .value("replicates", "N", "runs whose mean is the outcome of a point (default 1)")
      .value("invert", "FOLDER", "find amenities anew for every point, for the flows of table net_migration there")
      .flag("dry-run", "say what would be run, and for how long, and stop")
      .value("output,o", "FILE", "where to write (default: stdout)")
      .value("format", "FORMAT", "table (default), csv, json or markdown")
      .words("scenario", 1, 1);
  add_study_options(options);
  return options;
}

std::size_t count(const ParsedOptions& parsed, std::string_view name, std::int64_t least, std::size_t otherwise) {
  return static_cast<std::size_t>(
      parsed.integer(name, least, 1'000'000).value_or(static_cast<std::int64_t>(otherwise)));
}

SensitivityPlan plan_of(const ParsedOptions& parsed) {
  SensitivityPlan plan;
  const std::string method = parsed.choice("method", method_ids);
  plan.method = static_cast<Method>(std::ranges::find(method_ids, method) - method_ids.begin());
  const std::string chosen = "--method " + method;
  if (plan.method != Method::morris) parsed.refuse_with(chosen, {"trajectories"});
  if (plan.method != Method::sobol) parsed.refuse_with(chosen, {"points"});
  if (plan.method != Method::oat) parsed.refuse_with(chosen, {"levels"});
  plan.against_baseline = parsed.has("baseline");
  plan.trajectories = count(parsed, "trajectories", 2, plan.trajectories);
  plan.points = count(parsed, "points", 2, plan.points);
  plan.levels = count(parsed, "levels", 2, plan.levels);
  plan.replicates = count(parsed, "replicates", 1, plan.replicates);
  if (!std::has_single_bit(plan.points)) {
    throw Error{ExitCode::usage, fmt::format("--points is {} (must be a power of two, such as {}: other numbers of "
                                             "points of Sobol's sequence fill the ranges unevenly)",
                                             plan.points, std::bit_ceil(plan.points))};
  }
  return plan;
}

std::optional<SensitivitySettings> parse(Arguments arguments) {
  const std::optional<ParsedOptions> parsed = options_of_command().parse(arguments);
  if (!parsed) return std::nullopt;
  SensitivitySettings settings{study_settings(*parsed), {}, {}, {}, {}, {}, {}, false};
  settings.scenario = parsed->words().front();
  settings.baseline = parsed->text("baseline");
  settings.flows = parsed->text("invert");
  settings.outcomes = parsed->texts("outcome");
  settings.parameters = parsed->texts("parameter");
  settings.plan = plan_of(*parsed);
  settings.plan.seed = settings.seed;
  settings.plan.scale = settings.scale;
  settings.dry_run = parsed->has("dry-run");
  if (settings.parameters.empty()) {
    throw Error{ExitCode::usage,
                "no parameter to vary; add --parameter NAME or --parameter NAME=LOWER:UPPER, names "
                "as listed by luohu parameters"};
  }
  return settings;
}

LoadedExperiment load(const SensitivitySettings& settings) {
  std::vector<std::string> scenarios;
  if (settings.baseline) scenarios.push_back(*settings.baseline);
  scenarios.push_back(settings.scenario);
  return load_experiment(scenarios, settings.overrides, "");
}

/// Simulates the scenario's own values once, to say how long all points will take.
void say_what_is_run(const LoadedExperiment& experiment, const SensitivityPlan& plan,
                     const std::vector<PlannedPoint>& points) {
  SensitivityPlan once = plan;
  once.replicates = 1;
  const auto began = Clock::now();
  std::ignore = evaluate(experiment, once, {points.front()}, [](const std::string&) {});
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  const std::size_t runs = points.size() * plan.replicates;
  const double all = static_cast<double>(runs) * seconds / threads();
  std::cerr << fmt::format("luohu: {} points x {} replicate(s){} = {} runs of {:.2f} s, on {} thread(s) about {}\n",
                           points.size(), plan.replicates, plan.against_baseline ? " x 2 scenarios" : "",
                           runs * experiment.scenarios.size(),
                           seconds / static_cast<double>(experiment.scenarios.size()), threads(),
                           all < 90 ? fmt::format("{:.0f} s", all) : fmt::format("{:.0f} minutes", all / 60));
}

Grid<double, 3> evaluated(const LoadedExperiment& experiment, const SensitivityPlan& plan,
                          const std::vector<PlannedPoint>& points, ProgressStyle style) {
  const Scenario& scenario = experiment.scenarios.back();
  const double agent_years = static_cast<double>(expected_agents(experiment.tables->census, plan.scale)) *
                             (scenario.last_year - scenario.first_year) *
                             static_cast<double>(experiment.scenarios.size());
  Progress progress{style, points.size() * plan.replicates};
  return evaluate(experiment, plan, points, [&](const std::string& what) { progress.step(what, agent_years); });
}

}  // namespace

int run_sensitivity(Arguments arguments) {
  std::optional<SensitivitySettings> settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  const LoadedExperiment experiment = load(*settings);
  const Parameters& own = experiment.scenarios.back().parameters;
  SensitivityPlan& plan = settings->plan;
  plan.ranges = ranges_of(settings->parameters, own);
  plan.subjects = subjects_of(settings->outcomes, experiment.tables->places);
  if (settings->flows) plan.flows = read_net_migration(*settings->flows, experiment.tables->places);
  const std::vector<PlannedPoint> points = points_of(plan, own);
  const std::size_t at_once = std::min(static_cast<std::size_t>(threads()), points.size() * plan.replicates);
  require_memory(memory_needed(experiment, plan.scale) * at_once,
                 fmt::format("{} run(s) at a time at scale 1:{}", at_once, plan.scale));
  require_writable(settings->output, settings->force);
  // What is varied is on the screen before the runs, unless it is about to be there with the results.
  const bool shown_later = settings->output.empty() && (settings->format == "table" || settings->format == "markdown");
  if (settings->dry_run || !shown_later) std::cerr << ranges_text(plan, own);
  say_what_is_run(experiment, plan, points);
  if (settings->dry_run) return static_cast<int>(ExitCode::done);
  const Grid<double, 3> values = evaluated(experiment, plan, points, settings->progress);
  write_text(sensitivity_text(experiment, plan, sensitivity_of(plan, values), settings->format), settings->output);
  std::cerr << fmt::format("luohu: {:.0f} s of processor time, peak memory {} MiB\n",
                           static_cast<double>(std::clock()) / CLOCKS_PER_SEC, peak_memory() >> 20U);
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
