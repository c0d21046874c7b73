#include "fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "luohu/core/text.hpp"

namespace luohu::reading {
namespace {

std::string with_unit(double value, std::string_view unit) {
  return unit == "1" ? number_text(value) : fmt::format("{} {}", number_text(value), unit);
}

std::string bounds(const Range& range) {
  const bool low = range.minimum != std::numeric_limits<double>::lowest();
  const bool high = range.maximum < std::numeric_limits<double>::max();
  if (low && high)
    return fmt::format("must be from {} to {}", number_text(range.minimum), with_unit(range.maximum, range.unit));
  if (low) return fmt::format("must be at least {}", with_unit(range.minimum, range.unit));
  return high ? fmt::format("must be at most {}", with_unit(range.maximum, range.unit)) : "must be finite";
}

}  // namespace

Fields::Fields(const Node& table, std::string what, std::vector<std::string_view> known, Findings& findings)
    : table_{table}, what_{std::move(what)}, findings_{findings} {
  for (const Entry& entry : table.entries) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    const auto meant = nearest(entry.key, known);
    findings.add(entry.at, fmt::format("unknown key '{}' of {}{}", entry.key, what_,
                                       meant ? fmt::format("; did you mean '{}'?", *meant)
                                             : fmt::format("; known keys: {}", fmt::join(known, ", "))));
  }
}

const Node* Fields::required(std::string_view key) const {
  const Node* value = table_.find(key);
  if (value == nullptr) {
    const Spot at = table_.at.line > 0 || table_.at.file->command_line ? table_.at : Spot{table_.at.file, 1, 1};
    findings_.add(at, fmt::format("{} has no '{}'; add it", what_, key));
  }
  return value;
}

std::optional<std::string> Fields::required_text(std::string_view key) const {
  const Node* value = required(key);
  if (value == nullptr || !is_kind(*value, key, Node::Kind::text, findings_)) return std::nullopt;
  if (value->text.empty()) findings_.add(value->at, fmt::format("'{}' is empty", key));
  return value->text;
}

std::optional<int> Fields::required_year(std::string_view key) const {
  const Node* value = required(key);
  return value == nullptr ? std::nullopt : whole_in(*value, key, {1900, 2200, "year"}, findings_);
}

std::vector<const Node*> Fields::required_tables(std::string_view key) const {
  std::vector<const Node*> tables;
  const Node* list = required(key);
  if (list == nullptr || !is_kind(*list, key, Node::Kind::array, findings_)) return tables;
  for (const Node& item : list->items) {
    if (is_kind(item, key, Node::Kind::table, findings_)) tables.push_back(&item);
  }
  return tables;
}

bool is_kind(const Node& node, std::string_view key, Node::Kind kind, Findings& findings) {
  if (node.kind == kind) return true;
  findings.add(node.at, fmt::format("'{}' is {} (must be {})", key, name_of(node.kind), name_of(kind)));
  return false;
}

std::optional<double> number_in(const Node& node, std::string_view key, const Range& range, Findings& findings) {
  if (!is_kind(node, key, Node::Kind::number, findings)) return std::nullopt;
  if (range.minimum <= node.number && node.number <= range.maximum) return node.number;
  findings.add(node.at, fmt::format("'{}' is {} ({})", key, with_unit(node.number, range.unit), bounds(range)));
  return std::nullopt;
}

std::optional<int> whole_in(const Node& node, std::string_view key, const Range& range, Findings& findings) {
  const auto value = number_in(node, key, range, findings);
  if (!value) return std::nullopt;
  if (*value == std::floor(*value)) return static_cast<int>(*value);
  findings.add(node.at, fmt::format("'{}' is {} (must be a whole number)", key, number_text(*value)));
  return std::nullopt;
}

std::optional<std::pair<double, double>> interval_in(const Node& node, std::string_view key, const Range& range,
                                                     bool logarithmic, Findings& findings) {
  if (!is_kind(node, key, Node::Kind::array, findings)) return std::nullopt;
  if (node.items.size() != 2) {
    findings.add(node.at, fmt::format("'{0}' has not two numbers; write {0} = [LOWER, UPPER]", key));
    return std::nullopt;
  }
  const auto lower = number_in(node.items[0], key, range, findings);
  const auto upper = number_in(node.items[1], key, range, findings);
  if (!lower || !upper) return std::nullopt;
  if (*lower < *upper && (!logarithmic || *lower > 0)) return std::pair{*lower, *upper};
  findings.add(node.at, fmt::format("'{}' is {} to {} (must rise{})", key, number_text(*lower), number_text(*upper),
                                    logarithmic ? ", from above 0 with log" : ""));
  return std::nullopt;
}

std::optional<std::string> identifier(const Node& node, Findings& findings) {
  if (!is_kind(node, "id", Node::Kind::text, findings)) return std::nullopt;
  const auto allowed = [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '-' || c == '_';
  };
  if (!node.text.empty() && std::ranges::all_of(node.text, allowed)) return node.text;
  findings.add(node.at, fmt::format("id '{}' (must be ASCII letters, digits, '-' and '_')", node.text));
  return std::nullopt;
}

Text title_of(const Node& node, Findings& findings) {
  if (!is_kind(node, "title", Node::Kind::table, findings)) return {};
  const Fields fields{node, "a title", {"zh", "en"}, findings};
  return {fields.required_text("zh").value_or(""), fields.required_text("en").value_or("")};
}

std::optional<Source> source_of(const Node& node, Findings& findings) {
  if (!is_kind(node, "source", Node::Kind::table, findings)) return std::nullopt;
  const Fields fields{node, "a source", {"tag", "note"}, findings};
  const auto tag = fields.required_text("tag");
  const auto note = fields.required_text("note");
  if (!tag || !note) return std::nullopt;
  if (const auto known = tag_named(*tag)) return Source{*known, *note};
  constexpr std::string_view tags[] = {"text", "data", "literature", "computed", "assumption"};
  findings.add(node.find("tag")->at, fmt::format("unknown tag '{}'{}", *tag, suggestion(*tag, tags)));
  return std::nullopt;
}

}  // namespace luohu::reading
