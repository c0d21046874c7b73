#pragma once
// A CSV table with a comment header that documents every column, read without knowing its meaning.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings.hpp"

namespace luohu::reading {

struct Cell {
  std::string text;
  Spot at;
};

/// "# column NAME | UNIT | TAG | SOURCE"
struct ColumnNote {
  Cell name;
  Cell unit;
  Cell tag;
  Cell source;
};

struct CsvTable {
  const SourceFile* file = nullptr;
  std::string bytes;
  std::string header;  ///< the comment lines, as they stand
  std::optional<Cell> title;
  std::vector<ColumnNote> notes;
  std::vector<Cell> columns;  ///< the header row
  std::vector<std::vector<Cell>> rows;
  bool whole = true;  ///< every line below the comments is a row; a row that is not there may be one that is not read
};

/// The cells of `text`, split at `separator` and trimmed of spaces if `trim`; columns start at `column`.
[[nodiscard]] std::vector<Cell> split(std::string_view text, char separator, const Spot& start);

/// Nothing if the file cannot be read; a finding says so.
[[nodiscard]] std::optional<CsvTable> read_csv(const std::filesystem::path& folder, std::string_view table,
                                               Findings& findings);

}  // namespace luohu::reading
