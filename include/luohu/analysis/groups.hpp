#pragma once
// Groups of prefectures, by which indicators are split like by a single one.

#include <string>
#include <vector>

#include "luohu/tabulate/layout.hpp"

namespace luohu {

/// Members may be in several groups.
struct PlaceGroup {
  std::string id;
  std::string title_zh, title_en;    ///< empty: the id
  std::vector<std::string> members;  ///< codes, or names in either language

  friend bool operator==(const PlaceGroup&, const PlaceGroup&) = default;
};

/// The same groups with members as codes. Throws Error{usage} for a member that is none of `places`.
[[nodiscard]] std::vector<PlaceGroup> with_codes(const std::vector<PlaceGroup>& groups, const Axis& places);

}  // namespace luohu
