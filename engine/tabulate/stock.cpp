#include "luohu/tabulate/stock.hpp"

#include <numeric>

#include "luohu/population/parallel.hpp"

namespace luohu {
namespace {

Stock empty_stock(const Places& places) {
  Stock stock;
  stock.population = Grid<std::int64_t, 4>{{places.zones(), sexes, age_groups, registrations}};
  stock.by_origin  = Grid<std::int64_t, 2>{{places.size(), places.zones()}};
  stock.registered.assign(places.zones(), 0);
  return stock;
}

/// Registration seen from home, for every pair of zones but for the township within the prefecture.
Grid<std::uint8_t, 2> registration_table(const Places& places) {
  Grid<std::uint8_t, 2> table{{places.zones(), places.zones()}};
  for (std::size_t home = 0; home < places.zones(); ++home) {
    for (std::size_t h = 0; h < places.zones(); ++h) {
      const PlaceId there = places.place_of(ZoneId{static_cast<std::uint16_t>(h)});
      const bool same     = there == places.place_of(ZoneId{static_cast<std::uint16_t>(home)});
      const Registration seen = same                      ? Registration::local
                                : places.internal(there) ? Registration::other_prefecture
                                                         : Registration::other_province;
      table(home, h) = static_cast<std::uint8_t>(seen);
    }
  }
  return table;
}

}  // namespace

std::int64_t Stock::residents(std::size_t zone, std::size_t sex) const {
  const auto first = population.values().begin() + static_cast<std::ptrdiff_t>(population.offset(zone, sex, 0U, 0U));
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(age_groups * registrations), std::int64_t{0});
}

std::int64_t Stock::people() const {
  return std::accumulate(population.values().begin(), population.values().end(), std::int64_t{0});
}

Stock take_stock(const Population& people, const Places& places, Year year) {
  const Grid<std::uint8_t, 2> seen_from = registration_table(places);
  std::vector<Stock> parts(static_cast<std::size_t>(threads()), empty_stock(places));
  for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t thread) {
    Stock& part = parts[thread];
    for (std::size_t row = chunk.first; row < chunk.last; ++row) {
      if (people.gone(row)) continue;
      const std::size_t home = people.home[row].value();
      const ZoneId h         = people.registered[row];
      const Traits traits    = people.traits[row];
      std::size_t seen       = seen_from(home, h.value());
      if (seen == 0 && traits.township() != Township::registered) seen = 1;
      ++part.population(home, traits.sex(), age_group(year - people.born[row].year()), seen);
      ++part.by_origin(places.place_of(h).value(), home);
      ++part.registered[h.value()];
    }
  });
  Stock total = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    total.population += parts[i].population;
    total.by_origin += parts[i].by_origin;
    for (std::size_t z = 0; z < total.registered.size(); ++z) total.registered[z] += parts[i].registered[z];
  }
  total.person_digest = digest(people);
  return total;
}

}  // namespace luohu
