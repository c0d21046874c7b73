#include "toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include <toml++/toml.h>

namespace luohu::reading {
namespace {

Spot spot_of(const toml::source_region& region, const SourceFile& file) {
  return {&file, region.begin.line, region.begin.column};
}

Node converted(const toml::node& from, const SourceFile& file);

void fill_table(const toml::table& from, const SourceFile& file, Node& to) {
  to.kind = Node::Kind::table;
  for (const auto& [key, value] : from) {
    to.entries.push_back({std::string{key.str()}, spot_of(key.source(), file), converted(value, file)});
  }
  // toml++ sorts keys by name; findings and output follow the file.
  std::ranges::stable_sort(to.entries, {}, [](const Entry& entry) {
    return std::tuple{entry.at.line, entry.at.column};
  });
}

Node converted(const toml::node& from, const SourceFile& file) {
  Node to;
  to.at = spot_of(from.source(), file);
  if (const auto* table = from.as_table()) {
    fill_table(*table, file, to);
  } else if (const auto* array = from.as_array()) {
    to.kind = Node::Kind::array;
    for (const toml::node& item : *array) to.items.push_back(converted(item, file));
  } else if (const auto* text = from.as_string()) {
    to.kind = Node::Kind::text;
    to.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    to.kind = Node::Kind::number;
    to.number = static_cast<double>(integer->get());
    to.whole = true;
  } else if (const auto* real = from.as_floating_point()) {
    to.kind = Node::Kind::number;
    to.number = real->get();
  } else if (const auto* flag = from.as_boolean()) {
    to.kind = Node::Kind::boolean;
    to.flag = flag->get();
  }
  return to;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &found->value;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(std::as_const(*this).find(key));
}

Node& Node::set(std::string_view key, Node value) {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  if (found == entries.end()) {
    const Spot spot = value.at;
    return entries.emplace_back(Entry{std::string{key}, spot, std::move(value)}).value;
  }
  found->at = value.at;
  return found->value = std::move(value);
}

std::string_view name_of(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "a list";
    case Node::Kind::text:
      return "text";
    case Node::Kind::number:
      return "a number";
    case Node::Kind::boolean:
      return "true or false";
    case Node::Kind::other:
      break;
  }
  return "a date or time";
}

std::optional<Node> parse_toml(std::string_view text, const SourceFile& file, Findings& findings) {
  try {
    return converted(toml::parse(text), file);
  } catch (const toml::parse_error& error) {
    findings.add(spot_of(error.source(), file), fmt::format("not TOML: {}", error.description()));
    return std::nullopt;
  }
}

Node parse_value(const std::string& text, const Spot& at) {
  Node value;
  value.kind = Node::Kind::text;
  value.text = text;
  try {
    const toml::table parsed = toml::parse("value = " + text);
    if (parsed.size() == 1) value = converted(*parsed.get("value"), *at.file);
  } catch (const toml::parse_error&) {
    // A word without quotation marks: the text itself.
  }
  value.at = at;
  return value;
}

}  // namespace luohu::reading
