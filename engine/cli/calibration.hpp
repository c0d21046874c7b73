#pragma once
// The parts of `luohu calibrate`: its settings, the evaluations it remembers, and what it prints.

#include <filesystem>
#include <map>
#include <string>

#include "luohu/inference/calibration.hpp"
#include "luohu/scenario/posterior.hpp"

namespace luohu {

/// Evaluations made so far, in a file beside the output, so that a calibration that was interrupted goes on where it
/// stopped: the same questions are asked again, and answered from the file.
class EvaluationStore {
 public:
  /// Reads what is in `path`, if it is there. Throws Error{usage} if that belongs to another calibration, told by
  /// `fingerprint`, a line of text.
  EvaluationStore(std::filesystem::path path, std::string fingerprint, Evaluate evaluate,
                  std::function<bool()> keep_going);

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
  Evaluate evaluate_;
  std::function<bool()> keep_going_;
  std::map<std::string, std::vector<double>> known_;  ///< by replicate and point
  std::size_t found_ = 0;
};

/// Root mean square of residuals over their standard deviations, by family of numbers, in the order of the plan.
[[nodiscard]] std::vector<Posterior::Fit> fits_of(const ErrorModel& asked, const ErrorModel& used,
                                                  std::span<const double> before, std::span<const double> after);

/// Parameters before and after, and how well each family of numbers is met.
[[nodiscard]] std::string calibration_table(const Posterior& posterior);

/// Writes `text` aside and renames it. Throws Error{environment}.
void write_whole(const std::filesystem::path& path, const std::string& text);

}  // namespace luohu
