#pragma once

#include <string_view>

namespace luohu {

/// As in CMakeLists.txt; tests/core/text_test.cpp holds the two together.
inline constexpr std::string_view version = "0.1.0";

}  // namespace luohu
