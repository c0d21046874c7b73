#pragma once
// The groups of prefectures that a resolved scenario defines.

#include <string>
#include <vector>

#include "luohu/policy/measures.hpp"

namespace luohu {

struct NamedGroup {
  std::string id;
  Text title;
  std::vector<std::string> members;  ///< as the scenario names them
};

/// `[groups]` of a scenario's text as results files keep it; none if the text is of another form.
[[nodiscard]] std::vector<NamedGroup> named_groups(const std::string& scenario_text);

}  // namespace luohu
