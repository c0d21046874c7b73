#include "luohu/inference/inversion.hpp"

#include <algorithm>
#include <cmath>

namespace luohu {
namespace {

enum Band : std::size_t { youth, other };
constexpr std::size_t youth_age = 1;  ///< broad age 15–24 of the ledger
constexpr double longest_step = 0.25;
constexpr double damping = 0.8;

/// Persons a year into and out of a place or zone.
struct Turnover {
  double in = 0, out = 0;
};

/// What the model moves in its first year with these amenities.
struct FirstYear {
  std::vector<Turnover> zone;   ///< [z]
  std::vector<Turnover> youth;  ///< [p], ages 15–24, between places
};

/// Share aged 15–24 of those who come from outside the model.
double young_incomers(const std::vector<double>& age_cumulative) {
  constexpr std::size_t first = 15;
  constexpr std::size_t last = 24;
  return age_cumulative[last] - age_cumulative[first - 1];
}

FirstYear first_year(const Model& model, const EconomyTables& economy, const InversionOptions& options,
                     Population people) {
  const Model trial{model.places,     model.census,        model.vital,    economy,          model.boundary,
                    model.capacity,   model.base_settings, model.measures, model.parameters, model.group_of,
                    model.first_year, model.last_year,     model.feedbacks};
  Simulation simulation{trial, {options.seed, options.scale, true, {}}, std::move(people)};
  simulation.advance();
  const Ledger& flows = simulation.flows();
  const Places& places = model.places;
  const auto persons = static_cast<double>(options.scale);
  FirstYear year{std::vector<Turnover>(places.zones()), std::vector<Turnover>(places.prefectures())};
  for (std::size_t z = 0; z < places.zones(); ++z) {
    for (std::size_t s = 0; s < sexes; ++s) {
      year.zone[z].in += persons * static_cast<double>(flows.arrivals(z, s) + flows.incomers(z, s));
      year.zone[z].out += persons * static_cast<double>(flows.departures(z, s));
    }
  }
  const double young = young_incomers(simulation.base().inflow.age_cumulative);
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    for (const std::size_t z : {2 * p, 2 * p + 1}) {
      year.youth[p].in += young * persons * static_cast<double>(flows.incomers(z, 0U) + flows.incomers(z, 1U));
    }
    for (std::size_t q = 0; q < places.size(); ++q) {
      if (p == q) continue;
      for (std::size_t r = 0; r < registrations; ++r) {
        year.youth[p].out += persons * static_cast<double>(flows.moves(p, q, youth_age, r));
        year.youth[p].in += persons * static_cast<double>(flows.moves(q, p, youth_age, r));
      }
    }
  }
  return year;
}

/// Change of utility that brings the net migration nearer to `wanted`: arrivals answer it in full, departures to the
/// power of the push.
double step(const Turnover& moved, double wanted, double push) {
  const double answer = std::max(moved.in + push * moved.out, 1.0);
  return std::clamp(damping * (wanted - (moved.in - moved.out)) / answer, -longest_step, longest_step);
}

double error(const Turnover& moved, double wanted) {
  return std::abs(moved.in - moved.out - wanted);
}

/// The targets and a share, by turnover, of what they lack: who comes from outside the model and who leaves it do not
/// depend on amenities alone, and a surplus common to all zones cannot be met by any.
std::vector<double> attainable(const std::vector<Turnover>& zones, std::vector<double> targets) {
  double surplus = 0;
  double moved = 0;
  for (std::size_t z = 0; z < zones.size(); ++z) {
    surplus += zones[z].in - zones[z].out - targets[z];
    moved += zones[z].in + zones[z].out;
  }
  for (std::size_t z = 0; z < zones.size() && moved > 0; ++z) {
    targets[z] += surplus * (zones[z].in + zones[z].out) / moved;
  }
  return targets;
}

/// Only differences matter.
void centre(const Places& places, Grid<double, 2>& amenity) {
  double mean = 0;
  for (std::size_t z = 0; z < places.internal_zones(); ++z) mean += amenity(z, std::size_t{other});
  mean /= static_cast<double>(places.internal_zones());
  for (double& value : amenity.values()) value -= mean;
}

}  // namespace

Inversion invert_amenity(const Model& model, const NetMigration& target, const InversionOptions& options,
                         const std::function<Population()>& people) {
  const Places& places = model.places;
  const double push = model.parameters.push_exponent;
  EconomyTables economy = model.economy;
  Inversion result;
  while (result.rounds < options.rounds) {
    const FirstYear year = first_year(model, economy, options, people());
    ++result.rounds;
    const std::vector<double> wanted = attainable(year.zone, target.zone);
    result.worst = result.worst_youth = 0;
    for (std::size_t z = 0; z < places.zones(); ++z) {
      result.worst = std::max(result.worst, error(year.zone[z], wanted[z]));
    }
    for (std::size_t p = 0; p < places.prefectures(); ++p) {
      result.worst_youth = std::max(result.worst_youth, error(year.youth[p], target.youth[p]));
    }
    if (result.worst <= options.tolerance && result.worst_youth <= options.tolerance) break;
    for (std::size_t z = 0; z < places.zones(); ++z) {
      const double change = step(year.zone[z], wanted[z], push);
      economy.amenity(z, std::size_t{other}) += change;
      economy.amenity(z, std::size_t{youth}) += change;
      if (z >= places.internal_zones()) continue;
      const std::size_t p = z / zone_kinds;
      economy.amenity(z, std::size_t{youth}) += step(year.youth[p], target.youth[p], push) - change;
    }
    for (std::size_t p = 0; p < places.prefectures(); ++p) {
      // The same difference in town and countryside: the mean of the two.
      const auto gap = [&](std::size_t z) {
        return economy.amenity(z, std::size_t{youth}) - economy.amenity(z, std::size_t{other});
      };
      const double mean = (gap(2 * p) + gap(2 * p + 1)) / 2;
      for (const std::size_t z : {2 * p, 2 * p + 1}) {
        economy.amenity(z, std::size_t{youth}) = economy.amenity(z, std::size_t{other}) + mean;
      }
    }
    centre(places, economy.amenity);
  }
  result.amenity = std::move(economy.amenity);
  return result;
}

}  // namespace luohu
