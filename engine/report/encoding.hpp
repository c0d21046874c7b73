#pragma once
// How numbers and texts stand in the page.

#include <string>
#include <string_view>
#include <vector>

namespace luohu::report {

/// float32, little-endian, in base64 (RFC 4648): seven digits of each number in 5.3 characters. NaN: no value.
[[nodiscard]] std::string packed(const std::vector<double>& values);

/// JSON with the characters that mean something to HTML or end a line of JavaScript written as \uXXXX. In JSON they
/// stand in texts alone, so it stays the same JSON.
[[nodiscard]] std::string script_safe(std::string_view json);

}  // namespace luohu::report
