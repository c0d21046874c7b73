#include "luohu/markets/markets.hpp"

#include <cmath>

#include "counts.hpp"
#include "luohu/core/error.hpp"
#include "luohu/markets/land.hpp"

namespace luohu {
namespace {

/// Places that serve `locals` and the share `coverage` of `migrants` with some to spare.
std::int64_t places_for(std::int64_t locals, std::int64_t migrants, double coverage, double spare) {
  return static_cast<std::int64_t>(std::ceil((persons(locals) + coverage * persons(migrants)) * (1 + spare)));
}

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
  for (std::size_t p = 0; p < prefectures; ++p) {
    const PlaceSettings& rules = in_.base_settings[p];
    const double town = at_least_one(base_.townspeople(p));
    towns_.emplace_back(workers(base_, 2 * p), in_.parameters);
    core_.push_back(core_share(in_.places[PlaceId{static_cast<PlaceId::Value>(p)}], town));
    base_state_.land.push_back(in_.capacity.town_land[p] * town);
    base_state_.rent.push_back(1);
    base_state_.seats.push_back(places_for(base_.children(p, compulsory, local), base_.children(p, compulsory, migrant),
                                           rules.coverage_school, spare));
    base_state_.preschool_places.push_back(places_for(
        base_.children(p, preschool, local), base_.children(p, preschool, migrant), rules.coverage_preschool, spare));
    base_state_.rental_places.push_back(places_for(0, base_.unregistered(p), rules.coverage_housing, spare));
    base_state_.settled_to_date.push_back(0);
  }
  state_ = base_state_;
}

MarketYear Markets::base_year() const {
  const std::vector<MarketSettings> none(in_.places.prefectures());
  Markets base{*this};
  base.state_ = base_state_;
  return base.answer(base_, in_.base_settings, none);
}

MarketYear Markets::advance(const MarketCounts& counts, const Settings& settings,
                            std::span<const MarketSettings> measures) {
  check_shapes(counts, in_.places);
  LUOHU_EXPECT(settings.size() == in_.places.prefectures() && measures.size() == in_.places.prefectures());
  build(counts, measures);
  MarketYear year = answer(counts, settings, measures);
  for (std::size_t p = 0; p < state_.rent.size(); ++p) state_.rent[p] = year.rent[2 * p];
  return year;
}

void Markets::build(const MarketCounts& counts, std::span<const MarketSettings> measures) {
  const double people_per_unit = in_.parameters.persons_per_rental_unit;
  for (std::size_t p = 0; p < measures.size(); ++p) {
    const MarketSettings& measure = measures[p];
    state_.seats[p] += measure.seats_added;
    state_.preschool_places[p] += measure.preschool_places_added;
    state_.rental_places[p] += std::llround(people_per_unit * persons(measure.rental_units_added));
    state_.settled_to_date[p] += counts.settled[p];
    state_.land[p] = next_land({.land = state_.land[p],
                                .base_land = base_state_.land[p],
                                .town_residents = at_least_one(counts.townspeople(p)),
                                .settled = counts.settled[p],
                                .core = core_[p],
                                .tied = measure.land_tied,
                                .reserve = measure.land_reserve},
                               in_.parameters);
  }
}

}  // namespace luohu
