#include "luohu/schedule/run.hpp"

#include <algorithm>

namespace luohu {

RunningReplicate::RunningReplicate(const Model& model, const RunOptions& options, Population people)
    : model_{model}, result_{{}, 0, people.size()}, simulation_{model, options, std::move(people)} {
  result_.years.push_back(simulation_.record());
}

RunningReplicate::RunningReplicate(const Model& model, const RunOptions& options, ReplicateState state)
    : model_{model}, result_{std::move(state.so_far)}, simulation_{model, options, std::move(state.simulation)} {}

void RunningReplicate::advance() {
  result_.person_years += simulation_.stock().people();
  simulation_.advance();
  result_.peak_agents = std::max(result_.peak_agents, simulation_.people().size());
  result_.years.push_back(simulation_.record());
}

ReplicateResult run_replicate(const Model& model, const RunOptions& options, Population people,
                              const std::function<bool(Year)>& keep_going,
                              const std::function<void(const Simulation&)>& observe) {
  RunningReplicate replicate{model, options, std::move(people)};
  if (observe) observe(replicate.simulation());
  while (!replicate.finished()) {
    if (keep_going && !keep_going(replicate.simulation().year() + 1)) throw Interrupted{};
    replicate.advance();
    if (observe) observe(replicate.simulation());
  }
  return std::move(replicate.so_far());
}

}  // namespace luohu
