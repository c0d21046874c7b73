#pragma once
// The files a scenario is made of, and what the command line changes in them.
//
// `extends` names one parent or a list of them. The layers of a scenario are its parents' layers, in
// the order named, then the scenario itself; a file reached twice counts where it was reached first.
// So every parent stands before its children, measures are those of all layers in that order, and of
// two layers that set the same key or parameter the later one holds.

#include <filesystem>
#include <span>
#include <vector>

#include "luohu/scenario/scenario.hpp"
#include "toml_reader.hpp"

namespace luohu::reading {

struct Layer {
  std::filesystem::path path;
  Node root;
};

struct Layers {
  std::vector<Layer> all;  ///< parents first; the scenario itself last
  bool complete = true;    ///< false if a file could not be read: what seems missing may be in it
  Node overrides;          ///< keys and parameters set on the command line: a layer above the last
};

/// Throws Error{environment} if `path` itself cannot be read; other trouble becomes findings.
[[nodiscard]] Layers read_layers(const std::filesystem::path& path, Findings& findings);

/// Put the command line's values where the files' values stand.
void apply_overrides(Layers& layers, std::span<const Override> overrides, Findings& findings);

}  // namespace luohu::reading
