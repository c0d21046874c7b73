#pragma once
// One replicate of one scenario, from the synthetic population to the last year's record.

#include <functional>
#include <vector>

#include "luohu/schedule/simulation.hpp"

namespace luohu {

struct ReplicateResult {
  std::vector<YearRecord> years;  ///< from the base year to the last
  std::int64_t person_years = 0;  ///< agents alive at the start of each simulated year, summed
  std::size_t peak_agents = 0;    ///< rows of the population at their most
};

/// A replicate stopped between two years, ready to go on.
struct ReplicateState {
  SimulationState simulation;
  ReplicateResult so_far;
};

/// A replicate on its way: a simulation and what its years have left behind.
class RunningReplicate {
 public:
  /// From the base year on. The model must outlive the replicate.
  RunningReplicate(const Model& model, const RunOptions& options, Population people);
  /// From where another one of the same model, seed and scale was stopped.
  RunningReplicate(const Model& model, const RunOptions& options, ReplicateState state);

  [[nodiscard]] bool finished() const { return simulation_.year() >= model_.last_year; }
  /// One year. Requires: not finished.
  void advance();
  [[nodiscard]] const Simulation& simulation() const { return simulation_; }
  [[nodiscard]] const ReplicateResult& so_far() const { return result_; }
  [[nodiscard]] ReplicateResult& so_far() { return result_; }

 private:
  const Model& model_;
  ReplicateResult result_;
  Simulation simulation_;
};

/// Raised between two years when `keep_going` says no.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// Simulate to the model's last year. `keep_going(year)` is asked before every year, `observe` sees the base year and
/// the end of every year; both may be empty.
[[nodiscard]] ReplicateResult run_replicate(const Model& model, const RunOptions& options, Population people,
                                            const std::function<bool(Year)>& keep_going = {},
                                            const std::function<void(const Simulation&)>& observe = {});

}  // namespace luohu
