#pragma once

#include <string>
#include <string_view>

#include "groups.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu::reading {

/// A TOML basic string.
[[nodiscard]] std::string toml_string(std::string_view text);

/// The scenario in one file without `extends`, every parameter written out, its folder of tables
/// relative to where the scenario itself lies. Reading it there gives the same scenario.
[[nodiscard]] std::string scenario_text(const Scenario& scenario, const std::vector<Group>& groups,
                                        const Places& places);

}  // namespace luohu::reading
