#pragma once
// The results files of a comparison, and their scenarios by name.

#include "luohu/analysis/comparison.hpp"

namespace luohu::analysis {

/// One scenario of one file.
struct SourceScenario {
  std::size_t file = 0;
  std::size_t index = 0;  ///< in its file
  std::string label;
};

class Sources {
 public:
  /// Opens all files and holds them to one another: the same places, and a year that all have.
  explicit Sources(const std::vector<std::filesystem::path>& paths);

  [[nodiscard]] const ResultsFile& file(const SourceScenario& of) const { return files_[of.file]; }
  [[nodiscard]] const Experiment& experiment(const SourceScenario& of) const { return file(of).experiment(); }
  [[nodiscard]] const Experiment& first() const { return files_.front().experiment(); }
  /// Layouts of all files.
  [[nodiscard]] std::vector<const Layout*> layouts() const;

  [[nodiscard]] SourceScenario baseline(const std::optional<std::string>& name) const;
  /// Those named, or all but the baseline.
  [[nodiscard]] std::vector<SourceScenario> others(const std::vector<std::string>& names,
                                                   const SourceScenario& baseline) const;
  /// Those named, or all.
  [[nodiscard]] std::vector<SourceScenario> chosen(const std::vector<std::string>& names) const;
  /// Years asked for, or the last one that all files have.
  [[nodiscard]] std::vector<int> years(const std::vector<std::string>& asked) const;
  /// What a reader of the numbers should know of the files.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  [[nodiscard]] const SourceScenario& named(const std::string& name) const;

  std::vector<std::string> names_;  ///< of the files, as given
  std::vector<ResultsFile> files_;
  std::vector<SourceScenario> scenarios_;
  int first_year_ = 0, last_year_ = 0;  ///< of all files
};

/// Why replicates of these two cannot be paired; empty if they can.
[[nodiscard]] std::string why_unpaired(const Experiment& baseline, const Experiment& scenario);

/// Recorded values on which the scenarios differ, in the order of the scenario's.
[[nodiscard]] std::vector<DifferingValue> differing_values(const Experiment& baseline_of, const std::string& baseline,
                                                           const Experiment& scenario_of, const std::string& scenario);

}  // namespace luohu::analysis
