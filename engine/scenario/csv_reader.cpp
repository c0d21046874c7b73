#include "csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "luohu/core/text.hpp"

namespace luohu::reading {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t length(std::string_view text) {
  return code_points(text).size();
}

/// `cell` without the spaces around it; its column follows.
Cell trimmed(Cell cell) {
  const std::size_t first = cell.text.find_first_not_of(' ');
  if (first == std::string::npos) return {"", cell.at};
  const std::size_t last = cell.text.find_last_not_of(' ');
  cell.at.column += first;
  cell.text = cell.text.substr(first, last - first + 1);
  return cell;
}

/// The rest of a comment line after "# word ".
std::optional<Cell> comment(std::string_view line, std::string_view word, const Spot& start) {
  const std::string opening = fmt::format("# {} ", word);
  if (!line.starts_with(opening)) return std::nullopt;
  return trimmed({std::string{line.substr(opening.size())}, {start.file, start.line, opening.size() + 1}});
}

class CsvParser {
 public:
  CsvParser(CsvTable& table, Findings& findings) : table_{table}, findings_{findings} {}

  void line(std::string_view text, const Spot& start) {
    if (const auto problem = not_text(text)) return unread(start, problem->first, problem->second);
    if (text.starts_with('#')) return header_line(text, start);
    if (text.find_first_not_of(" \t") == std::string_view::npos) return;
    if (const std::size_t quote = text.find('"'); quote != std::string_view::npos) {
      return unread(start, length(text.substr(0, quote)),
                    "a quotation mark in a table (no cell needs one here); remove it");
    }
    std::vector<Cell> cells = split(text, ',', start);
    if (table_.columns.empty()) {
      table_.columns = std::move(cells);
    } else if (cells.size() != table_.columns.size()) {
      unread(start, 0, fmt::format("{} cells (the header row has {})", cells.size(), table_.columns.size()));
    } else {
      table_.rows.push_back(std::move(cells));
    }
  }

 private:
  /// Where, in code points, and why `text` is not text, if it is not.
  static std::optional<std::pair<std::size_t, std::string>> not_text(std::string_view text) {
    constexpr char32_t undecodable = 0xFFFD;
    const std::u32string points = code_points(text);
    const auto bad = std::ranges::find_if(
        points, [](char32_t c) { return (c < 0x20 && c != '\t') || (0x7F <= c && c < 0xA0) || c == undecodable; });
    if (bad == points.end()) return std::nullopt;
    return std::pair{static_cast<std::size_t>(bad - points.begin()),
                     fmt::format("{} in a table; remove it",
                                 *bad == undecodable ? "a byte that is not UTF-8" : "a control character")};
  }

  void unread(Spot at, std::size_t before, std::string message) {
    at.column += before;
    findings_.add(at, std::move(message));
    table_.whole = false;
  }

  void header_line(std::string_view text, const Spot& start) {
    if (!table_.columns.empty()) findings_.add(start, "a comment below the header row; move it above");
    table_.header += fmt::format("{}\n", text);
    if (const auto note = comment(text, "note", start)) return;
    if (const auto title = comment(text, "table", start)) {
      table_.title = title;
    } else if (const auto column = comment(text, "column", start)) {
      column_line(*column);
    } else {
      findings_.add(
          start, "this comment is none of '# table NAME: TITLE', '# column NAME | UNIT | TAG | SOURCE', '# note TEXT'");
    }
  }

  void column_line(const Cell& text) {
    // The source may contain anything, so only the first three bars separate.
    std::vector<Cell> parts;
    for (Cell& part : split(text.text, '|', text.at)) {
      if (parts.size() < 4) {
        parts.push_back(std::move(part));
      } else {
        parts.back().text += "|" + part.text;
      }
    }
    if (parts.size() < 4) {
      findings_.add(text.at,
                    "a column needs a name, a unit, a tag and a source: '# column NAME | UNIT | TAG | SOURCE'");
      return;
    }
    table_.notes.push_back({trimmed(parts[0]), trimmed(parts[1]), trimmed(parts[2]), trimmed(parts[3])});
  }

  CsvTable& table_;
  Findings& findings_;
};

}  // namespace

std::vector<Cell> split(std::string_view text, char separator, const Spot& start) {
  std::vector<Cell> cells;
  Spot at = start;
  while (true) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    cells.push_back({std::string{part}, at});
    if (end == std::string_view::npos) return cells;
    at.column += length(part) + 1;
    text.remove_prefix(end + 1);
  }
}

std::optional<CsvTable> read_csv(const std::filesystem::path& folder, std::string_view table, Findings& findings) {
  const std::filesystem::path path = folder / fmt::format("{}.csv", table);
  const auto bytes = read_file(path);
  const std::string name = path.filename().string();
  const SourceFile& file =
      findings.open({path.generic_string(), name, bytes ? lines_of(*bytes) : std::vector<std::string>{}});
  if (!bytes) {
    findings.add({&file}, fmt::format("cannot read the table ({})", why_unreadable(path)));
    return std::nullopt;
  }
  CsvTable result;
  result.file = &file;
  result.bytes = *bytes;
  if (bytes->starts_with(byte_order_mark)) findings.add({&file, 1, 1}, "a byte order mark; save as UTF-8 without it");
  CsvParser parser{result, findings};
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::string_view line = file.lines[i];
    if (i == 0 && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
    parser.line(line, {&file, i + 1, 1});
  }
  if (result.columns.empty()) {
    findings.add({&file}, "the table has no header row");
    return std::nullopt;
  }
  return result;
}

}  // namespace luohu::reading
