#include "registration.hpp"

#include <cmath>

namespace luohu {
namespace {

struct Holders {
  double people = 0;
  double prior = 0;
};

double residents_of(const ResidentCounts& counts, ZoneKind zone, MigrantClass klass) {
  std::int64_t people = 0;
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = 0; g < census_age_groups; ++g) people += counts(zone, klass, s, g);
  }
  return static_cast<double>(people);
}

}  // namespace

double urban_registration(const Parameters& c, MigrantClass klass, ZoneKind zone) {
  const bool town = zone == ZoneKind::urban;
  switch (klass) {
    case MigrantClass::local:
      return town ? c.urban_registered_town : 0.0;
    case MigrantClass::same_county:
    case MigrantClass::same_prefecture:
      return town ? c.urban_registered_within_town : c.urban_registered_within_rural;
    case MigrantClass::other_prefecture:
      return town ? c.urban_registered_across_town : c.urban_registered_across_rural;
    case MigrantClass::other_province:
      return 1.0;
    case MigrantClass::outside:
      return c.urban_registered_outside;
  }
  return 0;
}

double solve_registered_odds(const SynthesisInputs& in, const PopulationPlan& plan, std::size_t p) {
  std::vector<Holders> holders;
  double registered = 0;
  const auto add = [&](double people, MigrantClass klass, ZoneKind zone) {
    holders.push_back({people, urban_registration(in.parameters, klass, zone)});
    registered += people;
  };
  for (const ZoneKind zone : {ZoneKind::urban, ZoneKind::rural}) {
    for (const MigrantClass klass : {MigrantClass::local, MigrantClass::same_county, MigrantClass::same_prefecture}) {
      add(residents_of(plan.residents[p], zone, klass), klass, zone);
    }
  }
  for (std::size_t d = 0; d < in.places.size(); ++d) {
    const auto away = static_cast<double>(plan.origins(p, d));
    if (away == 0) continue;
    if (d >= in.places.prefectures()) {
      add(away, MigrantClass::outside, ZoneKind::urban);
      continue;
    }
    // Origins are dealt to the people of a class whichever zone they live in.
    const double town = residents_of(plan.residents[d], ZoneKind::urban, MigrantClass::other_prefecture);
    const double country = residents_of(plan.residents[d], ZoneKind::rural, MigrantClass::other_prefecture);
    add(away * town / (town + country), MigrantClass::other_prefecture, ZoneKind::urban);
    add(away * country / (town + country), MigrantClass::other_prefecture, ZoneKind::rural);
  }
  const double target = in.census.registered_urban[p] * registered;
  double low = -20;
  double high = 20;
  for (int step = 0; step < 100; ++step) {
    const double middle = (low + high) / 2;
    double urban = 0;
    for (const Holders& h : holders) urban += h.people * tilted(h.prior, std::exp(middle));
    (urban < target ? low : high) = middle;
  }
  return std::exp((low + high) / 2);
}

}  // namespace luohu
