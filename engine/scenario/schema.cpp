#include "schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "luohu/core/text.hpp"

namespace luohu::reading {
namespace {

std::vector<std::string_view> views(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

std::string with_unit(double value, std::string_view unit) {
  return unit == "1" ? number_text(value) : fmt::format("{} {}", number_text(value), unit);
}

constexpr double largest_count = 1e10;  ///< more than all people; sums of such counts are exact

std::string range_text(const Value& column) {
  if (column.whole && column.maximum > largest_count) {
    return fmt::format("from {} to {}", number_text(column.minimum), with_unit(largest_count, column.unit));
  }
  if (column.maximum == std::numeric_limits<double>::max()) {
    return fmt::format("at least {}", with_unit(column.minimum, column.unit));
  }
  return fmt::format("from {} to {}", number_text(column.minimum), with_unit(column.maximum, column.unit));
}

void check_tag(const ColumnNote& note, bool key, Findings& findings) {
  const std::string& tag = note.tag.text;
  if (key) {
    if (tag != "-")
      findings.add(note.tag.at, fmt::format("tag '{}' of the key column '{}' (must be '-')", tag, note.name.text));
    return;
  }
  if (tag_named(tag)) return;
  constexpr std::string_view tags[] = {"text", "data", "literature", "computed", "assumption"};
  findings.add(note.tag.at,
               fmt::format("unknown tag '{}' of column '{}'{}", tag, note.name.text, suggestion(tag, tags)));
}

void check_note(const ColumnNote& note, const ExpectedColumn& expected, Findings& findings) {
  if (note.name.text != expected.name) {
    findings.add(note.name.at,
                 fmt::format("column '{}' is described where '{}' is expected", note.name.text, expected.name));
    return;
  }
  if (note.unit.text != expected.unit) {
    findings.add(note.unit.at,
                 fmt::format("unit '{}' of column '{}' (must be '{}')", note.unit.text, expected.name, expected.unit));
  }
  check_tag(note, expected.unit == "-", findings);
  if (note.source.text.empty()) findings.add(note.source.at, fmt::format("column '{}' has no source", expected.name));
}

}  // namespace

void check_header(const CsvTable& table, std::string_view name, const std::vector<ExpectedColumn>& columns,
                  Findings& findings) {
  if (!table.title) {
    findings.add({table.file, 1, 1}, fmt::format("the table has no title; begin with '# table {}: TITLE'", name));
  } else if (!table.title->text.starts_with(fmt::format("{}:", name))) {
    findings.add(table.title->at, fmt::format("the title does not begin with the table's name, '{}:'", name));
  }
  for (std::size_t i = 0; i < std::min(columns.size(), table.notes.size()); ++i) {
    check_note(table.notes[i], columns[i], findings);
  }
  for (std::size_t i = table.notes.size(); i < columns.size(); ++i) {
    findings.add({table.file, 1, 1},
                 fmt::format("column '{0}' is not described; add '# column {0} | {1} | TAG | SOURCE'", columns[i].name,
                             columns[i].unit));
  }
  for (std::size_t i = columns.size(); i < table.notes.size(); ++i) {
    findings.add(table.notes[i].name.at, fmt::format("unknown column '{}'", table.notes[i].name.text));
  }
  std::vector<std::string_view> names;
  for (const ExpectedColumn& column : columns) names.push_back(column.name);
  const bool same = std::ranges::equal(table.columns, names, {}, &Cell::text);
  if (!same) findings.add(table.columns.front().at, fmt::format("the header row must be '{}'", fmt::join(names, ",")));
}

std::optional<std::size_t> label_number(const Cell& cell, const Key& key, Findings& findings) {
  const auto found = std::ranges::find(key.labels, cell.text);
  if (found != key.labels.end()) return static_cast<std::size_t>(found - key.labels.begin());
  const std::vector<std::string_view> known = views(key.labels);
  findings.add(cell.at, fmt::format("unknown {} '{}'{}", key.name, cell.text, suggestion(cell.text, known)));
  return std::nullopt;
}

std::optional<double> checked_number(const Cell& cell, const Value& column, Findings& findings) {
  if (cell.text.empty()) {
    findings.add(cell.at, fmt::format("'{}' is missing (no cell may be empty)", column.name));
    return std::nullopt;
  }
  const auto value = parse_number(cell.text);
  if (!value) {
    findings.add(cell.at, fmt::format("'{}' is '{}' (not a number)", column.name, cell.text));
    return std::nullopt;
  }
  const double maximum = column.whole ? std::min(column.maximum, largest_count) : column.maximum;
  if (*value < column.minimum || *value > maximum) {
    findings.add(cell.at, fmt::format("'{}' is {} (must be {})", column.name, with_unit(*value, column.unit),
                                      range_text(column)));
    return std::nullopt;
  }
  if (column.whole && *value != std::floor(*value)) {
    findings.add(cell.at, fmt::format("'{}' is {} (must be a whole number)", column.name, cell.text));
    return std::nullopt;
  }
  return value;
}

Dense::Dense(const SourceFile& file, const Schema& schema) : columns_{schema.values.size()} {
  for (const Key& key : schema.keys) shape_.push_back(key.labels.size());
  cells_.resize(std::accumulate(shape_.begin(), shape_.end(), columns_, std::multiplies{}));
  for (Numbered& cell : cells_) cell.at.file = &file;
}

std::size_t Dense::cell(std::size_t column, const std::vector<std::size_t>& labels) const {
  LUOHU_EXPECT(labels.size() == shape_.size() && column < columns_);
  std::size_t row = 0;
  for (std::size_t i = 0; i < shape_.size(); ++i) row = row * shape_[i] + labels[i];
  return row * columns_ + column;
}

/// Fills a Dense row by row, then looks for the rows that never came.
class DenseReader {
 public:
  DenseReader(const CsvTable& table, const Schema& schema, Findings& findings)
      : table_{table}, schema_{schema}, findings_{findings}, dense_{*table.file, schema} {
    if (!schema.rows.empty()) expected_ = schema.rows;
    if (schema.rows.empty()) add_product({});
  }

  Dense read() {
    for (const std::vector<Cell>& row : table_.rows) read_row(row);
    std::size_t missing = 0;
    for (const auto& labels : expected_) {
      if (!table_.whole || seen_.contains(labels)) continue;
      // A table cut short would otherwise fill the screen.
      if (++missing <= most_shown) findings_.add({table_.file}, fmt::format("no row for {}", described(labels)));
    }
    if (missing > most_shown)
      findings_.add({table_.file}, fmt::format("and {} more rows are missing", missing - most_shown));
    return dense_;
  }

 private:
  static constexpr std::size_t most_shown = 5;

  void add_product(std::vector<std::size_t> labels) {
    if (labels.size() == schema_.keys.size()) {
      expected_.push_back(std::move(labels));
      return;
    }
    const std::size_t extent = schema_.keys[labels.size()].labels.size();
    labels.push_back(0);
    for (; labels.back() < extent; ++labels.back()) add_product(labels);
  }

  void read_row(const std::vector<Cell>& row) {
    std::vector<std::size_t> labels;
    for (std::size_t i = 0; i < schema_.keys.size(); ++i) {
      if (const auto label = label_number(row[i], schema_.keys[i], findings_)) labels.push_back(*label);
    }
    const bool known = labels.size() == schema_.keys.size();
    if (known) note_row(labels, row.front().at);
    for (std::size_t i = 0; i < schema_.values.size(); ++i) {
      const Cell& cell = row[schema_.keys.size() + i];
      const auto value = checked_number(cell, schema_.values[i], findings_);
      if (known) dense_.cells_[dense_.cell(i, labels)] = {value.value_or(0), cell.at};
    }
  }

  void note_row(const std::vector<std::size_t>& labels, const Spot& at) {
    if (!schema_.rows.empty() && std::ranges::find(expected_, labels) == expected_.end()) {
      findings_.add(at, fmt::format("a row for {} does not belong here", described(labels)));
      return;
    }
    const auto [first, fresh] = seen_.emplace(labels, at.line);
    if (!fresh)
      findings_.add(at, fmt::format("a second row for {} (the first is line {})", described(labels), first->second));
  }

  std::string described(const std::vector<std::size_t>& labels) const {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      parts.push_back(fmt::format("{} {}", schema_.keys[i].name, schema_.keys[i].labels[labels[i]]));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  const CsvTable& table_;
  const Schema& schema_;
  Findings& findings_;
  Dense dense_;
  std::vector<std::vector<std::size_t>> expected_;
  std::map<std::vector<std::size_t>, std::size_t> seen_;  ///< label numbers → line
};

std::optional<Dense> read_dense(const CsvTable& table, const Schema& schema, Findings& findings) {
  const std::size_t before = findings.count();
  std::vector<ExpectedColumn> columns;
  for (const Key& key : schema.keys) columns.push_back({key.name, "-"});
  for (const Value& value : schema.values) columns.push_back({value.name, value.unit});
  check_header(table, schema.table, columns, findings);
  if (table.columns.size() != columns.size()) return std::nullopt;
  Dense dense = DenseReader{table, schema, findings}.read();
  return table.whole && findings.count() == before ? std::optional{std::move(dense)} : std::nullopt;
}

}  // namespace luohu::reading
