#include "luohu/tabulate/layout.hpp"

#include <algorithm>

#include "luohu/core/error.hpp"

namespace luohu {

const Axis& Layout::axis(std::string_view name) const {
  const auto found = std::ranges::find(axes, name, &Axis::name);
  if (found == axes.end()) throw InternalError{std::string{"the layout has no axis "}.append(name)};
  return *found;
}

std::size_t Layout::size(const Variable& variable) const {
  std::size_t size = 1;
  for (const std::string& name : variable.axes) size *= axis(name).size();
  return size;
}

}  // namespace luohu
