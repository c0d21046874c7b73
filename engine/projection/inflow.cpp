#include <cmath>

#include "outcomes.hpp"

namespace luohu {
namespace {

/// What category `i` adds to a cumulative distribution.
template <class Cumulative>
double share(Cumulative cumulative, std::size_t i) {
  return cumulative(i) - (i == 0 ? 0.0 : cumulative(i - 1));
}

/// Call `visit(age, traits, share)` for everything that distinguishes one incomer from another.
template <class Visit>
void for_each_kind(const InflowTables& tables, double men, Visit&& visit) {
  for (std::size_t age = 0; age < single_ages; ++age) {
    const double of_age = share([&](std::size_t a) { return tables.age_cumulative[a]; }, age);
    for (std::size_t level = 0; level < education_levels; ++level) {
      const double of_level =
          share([&](std::size_t e) { return e + 1 < education_levels ? tables.education(age, e) : 1.0; }, level);
      for (const Sex sex : {Sex::female, Sex::male}) {
        const double of_sex = sex == Sex::male ? men : 1 - men;
        for (std::size_t band = 0; band < frailty_bands; ++band) {
          Traits traits{sex, band};
          traits.set(static_cast<Education>(level));
          visit(static_cast<int>(age), traits, of_age * of_level * of_sex / static_cast<double>(frailty_bands));
        }
      }
    }
  }
}

}  // namespace

void Projection::add_incomers(const YearContext& now, const Grid<double, 2>& appeal, Outcomes& outcomes) {
  const Places& places = model_.places;
  const InflowTables& tables = base_.inflow;
  const auto add = [&](ZoneId origin, ZoneId home, double mean) {
    for_each_kind(tables, now.parameters.incomer_male_share, [&](int age, Traits traits, double share) {
      const Person person = incomer(now, origin, home, age, traits);
      flows_.weight = std::llround(mean * share * static_cast<double>(units_per_person));
      count_incomer(now, person, flows_);
      put(outcomes.people, person, flows_.weight, 0);
    });
  };
  for (std::size_t e = 0; e < places.externals(); ++e) {
    const ZoneId origin = places.zone(PlaceId{static_cast<PlaceId::Value>(places.prefectures() + e)}, ZoneKind::urban);
    for (std::size_t p = 0; p < places.prefectures(); ++p) {
      const PlaceId target{static_cast<PlaceId::Value>(p)};
      const double mean = tables.mean(e, p) * appeal(e, p);
      add(origin, places.zone(target, ZoneKind::urban), mean * tables.urban_share[p]);
      add(origin, places.zone(target, ZoneKind::rural), mean * (1 - tables.urban_share[p]));
    }
  }
  outcomes.people.pour(0);
}

}  // namespace luohu
