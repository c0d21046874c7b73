#include "luohu/schedule/welfare.hpp"

#include <array>
#include <limits>

#include "luohu/core/error.hpp"
#include "luohu/markets/welfare.hpp"
#include "luohu/rates/horizon.hpp"
#include "luohu/tabulate/tables.hpp"

namespace luohu {
std::vector<double> welfare_levels(const Model& model, const ChoiceTables& choice,
                                   const Grid<std::int64_t, 4>& choosers) {
  LUOHU_EXPECT(choosers.values().size() == choice.cells());
  const Places& places = model.places;
  const double push = model.parameters.push_exponent;
  std::array<double, age_bands> elasticity{};
  for (std::size_t band = 0; band < age_bands; ++band) {
    elasticity[band] = flow_elasticity(model.parameters) * horizon_factor(model.parameters, age_of_band[band]);
  }
  std::vector<double> mean(places.prefectures() * hukou_kinds * education_levels,
                           std::numeric_limits<double>::quiet_NaN());
  if (push == 0) return mean;
  Grid<double, 3> sum{{places.prefectures(), hukou_kinds, education_levels}};
  Grid<double, 3> people{{places.prefectures(), hukou_kinds, education_levels}};
  for (std::size_t home = 0; home < places.internal_zones(); ++home) {
    for (std::size_t registered = 0; registered < places.zones(); ++registered) {
      const ZoneId here{static_cast<ZoneId::Value>(home)};
      const Hukou hukou = hukou_of(places, here, ZoneId{static_cast<ZoneId::Value>(registered)});
      const std::size_t p = places.place_of(here).value();
      for (std::size_t e = 0; e < education_levels; ++e) {
        for (std::size_t band = 0; band < age_bands; ++band) {
          const auto weight = static_cast<double>(choosers(home, registered, e, band));
          if (weight == 0) continue;
          const std::size_t cell = choice.cell(home, registered, e, band);
          const double stay = choice.logsum(cell) - choice.pull(cell) / push;
          sum(p, hukou, e) += weight * expected_utility(stay, choice.logsum(cell)) / elasticity[band];
          people(p, hukou, e) += weight;
        }
      }
    }
  }
  for (std::size_t i = 0; i < mean.size(); ++i) {
    if (people.values()[i] > 0) mean[i] = sum.values()[i] / people.values()[i];
  }
  return mean;
}

}  // namespace luohu
