#pragma once
// Where people live and are registered: prefectures, their urban and rural zones, external nodes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/core/id.hpp"

namespace luohu {

enum class ZoneKind : std::uint8_t { urban, rural };
inline constexpr std::size_t zone_kinds = 2;

/// A prefecture of the province, or an external node that keeps its people as agents.
struct Place {
  std::int32_t code = 0;  ///< GB/T 2260 (external nodes: documented codes of our own)
  std::string id;         ///< ASCII slug
  std::string name_zh;
  std::string name_en;
  bool external = false;
  double longitude = 0;    ///< degree
  double latitude = 0;     ///< degree
  double city_proper = 0;  ///< person; 0 for external nodes
};

/// How a zone of registration lies to the zone of residence.
enum class Tie : std::uint8_t { same_zone, same_place, other_place, other_province };

/// All places, prefectures first. Zones: prefecture p has 2p (urban) and 2p + 1 (rural); then one
/// (urban) zone per external node.
class Places {
 public:
  Places() = default;
  /// Requires: every prefecture before every external node.
  explicit Places(std::vector<Place> rows);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::size_t prefectures() const { return prefectures_; }
  [[nodiscard]] std::size_t externals() const { return rows_.size() - prefectures_; }
  [[nodiscard]] std::size_t zones() const { return prefectures_ + rows_.size(); }
  [[nodiscard]] std::size_t internal_zones() const { return 2 * prefectures_; }

  [[nodiscard]] const Place& operator[](PlaceId place) const { return rows_[place.value()]; }
  [[nodiscard]] const std::vector<Place>& rows() const { return rows_; }

  [[nodiscard]] ZoneId zone(PlaceId place, ZoneKind kind) const;
  [[nodiscard]] PlaceId place_of(ZoneId zone) const { return place_of_[zone.value()]; }
  [[nodiscard]] ZoneKind kind_of(ZoneId zone) const {
    const std::size_t z = zone.value();
    return z < internal_zones() && z % 2 == 1 ? ZoneKind::rural : ZoneKind::urban;
  }
  /// Registration in `registered` as seen from a home in `home`. `other_province`: registered at an
  /// external node other than home; people of the province living at a node have `other_place`.
  [[nodiscard]] Tie tie(ZoneId home, ZoneId registered) const {
    return tie_[home.value() * zones() + registered.value()];
  }
  [[nodiscard]] bool internal(ZoneId zone) const { return zone.value() < internal_zones(); }
  [[nodiscard]] bool internal(PlaceId place) const { return place.value() < prefectures_; }

  /// A town, or the countryside, of the province; an external node is neither.
  [[nodiscard]] bool town(ZoneId zone) const { return internal(zone) && kind_of(zone) == ZoneKind::urban; }
  [[nodiscard]] bool countryside(ZoneId zone) const { return internal(zone) && kind_of(zone) == ZoneKind::rural; }

  /// The place with this Chinese name, English name, id or decimal code.
  [[nodiscard]] std::optional<PlaceId> find(std::string_view name) const;

 private:
  std::vector<Place> rows_;
  std::size_t prefectures_ = 0;
  // Looked up for everyone every year, so tables and no arithmetic.
  std::vector<PlaceId> place_of_;  ///< [zone]
  std::vector<Tie> tie_;           ///< [home][registered]
};

/// Registration class of a resident of `home`.
[[nodiscard]] inline Registration registration_of(const Places& places, ZoneId home, ZoneId registered,
                                                  Township township) {
  switch (places.tie(home, registered)) {
    case Tie::same_zone:
    case Tie::same_place:
      return township == Township::registered ? Registration::local : Registration::same_prefecture;
    case Tie::other_place:
      return Registration::other_prefecture;
    case Tie::other_province:
      break;
  }
  return Registration::other_province;
}

}  // namespace luohu
