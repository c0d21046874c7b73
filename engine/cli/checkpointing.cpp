#include "checkpointing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

std::atomic<bool> stop{false};  // NOLINT(*-avoid-non-const-global-variables): set by a signal
extern "C" void request_stop(int signal) {
  stop = true;
  std::signal(signal, SIG_DFL);
}

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

}  // namespace

bool stop_requested() {
  return stop.load();
}

void listen_for_stop() {
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  if (std::signal(SIGHUP, request_stop) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);  // as nohup asks
}

CheckpointInterval parse_checkpoint_interval(const std::string& text) {
  using Unit = CheckpointInterval::Unit;
  if (text == "auto") return {Unit::automatic, 0};
  if (text == "never") return {Unit::never, 0};
  struct Suffix {
    std::string_view word;
    Unit unit;
    double factor;
  };
  constexpr std::array<Suffix, 5> suffixes{{{"years", Unit::years, 1},
                                            {"year", Unit::years, 1},
                                            {"min", Unit::seconds, 60},
                                            {"h", Unit::seconds, 3600},
                                            {"s", Unit::seconds, 1}}};
  for (const Suffix& suffix : suffixes) {
    if (!text.ends_with(suffix.word)) continue;
    const std::string number = text.substr(0, text.size() - suffix.word.size());
    const auto length = parse_number(number.substr(0, number.find_last_not_of(' ') + 1));
    const bool whole = length && (suffix.unit != Unit::years || *length == static_cast<int>(*length));
    if (length && whole && 0 < *length && *length <= 100'000) return {suffix.unit, *length * suffix.factor};
    break;
  }
  throw Error{
      ExitCode::usage,
      fmt::format("--checkpoint-every is '{}' (must be auto, never, or a length such as 2years or 10min)", text)};
}

Checkpointing::Checkpointing(const std::filesystem::path& results, CheckpointInterval interval)
    : files_{results}, interval_{interval} {}

std::optional<ReplicateState> Checkpointing::left_behind(const CheckpointContext& context,
                                                         const std::function<void(const std::string&)>& say) const {
  return files_.load(context, say);
}

double Checkpointing::seconds_between_saves(const RunningReplicate& replicate) const {
  constexpr double least = 60, most_share = 1.0 / 25, bytes_per_second = 100e6;  // of a slow disk
  if (interval_.unit == CheckpointInterval::Unit::seconds) return interval_.length;
  const auto bytes = static_cast<double>(checkpoint_bytes(replicate.simulation().people().size()));
  return std::max(least, (cost_ > 0 ? cost_ : bytes / bytes_per_second) / most_share);
}

bool Checkpointing::due(const RunningReplicate& replicate) const {
  switch (interval_.unit) {
    case CheckpointInterval::Unit::never:
      return false;
    case CheckpointInterval::Unit::years: {
      const std::size_t years = replicate.so_far().years.size() - 1;
      return years % static_cast<std::size_t>(interval_.length) == 0;
    }
    case CheckpointInterval::Unit::automatic:
    case CheckpointInterval::Unit::seconds:
      break;
  }
  return seconds_since(saved_) >= seconds_between_saves(replicate);
}

void Checkpointing::save(const CheckpointOf& of, const RunningReplicate& replicate) {
  const Clock::time_point began = saved_ = Clock::now();  // one that cannot be written is not tried again at once
  files_.save(of, replicate);
  cost_ = seconds_since(began);
  saved_ = Clock::now();
}

void Checkpointing::forget() {
  files_.remove();
  saved_ = Clock::now();
}

}  // namespace luohu
