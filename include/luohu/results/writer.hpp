#pragma once
// Writes an experiment into one HDF5 file that is also a valid netCDF-4 file (docs/file-format.md).

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "luohu/results/experiment.hpp"

namespace luohu {

/// Collects finished replicates in `NAME.h5.part` and, at `finish`, writes `NAME.h5` afresh in task
/// order, syncs and renames it: the final name never holds an unfinished file, and the bytes do not
/// depend on the order in which replicates ended. One thread at a time.
///
/// The `.part` is itself a results file (status "running"), whole at every moment, with every replicate
/// that `add` has returned for: whatever ends the run, they stay. A `.part` without any is removed,
/// unless it is to be kept. While a writer lives, a lock keeps a second run off the same file.
class ResultsWriter {
 public:
  /// Creates missing parent folders. Throws Error{usage} if `path` or its `.part` exists and `force`
  /// is false, Error{environment} if it cannot be written. An existing file stays until `finish`.
  ResultsWriter(std::filesystem::path path, Experiment experiment, bool force);
  /// Goes on with the `.part` of an earlier run. Throws Error{usage} if there is none, or if it is of another
  /// experiment, saying what differs; Error{environment} if it cannot be read. `force` is about `path` alone.
  [[nodiscard]] static ResultsWriter resume(std::filesystem::path path, Experiment experiment, bool force);
  ~ResultsWriter();
  ResultsWriter(ResultsWriter&&) noexcept;
  ResultsWriter& operator=(ResultsWriter&&) noexcept;
  ResultsWriter(const ResultsWriter&) = delete;
  ResultsWriter& operator=(const ResultsWriter&) = delete;

  /// Whether this replicate was added, now or by the run that is gone on with.
  [[nodiscard]] bool has(std::size_t scenario, std::size_t draw, std::size_t replicate) const;
  /// Its records. Requires: `has`.
  [[nodiscard]] std::vector<YearRecord> years(std::size_t scenario, std::size_t draw, std::size_t replicate) const;
  /// One record per year from first_year to last_year. On disk before it returns.
  void add(std::size_t scenario, std::size_t draw, std::size_t replicate, std::span<const YearRecord> years);
  /// The `.part` stays even without a replicate: there is more to go on with.
  void keep();
  /// Whether a `.part` will be left if the run ends now.
  [[nodiscard]] bool kept() const;
  /// Requires: every (scenario, draw, replicate) was added. If it throws, the `.part` holds them all.
  void finish();
  /// The same with the first `replicates` alone: the file of an experiment that has no more.
  void finish(std::size_t replicates);

 private:
  struct Impl;
  explicit ResultsWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace luohu
