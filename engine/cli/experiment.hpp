#pragma once
// Scenarios and tables put together into what the engine simulates and the results file describes.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "luohu/cli/options.hpp"
#include "luohu/results/experiment.hpp"
#include "luohu/scenario/scenario.hpp"
#include "luohu/schedule/run.hpp"
#include "luohu/synthesis/synthesis.hpp"

namespace luohu {

/// Scenarios that run into one file: read, checked, over one set of tables and one horizon.
struct LoadedExperiment {
  std::vector<Scenario> scenarios;
  std::shared_ptr<const Tables> tables;
  std::size_t baseline = 0;

  /// Of the tables.
  [[nodiscard]] const std::filesystem::path& folder() const { return scenarios.front().tables; }
  [[nodiscard]] Model model(std::size_t index) const;
  /// The synthetic population of a scenario's base year, as one replicate sees it.
  [[nodiscard]] Population population(std::size_t index, Seed seed, std::int64_t scale) const;
  /// What the results file says about this experiment.
  [[nodiscard]] Experiment describe(std::uint64_t seed, std::int64_t scale, std::size_t replicates) const;
};

/// What --set KEY=VALUE and --feedbacks off change in every scenario of a command.
[[nodiscard]] std::vector<Override> overrides_of(const ParsedOptions& options);

/// Throws InputError with the findings of every file; Error{usage} if scenarios do not go together or
/// `baseline` (an id; empty for the first scenario) names none of them.
[[nodiscard]] LoadedExperiment load_experiment(const std::vector<std::string>& paths,
                                               std::span<const Override> overrides, const std::string& baseline);

/// Bytes one replicate needs at this scale, population and working memory.
[[nodiscard]] std::size_t memory_needed(const LoadedExperiment& experiment, std::int64_t scale);
[[nodiscard]] std::size_t memory_needed(const CensusTables& census, std::int64_t scale);

}  // namespace luohu
