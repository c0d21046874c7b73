#include "luohu/schedule/run.hpp"

#include <algorithm>

namespace luohu {

ReplicateResult run_replicate(const Model& model, const RunOptions& options, Population people,
                              const std::function<bool(Year)>& keep_going,
                              const std::function<void(const Simulation&)>& observe) {
  ReplicateResult result;
  result.peak_agents = people.size();
  Simulation simulation{model, options, std::move(people)};
  const auto look = [&] {
    result.years.push_back(simulation.record());
    if (observe) observe(simulation);
  };
  look();
  while (simulation.year() < model.last_year) {
    if (keep_going && !keep_going(simulation.year() + 1)) throw Interrupted{};
    result.person_years += simulation.stock().people();
    simulation.advance();
    result.peak_agents = std::max(result.peak_agents, simulation.people().size());
    look();
  }
  return result;
}

}  // namespace luohu
