#pragma once
// The option --by, in which commands that show indicators are told how to split them.

#include <string>
#include <vector>

namespace luohu {

/// What each value of --by names, with the axes as results files call them; "province" is no split. Throws Error{usage}
/// for an axis named twice.
[[nodiscard]] std::vector<std::string> axes_of(const std::vector<std::string>& given);

}  // namespace luohu
