#pragma once
// An experiment under the parameters of each draw of a posterior.

#include <optional>
#include <vector>

#include "draws.hpp"
#include "experiment.hpp"

namespace luohu {

/// With the parameters of a draw and the amenities found again for them, once, under the baseline, for all scenarios
/// and replicates.
class DrawnExperiments {
 public:
  /// Both must outlive this. Without draws there is one, the experiment itself. Throws InputError
  /// if the tables do not say what amenities are found from.
  DrawnExperiments(const LoadedExperiment& base, const std::optional<Draws>& draws);

  [[nodiscard]] std::size_t size() const { return draws_ ? draws_->size() : 1; }
  /// Valid until the next call.
  [[nodiscard]] const LoadedExperiment& operator[](std::size_t draw);

 private:
  const LoadedExperiment& base_;
  const std::optional<Draws>& draws_;
  std::optional<NetMigration> known_;
  std::vector<Grid<double, 2>> amenities_;  ///< [draw] empty until asked for
  std::optional<std::size_t> current_;
  LoadedExperiment drawn_;
};

/// How many draws there are, every value of every draw and the posterior's file, for the results file.
void describe_draws(const Draws& draws, Experiment& about);

}  // namespace luohu
