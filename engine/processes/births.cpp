#include "luohu/processes/births.hpp"

namespace luohu {

Births::Births(const VitalTables& vital, const YearContext& now, const Cells& cells)
    : thresholds_{birth_thresholds(vital, now.places.size(), now.year, now.parameters.external_fertility)},
      bounds_{bounds_of(cells, [&](ZoneId zone, Status, Sex sex, int age) {
        return sex == Sex::female ? thresholds_(now.places.place_of(zone).value(), table_age(age)) : 0;
      })} {}

std::uint64_t Births::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row) || people.traits[row].sex() != Sex::female) return 0;
  return thresholds_(now.places.place_of(people.home[row]).value(), table_age(age_at_start(people, row, now.year)));
}

void Births::happens(const YearContext&, Population&, std::size_t row, const Words&, Ledger&,
                     Requests& requests) const {
  requests.mothers.emplace_back(static_cast<std::uint32_t>(row));
}

Person bear(const YearContext& now, const Population& people, std::size_t mother, PersonId id, Traits inborn,
            Ledger& ledger) {
  Person child;
  child.id = id;
  child.traits = inborn;
  child.traits.set(people.traits[mother].township());
  child.home = people.home[mother];
  child.registered = people.registered[mother];
  child.born = ShortYear{now.year};
  child.arrived = child.born;
  child.group_since = child.born;
  ledger.births(child.home.value(), child.traits.sex()) += ledger.weight;
  ledger.registered_births[child.registered.value()] += ledger.weight;
  return child;
}

void deliver(const YearContext& now, const Population& people, Requests& requests, Ledger& ledger) {
  constexpr Stream attributes = stream_named("newborn");
  requests.children.clear();
  for (const Slot slot : requests.mothers) {
    const std::size_t mother = slot.value();
    if (people.gone(mother)) continue;
    const PersonId id = child_id(people.id[mother], now.year, 0);
    const Words words = own_words({now.seed, attributes, now.year}, id.value());
    const Sex sex = uniform(words[0]) < now.parameters.male_birth_share ? Sex::male : Sex::female;
    Person child = bear(now, people, mother, id, Traits{sex, words[1] % frailty_bands}, ledger);
    child.mother = slot;
    child.traits.set_with_mother(true);
    requests.children.push_back(child);
  }
}

void append_children(std::span<const Requests> requests, Population& people) {
  std::size_t row = people.size();
  std::size_t count = 0;
  for (const Requests& chunk : requests) count += chunk.children.size();
  people.resize(row + count);
  for (const Requests& chunk : requests) {
    for (const Person& child : chunk.children) people.put(row++, child);
  }
}

}  // namespace luohu
