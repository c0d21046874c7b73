#pragma once
// Populations made by hand.

#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/population/population.hpp"

namespace luohu::testing {

inline ZoneId zone(std::size_t z) {
  return ZoneId{static_cast<ZoneId::Value>(z)};
}
inline PlaceId place(std::size_t q) {
  return PlaceId{static_cast<PlaceId::Value>(q)};
}

/// `n` people with ids 0, 1, 2 …; `make(i)` gives the rest of the i-th.
inline Population people_of(std::size_t n, const std::function<Person(std::size_t)>& make) {
  Population people;
  people.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    Person person = make(i);
    if (!person.id) person.id = PersonId{i};
    people.put(i, person);
  }
  return people;
}

/// `n` people who differ in nothing but their ids.
inline Population people_like(const Person& person, std::size_t n) {
  return people_of(n, [&](std::size_t) { return person; });
}

inline Population copy_of(const Population& people) {
  return people_of(people.size(), [&](std::size_t row) { return people.at(row); });
}

/// Names of the columns in which the two differ, each followed by a space; "size " if they differ in that.
inline std::string differing_columns(const Population& a, const Population& b) {
  if (a.size() != b.size()) return "size ";
  std::vector<const void*> other;
  Population::for_each_column(b, [&](auto, const auto& column, auto) { other.push_back(column.data()); });
  std::string names;
  std::size_t next = 0;
  Population::for_each_column(a, [&](std::string_view name, const auto& column, auto) {
    using Value = typename std::remove_cvref_t<decltype(column)>::Value;
    if (a.size() > 0 && std::memcmp(column.data(), other[next], a.size() * sizeof(Value)) != 0) {
      names.append(name).append(" ");
    }
    ++next;
  });
  return names;
}

}  // namespace luohu::testing
