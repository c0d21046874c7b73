// The answers of the markets to one year's counts.

#include <algorithm>
#include <array>

#include "counts.hpp"
#include "luohu/markets/fiscal.hpp"
#include "luohu/markets/markets.hpp"
#include "luohu/markets/services.hpp"

namespace luohu {

MarketYear Markets::answer(const MarketCounts& counts, const Settings& settings) const {
  MarketYear year;
  year.land = state_.land;
  const std::vector<double> wage_bill = clear_labour(counts, settings, year);
  clear_housing(wage_bill, settings, year);
  ration(counts, settings, year);
  return year;
}

double Markets::at_least_one(std::int64_t count) const {
  return persons(std::max(count, in_.persons_per_agent));
}

/// Whoever comes first to an empty cell must find a finite wage.
Workers Markets::workers(const MarketCounts& counts, std::size_t zone) const {
  Workers in_zone{};
  for (std::size_t e = 0; e < education_levels; ++e) {
    for (std::size_t n = 0; n < standings; ++n) {
      in_zone[e][n] = at_least_one(counts.workers(zone, e, n));
    }
  }
  return in_zone;
}

std::vector<double> Markets::clear_labour(const MarketCounts& counts, const Settings& settings,
                                          MarketYear& year) const {
  year.wage = Grid<double, 3>{{in_.places.zones(), education_levels, standings}, 1.0};
  std::vector<double> wage_bill;
  const auto all = [](const Workers& zone) {
    double sum = 0;
    for (const auto& level : zone) sum += level[local] + level[migrant];
    return sum;
  };
  for (std::size_t p = 0; p < towns_.size(); ++p) {
    const PlaceSettings& rules = settings[p];
    const LabourOutcome town = towns_[p].clear(workers(counts, 2 * p), rules.town_productivity);
    const double rural = in_.feedbacks.wages
                             ? rural_income_factor(all(workers(base_, 2 * p + 1)), all(workers(counts, 2 * p + 1)),
                                                   rules.countryside_productivity, in_.parameters)
                             : rules.countryside_productivity;
    for (std::size_t e = 0; e < education_levels; ++e) {
      const auto skill = static_cast<std::size_t>(skill_of(static_cast<Education>(e)));
      for (std::size_t n = 0; n < standings; ++n) {
        year.wage(2 * p, e, n) = in_.feedbacks.wages ? town.wage[skill][n] : rules.town_productivity;
        year.wage(2 * p + 1, e, n) = rural;
      }
    }
    year.output.push_back(town.output);
    wage_bill.push_back(in_.feedbacks.wages ? town.output : rules.town_productivity * town.at_base_wages);
  }
  return wage_bill;
}

void Markets::clear_housing(const std::vector<double>& wage_bill, const Settings& settings, MarketYear& year) const {
  const Parameters& c = in_.parameters;
  std::vector<TownHousing> towns;
  for (std::size_t p = 0; p < settings.size(); ++p) {
    towns.push_back({.wage_bill = wage_bill[p],
                     .land = state_.land[p] / base_state_.land[p],
                     .stock = settings[p].housing_stock,
                     .supply_elasticity = c.housing_supply_elasticity + settings[p].supply_elasticity_added,
                     .rent_ceiling = state_.rent[p] * (1 + settings[p].rent_growth_cap)});
  }
  year.rent.assign(in_.places.zones(), 1.0);
  std::vector<double> dwellings;
  if (in_.feedbacks.rents) {
    const std::vector<TownRent> cleared = clear_rents(towns, c);
    for (std::size_t p = 0; p < towns.size(); ++p) {
      year.rent[2 * p] = cleared[p].rent;
      dwellings.push_back(cleared[p].dwellings);
    }
  } else {
    for (const TownHousing& town : towns) {
      dwellings.push_back(dwellings_factor(1, town, c));
    }
  }
  for (std::size_t p = 0; p < towns.size(); ++p) {
    year.floor_space.push_back(in_.capacity.floor_space[p] * persons(base_.townspeople(p)) * dwellings[p]);
  }
}

void Markets::ration(const MarketCounts& counts, const Settings& settings, MarketYear& year) const {
  const Parameters& c = in_.parameters;
  year.coverage = Grid<double, 2>{{settings.size(), services}};
  for (std::size_t p = 0; p < settings.size(); ++p) {
    const PlaceSettings& cap = settings[p];
    const PlaceSettings& base = in_.base_settings[p];
    const auto admit = [&](std::size_t age, std::int64_t places, double share) {
      return admit_pupils(places, counts.children(p, age, local), counts.children(p, age, migrant), share);
    };
    const Admission school = admit(compulsory, state_.places(p, compulsory), cap.coverage_school);
    const Admission nursery = admit(preschool, state_.places(p, preschool), cap.coverage_preschool);
    const Admission school_in_base =
        admit_pupils(base_state_.places(p, compulsory), base_.children(p, compulsory, local),
                     base_.children(p, compulsory, migrant), base.coverage_school);
    year.seats.push_back(state_.places(p, compulsory));
    year.unregistered_pupils.push_back(school.migrants);
    year.unmet_seats.push_back(school.unmet);
    year.unmet_preschool.push_back(nursery.unmet);
    year.hospital_beds.push_back(in_.capacity.hospital_beds[p] * cap.health_capacity);

    const double covered = base.coverage_health * (1 + c.spare_capacity) * cap.health_capacity;
    const double health =
        coverage_of(covered * persons(base_.everyone(p)), persons(counts.everyone(p)), cap.coverage_health);
    const double housing =
        coverage_of(persons(state_.rental_places[p]), persons(counts.unregistered(p)), cap.coverage_housing);
    // A pension moves with its holder: nothing limits its cover but policy.
    const std::array<double, services> realised{school.coverage, nursery.coverage, health, cap.coverage_pension,
                                                housing};
    const std::array<double, services> allowed = allowed_coverage(cap);
    for (std::size_t k = 0; k < services; ++k) {
      year.coverage(p, k) = in_.feedbacks.services ? realised[k] : allowed[k];
    }
    const double seats = at_least_one(state_.places(p, compulsory)) / at_least_one(base_state_.places(p, compulsory));
    const double pupils = at_least_one(school.pupils()) / at_least_one(school_in_base.pupils());
    year.school_quality.push_back(in_.feedbacks.services ? quality_factor(seats, pupils, c.service_crowding) : 1.0);
  }
}

Grid<std::int64_t, 2> Markets::persons_paid_for(const MarketCounts& counts, const MarketYear& year,
                                                std::span<const std::int64_t> land_exits) const {
  const std::size_t prefectures = in_.places.prefectures();
  Grid<std::int64_t, 2> persons_of{{prefectures, cost_items}};
  for (std::size_t p = 0; p < prefectures; ++p) {
    Beneficiaries served{.settled = counts.settled[p],
                         .settled_to_date = state_.settled_to_date[p],
                         .unregistered = counts.unregistered(p),
                         .land_exits = land_exits[p],
                         .base_coverage = allowed_coverage(in_.base_settings[p]),
                         .coverage = {}};
    for (std::size_t k = 0; k < services; ++k) served.coverage[k] = year.coverage(p, k);
    const auto items = persons_served(served);
    for (std::size_t i = 0; i < cost_items; ++i) persons_of(p, i) = items[i];
  }
  return persons_of;
}

}  // namespace luohu
