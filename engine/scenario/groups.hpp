#pragma once
// Named groups of prefectures, and the places that a measure names.

#include <string>
#include <vector>

#include "luohu/places/places.hpp"
#include "luohu/policy/measures.hpp"
#include "toml_reader.hpp"

namespace luohu::reading {

/// `[groups.ID]`: wherever a place is asked for, `ID` or a title stands for the members.
struct Group {
  std::string id;
  Text title;
  std::vector<PlaceId> members;
  bool recognises_credit = false;  ///< whether its members may count each other's years
  Spot at;
};

/// Finds prefectures by what a scenario calls them.
class PlaceFinder {
 public:
  PlaceFinder(const Places& places, Findings& findings) : places_{places}, findings_{findings} {}

  /// Read one layer's `groups` table.
  void add_groups(const Node& groups);
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }

  /// Name, code, group, list, "all" or { all_except = … }; in the order of places, each once.
  [[nodiscard]] std::vector<PlaceId> read(const Node& node) const;

 private:
  using Chosen = std::vector<bool>;  // by prefecture
  void add_group(const std::string& id, const Node& node, const Spot& at);
  void choose(const Node& node, Chosen& chosen) const;
  void choose_named(const Node& name, Chosen& chosen) const;
  void unknown(const Node& name) const;
  [[nodiscard]] const Group* find_group(std::string_view name) const;

  const Places& places_;
  Findings& findings_;
  std::vector<Group> groups_;
};

}  // namespace luohu::reading
