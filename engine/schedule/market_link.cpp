#include "luohu/schedule/market_link.hpp"

#include <cmath>

#include "luohu/markets/fiscal.hpp"
#include "luohu/markets/services.hpp"

namespace luohu {

MarketCounts market_counts(const Places& places, const Stock& stock, const Ledger& flows,
                           std::int64_t persons_per_agent) {
  const std::size_t prefectures = places.prefectures();
  MarketCounts counts;
  counts.workers = Grid<std::int64_t, 3>{{places.internal_zones(), education_levels, standings}};
  counts.residents = Grid<std::int64_t, 2>{{places.internal_zones(), standings}};
  counts.children = Grid<std::int64_t, 3>{{prefectures, child_ages, standings}};
  counts.settled.assign(prefectures, 0);
  for (std::size_t z = 0; z < places.internal_zones(); ++z) {
    for (std::size_t e = 0; e < education_levels; ++e) {
      for (std::size_t n = 0; n < standings; ++n) {
        counts.workers(z, e, n) = stock.workers(z, e, n) * persons_per_agent;
      }
    }
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < age_groups; ++g) {
        for (std::size_t r = 0; r < registrations; ++r) {
          const std::size_t n = r <= static_cast<std::size_t>(Registration::same_prefecture) ? 0 : 1;
          counts.residents(z, n) += stock.population(z, s, g, r) * persons_per_agent;
        }
      }
    }
  }
  for (std::size_t p = 0; p < prefectures; ++p) {
    for (std::size_t n = 0; n < standings; ++n) {
      for (int age = preschool_age; age < past_school_age; ++age) {
        const ChildAge of = age < school_age ? ChildAge::preschool : ChildAge::compulsory;
        counts.children(p, of, n) += stock.children(p, age, n) * persons_per_agent;
      }
    }
    for (std::size_t r = 0; r < routes; ++r) {
      if (static_cast<Route>(r) == Route::countryside) continue;
      counts.settled[p] += flows.settled(p, r) * persons_per_agent;
    }
  }
  return counts;
}

Conditions conditions_of(const Places& places, const Settings& settings) {
  Conditions now;
  now.wage = Grid<double, 3>{{places.zones(), education_levels, standings}, 1.0};
  now.rent.assign(places.zones(), 1.0);
  now.amenity.assign(places.zones(), 0.0);
  now.travel.assign(places.size(), 1.0);
  now.travel_within.assign(places.size(), 1.0);
  for (std::size_t p = 0; p < settings.size(); ++p) {
    const PlaceSettings& s = settings[p];
    for (std::size_t e = 0; e < education_levels; ++e) {
      for (std::size_t n = 0; n < standings; ++n) {
        now.wage(2 * p, e, n) = s.town_productivity;
        now.wage(2 * p + 1, e, n) = s.countryside_productivity;
      }
    }
    now.amenity[2 * p] = s.amenity_town;
    now.amenity[2 * p + 1] = s.amenity_countryside;
    now.travel[p] = s.travel_between;
    now.travel_within[p] = s.travel_within;
  }
  return now;
}

Conditions conditions_of(const Model& model, const Settings& settings, const MarketYear& year) {
  Conditions now = conditions_of(model.places, settings);
  now.wage = year.wage;
  now.rent = year.rent;
  for (std::size_t z = 0; z < model.places.internal_zones(); ++z) {
    now.amenity[z] += model.parameters.quality_elasticity * std::log(year.school_quality[z / zone_kinds]);
  }
  return now;
}

void realise_coverage(const MarketYear& year, Settings& settings) {
  for (std::size_t p = 0; p < settings.size(); ++p) {
    PlaceSettings& s = settings[p];
    s.coverage_school = year.coverage(p, Service::school);
    s.coverage_preschool = year.coverage(p, Service::preschool);
    s.coverage_health = year.coverage(p, Service::health);
    s.coverage_pension = year.coverage(p, Service::pension);
    s.coverage_housing = year.coverage(p, Service::housing);
  }
}

MarketOutcome market_outcome(const Model& model, const Settings& settings, const MarketYear& year,
                             const Grid<std::int64_t, 2>& paid) {
  const std::size_t prefectures = model.places.prefectures();
  const Parameters& c = model.parameters;
  const std::array<double, education_levels> premium{1, c.skill_premium_senior, c.skill_premium_tertiary};
  MarketOutcome outcome;
  for (std::size_t z = 0; z < model.places.internal_zones(); ++z) {
    const bool town = z % zone_kinds == 0;
    for (std::size_t e = 0; e < education_levels; ++e) {
      for (std::size_t n = 0; n < standings; ++n) {
        outcome.wage.push_back(model.economy.income_index[z] * (town ? premium[e] : 1.0) * year.wage(z, e, n));
      }
    }
  }
  constexpr double hectare = 10'000;  // m²
  for (std::size_t p = 0; p < prefectures; ++p) {
    outcome.rent.push_back(model.economy.rent_index[2 * p] * year.rent[2 * p]);
    outcome.urban_land.push_back(year.land[p] / hectare);
  }
  outcome.floor_space = year.floor_space;
  outcome.school_quality = year.school_quality;
  outcome.school_seats = year.seats;
  outcome.unregistered_pupils = year.unregistered_pupils;
  outcome.unmet_seats = year.unmet_seats;
  outcome.unmet_preschool = year.unmet_preschool;
  constexpr std::array levels{CostLevel::low, CostLevel::mid, CostLevel::high};
  Grid<std::int64_t, 3> cost{{prefectures, cost_levels, cost_items}};
  for (const CostLevel level : levels) {
    std::vector<UnitCosts> costs;
    for (const PlaceSettings& s : settings) {
      costs.push_back(unit_costs(level, std::llround(s.land_exit_price * c.yearly_income), c));
    }
    const Grid<std::int64_t, 2> yuan = fiscal_ledger(paid, costs);
    for (std::size_t p = 0; p < prefectures; ++p) {
      for (std::size_t i = 0; i < cost_items; ++i) cost(p, level, i) = yuan(p, i);
    }
  }
  outcome.fiscal_cost = std::move(cost.values());
  return outcome;
}

}  // namespace luohu
