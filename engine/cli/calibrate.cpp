// luohu calibrate: fit behavioural parameters to what a later census counted.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <ctime>
#include <iostream>

#include "build_info.hpp"
#include "calibration.hpp"
#include "checkpointing.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"
#include "luohu/core/text.hpp"
#include "luohu/core/version.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/schedule/run.hpp"
#include "output_file.hpp"
#include "progress.hpp"

namespace luohu {
namespace {

std::optional<CalibrationSettings> parse(Arguments arguments) {
  const Options options =
      Options{"luohu calibrate SCENARIO... --plan PLAN.toml -o POSTERIOR.toml [options]",
              "Fit parameters of hindcasts to targets-YEAR.csv beside each, YEAR its last year."}
          .value("output,o", "FILE", "posterior to write, for luohu run --draws")
          .value("plan", "FILE", "free parameters, and targets with their errors")
          .repeatable("free", "NAME=LOWER:UPPER[:log]", "free parameter, instead of those of the plan")
          .flag("identify", "only say which parameters such data identify")
          .flag("quick", "only the best point, no posterior")
          .value("evaluations", "N", "evaluations of the best point at most (default 200)")
          .value("waves", "N", "waves of history matching (default 3)")
          .value("points", "N", "evaluations of a wave (default 200)")
          .value("particles", "N", "evaluations of a generation of ABC-SMC (default 200)")
          .value("generations", "N", "generations at most (default 8)")
          .value("draws", "N", "draws of the posterior (default 200)")
          .value("discrepancy", "fitted|asked",
                 "fitted: widened to the errors of the best point; asked: as in the plan")
          .value("recover", "N", "instead: fit N data sets simulated with known parameters")
          .value("scale", "1:N", "persons an agent stands for (default 1:200)")
          .value("amenity-scale", "1:N", "the same where amenities are found again (default 1:200)")
          .value("amenity-rounds", "N", "rounds in which they are found (default 6)")
          .value("seed", "N", "seed (default 1)")
          .value("threads", "N", "threads (default: all, or OMP_NUM_THREADS)")
          .flag("force", "replace an existing posterior")
          .words("scenario", 1);
  const auto parsed = options.parse(arguments);
  if (!parsed) return std::nullopt;
  constexpr std::array<std::string_view, 2> discrepancies{"fitted", "asked"};
  const auto count = [&](std::string_view name, std::size_t otherwise) {
    const auto given = parsed->integer(name, 1, 1'000'000);
    return given ? static_cast<std::size_t>(*given) : otherwise;
  };
  CalibrationSettings settings;
  settings.scenarios = parsed->words();
  settings.plan = parsed->text("plan").value_or("");
  settings.output = parsed->text("output").value_or("");
  settings.free = parsed->texts("free");
  settings.quick = count("evaluations", 200);
  settings.history.waves = count("waves", 3);
  settings.history.points = count("points", 200);
  settings.sample.particles = count("particles", 200);
  settings.sample.generations = count("generations", 8);
  settings.draws = count("draws", 200);
  settings.inflate = parsed->choice("discrepancy", discrepancies) == "fitted";
  if (parsed->has("recover")) settings.data_sets = count("recover", 1);
  if (parsed->has("identify") && parsed->has("quick")) throw Error{ExitCode::usage, "--identify and --quick: only one"};
  if (parsed->has("identify")) settings.mode = CalibrationMode::identify;
  if (parsed->has("quick")) settings.mode = CalibrationMode::quick;
  if (parsed->has("identify")) parsed->refuse_with("--identify", {"evaluations"});
  for (const char* shorter : {"identify", "quick"}) {
    if (!parsed->has(shorter)) continue;
    parsed->refuse_with(fmt::format("--{}", shorter),
                        {"waves", "points", "particles", "generations", "draws", "discrepancy"});
  }
  settings.seed = parsed->unsigned_integer("seed").value_or(1);
  settings.evaluation.seed = settings.history.seed = settings.sample.seed = Seed{settings.seed};
  settings.evaluation.scale = parsed->scale("scale").value_or(200);
  settings.evaluation.amenity.scale = parsed->scale("amenity-scale").value_or(200);
  settings.evaluation.amenity.rounds = static_cast<int>(parsed->integer("amenity-rounds", 0, 10'000).value_or(6));
  set_threads(static_cast<int>(parsed->integer("threads", 1, 4096).value_or(available_threads())));
  if (settings.plan.empty()) {
    throw Error{ExitCode::usage, "no plan named; add --plan scenarios/provinces/calibration.toml"};
  }
  if (settings.output.empty()) throw Error{ExitCode::usage, "no posterior named; add -o posterior.toml"};
  require_writable(settings.output, parsed->has("force"));
  return settings;
}

std::vector<ParameterRange> ranges_of(const CalibrationPlan& plan) {
  std::vector<ParameterRange> ranges;
  for (const FreeParameter& free : plan.free) ranges.push_back({free.parameter, free.lower, free.upper, free.log});
  return ranges;
}

CalibrationPlan read_plan(const CalibrationSettings& settings) {
  std::vector<std::string_view> statistics;
  for (const StatisticInfo& statistic : statistic_table()) statistics.push_back(statistic.name);
  return read_calibration_plan(settings.plan, statistics);
}

CalibrationProblem problem_of(const CalibrationSettings& settings) {
  const CalibrationPlan plan = read_plan(settings);
  std::vector<HindcastInputs> hindcasts;
  for (const std::string& path : settings.scenarios) hindcasts.push_back(read_hindcast(path));
  std::vector<ParameterRange> free =
      settings.free.empty() ? ranges_of(plan) : ranges_of(settings.free, hindcasts.front().scenario.parameters);
  if (free.empty() || free.size() > most_free_parameters) {
    throw Error{ExitCode::usage,
                fmt::format("{} free parameters (must be from 1 to {})", free.size(), most_free_parameters)};
  }
  return {std::move(hindcasts), std::move(free), plan.targets, settings.evaluation};
}

/// Every file whose content decides the fit.
std::vector<Posterior::Input> inputs_of(const CalibrationSettings& settings, const CalibrationProblem& problem) {
  std::vector<Posterior::Input> inputs;
  const auto add = [&](const std::filesystem::path& path) {
    inputs.push_back({path.generic_string(), file_sha256(path)});
  };
  add(settings.plan);
  for (const HindcastInputs& hindcast : problem.hindcasts()) {
    const Scenario& scenario = hindcast.scenario;
    add(scenario.path);
    for (const char* table : {"targets", "survival"}) {
      add(scenario.path.parent_path() / fmt::format("{}-{}.csv", table, scenario.last_year));
    }
    for (const char* known : {"net_migration.csv", "youth_migration.csv"}) {
      if (std::filesystem::exists(scenario.tables / known)) add(scenario.tables / known);
    }
    for (const Tables::File& file : hindcast.tables->files) {
      inputs.push_back({(scenario.tables / file.name).generic_string(), file.sha256});
    }
  }
  return inputs;
}

Posterior header_of(const CalibrationSettings& settings, const CalibrationProblem& problem) {
  Posterior posterior;
  posterior.version = fmt::format("luohu {} ({})", version, commit);
  posterior.seed = settings.seed;
  posterior.scale = settings.evaluation.scale;
  posterior.amenity_scale = settings.evaluation.amenity.scale;
  posterior.amenity_rounds = settings.evaluation.amenity.rounds;
  posterior.inputs = inputs_of(settings, problem);
  for (const ParameterRange& range : problem.free()) {
    posterior.parameters.push_back({range.parameter, range.lower, range.upper, range.log,
                                    problem.hindcasts().front().scenario.parameters.*range.parameter->field});
  }
  return posterior;
}

/// A line that is the same for the same question only.
std::string fingerprint_of(const Posterior& header) {
  std::string text = fmt::format("{} seed {} scale {} amenity {} {}", header.version, header.seed, header.scale,
                                 header.amenity_scale, header.amenity_rounds);
  for (const Posterior::Parameter& p : header.parameters) {
    text += fmt::format(" {}={}:{}:{}", p.parameter->name, p.lower, p.upper, p.log);
  }
  for (const Posterior::Input& input : header.inputs) text += ' ' + input.sha256;
  return text;
}

void finish(const CalibrationSettings& settings, const std::string& printed, const std::string& written,
            const EvaluationStore& evaluate, double seconds, double processor) {
  write_file(settings.output, written);
  evaluate.remove();
  std::cout << printed;
  std::cerr << fmt::format(
      "{} evaluations of {} hindcasts ({} from before) in {:.0f} s, {:.2f} s of processor each\n{}\n",
      evaluate.computed(), settings.scenarios.size(), evaluate.found(), seconds,
      processor / static_cast<double>(std::max<std::size_t>(evaluate.computed(), 1)),
      visible(settings.output.string()));
}

}  // namespace

int run_calibrate(Arguments arguments) {
  const auto settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  const CalibrationProblem problem = problem_of(*settings);
  Posterior posterior = header_of(*settings, problem);
  listen_for_stop();
  std::filesystem::path state = settings->output;
  state += ".state";
  const auto say = [](const std::string& line) { std::cerr << line << std::endl; };
  EvaluationStore evaluate{
      state,
      fingerprint_of(posterior),
      problem.errors().size(),
      [&](const Design& points, std::uint64_t replicate) { return problem.evaluate(points, replicate); },
      [] { return !stop_requested(); },
      say};
  const auto began = Clock::now();
  const std::clock_t processor_began = std::clock();
  const Evaluate remembered = [&](const Design& points, std::uint64_t replicate) {
    return evaluate(points, replicate);
  };
  std::string printed, written;
  try {
    if (settings->data_sets) {
      printed = written = recovery_table(*settings, problem, remembered, say);
    } else {
      calibrate(*settings, problem, remembered, say, posterior);
      summarise_draws(posterior);
      printed = calibration_table(posterior);
      written = posterior_text(posterior);
    }
  } catch (const Interrupted&) {
    std::cerr << fmt::format("luohu: interrupted; the same command goes on from {}\n", state.string());
    return static_cast<int>(ExitCode::interrupted);
  }
  finish(*settings, printed, written, evaluate, std::chrono::duration<double>(Clock::now() - began).count(),
         static_cast<double>(std::clock() - processor_began) / CLOCKS_PER_SEC);
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
