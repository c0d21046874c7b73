// luohu extend: more replicates for a results file, which becomes the file of one run with as many from the start.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "checkpointing.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/results/reader.hpp"
#include "run_plan.hpp"

namespace luohu {
namespace {

namespace fs = std::filesystem;

fs::path folder_of_tables(const fs::path& results, const std::optional<std::string>& given) {
  std::error_code ignored;
  if (given) return *given;
  const auto known = tables_of_sidecar(results);
  if (known && fs::is_directory(*known, ignored)) return *known;
  throw Error{ExitCode::usage, fmt::format("{}: cannot tell where its tables are ({}); name their folder with --tables",
                                           results.string(),
                                           known ? fmt::format("{} is not there", known->string())
                                                 : fmt::format("{} does not say", sidecar_of(results).string()))};
}

/// The experiment of the file, from its own texts.
LoadedExperiment load(const fs::path& results, const Experiment& stored, const fs::path& folder) {
  LoadedExperiment experiment;
  experiment.tables = std::make_shared<const Tables>(read_tables(folder));
  for (const ScenarioEntry& scenario : stored.scenarios) {
    const std::string name = fmt::format("{} (scenario '{}')", results.string(), scenario.id);
    if (scenario.id == stored.baseline) experiment.baseline = experiment.scenarios.size();
    experiment.scenarios.push_back(read_resolved(scenario.text, name, folder));
  }
  return experiment;
}

Experiment extended(Experiment stored, std::size_t replicates) {
  stored.replicates = replicates;
  return stored;
}

struct ExtendSettings {
  fs::path file;
  std::size_t replicates = 0;
  std::optional<std::string> tables;
  bool resume = false;
  bool force = false;
  ProgressStyle progress = ProgressStyle::none;
  CheckpointInterval checkpoints;
};

std::optional<ExtendSettings> parse(Arguments arguments) {
  Options options{"luohu extend FILE.h5 --replicates N [options]",
                  "Add replicates to a results file: the same bytes as one run with so many."};
  options.value("replicates", "N", "replicates it shall have of every scenario")
      .value("tables", "FOLDER", "tables of the run (default: as FILE.run.json says); they must be the same")
      .value("threads", "N", "threads (default: all, or OMP_NUM_THREADS)")
      .value("checkpoint-every", "LENGTH",
             "2years, 10min, never; auto (default): a minute, and 4 % of the time at most")
      .flag("resume", "go on with what a killed or interrupted extension left")
      .flag("force", "throw away what a killed or interrupted one left")
      .value("progress", "STYLE", "auto, bar, log, json or none (default auto)")
      .words("results file", 1, 1);
  const auto parsed = options.parse(arguments);
  if (!parsed) return std::nullopt;
  constexpr std::array<std::string_view, 5> styles{"auto", "bar", "log", "json", "none"};
  ExtendSettings settings;
  settings.file = parsed->words().front();
  const auto replicates = parsed->integer("replicates", 1, 100'000);
  if (!replicates) throw Error{ExitCode::usage, "say how many replicates it shall have with --replicates N"};
  settings.replicates = static_cast<std::size_t>(*replicates);
  settings.tables = parsed->text("tables");
  settings.resume = parsed->has("resume");
  settings.force = parsed->has("force");
  settings.progress = progress_style(parsed->choice("progress", styles));
  settings.checkpoints = parse_checkpoint_interval(parsed->text("checkpoint-every").value_or("auto"));
  set_threads(static_cast<int>(parsed->integer("threads", 1, 4096).value_or(available_threads())));
  return settings;
}

RunPlan plan_of(const ExtendSettings& settings, const ResultsFile& file) {
  const Experiment& stored = file.experiment();
  if (!file.complete()) {
    throw Error{ExitCode::usage,
                fmt::format("{} is unfinished; 'luohu run ... --resume' goes on with it", settings.file.string())};
  }
  if (settings.replicates <= stored.replicates) {
    throw Error{ExitCode::usage,
                fmt::format("{} has {} replicates already", settings.file.string(), stored.replicates)};
  }
  RunPlan plan;
  plan.inputs = load(settings.file, stored, folder_of_tables(settings.file, settings.tables));
  const std::vector<std::string> differing =
      differences(stored, described(plan.inputs, stored.seed, stored.scale, stored.replicates, stored.expectation));
  if (!differing.empty()) {
    throw Error{ExitCode::usage,
                fmt::format("{} cannot be extended, for its replicates would not be of one kind:\n  {}",
                            settings.file.string(), fmt::join(differing, "\n  "))};
  }
  plan.about = extended(stored, settings.replicates);
  plan.output = settings.file;
  plan.resumed = settings.resume;
  plan.progress = settings.progress;
  plan.checkpoints = settings.checkpoints;
  return plan;
}

/// The .part with every replicate of the old file.
ResultsWriter writer_of(const ExtendSettings& settings, const RunPlan& plan, const ResultsFile& file) {
  fs::path part = settings.file;
  part += ".part";
  if (!settings.resume && !settings.force && fs::exists(part)) {
    throw Error{ExitCode::usage,
                fmt::format("{} exists, of a run that was interrupted; pass --resume to go on with it, "
                            "or --force to throw it away",
                            part.string())};
  }
  // The results file itself is to be replaced, in any case.
  listen_for_stop();  // before the first file
  ResultsWriter writer = settings.resume ? ResultsWriter::resume(plan.output, plan.about, true)
                                         : ResultsWriter{plan.output, plan.about, true};
  const Experiment& stored = file.experiment();
  for (std::size_t s = 0; s < stored.scenarios.size(); ++s) {
    for (std::size_t d = 0; d < stored.draws; ++d) {
      for (std::size_t r = 0; r < stored.replicates; ++r) {
        if (!writer.has(s, d, r)) writer.add(s, d, r, file.years(s, d, r));
      }
    }
  }
  return writer;
}

}  // namespace

int run_extend(Arguments arguments) {
  const auto settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  std::optional<ResultsFile> file{std::in_place, settings->file};
  const RunPlan plan = plan_of(*settings, *file);
  require_memory(plan);
  ResultsWriter writer = writer_of(*settings, plan, *file);
  file.reset();
  return static_cast<int>(carry_out(plan, writer));
}

}  // namespace luohu
