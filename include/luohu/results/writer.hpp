#pragma once
// Writes an experiment into one HDF5 file that is also a valid netCDF-4 file (docs/file-format.md).

#include <filesystem>
#include <memory>
#include <span>

#include "luohu/results/experiment.hpp"

namespace luohu {

/// Collects finished replicates in `NAME.h5.part` and, at `finish`, writes `NAME.h5` afresh in task
/// order, syncs and renames it: the final name never holds an unfinished file, and the bytes do not
/// depend on the order in which replicates ended. One thread at a time.
///
/// Whatever ends the run early, finished replicates stay in the `.part`, itself a results file
/// (status "running"); a `.part` without any is removed. While a writer is open, the library's lock
/// keeps a second run off the same `.part`.
class ResultsWriter {
 public:
  /// Creates missing parent folders. Throws Error{usage} if `path` or its `.part` exists and `force`
  /// is false, Error{environment} if it cannot be written. An existing file stays until `finish`.
  ResultsWriter(std::filesystem::path path, Experiment experiment, bool force);
  ~ResultsWriter();
  ResultsWriter(ResultsWriter&&) noexcept;
  ResultsWriter& operator=(ResultsWriter&&) noexcept;
  ResultsWriter(const ResultsWriter&) = delete;
  ResultsWriter& operator=(const ResultsWriter&) = delete;

  /// One record per year from first_year to last_year. Flushed before it returns.
  void add(std::size_t scenario, std::size_t draw, std::size_t replicate, std::span<const YearRecord> years);
  /// Requires: every (scenario, draw, replicate) was added. If it throws, the `.part` holds them all.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace luohu
