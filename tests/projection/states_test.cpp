#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "luohu/projection/states.hpp"
#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("a portion is the weight times the probability, to the nearest unit", "[projection]") {
  constexpr std::uint64_t one = std::uint64_t{1} << 32U;
  CHECK(portion(12345, one) == 12345);
  CHECK(portion(12345, 0) == 0);
  CHECK(portion(0, one / 3) == 0);
  CHECK(portion(3, one / 2) == 2);  // a half goes up
  CHECK(portion(std::int64_t{1} << 62U, one / 4) == std::int64_t{1} << 60U);
  CHECK(portion(units_per_person, 1) == 1);
}

TEST_CASE("a packed state holds everything but the id", "[projection]") {
  const ToyProvince toy = toy_province();
  const Population people = random_people(toy, 5000, 2021, 7);
  for (std::size_t row = 0; row < people.size(); ++row) {
    const Person before = people.at(row);
    const std::uint64_t state = pack(before);
    Person after = unpack(state);
    CHECK(leading_zone(state) == before.home.value());
    CHECK(leading_zone(home_last(state)) == before.registered.value());
    CHECK(home_first(home_last(state)) == state);
    after.id = before.id;
    CHECK(differing_columns(people_like(before, 1), people_like(after, 1)).empty());
  }
  Person last;
  last.home = last.registered = ZoneId{most_zones - 1};
  CHECK(unpack(pack(last)).home == last.home);
  CHECK(unpack(pack(last)).registered == last.registered);
}

TEST_CASE("a table of states adds up what is in the same state", "[projection]") {
  std::mt19937_64 generator{5};
  StateTable table;
  std::map<std::uint64_t, std::int64_t> expected;
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t state = generator() % 3000 * 0x1000'0000'0001ULL;
    const auto weight = static_cast<std::int64_t>(generator() % 5);
    table.add(state, weight);
    if (weight > 0) expected[state] += weight;
  }
  CHECK(table.size() == expected.size());
  const std::vector<Weighted> all = table.take();
  REQUIRE(all.size() == expected.size());
  std::size_t i = 0;
  for (const auto& [state, weight] : expected) {
    CHECK(all[i].state == state);
    CHECK(all[i].weight == weight);
    ++i;
  }
  CHECK(table.empty());
  CHECK(table.take().empty());
}
