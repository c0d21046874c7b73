#pragma once
// A province small enough to reason about: three prefectures, two external nodes, all tables in memory.
//
// Zones: 0 A town, 1 A country, 2 B town, 3 B country, 4 C town, 5 C country, 6 south, 7 east.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "luohu/places/tables.hpp"
#include "luohu/policy/settings.hpp"
#include "luohu/random/draw.hpp"
#include "luohu/rates/parameters.hpp"
#include "support/people.hpp"

namespace luohu::testing {

struct ToyProvince {
  Places places;
  CensusTables census;
  VitalTables vital;
  EconomyTables economy;
  BoundaryTables boundary;
  CapacityTables capacity;
  Settings settings;
  Parameters parameters;
  std::vector<std::uint16_t> group_of;  ///< A and B recognise each other
  Year base_year = 2020;
};

inline Places toy_places() {
  return Places{{{430100, "a", "甲", "A", false, 112.0, 28.0, 2'000'000},
                 {430200, "b", "乙", "B", false, 113.0, 27.0, 600'000},
                 {430300, "c", "丙", "C", false, 111.0, 27.5, 300'000},
                 {440001, "south", "南", "South", true, 113.5, 23.0, 0},
                 {310001, "east", "东", "East", true, 121.0, 31.0, 0}}};
}

/// Census tables that agree with each other, of about `persons` residents.
inline CensusTables toy_census(std::int64_t persons) {
  constexpr std::size_t prefectures = 3, places = 5;
  CensusTables census;
  const std::vector<double> size{0.45, 0.35, 0.20}, town{0.7, 0.5, 0.4};
  const std::vector<double> classes{0.62, 0.12, 0.10, 0.12, 0.04};
  census.residents = Grid<std::int64_t, 3>{{prefectures, sexes, census_age_groups}};
  census.zone_totals = Grid<std::int64_t, 2>{{prefectures, zone_kinds}};
  census.class_totals = Grid<std::int64_t, 2>{{prefectures, resident_classes}};
  census.education = Grid<std::int64_t, 3>{{prefectures, sexes, education_levels}};
  census.elsewhere = Grid<std::int64_t, 2>{{places, places}};
  census.registered.assign(prefectures, 0);
  census.registered_urban = {0.55, 0.40, 0.30};
  census.owner_share = {0.2, 0.3, 0.4};
  for (std::size_t p = 0; p < prefectures; ++p) {
    std::int64_t total = 0, from_six = 0;
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) {
        const double width = std::min(census_age_starts[g + 1], 90) - census_age_starts[g];
        const double level = width * (g < 12 ? 1.0 : std::exp(-0.35 * static_cast<double>(g - 11))) / 76;
        const auto people = static_cast<std::int64_t>(static_cast<double>(persons) * size[p] * level / 2 + 3);
        census.residents(p, s, g) = people;
        total += people;
        if (g >= 2) from_six += people;
      }
    }
    const auto split = [&](const std::vector<double>& shares, auto&& put) {
      std::int64_t rest = total;
      for (std::size_t i = shares.size(); i-- > 1;) {
        const auto part = static_cast<std::int64_t>(shares[i] * static_cast<double>(total));
        put(i, part);
        rest -= part;
      }
      put(0, rest);
    };
    split({town[p], 1 - town[p]}, [&](std::size_t z, std::int64_t n) { census.zone_totals(p, z) = n; });
    split(classes, [&](std::size_t c, std::int64_t n) { census.class_totals(p, c) = n; });
    for (std::size_t s = 0; s < sexes; ++s) {
      census.education(p, s, 0U) = from_six / 2 * 60 / 100;
      census.education(p, s, 1U) = from_six / 2 * 25 / 100;
      census.education(p, s, 2U) = from_six / 2 * 15 / 100;
    }
    // Half from each of the other prefectures, two thirds from the south.
    const std::int64_t within = census.class_totals(p, 3U), outside = census.class_totals(p, 4U);
    census.elsewhere((p + 1) % 3, p) = within / 2;
    census.elsewhere((p + 2) % 3, p) = within - within / 2;
    census.elsewhere(3U, p) = outside * 2 / 3;
    census.elsewhere(4U, p) = outside - outside * 2 / 3;
    census.elsewhere(p, 3U) = total / 8;
    census.elsewhere(p, 4U) = total / 25;
  }
  for (std::size_t h = 0; h < prefectures; ++h) {
    for (std::size_t c = 0; c < 3; ++c) census.registered[h] += census.class_totals(h, c);
    for (std::size_t d = 0; d < places; ++d) census.registered[h] += census.elsewhere(h, d);
  }
  census.education_seed = Grid<double, 2>{{census_age_groups, education_levels}};
  census.profile_seed = Grid<double, 4>{{migrant_classes, sexes, census_age_groups, zone_kinds}};
  for (std::size_t g = 0; g < census_age_groups; ++g) {
    const int age = census_age_starts[g];
    census.education_seed(g, 1U) = age < 15 ? 0.0 : (age < 20 ? 0.6 : 0.25);
    census.education_seed(g, 2U) = age < 15 ? 0.0 : (age < 20 ? 0.1 : 0.6 * std::exp(-0.03 * (age - 20)));
    census.education_seed(g, 0U) = 1 - census.education_seed(g, 1U) - census.education_seed(g, 2U);
    for (std::size_t c = 0; c < migrant_classes; ++c) {
      for (std::size_t s = 0; s < sexes; ++s) {
        const double young = age >= 15 && age < 45 ? 2.0 : 0.7;
        census.profile_seed(c, s, g, 0U) = c == 0 ? 1.0 : young;
        census.profile_seed(c, s, g, 1U) = c == 0 ? 1.2 : 0.1 * young;
      }
    }
  }
  return census;
}

inline VitalTables toy_vital() {
  VitalTables vital;
  vital.mortality = Grid<double, 2>{{sexes, single_ages}};
  vital.fertility.assign(single_ages, 0.0);
  for (std::size_t age = 0; age < single_ages; ++age) {
    for (std::size_t s = 0; s < sexes; ++s) {
      vital.mortality(s, age) =
          (age == 0 ? 0.005 : 0.0) + (s == 1 ? 1.3 : 1.0) * 3e-5 * std::exp(0.09 * static_cast<double>(age));
    }
    if (age >= 15 && age < 50)
      vital.fertility[age] = 0.11 * std::exp(-std::pow((static_cast<double>(age) - 28) / 6, 2));
  }
  vital.mortality_factor = {0.9, 1.0, 1.2};
  vital.fertility_factor = {0.8, 1.0, 1.3};
  vital.path_start = 1990;
  vital.mortality_path.assign(120, 1.0);
  vital.fertility_path.assign(120, 1.0);
  return vital;
}

inline EconomyTables toy_economy() {
  EconomyTables economy;
  economy.income_index = {1.2, 0.5, 1.0, 0.45, 0.8, 0.35, 2.0, 1.8};
  economy.rent_index = {1.3, 0.4, 0.9, 0.35, 0.8, 0.3, 2.5, 2.2};
  economy.amenity = Grid<double, 2>{{8, 2}};
  for (std::size_t z = 0; z < 8; ++z) {
    economy.amenity(z, 0U) = z == 0 ? 0.8 : 0.1 * static_cast<double>(z);
    economy.amenity(z, 1U) = 0.05 * static_cast<double>(z);
  }
  const double minutes[5][5] = {{45, 60, 90, 320, 420},
                                {60, 50, 110, 280, 400},
                                {90, 110, 40, 380, 460},
                                {320, 280, 380, 60, 600},
                                {420, 400, 460, 600, 60}};
  economy.travel_minutes = Grid<double, 2>{{5, 5}};
  for (std::size_t p = 0; p < 5; ++p) {
    for (std::size_t q = 0; q < 5; ++q) economy.travel_minutes(p, q) = minutes[p][q];
  }
  return economy;
}

inline Settings toy_settings() {
  Settings settings(3);
  for (std::size_t p = 0; p < 3; ++p) {
    PlaceSettings& s = settings[p];
    s.residence_years = p == 0 ? 3 : 1;
    s.insurance_years = p == 0 ? 3 : 1;
    s.minimum_education = p == 0 ? 2 : 1;
    s.home_route = 1;
    s.wedge = p == 0 ? 0.20 : 0.12;
    s.coverage_school = 0.8;
    s.coverage_preschool = 0.7;
    s.coverage_health = 0.75;
    s.coverage_pension = 0.65;
    s.coverage_housing = 0.3;
  }
  return settings;
}

/// `persons`: residents; a quarter as many again live outside the province.
inline ToyProvince toy_province(std::int64_t persons = 100'000) {
  ToyProvince toy;
  toy.places = toy_places();
  toy.census = toy_census(persons);
  toy.vital = toy_vital();
  toy.economy = toy_economy();
  toy.boundary.inflow = Grid<double, 2>{{2, 3}};
  for (std::size_t e = 0; e < 2; ++e) {
    for (std::size_t p = 0; p < 3; ++p) {
      toy.boundary.inflow(e, p) =
          static_cast<double>(persons) * 1e-3 * static_cast<double>(3 - p) / static_cast<double>(e + 1);
    }
  }
  toy.capacity = {{90, 110, 130}, {40, 42, 45}, {9000, 5000, 3000}};
  toy.boundary.reclassification = {0.02, 0.01, 0.005};
  toy.settings = toy_settings();
  toy.group_of = {0, 0, 3, 4, 5};
  return toy;
}

/// Any people the model can hold in the year before `year`: every zone, registration, age and trait.
inline Population random_people(const ToyProvince& toy, std::size_t n, Year year, std::uint64_t seed) {
  std::mt19937_64 generator{seed};
  const auto below = [&](std::uint64_t limit) { return static_cast<std::size_t>(generator() % limit); };
  return people_of(n, [&](std::size_t) {
    Person person;
    person.id = PersonId{generator()};
    person.traits = Traits{below(2) == 0 ? Sex::female : Sex::male, below(frailty_bands)};
    const std::size_t home = below(toy.places.zones());
    // Those who live outside the province are registered in it.
    const std::size_t registered = below(3) == 0 && home < 6 ? home : below(home < 6 ? toy.places.zones() : 6);
    const int age = static_cast<int>(below(single_ages));
    const auto since = [&] {
      return ShortYear{year - 1 -
                       static_cast<Year>(below(std::min<std::uint64_t>(static_cast<std::uint64_t>(age), 20) + 1))};
    };
    person.home = zone(home);
    person.registered = zone(registered);
    person.traits.set(static_cast<Education>(below(3)));
    person.traits.set(static_cast<Township>(below(3)));
    person.traits.set_owner(below(4) == 0);
    person.born = ShortYear{year - 1 - age};
    person.arrived = since();
    person.group_since = std::min(person.arrived, since());
    if (below(2) == 0) person.insured_since = since();
    return person;
  });
}

}  // namespace luohu::testing
