// `--set KEY=VALUE`: the same keys and checks as in a file, with the command line as their place.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "layers.hpp"
#include "luohu/core/text.hpp"

namespace luohu::reading {
namespace {

constexpr std::string_view in_parameters = "parameters.";
constexpr std::array<std::string_view, 3> amounts{"value", "add", "multiply"};
constexpr std::array<std::string_view, 7> measure_keys{"value", "add", "multiply", "start", "ramp", "lag", "enabled"};

Node text_node(std::string text, const Spot& at) {
  Node node;
  node.kind = Node::Kind::text;
  node.text = std::move(text);
  node.at = at;
  return node;
}

Node source_node(std::string note, const Spot& at) {
  Node source;
  source.kind = Node::Kind::table;
  source.at = at;
  source.set("tag", text_node("assumption", at));
  source.set("note", text_node(std::move(note), at));
  return source;
}

class Overrides {
 public:
  Overrides(Layers& layers, Findings& findings) : layers_{layers}, findings_{findings} {}

  void apply(const Override& set) {
    SourceFile file{
        .name = fmt::format("--set {}={}", set.key, set.value), .origin = "command line", .command_line = true};
    const Spot at{&findings_.open(std::move(file))};
    const Node value = parse_value(set.value, at);
    const std::string_view key = set.key;
    if (key == "last_year") {
      layers_.overrides.set(key, value);
    } else if (key.starts_with("measure.")) {
      set_measure(key.substr(8), value);
    } else if (key.starts_with("feedbacks.")) {
      table("feedbacks", at).set(key.substr(10), value);
    } else if (key.starts_with(in_parameters)) {
      set_parameter(key.substr(in_parameters.size()), value);
    } else if (find_parameter(key) != nullptr) {
      set_parameter(key, value);
    } else {
      unknown_key(key, at);
    }
  }

 private:
  void unknown_key(std::string_view key, const Spot& at) {
    std::vector<std::string_view> known{"last_year", "feedbacks.NAME", "measure.ID.value", "parameters.NAME"};
    std::ranges::copy(parameter_names(), std::back_inserter(known));
    const auto meant = nearest(key, known);
    findings_.add(at, fmt::format("unknown key '{}'{}", key,
                                  meant ? fmt::format("; did you mean '{}'?", *meant)
                                        : "; one of: last_year, feedbacks.NAME, measure.ID.KEY, parameters.NAME"));
  }

  /// The overrides' table of this name, made if it is not there yet.
  Node& table(std::string_view name, const Spot& at) {
    if (Node* known = layers_.overrides.find(name)) return *known;
    Node made;
    made.kind = Node::Kind::table;
    made.at = at;
    return layers_.overrides.set(name, std::move(made));
  }

  void set_parameter(std::string_view name, const Node& value) {
    const Spot at = value.at;
    Node entry;
    entry.kind = Node::Kind::table;
    entry.at = at;
    entry.set("value", value);
    entry.set("source", source_node("set on the command line", at));
    table("parameters", at).set(name, std::move(entry));
  }

  void set_measure(std::string_view key, const Node& value) {
    const std::size_t dot = key.rfind('.');
    const std::string_view id = key.substr(0, dot);
    const std::string_view name = dot == std::string_view::npos ? "" : key.substr(dot + 1);
    if (std::ranges::find(measure_keys, name) == measure_keys.end()) {
      findings_.add(value.at, fmt::format("a measure has no key '{}' to set{}", name, suggestion(name, measure_keys)));
      return;
    }
    Node* measure = find_measure(id, value.at);
    if (measure == nullptr) return;
    if (std::ranges::find(amounts, name) != amounts.end()) {
      if (measure->find(name) == nullptr) {
        findings_.add(value.at, fmt::format("measure '{}' has no '{}' to set", id, name));
        return;
      }
      measure->set("source",
                   source_node(fmt::format("set on the command line, replacing: {}", note_of(*measure)), value.at));
    }
    measure->set(name, value);
  }

  static std::string note_of(const Node& measure) {
    const Node* source = measure.find("source");
    const Node* note = source == nullptr ? nullptr : source->find("note");
    return note == nullptr ? "" : note->text;
  }

  Node* find_measure(std::string_view id, const Spot& at) {
    std::vector<std::string_view> ids;
    for (Layer& layer : layers_.all) {
      Node* measures = layer.root.find("measure");
      if (measures == nullptr) continue;
      for (Node& measure : measures->items) {
        const Node* name = measure.find("id");
        if (name == nullptr) continue;
        if (name->text == id) return &measure;
        ids.push_back(name->text);
      }
    }
    findings_.add(at, fmt::format("no measure '{}'{}", id, suggestion(id, ids)));
    return nullptr;
  }

  Layers& layers_;
  Findings& findings_;
};

}  // namespace

void apply_overrides(Layers& layers, std::span<const Override> overrides, Findings& findings) {
  Overrides target{layers, findings};
  for (const Override& set : overrides) target.apply(set);
}

}  // namespace luohu::reading

namespace luohu {

const ParameterInfo* parameter_set_by(std::string_view key) {
  if (key.starts_with(reading::in_parameters)) key.remove_prefix(reading::in_parameters.size());
  return find_parameter(key);
}

}  // namespace luohu
