#pragma once
// History matching (Craig et al. 1997; Vernon, Goldstein & Bower 2010): wave by wave, rule out the parameters that an
// emulator is sure cannot give what was observed.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "luohu/inference/calibration.hpp"
#include "luohu/inference/emulator.hpp"
#include "luohu/inference/summaries.hpp"

namespace luohu {

/// A number counts as missed beyond so many standard deviations.
inline constexpr double implausible_beyond = 3;

/// Numbers that may be missed before a point is ruled out: as many as a true point misses by chance with a
/// probability of 95 %, if the errors are those of the error model and independent.
[[nodiscard]] std::size_t tolerated_misses(std::size_t numbers);

struct Wave {
  std::size_t evaluations = 0;
  double cutoff = 0;  ///< standard deviations; above `implausible_beyond` while a wave would rule out almost all
  double left = 1;    ///< share of the cube not ruled out by this wave and those before, estimated
  LeaveOneOut emulator;
};

/// What is not ruled out.
class PlausibleRegion {
 public:
  explicit PlausibleRegion(const ErrorModel& errors, std::span<const double> extra, std::span<const double> observed);

  void add(std::shared_ptr<const Emulator> emulator, double cutoff);
  /// By the emulators of all waves.
  [[nodiscard]] bool contains(std::span<const double> point) const;
  /// Of the number that is just beyond the tolerated misses: |z − E f| / sqrt(V_obs + V_disc + V_sim + V_emu).
  [[nodiscard]] double implausibility(const Emulator& emulator, std::span<const double> point) const;

 private:
  struct Limit {
    std::shared_ptr<const Emulator> emulator;
    double cutoff;
  };
  std::vector<double> variance_, observed_;
  std::size_t misses_;
  std::vector<Limit> limits_;
};

struct HistoryMatch {
  std::vector<Wave> waves;
  Design points;  ///< evaluated in all waves
  std::vector<std::vector<double>> values;
  std::shared_ptr<const Emulator> emulator;  ///< of the last wave
  PlausibleRegion region;
  Design plausible;  ///< points of the region, evenly strewn
};

/// The same with summaries for numbers, and an emulator of them; the region stays.
[[nodiscard]] HistoryMatch summarised(const HistoryMatch& match, const Summaries& summaries);

struct HistoryOptions {
  std::size_t waves = 3;
  std::size_t points = 200;  ///< evaluations of a wave
  Seed seed;
};

/// `first`: points worth an evaluation beside those of the first wave. `say` is told what is being done.
[[nodiscard]] HistoryMatch match_history(const Evaluate& evaluate, const ErrorModel& errors,
                                         std::span<const double> extra, const Design& first,
                                         const HistoryOptions& options,
                                         const std::function<void(const std::string&)>& say);

}  // namespace luohu
