#include "luohu/processes/inflow.hpp"

#include <algorithm>

#include "luohu/rates/choice.hpp"

namespace luohu {
namespace {

constexpr Stream arrivals_stream = stream_named("inflow");
constexpr Stream attributes_stream = stream_named("incomer");

Person drawn(const YearContext& now, const InflowTables& tables, PersonId id, ZoneId origin, PlaceId target) {
  const Words first = own_words({now.seed, attributes_stream, now.year}, id.value());
  const Words second = own_words({now.seed, stream_named("incomer_schooling"), now.year}, id.value());
  const auto older = std::ranges::upper_bound(tables.age_cumulative, uniform(first[0]));
  const auto age =
      std::min<std::size_t>(static_cast<std::size_t>(older - tables.age_cumulative.begin()), single_ages - 1);
  const Sex sex = uniform(first[1]) < now.parameters.incomer_male_share ? Sex::male : Sex::female;
  Traits traits{sex, first[2] % frailty_bands};
  std::size_t level = 0;
  while (level + 1 < education_levels && uniform(second[0]) >= tables.education(age, level)) ++level;
  traits.set(static_cast<Education>(level));
  const ZoneKind kind = uniform(first[3]) < tables.urban_share[target.value()] ? ZoneKind::urban : ZoneKind::rural;
  Person person = incomer(now, origin, now.places.zone(target, kind), static_cast<int>(age), traits);
  person.id = id;
  return person;
}

}  // namespace

Person incomer(const YearContext& now, ZoneId origin, ZoneId home, int age, Traits traits) {
  Person person;
  person.home = home;
  person.registered = origin;
  person.traits = traits;
  person.traits.set(Township::same_county);
  person.born = ShortYear{now.year - 1 - age};
  person.arrived = ShortYear{now.year};
  person.group_since = person.arrived;
  return person;
}

void count_incomer(const YearContext& now, const Person& person, Ledger& ledger) {
  const int age = now.year - 1 - person.born.year();
  ledger.incomers(person.home.value(), person.traits.sex()) += ledger.weight;
  ledger.registered_in[person.registered.value()] += ledger.weight;
  ledger.came(now.places.place_of(person.registered).value(), now.places.place_of(person.home).value(),
              age_band(age)) += ledger.weight;
}

void add_incomers(const YearContext& now, const InflowTables& tables, const Grid<double, 2>& appeal,
                  std::int64_t persons_per_agent, Population& people, Ledger& ledger) {
  const Places& places = now.places;
  for (std::size_t e = 0; e < places.externals(); ++e) {
    const PlaceId node{static_cast<std::uint16_t>(places.prefectures() + e)};
    const ZoneId origin = places.zone(node, ZoneKind::urban);
    for (std::size_t p = 0; p < places.prefectures(); ++p) {
      const PlaceId target{static_cast<std::uint16_t>(p)};
      const std::uint64_t channel =
          (static_cast<std::uint64_t>(places[node].code) << 32U) | static_cast<std::uint64_t>(places[target].code);
      const double mean = tables.mean(e, p) * appeal(e, p) / static_cast<double>(persons_per_agent);
      const Words words = own_words({now.seed, arrivals_stream, now.year}, channel);
      const std::int64_t count = poisson_quantile(mean, uniform(words[0]));
      for (std::int64_t n = 0; n < count; ++n) {
        const Person person =
            drawn(now, tables, incomer_id(channel, now.year, static_cast<std::uint64_t>(n)), origin, target);
        people.resize(people.size() + 1);
        people.put(people.size() - 1, person);
        count_incomer(now, person, ledger);
      }
    }
  }
}

}  // namespace luohu
