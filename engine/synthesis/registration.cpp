#include "registration.hpp"

#include <cmath>

namespace luohu {
namespace {

struct Holders {
  double people = 0;
  double prior  = 0;
};

}  // namespace

double urban_registration(MigrantClass klass, ZoneKind zone) {
  const bool town = zone == ZoneKind::urban;
  switch (klass) {
    case MigrantClass::local: return town ? 0.75 : 0.0;
    case MigrantClass::same_county:
    case MigrantClass::same_prefecture: return town ? 0.40 : 0.05;
    case MigrantClass::other_prefecture: return town ? 0.25 : 0.10;
    case MigrantClass::other_province: return 1.0;
    case MigrantClass::outside: return 0.15;
  }
  return 0;
}

double solve_registered_odds(const SynthesisInputs& in, const PopulationPlan& plan, std::size_t p) {
  std::vector<Holders> holders;
  double registered = 0;
  const auto add = [&](double people, MigrantClass klass, ZoneKind zone) {
    holders.push_back({people, urban_registration(klass, zone)});
    registered += people;
  };
  for (const ZoneKind zone : {ZoneKind::urban, ZoneKind::rural}) {
    for (const MigrantClass klass : {MigrantClass::local, MigrantClass::same_county, MigrantClass::same_prefecture}) {
      double people = 0;
      for (std::size_t s = 0; s < sexes; ++s) {
        for (std::size_t g = 0; g < census_age_groups; ++g) {
          people += static_cast<double>(plan.residents[p](zone, klass, s, g));
        }
      }
      add(people, klass, zone);
    }
  }
  for (std::size_t d = 0; d < in.places.size(); ++d) {
    const bool inside = d < in.places.prefectures();
    add(static_cast<double>(plan.origins(p, d)), inside ? MigrantClass::other_prefecture : MigrantClass::outside,
        ZoneKind::urban);
  }
  const double target = in.census.registered_urban[p] * registered;
  double low  = -20;
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
