#include "layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "fields.hpp"
#include "luohu/core/text.hpp"

namespace luohu::reading {
namespace {

namespace fs = std::filesystem;

/// The empty path, which has no absolute one, is that of a file that cannot be read.
fs::path normal(const fs::path& path) {
  return path.empty() ? path : fs::absolute(path).lexically_normal();
}

class LayerReader {
 public:
  LayerReader(const fs::path& path, Layers& layers, Findings& findings)
      : home_{normal(path).parent_path()}, layers_{layers}, findings_{findings} {}

  /// Returns whether the file could be read.
  bool read(const fs::path& path) {
    const auto bytes = read_file(path);
    if (!bytes) return false;
    chain_.push_back(path);
    const std::string origin = normal(path).lexically_relative(home_).generic_string();
    const SourceFile& file = findings_.open({path.generic_string(), origin, lines_of(*bytes)});
    auto root = parse_toml(*bytes, file, findings_);
    if (root) {
      read_parents(*root, path);
      layers_.all.push_back({path, std::move(*root)});
    }
    layers_.complete = layers_.complete && root.has_value();
    chain_.pop_back();
    return true;
  }

 private:
  void read_parents(const Node& root, const fs::path& child) {
    const Node* extends = root.find("extends");
    if (extends == nullptr) return;
    if (extends->kind != Node::Kind::array) return read_parent(*extends, child);
    for (const Node& parent : extends->items) read_parent(parent, child);
  }

  void read_parent(const Node& name, const fs::path& child) {
    const bool named = is_kind(name, "extends", Node::Kind::text, findings_);
    const fs::path path = (child.parent_path() / name.text).lexically_normal();
    // A scenario from elsewhere shall not show what stands in other files.
    if (named && path.extension() != ".toml") {
      findings_.add(name.at, fmt::format("'extends' is '{}' (must be a .toml file)", name.text));
    }
    if (!named || path.extension() != ".toml") {
      layers_.complete = false;
      return;
    }
    if (is_circular(name, path)) return;
    if (!seen_.insert(normal(path)).second) return;  // a common ancestor counts once
    if (read(path)) return;
    findings_.add(name.at, fmt::format("'extends' names '{}', which cannot be read", path.generic_string()));
    layers_.complete = false;
  }

  bool is_circular(const Node& name, const fs::path& path) {
    const auto first = std::ranges::find(chain_, normal(path), normal);
    if (first == chain_.end()) return false;
    std::string names;
    for (auto file = first; file != chain_.end(); ++file) names += file->filename().string() + " -> ";
    findings_.add(name.at, fmt::format("'extends' is circular: {}{}", names, path.filename().string()));
    layers_.complete = false;
    return true;
  }

  fs::path home_;
  Layers& layers_;
  Findings& findings_;
  std::vector<fs::path> chain_;
  std::set<fs::path> seen_;
};

}  // namespace

Layers read_layers(const fs::path& path, Findings& findings) {
  Layers layers;
  layers.overrides.kind = Node::Kind::table;
  if (!LayerReader{path, layers, findings}.read(path)) {
    throw Error{ExitCode::environment,
                fmt::format("{}: cannot read the scenario ({})", path.generic_string(), why_unreadable(path))};
  }
  return layers;
}

}  // namespace luohu::reading
