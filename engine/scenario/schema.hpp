#pragma once
// What a table must look like, and a table that does: dense, every cell present and in range.

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv_reader.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu::reading {

/// A key column: every row names one of `labels`.
struct Key {
  std::string_view name;
  std::vector<std::string> labels;
};

/// A value column.
struct Value {
  std::string_view name;
  std::string_view unit;
  double minimum = 0;
  double maximum = std::numeric_limits<double>::max();  ///< infinity allows "inf"
  bool whole = false;                                   ///< a count
};

/// Unit "-" and tag "-" mark keys; rows are the full product of the keys or what `expected` says.
struct Schema {
  std::string_view table;
  std::vector<Key> keys;
  std::vector<Value> values;
  /// Whether the row with these label numbers belongs to the table; all do if empty.
  std::vector<std::vector<std::size_t>> rows = {};
};

/// The numbers of a table that agrees with its schema.
class Dense {
 public:
  Dense(const SourceFile& file, const Schema& schema);

  /// Value column `column` of the row whose keys have these label numbers.
  template <class... Label>
  [[nodiscard]] double operator()(std::size_t column, Label... label) const {
    return cells_[cell(column, {static_cast<std::size_t>(label)...})].value;
  }
  template <class... Label>
  [[nodiscard]] std::int64_t count(std::size_t column, Label... label) const {
    return static_cast<std::int64_t>((*this)(column, label...));
  }
  template <class... Label>
  [[nodiscard]] Spot at(std::size_t column, Label... label) const {
    return cells_[cell(column, {static_cast<std::size_t>(label)...})].at;
  }

 private:
  friend class DenseReader;
  struct Numbered {
    double value = 0;
    Spot at;
  };
  [[nodiscard]] std::size_t cell(std::size_t column, const std::vector<std::size_t>& labels) const;

  std::vector<std::size_t> shape_;
  std::size_t columns_;
  std::vector<Numbered> cells_;
};

/// Check the table's name and its comment header against what is expected, and its header row.
/// Columns: name and unit, "-" for keys.
struct ExpectedColumn {
  std::string_view name;
  std::string_view unit;
};
void check_header(const CsvTable& table, std::string_view name, const std::vector<ExpectedColumn>& columns,
                  Findings& findings);

/// Nothing if the table has errors, all of which are then among the findings.
[[nodiscard]] std::optional<Dense> read_dense(const CsvTable& table, const Schema& schema, Findings& findings);

/// The number of `label`, if it is one of `labels`; a finding with a suggestion otherwise.
[[nodiscard]] std::optional<std::size_t> label_number(const Cell& cell, const Key& key, Findings& findings);

/// The cell's number, if it is one and in the column's range; a finding otherwise.
[[nodiscard]] std::optional<double> checked_number(const Cell& cell, const Value& column, Findings& findings);

}  // namespace luohu::reading
