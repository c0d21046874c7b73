#pragma once
// The finished replicates of a run that goes on: NAME.h5.part, itself a results file, whole at any moment.

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "luohu/results/experiment.hpp"

namespace luohu {

/// A results file cannot be changed in place without moments in which it cannot be opened. So each replicate is written
/// to a copy, `NAME.h5.part.next`, which is synced and then takes the name; the file that had the name becomes the
/// next copy, one replicate behind; or, if somebody has it open and locked, as libhdf5 does, is left to them.
class Part {
 public:
  /// Throws Error{environment} if the files cannot be written.
  explicit Part(const std::filesystem::path& results);
  ~Part();
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// A file without any replicate.
  void create(const Experiment& experiment);
  /// After this the replicate survives a kill or a power cut.
  void add(const Experiment& experiment, std::size_t scenario, std::size_t draw, std::size_t replicate,
           std::span<const YearRecord> years);
  void remove() const;

 private:
  struct Replicate {
    std::size_t scenario = 0, draw = 0, replicate = 0;
    std::vector<YearRecord> years;
  };
  static void write(const std::filesystem::path& file, const Experiment& experiment,
                    std::span<const Replicate* const> replicates);
  void publish(Replicate added);

  std::filesystem::path path_, next_, previous_;
  bool next_is_whole_ = false;
  std::optional<Replicate> behind_;  ///< what `next_` lacks
};

}  // namespace luohu
