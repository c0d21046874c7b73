#pragma once
// Files that are part of the program, put there by embed.cmake.

#include <span>
#include <string_view>

namespace luohu::report {

struct Asset {
  std::string_view name;  ///< folder and file: "assets/page.css", "PROVINCE/boundaries.geojson"
  std::string_view text;
};

[[nodiscard]] std::span<const Asset> assets();

}  // namespace luohu::report
