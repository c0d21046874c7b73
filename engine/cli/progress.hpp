#pragma once
// How a long run tells a person, or a program, how far it is. Always on stderr.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace luohu {

using Clock = std::chrono::steady_clock;

/// Seconds spent in each named phase, in order of first appearance.
class PhaseTimes {
 public:
  void begin(std::string_view name);
  void end();
  [[nodiscard]] const std::vector<std::pair<std::string, double>>& seconds() const { return seconds_; }
  [[nodiscard]] double of(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, double>> seconds_;
  std::string current_;
  Clock::time_point since_{};
};

enum class ProgressStyle : std::uint8_t { none, bar, log, json };
/// The style for "auto|bar|log|json|none": auto is a bar on a terminal and a log line otherwise.
[[nodiscard]] ProgressStyle progress_style(std::string_view name);

/// Progress over a known number of steps (simulated years of all tasks).
class Progress {
 public:
  Progress(ProgressStyle style, std::size_t steps);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One step is about to begin; `what` says which, `persons` how many agents it simulates.
  void step(const std::string& what, double agents);

 private:
  void show(const std::string& what);

  ProgressStyle style_;
  std::size_t steps_;
  std::size_t done_ = 0;
  double agents_ = 0;  ///< simulated so far, agent-years
  Clock::time_point began_, shown_;
};

}  // namespace luohu
