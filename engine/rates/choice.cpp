#include "luohu/rates/choice.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "luohu/core/error.hpp"
#include "luohu/core/vector_path.hpp"
#include "luohu/rates/horizon.hpp"

namespace luohu {
namespace {

constexpr std::uint32_t certain = std::numeric_limits<std::uint32_t>::max();
constexpr std::array<double, age_bands> is_youth{0, 1, 0, 0};

double travel_factor(const Conditions& now, PlaceId from, PlaceId to) {
  if (now.travel.empty()) return 1;
  if (from == to) return now.travel_within[from.value()];
  return std::max(now.travel[from.value()], now.travel[to.value()]);
}

/// Utility lost on the way from o to d: time, moving on outside the province, countryside to town.
Eigen::ArrayXXd moving_costs(const ChoiceInputs& in) {
  const Places& places = in.places;
  const auto zones = static_cast<Eigen::Index>(places.zones());
  Eigen::ArrayXXd cost{zones, zones};
  for (Eigen::Index o = 0; o < zones; ++o) {
    for (Eigen::Index d = 0; d < zones; ++d) {
      const ZoneId from{static_cast<std::uint16_t>(o)};
      const ZoneId to{static_cast<std::uint16_t>(d)};
      const PlaceId p = places.place_of(from);
      const PlaceId q = places.place_of(to);
      if (o == d) {
        cost(o, d) = 0;
        continue;
      }
      const bool onward = p != q && !places.internal(p) && !places.internal(q);
      const bool to_town = places.kind_of(from) == ZoneKind::rural && places.kind_of(to) == ZoneKind::urban;
      const double hours = in.economy.travel_minutes(p.value(), q.value()) * travel_factor(in.conditions, p, q) / 60;
      cost(o, d) = in.parameters.travel_time_elasticity * std::log(hours) + (onward ? in.parameters.onward_cost : 0.0) +
                   (to_town ? in.parameters.rural_to_urban_cost : 0.0);
    }
  }
  return cost;
}

/// Utility of living in zone d for people registered in h: income net of the wedge, with land; rent,
/// amenity, acquaintances, home.
double attraction(const ChoiceInputs& in, ZoneId h, std::size_t education, std::size_t band, ZoneId d) {
  const Parameters& c = in.parameters;
  const Places& places = in.places;
  const PlaceId there = places.place_of(d);
  const bool at_home = there == places.place_of(h);
  const std::array<double, education_levels> premium{1, c.skill_premium_senior, c.skill_premium_tertiary};

  // Schooling pays in towns; a rural income does not depend on it.
  double income = in.economy.income_index[d.value()];
  if (places.kind_of(d) == ZoneKind::urban) income *= premium[education];
  const Conditions& now = in.conditions;
  const Standing standing = at_home ? Standing::local : Standing::migrant;
  if (!now.wage.values().empty()) income *= now.wage(d.value(), education, standing);
  // The share of the wedge that is an iceberg cost is lost whatever the income, and as in the base year.
  double iceberg = 0;
  if (!at_home && places.internal(there)) {
    const double on_wages = 1 - c.iceberg_share;
    income *= 1 - on_wages * in.wedge(there.value(), education);
    const Grid<double, 2>& base_wedge = in.base_wedge.values().empty() ? in.wedge : in.base_wedge;
    const double base = base_wedge(there.value(), education);
    iceberg = std::log((1 - base) / (1 - on_wages * base));
  }
  if (places.countryside(h)) {
    income += c.land_income * (d == h ? 1.0 : c.land_use_away);
  }
  const double youth = is_youth[band];
  const double amenity = youth * in.economy.amenity(d.value(), 0) + (1 - youth) * in.economy.amenity(d.value(), 1) +
                         (now.amenity.empty() ? 0.0 : now.amenity[d.value()]);
  const double rent = in.economy.rent_index[d.value()] * (now.rent.empty() ? 1.0 : now.rent[d.value()]);
  // People registered at an external node who live there are no agents: their number is a parameter.
  const bool outsiders_home = at_home && !places.internal(h);
  const double known =
      outsiders_home ? c.external_home_stock : static_cast<double>(in.stock(places.place_of(h).value(), d.value()));
  return flow_elasticity(c) * horizon_factor(c, age_of_band[band]) *
             (std::log(income) - c.housing_share * std::log(rent) + iceberg) +
         amenity + c.network_elasticity * std::log1p(known) + (at_home ? c.home_premium : 0.0);
}

/// How many ends do not lie above `word`: without branches, because nobody can predict where a mover goes.
LUOHU_COPY_FOR_EVERY_PATH std::size_t count_up_to(const std::uint32_t* __restrict ends, std::size_t count,
                                                  std::uint32_t word) {
  std::uint32_t below = 0;
  for (std::size_t i = 0; i < count; ++i) below += ends[i] <= word ? 1 : 0;
  return below;
}

/// Up to so many ends are counted faster than halved.
constexpr std::size_t few = 64;

}  // namespace

double flow_elasticity(const Parameters& parameters) {
  return parameters.income_elasticity_stock / (1 + parameters.push_exponent);
}

ChoiceTables::ChoiceTables(const ChoiceInputs& in) : zones_{in.places.zones()} {
  cumulative_.resize(cells() * zones_);
  pull_.resize(cells());
  logsum_.resize(cells());

  const auto zones = static_cast<Eigen::Index>(zones_);
  const Eigen::ArrayXXd reach = (-moving_costs(in)).exp().transpose();  // column o: exp(−cost) to every d
  Eigen::ArrayXd value{zones};
  Eigen::ArrayXd appeal{zones};
  Eigen::ArrayXd weight{zones};

  for (std::size_t h = 0; h < zones_; ++h) {
    for (std::size_t e = 0; e < education_levels; ++e) {
      for (std::size_t band = 0; band < age_bands; ++band) {
        for (std::size_t d = 0; d < zones_; ++d) {
          value(static_cast<Eigen::Index>(d)) =
              attraction(in, ZoneId{static_cast<std::uint16_t>(h)}, e, band, ZoneId{static_cast<std::uint16_t>(d)});
        }
        appeal = value.exp();
        for (std::size_t o = 0; o < zones_; ++o) {
          const auto column = static_cast<Eigen::Index>(o);
          weight = appeal * reach.col(column);
          weight(column) = 0;
          const double total = weight.sum();
          const std::size_t c = cell(o, h, e, band);
          LUOHU_EXPECT(total > 0 && std::isfinite(total));
          logsum_[c] = std::log(total);
          pull_[c] = in.parameters.push_exponent * (logsum_[c] - value(column));

          std::uint32_t* ends = &cumulative_[c * zones_];
          const std::size_t final = o + 1 == zones_ ? zones_ - 2 : zones_ - 1;  // the last zone one can move to
          double sum = 0;
          for (std::size_t d = 0; d < zones_; ++d) {
            sum += weight(static_cast<Eigen::Index>(d));
            ends[d] = d >= final ? certain : static_cast<std::uint32_t>(std::min(sum / total * 0x1p32, 0x1p32 - 1));
          }
        }
      }
    }
  }
}

std::size_t ChoiceTables::destination(std::size_t cell, std::uint32_t word) const {
  // The largest word stands for the last destination: no end lies above it.
  const std::uint32_t sought = std::min(word, certain - 1);
  const std::uint32_t* ends = &cumulative_[cell * zones_];
  std::size_t first = 0;
  std::size_t count = zones_;
  for (; count > few; count -= count / 2) {
    if (ends[first + count / 2 - 1] <= sought) first += count / 2;
  }
  return first + count_up_to(ends + first, count, sought);
}

double ChoiceTables::share(std::size_t cell, std::size_t zone) const {
  const std::uint32_t* ends = &cumulative_[cell * zones_];
  const double upper = ends[zone] == certain ? 0x1p32 : ends[zone];
  const double lower = zone == 0 ? 0.0 : (ends[zone - 1] == certain ? 0x1p32 : ends[zone - 1]);
  return (upper - lower) * 0x1p-32;
}

}  // namespace luohu
