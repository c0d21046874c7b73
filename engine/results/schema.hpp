#pragma once
// The names and shapes of the format, shared by writer and reader (docs/file-format.md).

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hdf5.hpp"
#include "luohu/results/experiment.hpp"

namespace luohu::schema {

inline constexpr std::int64_t format_version = 1;
inline constexpr std::string_view running = "running";
inline constexpr std::string_view complete = "complete";
inline constexpr std::string_view simulation = "simulation";
inline constexpr std::string_view expectation = "expectation";
/// The dimensions every variable begins with.
inline constexpr std::array<std::string_view, 4> leading_dimensions{"scenario", "draw", "replicate", "year"};

/// Auxiliary coordinates that name the rows of an axis.
[[nodiscard]] std::string english_names_of(std::string_view axis);
[[nodiscard]] std::string chinese_names_of(std::string_view axis);

/// 16 hexadecimal digits: R turns 64-bit integers into doubles, and two digests could look equal.
[[nodiscard]] std::string hex(std::uint64_t digest);
/// Empty text, an unfinished replicate's, is 0. Throws hdf5::Failure for anything else.
[[nodiscard]] std::uint64_t parse_hex(const std::string& text);

[[nodiscard]] std::size_t years(const Experiment& experiment);
/// Dimensions of a variable in the file.
[[nodiscard]] hdf5::Shape shape_of(const Experiment& experiment, const Variable& variable);
/// One replicate's part of that shape.
[[nodiscard]] hdf5::Block block_of(const hdf5::Shape& shape, std::size_t scenario, std::size_t draw,
                                   std::size_t replicate);

/// A results file open for writing. `variables` follow the layout.
struct Output {
  hdf5::Handle file;
  std::vector<hdf5::Handle> variables;
};

/// Writes everything but the variables' values.
[[nodiscard]] Output create(const std::filesystem::path& path, const Experiment& experiment, std::string_view status);

enum class Access : std::uint8_t { read, write };
/// The variables of a file that `create` made for this experiment.
[[nodiscard]] Output open(const std::filesystem::path& path, const Experiment& experiment, Access access);

void write_provenance(const hdf5::Handle& file, const Experiment& experiment, const hdf5::Handle& scenario_axis);
/// Fills in texts, parameters, inputs, seed and build. Requires: `experiment.scenarios` is sized.
void read_provenance(const hdf5::Handle& file, Experiment& experiment);

}  // namespace luohu::schema
