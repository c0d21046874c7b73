#pragma once
// A run stopped and gone on with, through files, as often as one likes.

#include "luohu/restart/checkpoint.hpp"
#include "support/toy_run.hpp"

namespace luohu::testing {

/// The records of a run whose process ends after every year of `stops`: its state goes to a checkpoint in `folder` and
/// the next process, with the next number of `threads` in turn, takes it from there.
inline std::vector<YearRecord> records_with_restarts(const ToyRun& run, const std::filesystem::path& folder,
                                                     const std::vector<Year>& stops, const std::vector<int>& threads) {
  const Model model = run.model();
  const Layout layout = results_layout(run.toy.places);
  const RunOptions options = run.options();
  const Checkpoints files{folder / "run.h5"};
  const CheckpointOf of{1, 2, 3, 4};
  std::size_t processes = 0;
  set_threads(threads.front());
  auto replicate = std::make_unique<RunningReplicate>(model, options, run.population());
  while (!replicate->finished()) {
    replicate->advance();
    if (std::ranges::find(stops, replicate->simulation().year()) == stops.end()) continue;
    files.save(of, *replicate);
    replicate.reset();
    set_threads(threads[++processes % threads.size()]);
    std::string trouble;
    auto state = files.load({of, model, layout, run.scale}, [&](const std::string& why) { trouble += why; });
    if (!state) throw std::runtime_error{"a checkpoint cannot be read: " + trouble};
    replicate = std::make_unique<RunningReplicate>(model, options, std::move(*state));
  }
  set_threads(available_threads());
  return std::move(replicate->so_far().years);
}

}  // namespace luohu::testing
