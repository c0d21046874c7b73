#pragma once
// The inputs of the choice tables with everything that varies, and the utilities spelled out once more.

#include <algorithm>
#include <cmath>
#include <vector>

#include "luohu/rates/choice.hpp"
#include "support/toy_province.hpp"

namespace luohu::testing {

inline constexpr std::size_t toy_zones = 8;

/// The inputs of ChoiceTables with everything that varies.
struct ChoiceWorld {
  Places places = toy_places();
  EconomyTables economy = toy_economy();
  Parameters parameters;
  Grid<double, 2> wedge{{3, education_levels}};
  Grid<std::int64_t, 2> stock{{5, toy_zones}};
  Conditions conditions;
  Grid<double, 2> base_wedge;

  ChoiceWorld() {
    for (std::size_t p = 0; p < 3; ++p) {
      for (std::size_t e = 0; e < education_levels; ++e)
        wedge(p, e) = 0.02 * static_cast<double>(p + 1) * static_cast<double>(3 - e);
    }
    for (std::size_t q = 0; q < 5; ++q) {
      for (std::size_t z = 0; z < toy_zones; ++z)
        stock(q, z) = static_cast<std::int64_t>((q * 37 + z * 101) % 500 * 10);
    }
    parameters.rural_to_urban_cost = 0.3;
    parameters.onward_cost = 0.8;
  }
  [[nodiscard]] ChoiceTables tables() const {
    return ChoiceTables{{places, economy, parameters, wedge, stock, conditions, base_wedge}};
  }

  /// Wages, rents, amenities and travel all differ from the base year, everywhere by something else.
  void change_conditions() {
    const auto vary = [next = 1](double& factor) mutable { factor = 0.8 + 0.01 * (next = next * 7 % 53); };
    conditions.wage = Grid<double, 3>{{toy_zones, education_levels, standings}};
    conditions.rent.resize(toy_zones);
    conditions.amenity.resize(toy_zones);
    conditions.travel.resize(5);
    conditions.travel_within.resize(5);
    for (std::vector<double>* table : {&conditions.wage.values(), &conditions.rent, &conditions.amenity,
                                       &conditions.travel, &conditions.travel_within}) {
      std::ranges::for_each(*table, vary);
    }
  }

  /// Only amenities and distance are left.
  void strip() {
    Parameters& c = parameters;
    c.travel_time_elasticity = 1;
    c.network_elasticity = c.home_premium = c.onward_cost = c.rural_to_urban_cost = c.land_income = 0;
    c.skill_premium_senior = c.skill_premium_tertiary = 1;
    wedge = Grid<double, 2>{{3, education_levels}};
    std::ranges::fill(economy.rent_index, 1.0);
  }
};

struct Utilities {
  double stay = 0;
  std::vector<double> go;  ///< [zone], cost included; meaningless for the origin
};

/// Model equation (7), one person at a time, zones spelled out: 2p town, 2p + 1 country, 6 and 7 outside.
inline Utilities naive(const ChoiceWorld& w, std::size_t o, std::size_t h, std::size_t e, std::size_t band) {
  const Parameters& c = w.parameters;
  const auto place_of = [](std::size_t z) { return z < 6 ? z / 2 : z - 3; };
  const auto rural = [](std::size_t z) { return z < 6 && z % 2 == 1; };
  const double premium = e == 0 ? 1 : (e == 1 ? c.skill_premium_senior : c.skill_premium_tertiary);
  const Conditions& now = w.conditions;
  const auto minutes = [&](std::size_t p, std::size_t q) {
    const double time = w.economy.travel_minutes(p, q);
    if (now.travel.empty()) return time;
    return time * (p == q ? now.travel_within[p] : std::max(now.travel[p], now.travel[q]));
  };
  Utilities u;
  for (std::size_t d = 0; d < toy_zones; ++d) {
    const bool registered_here = place_of(d) == place_of(h);
    double y = w.economy.income_index[d];
    if (!rural(d)) y *= premium;
    if (!now.wage.values().empty()) y *= now.wage(d, e, registered_here ? Standing::local : Standing::migrant);
    double iceberg = 0;
    if (d < 6 && !registered_here) {
      const double kept = 1 - c.iceberg_share;
      const double base = w.base_wedge.values().empty() ? w.wedge(place_of(d), e) : w.base_wedge(place_of(d), e);
      y *= 1 - kept * w.wedge(place_of(d), e);
      iceberg = std::log(1 - base) - std::log(1 - kept * base);
    }
    if (rural(h)) y += c.land_income * (d == h ? 1 : c.land_use_away);
    const double rent = w.economy.rent_index[d] * (now.rent.empty() ? 1 : now.rent[d]);
    double v =
        c.income_elasticity_stock / (1 + c.push_exponent) * (std::log(y) - c.housing_share * std::log(rent) + iceberg);
    v += w.economy.amenity(d, band == 1 ? 0 : 1) + (now.amenity.empty() ? 0 : now.amenity[d]);
    // An external node's own people at home are no agents: a parameter says how many they are.
    const double known = h >= 6 && d == h ? c.external_home_stock : static_cast<double>(w.stock(place_of(h), d));
    v += c.network_elasticity * std::log(1 + known);
    if (registered_here) v += c.home_premium;
    double cost = 0;
    if (d != o) {
      cost += c.travel_time_elasticity * std::log(minutes(place_of(o), place_of(d)) / 60);
      if (place_of(o) != place_of(d) && o >= 6 && d >= 6) cost += c.onward_cost;
      if (rural(o) && !rural(d)) cost += c.rural_to_urban_cost;
    }
    if (d == o) u.stay = v;
    u.go.push_back(v - cost);
  }
  return u;
}

template <class Visit>
void for_each_cell(const ChoiceTables& t, Visit visit) {
  for (std::size_t o = 0; o < t.zones(); ++o) {
    for (std::size_t h = 0; h < t.zones(); ++h) {
      for (std::size_t e = 0; e < education_levels; ++e) {
        for (std::size_t band = 0; band < age_bands; ++band) visit(o, h, e, band, t.cell(o, h, e, band));
      }
    }
  }
}

}  // namespace luohu::testing
