#include "luohu/tabulate/stock.hpp"

#include <numeric>

namespace luohu {
namespace {

constexpr std::size_t townships = 4;  // two bits
constexpr std::size_t birth_years = 256;

}  // namespace

std::int64_t Stock::residents(std::size_t zone, std::size_t sex) const {
  const auto first = population.values().begin() + static_cast<std::ptrdiff_t>(population.offset(zone, sex, 0U, 0U));
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(age_groups * registrations), std::int64_t{0});
}

std::int64_t Stock::people() const {
  return std::accumulate(population.values().begin(), population.values().end(), std::int64_t{0});
}

Stock empty_stock(const Places& places) {
  Stock stock;
  stock.population = Grid<std::int64_t, 4>{{places.zones(), sexes, age_groups, registrations}};
  stock.by_origin = Grid<std::int64_t, 2>{{places.size(), places.zones()}};
  stock.registered.assign(places.zones(), 0);
  stock.workers = Grid<std::int64_t, 3>{{places.zones(), education_levels, standings}};
  stock.children = Grid<std::int64_t, 3>{{places.size(), static_cast<std::size_t>(adult_age), standings}};
  stock.choosers = Grid<std::int64_t, 4>{{places.zones(), places.zones(), education_levels, age_bands}};
  return stock;
}

namespace {

/// Count people of this age in everything that sees both their residence and their registration.
void add_tied(Stock& stock, const Places& places, ZoneId home, ZoneId registered, std::size_t education, int age,
              std::int64_t people) {
  const Standing standing = standing_of(places, home, registered);
  stock.by_origin(places.place_of(registered).value(), home.value()) += people;
  stock.registered[registered.value()] += people;
  stock.choosers(home.value(), registered.value(), education, age_band(age)) += people;
  if (age >= first_working_age && age <= last_working_age) stock.workers(home.value(), education, standing) += people;
  if (age >= 0 && age < adult_age) stock.children(places.place_of(home).value(), age, standing) += people;
}

}  // namespace

void add(Stock& stock, const Places& places, const Person& person, std::int64_t weight, Year year) {
  const Registration seen = registration_of(places, person.home, person.registered, person.traits.township());
  const int age = year - person.born.year();
  stock.population(person.home.value(), person.traits.sex(), age_group(age), seen) += weight;
  add_tied(stock, places, person.home, person.registered, static_cast<std::size_t>(person.traits.education()), age,
           weight);
}

StockTally::StockTally(const Places& places, std::size_t threads) : places_{places}, parts_(threads) {
  const std::size_t zones = places.zones();
  for (std::size_t home = 0; home < zones; ++home) {
    for (std::size_t registered = 0; registered < zones; ++registered) {
      for (std::size_t township = 0; township < townships; ++township) {
        const Registration seen =
            registration_of(places, ZoneId{static_cast<ZoneId::Value>(home)},
                            ZoneId{static_cast<ZoneId::Value>(registered)}, static_cast<Township>(township));
        registration_.push_back(static_cast<std::uint8_t>(seen));
      }
    }
  }
  for (Part& part : parts_) {
    part.kind.assign(zones * sexes * birth_years * registrations, 0);
    part.tied.assign(zones * zones * education_levels * birth_years, 0);
  }
}

void StockTally::add(const Population& people, const Chunk& chunk, std::size_t thread) {
  for (std::size_t row = chunk.first; row < chunk.last; ++row) count(people, row, 1, thread);
}

void StockTally::count(const Population& people, std::size_t row, std::int32_t change, std::size_t thread) {
  if (people.gone(row)) return;
  Part& part = parts_[thread];
  const std::size_t home = people.home[row].value();
  const std::size_t pair = home * places_.zones() + people.registered[row].value();
  const Traits traits = people.traits[row];
  const auto born = static_cast<std::size_t>(people.born[row].year() - ShortYear::epoch);
  const std::size_t seen = registration_[pair * townships + static_cast<std::size_t>(traits.township())];
  const auto sex = static_cast<std::size_t>(traits.sex());
  part.kind[((home * sexes + sex) * birth_years + born) * registrations + seen] += change;
  const auto education = static_cast<std::size_t>(traits.education());
  part.tied[(pair * education_levels + education) * birth_years + born] += change;
  const std::uint64_t share = digest(people, row, row + 1);
  part.digest += change > 0 ? share : 0 - share;
}

Stock StockTally::total(Year year) const {
  const std::size_t zones = places_.zones();
  Stock stock = empty_stock(places_);
  for (const Part& part : parts_) {
    stock.person_digest += part.digest;
    const std::int32_t* next = part.kind.data();
    for (std::size_t zone = 0; zone < zones; ++zone) {
      for (std::size_t sex = 0; sex < sexes; ++sex) {
        for (std::size_t born = 0; born < birth_years; ++born) {
          const std::size_t group = age_group(year - ShortYear::epoch - static_cast<int>(born));
          for (std::size_t seen = 0; seen < registrations; ++seen) stock.population(zone, sex, group, seen) += *next++;
        }
      }
    }
    const std::int32_t* tied = part.tied.data();
    for (std::size_t home = 0; home < zones; ++home) {
      for (std::size_t registered = 0; registered < zones; ++registered) {
        for (std::size_t education = 0; education < education_levels; ++education) {
          for (std::size_t born = 0; born < birth_years; ++born, ++tied) {
            if (*tied == 0) continue;
            add_tied(stock, places_, ZoneId{static_cast<ZoneId::Value>(home)},
                     ZoneId{static_cast<ZoneId::Value>(registered)}, education,
                     year - ShortYear::epoch - static_cast<int>(born), *tied);
          }
        }
      }
    }
  }
  return stock;
}

Stock take_stock(const Population& people, const Places& places, Year year) {
  StockTally tally{places, static_cast<std::size_t>(threads())};
  for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t thread) { tally.add(people, chunk, thread); });
  return tally.total(year);
}

}  // namespace luohu
