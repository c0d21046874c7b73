#pragma once
// What `run` and `extend` have in common: replicates of scenarios simulated into one results file, whatever part of
// them is already there.

#include <filesystem>
#include <optional>
#include <vector>

#include "checkpointing.hpp"
#include "drawn_experiment.hpp"
#include "experiment.hpp"
#include "luohu/results/writer.hpp"
#include "progress.hpp"
#include "until.hpp"

namespace luohu {

/// One replicate of one scenario: the unit of simulating, keeping and going on.
struct Task {
  std::size_t scenario = 0, draw = 0, replicate = 0;
};

struct RunPlan {
  LoadedExperiment inputs;
  std::optional<Draws> draws;
  Experiment about;  ///< what the file says; with `until`, its replicates are the most there may be
  std::filesystem::path output;
  bool screening = true;
  bool resumed = false;  ///< a killed run may have left a checkpoint
  ProgressStyle progress = ProgressStyle::none;
  CheckpointInterval checkpoints;
  std::vector<Precision> until;
};

/// What the results file says of such an experiment, simulated or expected.
[[nodiscard]] Experiment described(const LoadedExperiment& inputs, std::uint64_t seed, std::int64_t scale,
                                   std::size_t replicates, bool expectation);

/// What a run has done and used, for the closing lines and the sidecar: of agents, or of states of people.
struct RunFigures {
  PhaseTimes phases;
  std::int64_t person_years = 0;
  std::size_t agents = 0;      ///< at their most
  std::size_t taken_over = 0;  ///< replicates that were there already
  std::size_t checkpoints = 0;
};

/// Throws Error{environment} if one replicate needs more memory than there is.
void require_memory(const RunPlan& plan);

/// Simulates what `writer` does not have, writes the file and the sidecar, prints the answer. Stops between two years
/// when asked to, with everything kept. Returns `done`, `interrupted`, or `threshold` if `until` was not reached.
[[nodiscard]] ExitCode carry_out(const RunPlan& plan, ResultsWriter& writer);

/// Everything that would make two equal runs differ byte for byte, beside the results file: NAME.run.json.
[[nodiscard]] std::filesystem::path sidecar_of(std::filesystem::path results);
/// Where the run had its tables, if there is a sidecar and it says so; both may have been renamed since.
[[nodiscard]] std::optional<std::filesystem::path> tables_of_sidecar(const std::filesystem::path& results);
/// Throws Error{usage} if a file of that name is there that is not of these results.
void require_own_sidecar(const std::filesystem::path& results);
void write_sidecar(const RunPlan& plan, const RunFigures& figures);
void closing_lines(const RunPlan& plan, const RunFigures& figures);

}  // namespace luohu
