#include "luohu/schedule/model.hpp"

namespace luohu {

std::vector<std::uint16_t> number_groups(const Places& places, std::span<const RecognitionGroup> groups) {
  std::vector<std::uint16_t> number(places.size());
  for (std::size_t q = 0; q < places.size(); ++q) number[q] = static_cast<std::uint16_t>(groups.size() + q);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const PlaceId member : groups[g].members) number[member.value()] = static_cast<std::uint16_t>(g);
  }
  return number;
}

}  // namespace luohu
