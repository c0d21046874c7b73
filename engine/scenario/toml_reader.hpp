#pragma once
// A TOML file as a tree of our own that knows where every key and value stands.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings.hpp"

namespace luohu::reading {

struct Entry;

struct Node {
  enum class Kind : std::uint8_t { table, array, text, number, boolean, other };
  Kind kind = Kind::other;
  Spot at;
  std::string text;
  double number = 0;
  bool whole = false;  ///< a number written as an integer
  bool flag = false;
  std::vector<Entry> entries;  ///< of a table, in the order of the file
  std::vector<Node> items;     ///< of an array

  /// The value of this key, or null.
  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] Node* find(std::string_view key);
  /// The value of this key, replaced or added.
  Node& set(std::string_view key, Node value);
};

struct Entry {
  std::string key;
  Spot at;
  Node value;
};

/// "a table", "text", "a number", …
[[nodiscard]] std::string_view name_of(Node::Kind kind);

/// Nothing if the text is not TOML; a finding says where.
[[nodiscard]] std::optional<Node> parse_toml(std::string_view text, const SourceFile& file, Findings& findings);

/// The value as written after `KEY=` on the command line: TOML if it is, text otherwise.
[[nodiscard]] Node parse_value(const std::string& text, const Spot& at);

}  // namespace luohu::reading
