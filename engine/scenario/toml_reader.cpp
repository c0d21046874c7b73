#include "toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "luohu/core/text.hpp"

#include <toml++/toml.h>

namespace luohu::reading {
namespace {

Spot spot_of(const toml::source_region& region, const SourceFile& file) {
  return {&file, region.begin.line, region.begin.column};
}

constexpr std::size_t most_parts = 8;  ///< of a key: "parameters.settling.wish_gain.source.tag" has five

/// Looks for keys of too many parts. toml++ goes down a call for every part, and so does whoever walks what it returns:
/// a key of a hundred thousand parts would end the program.
class KeyLengths {
 public:
  KeyLengths(std::string_view text, const SourceFile& file) : text_{text}, file_{file} {}

  /// Where a key has more than `most` parts.
  std::optional<Spot> longer_than(std::size_t most) {
    std::size_t dots = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
        continue;
      }
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        continue;
      }
      if (c == '.') ++dots;
      if (std::string_view{"=[]{},\n"}.find(c) != std::string_view::npos) dots = 0;
      if (dots >= most) return spot();
      ++at_;
    }
    return std::nullopt;
  }

 private:
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool many_lines = text_.substr(at_).starts_with(three);
    at_ += many_lines ? 3 : 1;
    while (at_ < text_.size()) {
      if (text_[at_] == '\\' && quote == '"') {
        at_ += 2;
      } else if (many_lines ? text_.substr(at_).starts_with(three) : text_[at_] == quote) {
        at_ += many_lines ? 3 : 1;
        return;
      } else if (!many_lines && text_[at_] == '\n') {
        return;  // not closed, as toml++ will say
      } else {
        ++at_;
      }
    }
  }

  [[nodiscard]] Spot spot() const {
    const std::string_view before = text_.substr(0, at_);
    const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
    return {&file_, static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
            code_points(before.substr(start)).size() + 1};
  }

  std::string_view text_;
  const SourceFile& file_;
  std::size_t at_ = 0;
};

/// Texts and keys that could speak to the terminal they are shown in.
void refuse_controls(const Node& node, Findings& findings) {
  if (has_control(node.text)) findings.add(node.at, "a control character in a text; remove it");
  for (const Node& item : node.items) refuse_controls(item, findings);
  for (const Entry& entry : node.entries) {
    if (has_control(entry.key)) findings.add(entry.at, "a control character in a key; remove it");
    refuse_controls(entry.value, findings);
  }
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
  if (const auto spot = KeyLengths{text, file}.longer_than(most_parts)) {
    findings.add(*spot, fmt::format("a key of more than {} parts; no key of a scenario has so many", most_parts));
    return std::nullopt;
  }
  try {
    Node root = converted(toml::parse(text), file);
    refuse_controls(root, findings);
    return root;
  } catch (const toml::parse_error& error) {
    findings.add(spot_of(error.source(), file), fmt::format("not TOML: {}", error.description()));
    return std::nullopt;
  }
}

Node parse_value(const std::string& text, const Spot& at) {
  Node value;
  value.kind = Node::Kind::text;
  value.text = text;
  if (KeyLengths{text, *at.file}.longer_than(most_parts)) return value;
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
