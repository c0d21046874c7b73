#include "luohu/processes/families.hpp"

#include <cmath>

#include "luohu/processes/external_registration.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/processes/reclassification.hpp"
#include "luohu/processes/settling.hpp"

namespace luohu {
namespace {

/// What `registers` asks for: mother and child at home where she is registered, in a town or in countryside that
/// registers people.
bool may_register(const YearContext& now, const Population& people, std::size_t child, std::size_t mother) {
  const ZoneId home = people.home[child];
  if (people.home[mother] != home || people.registered[mother] != home || people.registered[child] == home) {
    return false;
  }
  if (now.places.town(home)) return true;
  return now.places.countryside(home) && now.settings[now.places.place_of(home).value()].countryside_registration > 0;
}

/// Whoever leaves the model is gone, as the dead are; only leaving is an arrival of this year.
bool left_this_year(const YearContext& now, const Population& people, std::size_t row) {
  return people.gone(row) && people.arrived[row].year() == now.year;
}

}  // namespace

Families::Families(const YearContext& now) : follow_{{now.places.size() + 1, 2}}, join_{{now.places.size() + 1, 2}} {
  const Parameters& c = now.parameters;
  for (std::size_t q = 0; q <= now.places.size(); ++q) {
    const double coverage = q < now.places.prefectures() ? now.settings[q].coverage_school
                            : q < now.places.size()      ? c.family_external_school
                                                         : 1.0;
    for (const bool teen : {false, true}) {
      const double chance = follow(c, coverage, teen);
      follow_(q, teen) = threshold_of(chance);
      join_(q, teen) = threshold_of(probability_within_year(c.family_join_rate * chance));
    }
  }
}

double Families::follow(const Parameters& c, double coverage, bool teen) {
  const double z = c.family_follow_intercept + c.family_follow_school * coverage - (teen ? c.family_follow_teens : 0.0);
  return 1 / (1 + std::exp(-z));
}

/// Where children are registered they all have a place at school.
std::size_t Families::school_of(const YearContext& now, const Population& people, std::size_t row,
                                ZoneId target) const {
  const PlaceId there = now.places.place_of(target);
  return now.places.place_of(people.registered[row]) == there ? now.places.size() : there.value();
}

FamilyEvent Families::event(const YearContext& now, const Population& people, std::size_t row,
                            bool mother_changed) const {
  const std::size_t mother = people.mother[row].value();
  const bool together = people.traits[row].with_mother();
  const int age = age_at_start(people, row, now.year);
  const auto draw = [&] { return own_words({now.seed, stream, now.year}, people.id[row].value()); };

  if (mother_changed && people.gone(mother)) {
    const bool takes_it = together && left_this_year(now, people, mother) &&
                          now.places.internal(people.home[row]) != now.places.internal(people.registered[row]);
    return takes_it ? FamilyEvent::leaves : FamilyEvent::orphaned;
  }
  if (age + 1 >= grown_up) return FamilyEvent::grown;
  if (!together) {
    if (people.home[mother] == people.home[row]) return FamilyEvent::met;
    const std::uint64_t joins = join_(school_of(now, people, row, people.home[mother]), age >= teens);
    return draw()[1] < joins ? FamilyEvent::joins : FamilyEvent::none;
  }
  if (!mother_changed && people.arrived[row].year() != now.year - 1) return FamilyEvent::none;
  if (people.home[mother] == people.home[row]) {
    return may_register(now, people, row, mother) ? FamilyEvent::registers : FamilyEvent::none;
  }
  if (people.arrived[mother].year() < now.year) return FamilyEvent::reclassified;
  const std::uint64_t follows = follow_(school_of(now, people, row, people.home[mother]), age >= teens);
  return draw()[0] < follows ? FamilyEvent::follows : FamilyEvent::left_behind;
}

void Families::happens(FamilyEvent event, const YearContext& now, Population& people, std::size_t row, Ledger& ledger) {
  Traits& traits = people.traits[row];
  const Slot mother = people.mother[row];
  switch (event) {
    case FamilyEvent::none:
      return;
    case FamilyEvent::grown:
    case FamilyEvent::orphaned:
      people.mother[row] = Slot{};
      traits.set_with_mother(false);
      return;
    case FamilyEvent::leaves:
      people.mother[row] = Slot{};
      if (now.places.internal(people.home[row])) {
        move_to(now, people, row, people.registered[row], ledger);
      } else {
        register_outside(now, people, row, ledger);
      }
      return;
    case FamilyEvent::left_behind:
      traits.set_with_mother(false);
      return;
    case FamilyEvent::met:
      traits.set_with_mother(true);
      return;
    case FamilyEvent::follows:
    case FamilyEvent::joins:
      traits.set_with_mother(true);
      move_to(now, people, row, people.home[mother.value()], ledger);
      return;
    case FamilyEvent::reclassified:
      reclassify(now, people, row, ledger);
      return;
    case FamilyEvent::registers:
      register_settler(now, people, {0, Slot{static_cast<std::uint32_t>(row)}, Route::family}, ledger);
      return;
  }
}

}  // namespace luohu
