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
