#pragma once
// Reads a results file back, trusting nothing in it: every size is held against the file's own.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "luohu/results/experiment.hpp"

namespace luohu {

/// An open results file, complete or a `.part`. Everything throws Error{environment} naming the file
/// if it is missing, damaged, not a results file or of a format this version does not know.
class ResultsFile {
 public:
  explicit ResultsFile(std::filesystem::path path);
  ~ResultsFile();
  ResultsFile(ResultsFile&&) noexcept;
  ResultsFile& operator=(ResultsFile&&) noexcept;
  ResultsFile(const ResultsFile&) = delete;
  ResultsFile& operator=(const ResultsFile&) = delete;

  /// False for a `.part`: replicates never finished read as -1, NaN and digest 0.
  [[nodiscard]] bool complete() const;
  /// The experiment as it was given to the writer.
  [[nodiscard]] const Experiment& experiment() const;

  /// False for a replicate of a `.part` that has not ended.
  [[nodiscard]] bool has(std::size_t scenario, std::size_t draw, std::size_t replicate) const;
  /// All years of one replicate, as they were given to the writer.
  [[nodiscard]] std::vector<YearRecord> years(std::size_t scenario, std::size_t draw, std::size_t replicate) const;
  /// All years of one replicate, row-major over year and the variable's axes.
  [[nodiscard]] Values read(std::string_view variable, std::size_t scenario, std::size_t draw,
                            std::size_t replicate) const;
  /// Everything, row-major over scenario, draw, replicate, year and the variable's axes. Throws Error{environment} for
  /// a `.part`.
  [[nodiscard]] Values read(std::string_view variable) const;

  /// 64 bits over the layout, the scenario ids and all values: equal results, equal digest, whatever the
  /// version or machine that wrote them.
  [[nodiscard]] std::uint64_t digest() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace luohu
