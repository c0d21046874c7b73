#pragma once
// When a run puts its running replicate aside, and how it is told to stop.

#include <filesystem>
#include <optional>
#include <string>

#include "luohu/restart/checkpoint.hpp"
#include "progress.hpp"

namespace luohu {

/// Whether SIGINT, SIGTERM or, unless it is ignored, SIGHUP has come since `listen_for_stop`. A second one ends the
/// process at once.
[[nodiscard]] bool stop_requested();
void listen_for_stop();

/// How much work may be lost at most. `automatic`: a minute, or more where saving is slow, so that it takes no more
/// than a twenty-fifth of the time.
struct CheckpointInterval {
  enum class Unit : std::uint8_t { automatic, never, years, seconds };
  Unit unit = Unit::automatic;
  double length = 0;
};
/// "auto", "never", "2years", "10min". Throws Error{usage} for anything else.
[[nodiscard]] CheckpointInterval parse_checkpoint_interval(const std::string& text);

/// Saves the running replicate as often as it is to.
class Checkpointing {
 public:
  Checkpointing(const std::filesystem::path& results, CheckpointInterval interval);

  /// What a killed run left of this replicate; `say` is told of what cannot be used.
  [[nodiscard]] std::optional<ReplicateState> left_behind(const CheckpointContext& context,
                                                          const std::function<void(const std::string&)>& say) const;
  [[nodiscard]] bool due(const RunningReplicate& replicate) const;
  void save(const CheckpointOf& of, const RunningReplicate& replicate);
  /// All there was to lose is in the results: nothing needs to be put aside any more.
  void forget();

 private:
  [[nodiscard]] double seconds_between_saves(const RunningReplicate& replicate) const;

  Checkpoints files_;
  CheckpointInterval interval_;
  Clock::time_point saved_ = Clock::now();
  double cost_ = 0;  ///< seconds that the last one took; 0 before the first
};

}  // namespace luohu
