#pragma once
// The options --by and --group, in which commands that show indicators are told how to split them.

#include <filesystem>
#include <string>
#include <vector>

#include "luohu/analysis/groups.hpp"
#include "luohu/cli/options.hpp"

namespace luohu {

/// What each value of --by names, with the axes as results files call them; "province" is no split. Throws Error{usage}
/// for an axis named twice.
[[nodiscard]] std::vector<std::string> axes_of(const std::vector<std::string>& given);

/// Groups of the baseline in `file`, if `by` asks for groups, and those of --group NAME=PLACE,PLACE, which replace
/// groups of the same name. Throws Error{usage} for a --group without --by group or not of that form.
[[nodiscard]] std::vector<PlaceGroup> groups_of(const ParsedOptions& parsed, const std::vector<std::string>& by,
                                                const std::filesystem::path& file);

}  // namespace luohu
