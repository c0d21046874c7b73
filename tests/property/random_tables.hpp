#pragma once
// The tables of a random small province: any that the reader accepts and a census could have counted.

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "dice.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu::testing {

/// 2–6 prefectures and 1–3 external nodes, some of the cities below the State Council's 500,000.
inline Places random_places(Dice& dice) {
  constexpr std::array<const char*, 9> zh{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"};
  const std::size_t prefectures = 2 + dice.below(5), externals = 1 + dice.below(3), shift = dice.below(11);
  std::vector<Place> rows;
  for (std::size_t q = 0; q < prefectures + externals; ++q) {
    Place place;
    // Distinct, and in no order.
    place.code = static_cast<std::int32_t>(10'000 * (1 + (7 * q + shift) % 11) + dice.below(10'000));
    place.id = (q < prefectures ? "p" : "x") + std::to_string(q);
    place.name_zh = zh.at(q);
    place.name_en = (q < prefectures ? "P" : "X") + std::to_string(q);
    place.external = q >= prefectures;
    place.longitude = 100 + static_cast<double>(q);
    place.latitude = 25;
    place.city_proper = place.external ? 0 : dice.whole(0, 1'000'000);
    rows.push_back(std::move(place));
  }
  return Places{std::move(rows)};
}

inline std::int64_t share_of(std::int64_t persons, double share) {
  return std::llround(static_cast<double>(persons) * share);
}

/// Residents by sex and age and, of each sex, their schooling: nobody under 15 is beyond basic.
inline void draw_residents(Dice& dice, std::size_t p, double persons, CensusTables& census) {
  for (std::size_t s = 0; s < sexes; ++s) {
    std::int64_t children = 0, adults = 0;
    for (std::size_t g = 0; g < census_age_groups; ++g) {
      const double width = std::min(census_age_starts[g + 1], 90) - census_age_starts[g];
      const double old = g < 12 ? 1 : std::exp(-0.4 * static_cast<double>(g - 11));
      const auto people = std::llround(persons / 2 * width / 75 * old * dice.between(0.3, 1.7));
      const bool adult = census_age_starts[g] >= 15;
      census.residents(p, s, g) = dice.chance(0.03) ? 0 : people + (adult ? 1 : 0);
      if (census_age_starts[g] == 5) children += share_of(census.residents(p, s, g), 0.8);
      if (census_age_starts[g] == 10) children += census.residents(p, s, g);
      if (adult) adults += census.residents(p, s, g);
    }
    census.education(p, s, 1U) = share_of(adults, dice.between(0.05, 0.5));
    census.education(p, s, 2U) = share_of(adults, dice.between(0.02, 0.4));
    census.education(p, s, 0U) = children + adults - census.education(p, s, 1U) - census.education(p, s, 2U);
  }
}

inline std::int64_t residents_of(const CensusTables& census, std::size_t p) {
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = 0; g < census_age_groups; ++g) sum += census.residents(p, s, g);
  }
  return sum;
}

/// What follows from the rest: residents by class, and the registered wherever they live.
inline void complete_census(const Places& places, CensusTables& census) {
  const std::size_t n = places.prefectures();
  census.registered.assign(n, 0);
  for (std::size_t p = 0; p < n; ++p) {
    std::int64_t others = 0;
    census.class_totals(p, 3U) = census.class_totals(p, 4U) = 0;
    for (std::size_t h = 0; h < places.size(); ++h) census.class_totals(p, h < n ? 3U : 4U) += census.elsewhere(h, p);
    for (std::size_t c = 1; c < resident_classes; ++c) others += census.class_totals(p, c);
    census.class_totals(p, 0U) = residents_of(census, p) - others;
    for (std::size_t c = 0; c < 3; ++c) census.registered[p] += census.class_totals(p, c);
    for (std::size_t d = 0; d < places.size(); ++d) census.registered[p] += census.elsewhere(p, d);
  }
}

inline CensusTables random_census(Dice& dice, const Places& places) {
  const std::size_t n = places.prefectures();
  CensusTables census;
  census.residents = Grid<std::int64_t, 3>{{n, sexes, census_age_groups}};
  census.zone_totals = Grid<std::int64_t, 2>{{n, zone_kinds}};
  census.class_totals = Grid<std::int64_t, 2>{{n, resident_classes}};
  census.education = Grid<std::int64_t, 3>{{n, sexes, education_levels}};
  census.education_seed = Grid<double, 2>{{census_age_groups, education_levels}};
  census.elsewhere = Grid<std::int64_t, 2>{{places.size(), places.size()}};
  census.profile_seed = Grid<double, 4>{{migrant_classes, sexes, census_age_groups, zone_kinds}};
  // A few thousand to 20,000; some with enough people for several chunks.
  const double persons = dice.chance(0.1) ? 45'000 : dice.magnitude(2'000, 20'000);
  for (std::size_t p = 0; p < n; ++p) {
    draw_residents(dice, p, persons / static_cast<double>(n) * dice.between(0.5, 1.5), census);
    const std::int64_t residents = residents_of(census, p);
    census.zone_totals(p, 0U) = share_of(residents, dice.between(0.1, 0.9));
    census.zone_totals(p, 1U) = residents - census.zone_totals(p, 0U);
    census.class_totals(p, 1U) = share_of(residents, dice.between(0.01, 0.15));
    census.class_totals(p, 2U) = share_of(residents, dice.between(0, 0.1));
    for (std::size_t q = 0; q < places.size(); ++q) {
      if (q != p) census.elsewhere(q, p) = dice.chance(0.1) ? 0 : share_of(residents, dice.magnitude(0.001, 0.05));
      if (q >= n) census.elsewhere(p, q) = share_of(residents, dice.magnitude(0.01, 0.3));
    }
    census.registered_urban.push_back(dice.between(0.1, 0.9));
    census.owner_share.push_back(dice.between(0, 1));
  }
  for (std::size_t g = 0; g < census_age_groups; ++g) {
    census.education_seed(g, 0U) = 1;
    for (std::size_t e = 1; e < education_levels; ++e)
      census.education_seed(g, e) = census_age_starts[g] < 15 ? 0 : dice.between(0.05, 1);
  }
  for (double& weight : census.profile_seed.values()) weight = dice.between(0.2, 3);
  complete_census(places, census);
  return census;
}

inline VitalTables random_vital(Dice& dice, std::size_t prefectures, Year first, Year last) {
  VitalTables vital;
  vital.mortality = Grid<double, 2>{{sexes, single_ages}};
  vital.fertility.assign(single_ages, 0);
  const double level = dice.magnitude(1e-5, 2e-4), births = dice.between(0, 0.2);
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t age = 0; age < single_ages; ++age) {
      const double rate = (age == 0 ? 0.005 : 0) + level * std::exp(0.085 * static_cast<double>(age));
      vital.mortality(s, age) = std::min(1.0, rate * dice.between(0.8, 1.25));
    }
  }
  for (std::size_t age = 15; age < 50; ++age)
    vital.fertility[age] = births * std::exp(-std::pow((static_cast<double>(age) - 28) / 6, 2));
  for (std::size_t p = 0; p < prefectures; ++p) {
    vital.mortality_factor.push_back(dice.between(0.5, 2));
    vital.fertility_factor.push_back(dice.between(0.5, 2));
  }
  vital.path_start = first;
  for (Year year = vital.path_start; year <= last; ++year) {
    vital.mortality_path.push_back(dice.between(0.7, 1.3));
    vital.fertility_path.push_back(dice.between(0.7, 1.3));
  }
  return vital;
}

inline EconomyTables random_economy(Dice& dice, const Places& places) {
  EconomyTables economy;
  economy.amenity = Grid<double, 2>{{places.zones(), 2}};
  economy.travel_minutes = Grid<double, 2>{{places.size(), places.size()}};
  for (std::size_t z = 0; z < places.zones(); ++z) {
    economy.income_index.push_back(dice.magnitude(0.2, 3));
    economy.rent_index.push_back(dice.magnitude(0.2, 3));
    for (std::size_t band = 0; band < 2; ++band) economy.amenity(z, band) = dice.between(-1.5, 1.5);
  }
  for (std::size_t a = 0; a < places.size(); ++a) {
    for (std::size_t b = a < places.prefectures() ? a : a + 1; b < places.size(); ++b)
      economy.travel_minutes(a, b) = economy.travel_minutes(b, a) = dice.magnitude(10, 1000);
  }
  return economy;
}

inline Settings random_settings(Dice& dice, std::size_t prefectures) {
  Settings settings(prefectures);
  for (PlaceSettings& s : settings) {
    s.residence_years = dice.whole(0, 8) / 2.0;
    s.insurance_years = dice.whole(0, 8) / 2.0;
    s.minimum_education = dice.whole(0, 3);
    s.home_route = dice.whole(0, 1);
    s.habitual_route = dice.chance(0.3) ? 1 : 0;
    s.credit_recognition = dice.whole(0, 1);
    if (dice.chance(0.4)) s.quota = dice.whole(0, 80) / 2.0;
    s.wedge = dice.between(0, 0.9);
    s.coverage_school = dice.between(0, 1);
    s.coverage_preschool = dice.between(0, 1);
    s.coverage_health = dice.between(0, 1);
    s.coverage_pension = dice.between(0, 1);
    s.coverage_housing = dice.between(0, 1);
  }
  return settings;
}

inline Tables random_tables(Dice& dice, Year first, Year last) {
  Tables tables;
  tables.places = random_places(dice);
  const std::size_t n = tables.places.prefectures();
  tables.census = random_census(dice, tables.places);
  tables.vital = random_vital(dice, n, first, last);
  tables.economy = random_economy(dice, tables.places);
  tables.boundary.inflow = Grid<double, 2>{{tables.places.externals(), n}};
  for (std::size_t p = 0; p < n; ++p) {
    const double residents = static_cast<double>(residents_of(tables.census, p));
    for (std::size_t x = 0; x < tables.places.externals(); ++x)
      tables.boundary.inflow(x, p) = std::round(residents * dice.between(0, 0.01) * 10) / 10;
    tables.boundary.reclassification.push_back(dice.chance(0.1) ? dice.between(0, 1) : dice.between(0, 0.05));
  }
  tables.settings = random_settings(dice, n);
  for (std::size_t p = 0; p < n; ++p) {
    tables.capacity.town_land.push_back(dice.between(50, 200));
    tables.capacity.floor_space.push_back(dice.between(30, 60));
    tables.capacity.hospital_beds.push_back(dice.whole(1, 500));
  }
  return tables;
}

/// The same province with its first two prefectures alike in everything but their labels, and nothing
/// that distinguishes the way between them.
inline Tables with_twins(Tables tables) {
  CensusTables& census = tables.census;
  const Places& places = tables.places;
  const auto copy_row = [](auto& grid) {
    const std::size_t row = grid.values().size() / grid.shape()[0];
    std::copy_n(grid.values().begin(), row, grid.values().begin() + static_cast<std::ptrdiff_t>(row));
  };
  copy_row(census.residents), copy_row(census.zone_totals), copy_row(census.class_totals), copy_row(census.education);
  census.elsewhere(0U, 1U) = census.elsewhere(1U, 0U);
  for (std::size_t q = 2; q < places.size(); ++q) {
    census.elsewhere(1U, q) = census.elsewhere(0U, q);
    census.elsewhere(q, 1U) = census.elsewhere(q, 0U);
  }
  complete_census(places, census);
  for (std::vector<double>* column :
       {&census.registered_urban, &census.owner_share, &tables.vital.mortality_factor, &tables.vital.fertility_factor,
        &tables.boundary.reclassification, &tables.capacity.town_land, &tables.capacity.floor_space,
        &tables.capacity.hospital_beds})
    (*column)[1] = (*column)[0];
  EconomyTables& economy = tables.economy;
  for (std::size_t k = 0; k < zone_kinds; ++k) {
    economy.income_index[2 + k] = economy.income_index[k];
    economy.rent_index[2 + k] = economy.rent_index[k];
    for (std::size_t band = 0; band < 2; ++band) economy.amenity(2 + k, band) = economy.amenity(k, band);
  }
  economy.travel_minutes(1U, 1U) = economy.travel_minutes(0U, 0U);
  for (std::size_t q = 2; q < places.size(); ++q)
    economy.travel_minutes(1U, q) = economy.travel_minutes(q, 1U) = economy.travel_minutes(0U, q);
  for (std::size_t x = 0; x < places.externals(); ++x) tables.boundary.inflow(x, 1U) = tables.boundary.inflow(x, 0U);
  tables.settings[1] = tables.settings[0];
  std::vector<Place> rows = places.rows();
  rows[1].city_proper = rows[0].city_proper;
  tables.places = Places{std::move(rows)};
  return tables;
}

/// The same province with `factor` times the people.
inline Tables enlarged(Tables tables, std::int64_t factor) {
  CensusTables& c = tables.census;
  for (auto* counts : {&c.residents.values(), &c.zone_totals.values(), &c.class_totals.values(), &c.education.values(),
                       &c.registered, &c.elsewhere.values()}) {
    for (std::int64_t& count : *counts) count *= factor;
  }
  for (double& persons : tables.boundary.inflow.values()) persons *= static_cast<double>(factor);
  return tables;
}

/// The same province under other labels: codes, ids and names dealt out anew among the prefectures.
inline Tables relabelled(Tables tables) {
  std::vector<Place> rows = tables.places.rows();
  const auto swap_labels = [](Place& a, Place& b) {
    std::swap(a.code, b.code), std::swap(a.id, b.id);
    std::swap(a.name_zh, b.name_zh), std::swap(a.name_en, b.name_en);
  };
  for (std::size_t p = 1; p < tables.places.prefectures(); ++p) swap_labels(rows[p - 1], rows[p]);
  tables.places = Places{std::move(rows)};
  return tables;
}

}  // namespace luohu::testing
