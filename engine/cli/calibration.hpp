#pragma once
// The parts of `luohu calibrate`: its settings, the evaluations it remembers, and what it prints.

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "luohu/inference/abc_smc.hpp"
#include "luohu/inference/calibration.hpp"
#include "luohu/scenario/posterior.hpp"
#include "progress.hpp"

namespace luohu {

/// Evaluations made so far, in a file beside the output, so that a calibration that was interrupted goes on where it
/// stopped: the same questions are asked again, and answered from the file.
class EvaluationStore {
 public:
  /// Reads what is in `path`, if it is there. Throws Error{usage} if that belongs to another calibration, told by
  /// `fingerprint`, a line of text, or if an evaluation has not as many `numbers` as belong to it.
  /// `say` is told now and then how many evaluations there are.
  EvaluationStore(std::filesystem::path path, std::string fingerprint, std::size_t numbers, Evaluate evaluate,
                  std::function<bool()> keep_going, std::function<void(const std::string&)> say);

  /// As Evaluate. After every few evaluations the file is written again, aside, and renamed. Throws Interrupted.
  [[nodiscard]] std::vector<std::vector<double>> operator()(const Design& points, std::uint64_t replicate);

  /// Evaluations computed now, and found in the file.
  [[nodiscard]] std::size_t computed() const { return known_.size() - found_; }
  [[nodiscard]] std::size_t found() const { return found_; }
  void remove() const;

 private:
  void read();
  void write() const;

  std::filesystem::path path_;
  std::string fingerprint_;
  std::size_t numbers_;
  Evaluate evaluate_;
  std::function<bool()> keep_going_;
  std::function<void(const std::string&)> say_;
  Clock::time_point said_ = Clock::now();
  std::map<std::string, std::vector<double>> known_;  ///< by replicate and point
  std::size_t found_ = 0;
};

/// How far a calibration goes.
enum class CalibrationMode : std::uint8_t { identify, quick, full };

struct CalibrationSettings {
  std::vector<std::string> scenarios;
  std::filesystem::path plan, output;
  std::vector<std::string> free;
  EvaluationOptions evaluation;
  std::uint64_t seed = 1;
  CalibrationMode mode = CalibrationMode::full;
  std::size_t quick = 200;  ///< evaluations of the best point at most
  HistoryOptions history;
  SampleOptions sample;
  std::size_t draws = 200;
  bool inflate = true;                   ///< discrepancies until the best point's errors are as large as they say
  std::optional<std::size_t> data_sets;  ///< of a test of recovery, instead of a calibration
};

/// What a calibration finds, into `posterior`, whose header is there. `say` is told what is being done.
void calibrate(const CalibrationSettings& settings, const CalibrationProblem& problem, const Evaluate& evaluate,
               const std::function<void(const std::string&)>& say, Posterior& posterior);

/// Whether known parameters are found, and the table that says so.
[[nodiscard]] std::string recovery_table(const CalibrationSettings& settings, const CalibrationProblem& problem,
                                         const Evaluate& evaluate, const std::function<void(const std::string&)>& say);

/// Parameters before and after, and how well each family of numbers is met.
[[nodiscard]] std::string calibration_table(const Posterior& posterior);

}  // namespace luohu
