// luohu run: simulate scenarios into one results file.

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>

#include "experiment.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"
#include "luohu/core/text.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/projection/projection.hpp"
#include "luohu/results/writer.hpp"
#include "machine.hpp"
#include "progress.hpp"
#include "summary.hpp"

namespace luohu {
namespace {

std::atomic<bool> stop_requested{false};  // NOLINT(*-avoid-non-const-global-variables): set by a signal
extern "C" void request_stop(int) {
  stop_requested = true;
}

struct RunSettings {
  std::vector<std::string> scenarios;
  std::vector<Override> overrides;
  std::filesystem::path output;
  std::string baseline;
  std::size_t replicates = 1;
  std::uint64_t seed = 1;
  std::int64_t scale = 1;
  bool screening = true;
  bool expectation = false;
  bool force = false;
  bool dry_run = false;
  ProgressStyle progress = ProgressStyle::none;
};

std::optional<RunSettings> parse(Arguments arguments) {
  Options options{"luohu run SCENARIO... -o OUT.h5 [options]", "Simulate scenarios into one results file."};
  options.value("output,o", "FILE", "results file to write")
      .value("baseline", "ID", "scenario the others are compared with (default: the first)")
      .value("replicates", "N", "replicates of every scenario (default 1)")
      .value("seed", "N", "seed of the experiment (default 1)")
      .value("threads", "N", "threads (default: all, or OMP_NUM_THREADS)")
      .value("scale", "1:N", "persons an agent stands for (default 1:1)")
      .repeatable("set", "KEY=VALUE", "override a value of every scenario")
      .value("feedbacks", "STATE", "scenario: as the scenarios say (default); off: hold all at the base year")
      .value("progress", "STYLE", "auto, bar, log, json or none (default auto)")
      .value("screening", "on|off", "off computes everyone's exact probability: slow, same result")
      .flag("expectation", "compute expected persons instead of simulating: no feedbacks, no quotas")
      .flag("dry-run", "check everything and say what would be run")
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
  settings.output = parsed->text("output").value_or("");
  settings.baseline = parsed->text("baseline").value_or("");
  settings.replicates = static_cast<std::size_t>(parsed->integer("replicates", 1, 100'000).value_or(1));
  settings.seed = parsed->unsigned_integer("seed").value_or(1);
  settings.scale = parsed->scale("scale").value_or(1);
  settings.screening = parsed->choice("screening", switches) == "on";
  settings.progress = progress_style(parsed->choice("progress", styles));
  settings.overrides = overrides_of(*parsed);
  set_threads(static_cast<int>(parsed->integer("threads", 1, 4096).value_or(available_threads())));
  if (settings.expectation && parsed->has("screening")) {
    throw Error{ExitCode::usage, "--expectation screens nobody; leave --screening out"};
  }
  if (settings.output.empty() && !settings.dry_run) {
    throw Error{ExitCode::usage, "no results file named; add -o FILE.h5"};
  }
  return settings;
}

/// What a run has done and used, for the closing lines and the sidecar: of agents, or of states of people.
struct RunFigures {
  PhaseTimes phases;
  std::int64_t person_years = 0;
  std::size_t agents = 0;  ///< at their most
};

std::string_view row_of(const RunSettings& settings) {
  return settings.expectation ? "state" : "agent";
}
std::size_t row_bytes(const RunSettings& settings) {
  return settings.expectation ? bytes_per_state : Population::bytes_per_person();
}

double loop_seconds(const PhaseTimes& phases) {
  double seconds = 0;
  for (const auto& [name, spent] : phases.seconds()) {
    if (name != "synthesis" && name != "writing") seconds += spent;
  }
  return seconds;
}

std::string iso_time() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::array<char, 32> text{};
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

/// Everything that would make two equal runs differ byte for byte, beside the results file.
void write_sidecar(const RunSettings& settings, const RunFigures& figures) {
  nlohmann::ordered_json phases;
  for (const auto& [name, seconds] : figures.phases.seconds()) phases[name] = seconds;
  const std::string row{row_of(settings)};
  const nlohmann::ordered_json sidecar{
      {"finished", iso_time()},
      {"machine", processor()},
      {"threads", threads()},
      {"screening", settings.screening},
      {"peak_memory_bytes", peak_memory()},
      {row + "s", figures.agents},
      {"bytes_per_" + row, row_bytes(settings)},
      {row + "_years", figures.person_years},
      {row + "_years_per_second", static_cast<double>(figures.person_years) / loop_seconds(figures.phases)},
      {"seconds", phases}};
  std::filesystem::path path = settings.output;
  path.replace_extension(".run.json");
  try {
    write_file(path, sidecar.dump(2) + '\n');
  } catch (const Error& error) {
    throw Error{error.code(),
                fmt::format("{}; the results in {} are complete", error.what(), settings.output.string())};
  }
}

void closing_lines(const RunSettings& settings, const RunFigures& figures) {
  const double loop = loop_seconds(figures.phases);
  std::cerr << fmt::format(
      "{:.2f} M {}s, {:.1f} M {}-years in {:.2f} s ({:.1f} M/s on {} threads), synthesis {:.2f} s, writing {:.2f} s\n"
      "peak memory {:.0f} MiB, {} bytes {} {}\n{}\n",
      static_cast<double>(figures.agents) / 1e6, row_of(settings), static_cast<double>(figures.person_years) / 1e6,
      row_of(settings), loop, static_cast<double>(figures.person_years) / loop / 1e6, threads(),
      figures.phases.of("synthesis"), figures.phases.of("writing"),
      static_cast<double>(peak_memory()) / (1024.0 * 1024.0), row_bytes(settings), settings.expectation ? "a" : "an",
      row_of(settings), settings.output.string());
}

/// What is about to be run, and the memory it takes.
std::string plan_line(const RunSettings& settings, const LoadedExperiment& experiment) {
  const Scenario& first = experiment.scenarios.front();
  return fmt::format("{} scenario(s) x {} replicate(s), {}-{}, scale 1:{}, {:.2f} M agents, about {} MiB\n",
                     experiment.scenarios.size(), settings.replicates, first.first_year, first.last_year,
                     settings.scale,
                     static_cast<double>(expected_agents(experiment.tables->census, settings.scale)) / 1e6,
                     memory_needed(experiment, settings.scale) >> 20U);
}

void print_plan(const RunSettings& settings, const LoadedExperiment& experiment) {
  std::cout << plan_line(settings, experiment);
  for (const Scenario& scenario : experiment.scenarios)
    std::cout << fmt::format("  {}: {}\n", scenario.id, scenario.title.en);
}

/// One replicate of the simulation, or its expectation from the same people.
ReplicateResult replicate(const RunSettings& settings, const Model& model, Seed seed, Population people,
                          PhaseTimes& phases, const std::function<bool(Year)>& keep_going) {
  const auto on_phase = [&](std::string_view name) { phases.begin(name); };
  if (!settings.expectation) {
    const RunOptions options{seed, settings.scale, settings.screening, on_phase};
    return run_replicate(model, options, std::move(people), keep_going);
  }
  ProjectionOptions options;
  options.scale = settings.scale;
  options.most_states = available_memory().value_or(std::size_t{4} << 30U) / bytes_per_state;
  options.on_phase = on_phase;
  return project(model, options, std::move(people), keep_going);
}

Experiment describe(const RunSettings& settings, const LoadedExperiment& experiment) {
  Experiment about = experiment.describe(settings.seed, settings.scale, settings.replicates);
  about.expectation = settings.expectation;
  if (settings.expectation) about.layout = expectation_layout(std::move(about.layout));
  return about;
}

void simulate(const RunSettings& settings, const LoadedExperiment& experiment) {
  const Experiment about = describe(settings, experiment);
  ResultsWriter writer{settings.output, about, settings.force};
  RunFigures figures;
  std::vector<ScenarioAnswer> answers;
  for (const Scenario& scenario : experiment.scenarios) answers.push_back({scenario.id, scenario.title.en, {}, {}, {}});

  const auto years = static_cast<std::size_t>(about.last_year - about.first_year);
  const auto agents = static_cast<double>(expected_agents(experiment.tables->census, settings.scale));
  {
    Progress progress{settings.progress, years * experiment.scenarios.size() * settings.replicates};
    for (std::size_t s = 0; s < experiment.scenarios.size(); ++s) {
      const Model model = experiment.model(s);
      for (std::size_t r = 0; r < settings.replicates; ++r) {
        const Seed seed = seed_of_replicate(Seed{settings.seed}, r);
        figures.phases.begin("synthesis");
        Population people = experiment.population(s, seed, settings.scale);
        const ReplicateResult result =
            replicate(settings, model, seed, std::move(people), figures.phases, [&](Year year) {
              progress.step(fmt::format("{} replicate {} year {}", experiment.scenarios[s].id, r, year), agents);
              return !stop_requested.load();
            });
        figures.phases.begin("writing");
        writer.add(s, 0, r, result.years);
        figures.phases.end();
        figures.person_years += result.person_years;
        figures.agents = std::max(figures.agents, result.peak_agents);
        answers[s].base.push_back(summarise(about.layout, result.years.front()));
        answers[s].first.push_back(summarise(about.layout, result.years[1]));
        answers[s].last.push_back(summarise(about.layout, result.years.back()));
      }
    }
    figures.phases.begin("writing");
    writer.finish();
    figures.phases.end();
  }
  write_sidecar(settings, figures);
  std::cout << answer_table(answers, experiment.baseline, about.first_year, about.last_year);
  closing_lines(settings, figures);
}

}  // namespace

int run_run(Arguments arguments) {
  const std::optional<RunSettings> settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  const LoadedExperiment experiment = load_experiment(settings->scenarios, settings->overrides, settings->baseline);
  if (settings->expectation) {
    for (std::size_t s = 0; s < experiment.scenarios.size(); ++s) {
      require_independence(experiment.model(s), experiment.scenarios[s].id);
    }
  }
  require_memory(memory_needed(experiment, settings->scale), fmt::format("a run at scale 1:{}", settings->scale));
  if (settings->dry_run) {
    print_plan(*settings, experiment);
    return static_cast<int>(ExitCode::done);
  }
  const bool to_people = settings->progress == ProgressStyle::bar || settings->progress == ProgressStyle::log;
  if (to_people) std::cerr << plan_line(*settings, experiment);
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  try {
    simulate(*settings, experiment);
  } catch (const Interrupted&) {
    std::cerr << fmt::format("luohu: interrupted; finished replicates are kept in {}.part\n",
                             settings->output.string());
    return static_cast<int>(ExitCode::interrupted);
  }
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
