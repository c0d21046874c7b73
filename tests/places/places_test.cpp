#include "luohu/places/places.hpp"

#include <catch2/catch.hpp>

#include "luohu/core/error.hpp"

using namespace luohu;

namespace {

Place place(std::int32_t code, std::string id, bool external) {
  return {.code = code, .id = id, .name_zh = id + "市", .name_en = id + " city", .external = external};
}

Places two_and_one() {
  return Places{{place(1, "a", false), place(2, "b", false), place(9, "x", true)}};
}

}  // namespace

TEST_CASE("a prefecture has two zones and an external place one", "[places]") {
  const Places places = two_and_one();
  CHECK(places.size() == 3);
  CHECK(places.prefectures() == 2);
  CHECK(places.externals() == 1);
  CHECK(places.zones() == 5);
  CHECK(places.internal_zones() == 4);
}

TEST_CASE("zones and places lead back to each other", "[places]") {
  const Places places = two_and_one();
  for (std::size_t z = 0; z < places.zones(); ++z) {
    const ZoneId zone{static_cast<ZoneId::Value>(z)};
    CHECK(places.zone(places.place_of(zone), places.kind_of(zone)) == zone);
  }
  CHECK(places.zone(PlaceId{1}, ZoneKind::urban) == ZoneId{2});
  CHECK(places.zone(PlaceId{1}, ZoneKind::rural) == ZoneId{3});
  CHECK(places.zone(PlaceId{2}, ZoneKind::urban) == ZoneId{4});
  CHECK_FALSE(places.internal(ZoneId{4}));
  CHECK_FALSE(places.internal(PlaceId{2}));
}

TEST_CASE("an external place has no countryside", "[places]") {
  CHECK_THROWS_AS(two_and_one().zone(PlaceId{2}, ZoneKind::rural), InternalError);
  CHECK_THROWS_AS(two_and_one().zone(PlaceId{3}, ZoneKind::urban), InternalError);
}

TEST_CASE("a place is found by either name, id or code", "[places]") {
  const Places places = two_and_one();
  for (const auto* name : {"b", "b市", "b city", "2"}) CHECK(places.find(name) == PlaceId{1});
  CHECK_FALSE(places.find("c"));
  CHECK_FALSE(places.find(""));
}

TEST_CASE("a prefecture below an external place breaks the contract", "[places]") {
  CHECK_THROWS_AS((Places{{place(9, "x", true), place(1, "a", false)}}), InternalError);
}
