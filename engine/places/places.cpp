#include "luohu/places/places.hpp"

#include <algorithm>
#include <utility>

#include "luohu/core/error.hpp"

namespace luohu {

Places::Places(std::vector<Place> rows) : rows_{std::move(rows)} {
  const auto first_external = std::ranges::find(rows_, true, &Place::external);
  LUOHU_EXPECT(std::all_of(first_external, rows_.end(), [](const Place& place) { return place.external; }));
  prefectures_ = static_cast<std::size_t>(first_external - rows_.begin());
  for (std::size_t z = 0; z < zones(); ++z) {
    place_of_.emplace_back(static_cast<PlaceId::Value>(z < internal_zones() ? z / 2 : z - prefectures_));
  }
  for (std::size_t home = 0; home < zones(); ++home) {
    for (std::size_t registered = 0; registered < zones(); ++registered) {
      if (home == registered) {
        tie_.push_back(Tie::same_zone);
      } else if (place_of_[home] == place_of_[registered]) {
        tie_.push_back(Tie::same_place);
      } else {
        tie_.push_back(internal(place_of_[registered]) ? Tie::other_place : Tie::other_province);
      }
    }
  }
}

ZoneId Places::zone(PlaceId place, ZoneKind kind) const {
  const std::size_t q = place.value();
  LUOHU_EXPECT(q < size());
  LUOHU_EXPECT(internal(place) || kind == ZoneKind::urban);  // an external node has no countryside
  const std::size_t z = q < prefectures_ ? 2 * q + (kind == ZoneKind::rural ? 1 : 0) : prefectures_ + q;
  return ZoneId{static_cast<ZoneId::Value>(z)};
}

std::optional<PlaceId> Places::find(std::string_view name) const {
  for (std::size_t q = 0; q < size(); ++q) {
    const Place& place = rows_[q];
    if (name == place.name_zh || name == place.name_en || name == place.id || name == std::to_string(place.code)) {
      return PlaceId{static_cast<PlaceId::Value>(q)};
    }
  }
  return std::nullopt;
}

}  // namespace luohu
