#include "luohu/projection/lumping.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/rates/life.hpp"

namespace luohu {
namespace {

Traits without_frailty(Traits traits) {
  Traits same{traits.sex(), 0};
  same.set(traits.education());
  same.set(traits.township());
  same.set_owner(traits.owner());
  return same;
}

}  // namespace

Lumping::Lumping(const Model& model)
    : places_{model.places},
      frailty_{model.parameters.frailty_variance > 0},
      duration_{model.parameters.wish_duration != 0} {
  for (Year year = model.first_year + 1; year <= model.last_year; ++year) {
    for (const PlaceSettings& rule : settings_of(year, model.base_settings, model.measures)) {
      longest_ = std::max(longest_, static_cast<int>(std::ceil(std::max(rule.residence_years, rule.insurance_years))));
      recognition_ = recognition_ || rule.credit_recognition >= 0.5;
    }
  }
}

Person Lumping::lasting(Person person, Year year) const {
  if (!frailty_) person.traits = without_frailty(person.traits);
  person.born = std::max(person.born, ShortYear{year - oldest_age});
  return person;
}

Person Lumping::operator()(Person person, Year year) const {
  const PlaceId here = places_.place_of(person.home);
  const bool same_place = here == places_.place_of(person.registered);
  const bool may_wish = person.home != person.registered && places_.internal(person.home);
  person = lasting(person, year);
  if (!same_place) person.traits.set(Township::same_county);

  if (!may_wish || (same_place && !duration_)) {
    person.arrived = earliest(year);
  } else if (!duration_) {
    person.arrived = std::max(person.arrived, earliest(year));
  }
  person.group_since = recognition_ ? std::max(person.group_since, earliest(year)) : person.arrived;
  if (person.insured_since != ShortYear::never()) {
    const bool counts = recognition_ || (may_wish && !same_place);
    person.insured_since =
        counts ? std::max({person.insured_since, person.group_since, earliest(year)}) : earliest(year);
  }
  return person;
}

Person Lumping::leaving(Person person, Year year) const {
  person = lasting(person, year);
  person.traits.set_owner(false);
  person.traits.set(Township::same_county);
  person.arrived = ShortYear{year};
  person.group_since = recognition_ ? std::max(person.group_since, earliest(year)) : person.arrived;
  if (person.insured_since != ShortYear::never()) {
    person.insured_since = std::max(person.insured_since, person.group_since);
  }
  return person;
}

}  // namespace luohu
