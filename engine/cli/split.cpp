#include "split.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "luohu/core/error.hpp"

namespace luohu {

std::vector<std::string> axes_of(const std::vector<std::string>& given) {
  std::vector<std::string> axes;
  for (const std::string& words : given) {
    std::string_view rest = words;
    for (;;) {
      const std::size_t comma = rest.find(',');
      const std::string_view word = rest.substr(0, comma);
      const std::string axis{word == "age" ? "age_group" : word == "item" ? "cost_item" : word};
      if (std::ranges::find(axes, axis) != axes.end()) {
        throw Error{ExitCode::usage, fmt::format("--by names '{}' twice", word)};
      }
      if (axis != "province") axes.push_back(axis);
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return axes;
}

}  // namespace luohu
