#include "luohu/population/population.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <numeric>

#include "luohu/core/hash.hpp"
#include "luohu/population/parallel.hpp"
#include "support/people.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

Person some_person(std::size_t i) {
  std::uint64_t last = 10 * i;
  const auto generator = [&] { return mix(last++); };
  Person person;
  person.id = PersonId{generator()};
  person.home = zone(generator() % 30);
  person.registered = zone(generator() % 30);
  person.traits = Traits{generator() % 2 == 0 ? Sex::female : Sex::male, generator() % frailty_bands};
  person.traits.set(static_cast<Education>(generator() % 3));
  person.born = ShortYear{static_cast<Year>(1930 + generator() % 90)};
  person.arrived = ShortYear{static_cast<Year>(1930 + generator() % 90)};
  person.group_since = ShortYear{static_cast<Year>(1930 + generator() % 90)};
  person.insured_since = generator() % 2 == 0 ? ShortYear::never() : ShortYear{2015};
  return person;
}

Population some_people(std::size_t n) {
  return people_of(n, some_person);
}

}  // namespace

TEST_CASE("traits give back what was put in, whatever else is set", "[population]") {
  for (const Sex sex : {Sex::female, Sex::male}) {
    for (std::size_t frailty = 0; frailty < frailty_bands; ++frailty) {
      for (unsigned e = 0; e < 3; ++e) {
        for (unsigned t = 0; t < 3; ++t) {
          for (const bool owner : {false, true}) {
            Traits traits{sex, frailty};
            // Start from every bit set, so that a setter that only adds bits shows.
            traits.set(static_cast<Education>(3)), traits.set(static_cast<Township>(3)), traits.set_owner(true);
            traits.set_owner(owner);
            traits.set(static_cast<Township>(t));
            traits.set(static_cast<Education>(e));
            CHECK(traits.sex() == sex);
            CHECK(traits.frailty() == frailty);
            CHECK(traits.education() == static_cast<Education>(e));
            CHECK(traits.township() == static_cast<Township>(t));
            CHECK(traits.owner() == owner);
          }
        }
      }
    }
  }
}

TEST_CASE("a short year holds the years 1900 to 2154 in order, and never", "[population]") {
  for (Year year = 1900; year < 2155; ++year) {
    CHECK(ShortYear{year}.year() == year);
    CHECK(ShortYear{year} != ShortYear::never());
    if (year > 1900) CHECK(ShortYear{year - 1} < ShortYear{year});
  }
  CHECK(sizeof(ShortYear) == 1);
}

TEST_CASE("a person put in a row is found there", "[population]") {
  Population people = some_people(100);
  for (std::size_t i = 0; i < 100; ++i) {
    const Person expected = some_person(i), found = people.at(i);
    CHECK(found.id == expected.id);
    CHECK(found.home == expected.home);
    CHECK(found.registered == expected.registered);
    CHECK(found.traits.bits() == expected.traits.bits());
    CHECK(found.born == expected.born);
    CHECK(found.arrived == expected.arrived);
    CHECK(found.group_since == expected.group_since);
    CHECK(found.insured_since == expected.insured_since);
    CHECK(found.mother == expected.mother);
  }
  CHECK(Population::bytes_per_person() == 8 + 2 + 2 + 2 + 4 + 4);
}

TEST_CASE("growing keeps the rows there are", "[population]") {
  Population people = some_people(1000);
  const Population before = copy_of(people);
  people.resize(5000);
  people.resize(1000);
  people.reserve(20'000);
  CHECK(differing_columns(before, people) == "");
}

TEST_CASE("compaction keeps the order and removes exactly the gone", "[population]") {
  const std::size_t rows = GENERATE(0UL, 1UL, 1000UL, chunk_rows, chunk_rows + 1, 3 * chunk_rows + 777);
  const int with_threads = GENERATE(1, 2, 4);
  const int pattern = GENERATE(0, 1, 2, 3, 4);
  set_threads(with_threads);
  Population people = some_people(rows);
  const auto leaves = [&](std::size_t row) {
    switch (pattern) {
      case 0:
        return false;
      case 1:
        return true;
      case 2:
        return row % 3 == 0;
      case 3:
        return row / chunk_rows == 1;  // a whole chunk
      default:
        return row < rows / 2;
    }
  };
  std::vector<std::size_t> stay;
  for (std::size_t row = 0; row < rows; ++row) {
    if (leaves(row))
      people.home[row] = ZoneId{};
    else
      stay.push_back(row);
  }
  const std::uint64_t digest_before = digest(people);
  CHECK(compact(people) == rows - stay.size());
  REQUIRE(people.size() == stay.size());
  const Population expected = people_of(stay.size(), [&](std::size_t i) { return some_person(stay[i]); });
  CHECK(differing_columns(expected, people) == "");
  CHECK(digest(people) == digest_before);  // the gone do not count
  set_threads(available_threads());
}

TEST_CASE("compaction lets links follow the mothers, and cuts those to the gone", "[population]") {
  const std::size_t rows = 3 * chunk_rows + 777;
  for (const int with_threads : {1, 3}) {
    set_threads(with_threads);
    Population people = some_people(rows);
    const auto mother_of = [&](std::size_t row) { return (row * 7919 + 1) % rows; };
    const auto leaves = [](std::size_t row) { return mix(row) % 5 == 0; };
    std::vector<std::size_t> new_row(rows);
    std::size_t next = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      if (row % 3 != 0) people.mother[row] = Slot{static_cast<std::uint32_t>(mother_of(row))};
      new_row[row] = next;
      if (leaves(row)) {
        people.home[row] = ZoneId{};
      } else {
        ++next;
      }
    }
    compact(people);
    REQUIRE(people.size() == next);
    for (std::size_t row = 0; row < rows; ++row) {
      if (leaves(row)) continue;
      const bool linked = row % 3 != 0 && !leaves(mother_of(row));
      const Slot expected = linked ? Slot{static_cast<std::uint32_t>(new_row[mother_of(row)])} : Slot{};
      REQUIRE(people.mother[new_row[row]] == expected);
    }
  }
  set_threads(available_threads());
}

TEST_CASE("the digest depends on neither order nor threads", "[population]") {
  const std::size_t rows = 2 * chunk_rows + 99;
  const Population people = some_people(rows);
  const Population reversed = people_of(rows, [&](std::size_t i) { return some_person(rows - 1 - i); });
  set_threads(1);
  const std::uint64_t one = digest(people);
  CHECK(digest(reversed) == one);
  for (const int n : {2, 3, 4}) {
    set_threads(n);
    CHECK(digest(people) == one);
  }
  set_threads(available_threads());
}

TEST_CASE("the digest sees one bit of any state, and who has what", "[population]") {
  Population people = some_people(500);
  const std::uint64_t before = digest(people);
  Population::for_each_column(people, [&](std::string_view name, auto& column, auto) {
    using Value = typename std::remove_cvref_t<decltype(column)>::Value;
    if (std::is_same_v<Value, Slot>) return;  // where a mother stands is no state of the child
    for (unsigned bit = 0; bit < 8 * sizeof(Value); ++bit) {
      const std::size_t row = bit % 500;
      const Value kept = column[row];
      unsigned char bytes[sizeof(Value)];
      std::memcpy(bytes, &kept, sizeof(Value));
      bytes[bit / 8] = static_cast<unsigned char>(bytes[bit / 8] ^ (1U << (bit % 8)));
      std::memcpy(&column[row], bytes, sizeof(Value));
      INFO(name << " bit " << bit);
      CHECK(digest(people) != before);
      column[row] = kept;
    }
  });
  REQUIRE(digest(people) == before);
  REQUIRE(people.born[0] != people.born[1]);
  std::swap(people.born[0], people.born[1]);
  CHECK(digest(people) != before);
}

TEST_CASE("the chunks cover every row once, for any number of threads", "[population]") {
  for (const std::size_t rows : {0UL, 1UL, chunk_rows - 1, chunk_rows, chunk_rows + 1, 5 * chunk_rows + 3}) {
    for (const int n : {1, 2, 4}) {
      set_threads(n);
      std::vector<int> visits(rows);
      std::vector<std::size_t> seen(chunks_of(rows));
      for_each_chunk(rows, [&](const Chunk& chunk, std::size_t thread) {
        if (thread >= static_cast<std::size_t>(n)) throw std::logic_error{"thread number"};
        ++seen[chunk.index];
        for (std::size_t row = chunk.first; row < chunk.last; ++row) ++visits[row];
      });
      CHECK(visits == std::vector<int>(rows, 1));
      CHECK(seen == std::vector<std::size_t>(chunks_of(rows), 1));
      std::vector<int> tasks(17);
      for_each_task(17, [&](std::size_t task) { ++tasks[task]; });
      CHECK(tasks == std::vector<int>(17, 1));
    }
  }
  set_threads(available_threads());
}

TEST_CASE("an exception of any chunk reaches the caller after all have run", "[population]") {
  for (const int n : {1, 2}) {
    set_threads(n);
    std::vector<int> done(8);
    const auto body = [&](const Chunk& chunk, std::size_t) {
      done[chunk.index] = 1;
      if (chunk.index % 3 == 1) throw std::runtime_error{"chunk"};
    };
    CHECK_THROWS_WITH(for_each_chunk(8 * chunk_rows, body), "chunk");
    CHECK(std::accumulate(done.begin(), done.end(), 0) == 8);
    CHECK_THROWS_WITH(for_each_task(3, [](std::size_t) { throw std::runtime_error{"task"}; }), "task");
  }
  set_threads(available_threads());
}
