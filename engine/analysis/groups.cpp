#include "luohu/analysis/groups.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

std::string code_of(const PlaceGroup& group, const std::string& member, const Axis& places) {
  std::vector<std::string_view> names;
  for (std::size_t row = 0; row < places.size(); ++row) {
    const std::string code = std::to_string(places.codes[row]);
    if (member == code) return code;
    for (const auto* labels : {&places.labels_zh, &places.labels_en}) {
      if (labels->empty()) continue;
      if ((*labels)[row] == member) return code;
      names.push_back((*labels)[row]);
    }
  }
  throw Error{ExitCode::usage, fmt::format("group '{}': no prefecture of the results is called '{}'{}", group.id,
                                           member, suggestion(member, names))};
}

}  // namespace

std::vector<PlaceGroup> with_codes(const std::vector<PlaceGroup>& groups, const Axis& places) {
  std::vector<PlaceGroup> resolved = groups;
  for (PlaceGroup& group : resolved) {
    for (std::string& member : group.members) member = code_of(group, member, places);
  }
  return resolved;
}

}  // namespace luohu
