#pragma once
// One table of a scenario read key by key: unknown keys, missing keys, wrong types and values out of
// range become findings, and reading goes on.

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "luohu/policy/measures.hpp"
#include "toml_reader.hpp"

namespace luohu::reading {

/// Bounds on a number and the unit that messages name.
struct Range {
  double minimum = std::numeric_limits<double>::lowest();
  double maximum = std::numeric_limits<double>::max();  ///< infinity allows inf
  std::string_view unit = "1";
};

class Fields {
 public:
  /// Requires: `table` is one. `what` names it in messages, e.g. "a measure".
  Fields(const Node& table, std::string what, std::vector<std::string_view> known, Findings& findings);

  /// The value, or null; `required` says so if it is missing.
  [[nodiscard]] const Node* optional(std::string_view key) const { return table_.find(key); }
  [[nodiscard]] const Node* required(std::string_view key) const;

  [[nodiscard]] std::optional<std::string> required_text(std::string_view key) const;
  [[nodiscard]] std::optional<int> required_year(std::string_view key) const;
  /// The tables of an array of tables; what is none becomes a finding and is left out.
  [[nodiscard]] std::vector<const Node*> required_tables(std::string_view key) const;

 private:
  const Node& table_;
  std::string what_;
  Findings& findings_;
};

/// Whether the value is of this kind; a finding otherwise.
[[nodiscard]] bool is_kind(const Node& node, std::string_view key, Node::Kind kind, Findings& findings);
[[nodiscard]] std::optional<double> number_in(const Node& node, std::string_view key, const Range& range,
                                              Findings& findings);
[[nodiscard]] std::optional<int> whole_in(const Node& node, std::string_view key, const Range& range,
                                          Findings& findings);
/// [LOWER, UPPER], both within `range`, rising; on a logarithmic scale from above 0.
[[nodiscard]] std::optional<std::pair<double, double>> interval_in(const Node& node, std::string_view key,
                                                                   const Range& range, bool logarithmic,
                                                                   Findings& findings);
/// Letters, digits, '-' and '_': what may stand in a key of `--set` and in a results file.
[[nodiscard]] std::optional<std::string> identifier(const Node& node, Findings& findings);
/// { zh = "…", en = "…" }, both needed.
[[nodiscard]] Text title_of(const Node& node, Findings& findings);
/// { tag = "…", note = "…" }, both needed.
[[nodiscard]] std::optional<Source> source_of(const Node& node, Findings& findings);

}  // namespace luohu::reading
