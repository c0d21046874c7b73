#include "luohu/markets/markets.hpp"

#include <array>
#include <cmath>

#include "counts.hpp"
#include "luohu/core/error.hpp"
#include "luohu/markets/land.hpp"
#include "luohu/markets/services.hpp"

namespace luohu {
namespace {

void check_shapes(const MarketCounts& counts, const Places& places) {
  const std::size_t zones = places.internal_zones();
  const std::size_t prefectures = places.prefectures();
  LUOHU_EXPECT((counts.workers.shape() == std::array{zones, education_levels, standings}));
  LUOHU_EXPECT((counts.residents.shape() == std::array{zones, standings}));
  LUOHU_EXPECT((counts.children.shape() == std::array{prefectures, child_ages, standings}));
  LUOHU_EXPECT(counts.settled.size() == prefectures);
}

}  // namespace

std::int64_t MarketCounts::townspeople(std::size_t p) const {
  return residents(2 * p, local) + residents(2 * p, migrant);
}

std::int64_t MarketCounts::everyone(std::size_t p) const {
  return townspeople(p) + residents(2 * p + 1, local) + residents(2 * p + 1, migrant);
}

std::int64_t MarketCounts::unregistered(std::size_t p) const {
  return residents(2 * p, migrant) + residents(2 * p + 1, migrant);
}

Markets::Markets(const MarketInputs& inputs, MarketCounts base) : in_{inputs}, base_{std::move(base)} {
  check_shapes(base_, in_.places);
  const std::size_t prefectures = in_.places.prefectures();
  LUOHU_EXPECT(in_.base_settings.size() == prefectures && in_.capacity.town_land.size() == prefectures);
  const double spare = in_.parameters.spare_capacity;
  base_state_.places = base_state_.places_by_measures = Grid<std::int64_t, 2>{{prefectures, child_ages}};
  for (std::size_t p = 0; p < prefectures; ++p) {
    const PlaceSettings& rules = in_.base_settings[p];
    const double town = at_least_one(base_.townspeople(p));
    towns_.emplace_back(workers(base_, 2 * p), in_.parameters);
    core_.push_back(core_share(in_.places[PlaceId{static_cast<PlaceId::Value>(p)}], town));
    base_state_.land.push_back(in_.capacity.town_land[p] * town);
    base_state_.rent.push_back(1);
    for (std::size_t age = 0; age < child_ages; ++age) base_state_.places(p, age) = planned_places(base_, p, age);
    const double housed = rules.coverage_housing * persons(base_.unregistered(p));
    base_state_.rental_places.push_back(static_cast<std::int64_t>(std::ceil(housed * (1 + spare))));
    base_state_.settled_to_date.push_back(0);
  }
  state_ = base_state_;
}

std::int64_t Markets::planned_places(const MarketCounts& counts, std::size_t p, std::size_t age) const {
  const auto service = static_cast<std::size_t>(age == preschool ? Service::preschool : Service::school);
  const double served = allowed_coverage(in_.base_settings[p])[service] * persons(base_.children(p, age, migrant));
  const double spare = in_.parameters.spare_capacity;
  return static_cast<std::int64_t>(std::ceil((persons(counts.children(p, age, local)) + served) * (1 + spare)));
}

MarketYear Markets::base_year() const {
  Markets base{*this};
  base.state_ = base_state_;
  return base.answer(base_, in_.base_settings);
}

MarketYear Markets::advance(const MarketCounts& counts, const Settings& settings) {
  check_shapes(counts, in_.places);
  LUOHU_EXPECT(settings.size() == in_.places.prefectures());
  build(counts, settings);
  MarketYear year = answer(counts, settings);
  for (std::size_t p = 0; p < state_.rent.size(); ++p) state_.rent[p] = year.rent[2 * p];
  return year;
}

void Markets::build(const MarketCounts& counts, const Settings& settings) {
  for (std::size_t p = 0; p < settings.size(); ++p) {
    const PlaceSettings& rules = settings[p];
    const std::array<double, child_ages> wanted{rules.preschool_places, rules.school_seats};
    for (std::size_t age = 0; age < child_ages; ++age) {
      const std::int64_t before = state_.places_by_measures(p, age);
      const std::int64_t now = std::llround(wanted[age]);
      const std::int64_t planned = planned_places(counts, p, age) + before;
      state_.places(p, age) = next_places(state_.places(p, age), planned, in_.parameters) + now - before;
      state_.places_by_measures(p, age) = now;
    }
    state_.rental_places[p] =
        base_state_.rental_places[p] + std::llround(in_.parameters.persons_per_rental_unit * rules.rental_units);
    state_.settled_to_date[p] += counts.settled[p];
    state_.land[p] = next_land({.land = state_.land[p],
                                .base_land = base_state_.land[p],
                                .town_residents = at_least_one(counts.townspeople(p)),
                                .settled = counts.settled[p],
                                .core = core_[p],
                                .tied = rules.land_quota_tied,
                                .reserve = rules.land_reserve},
                               in_.parameters);
  }
}

}  // namespace luohu
