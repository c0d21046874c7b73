#include "luohu/inference/inversion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "expected_moves.hpp"
#include "luohu/inference/benchmarks.hpp"
#include "luohu/inference/outcome.hpp"
#include "luohu/places/tables.hpp"

namespace luohu {
namespace {

enum Band : std::size_t { youth_band, other_band };
constexpr double longest_step = 0.5;
constexpr double damping = 0.8;
constexpr double widest = 20;           ///< utility units; what nothing can bring nearer stays inside
constexpr double least_outside = 0.02;  ///< of all newcomers, so that external nodes keep some

constexpr std::size_t town(std::size_t prefecture) {
  return zone_kinds * prefecture;
}
constexpr std::size_t countryside(std::size_t prefecture) {
  return zone_kinds * prefecture + 1;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// What the base year's stocks say, in persons.
struct Stocks {
  std::vector<double> drawing;  ///< [p] residents registered in other counties of the province, the capital's
                                ///< times what it draws beyond its stock
  std::vector<double> outside;  ///< [x] people of the province at an external node
  std::vector<double> rural;    ///< [p] residents of the countryside
  double in_towns = 0;          ///< registered in the province, but not in the town they live in; weighed likewise
  double registered_in_countryside = 0;  ///< and living elsewhere
};

/// `stock`: [registered zone][zone of residence] persons.
Stocks stocks_of(const Model& model, const Grid<double, 2>& stock) {
  const Places& places = model.places;
  const std::size_t capital = capital_of(places);
  const auto weight = [&](std::size_t p) { return p == capital ? model.parameters.capital_inflow : 1.0; };
  Stocks found;
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    const auto of = [&](MigrantClass c) {
      return static_cast<double>(model.census.class_totals(p, static_cast<std::size_t>(c)));
    };
    found.drawing.push_back(weight(p) * (of(MigrantClass::same_prefecture) + of(MigrantClass::other_prefecture)));
    found.rural.push_back(static_cast<double>(model.census.zone_totals(p, 1U)));
  }
  found.outside.assign(places.externals(), 0);
  for (std::size_t z = 0; z < places.zones(); ++z) {
    for (std::size_t h = 0; h < places.internal_zones(); ++h) {
      if (z == h) continue;
      const double persons = stock(h, z);
      if (z >= places.internal_zones()) found.outside[z - places.internal_zones()] += persons;
      if (places.town(ZoneId{static_cast<std::uint16_t>(z)})) found.in_towns += weight(z / zone_kinds) * persons;
      if (places.countryside(ZoneId{static_cast<std::uint16_t>(h)})) found.registered_in_countryside += persons;
    }
  }
  return found;
}

/// Change of utility that brings moves nearer to what is known, and the errors left, persons a year.
struct Answer {
  std::vector<double> change;  ///< [z]
  std::vector<double> youth;   ///< [p], beyond that of its zones
  double worst = 0, worst_youth = 0;
};

double limited(double change) {
  return std::clamp(damping * change, -longest_step, longest_step);
}

/// What moves should be: shares that answer amenities in proportion, and balances.
class Targets {
 public:
  Targets(const Model& model, Stocks stocks, const NetMigration& known)
      : places_{model.places}, parameters_{model.parameters}, stocks_{std::move(stocks)}, known_{known} {}

  [[nodiscard]] Answer answer(const ExpectedMoves& moves) const {
    Answer a{std::vector<double>(places_.zones()), std::vector<double>(places_.prefectures())};
    if (!known_.zone.empty()) {
      balance(moves.zone, known_.zone, a.change, a.worst);
    } else {
      towns(moves, a);
      external_nodes(moves, a);
      countryside_of_all(moves, a);
    }
    if (places_.prefectures() > 1) balance(moves.youth, known_.youth, a.youth, a.worst_youth);
    return a;
  }

 private:
  void share(std::size_t z, double wanted, double got, Answer& a) const {
    a.worst = std::max(a.worst, std::abs(got - wanted));
    a.change[z] = limited(std::log(std::max(wanted, 1.0) / std::max(got, 1.0)));
  }
  void towns(const ExpectedMoves& moves, Answer& a) const {
    const double all = sum(moves.across);
    for (std::size_t p = 0; p < places_.prefectures(); ++p) {
      share(town(p), all * stocks_.drawing[p] / sum(stocks_.drawing), moves.across[p], a);
    }
  }
  void external_nodes(const ExpectedMoves& moves, Answer& a) const {
    const double all = sum(moves.to_towns) + sum(moves.outside);
    const double outside = std::max(all - parameters_.town_inflow * stocks_.in_towns, least_outside * all);
    for (std::size_t x = 0; x < places_.externals(); ++x) {
      share(places_.internal_zones() + x, outside * stocks_.outside[x] / sum(stocks_.outside), moves.outside[x], a);
    }
  }
  void countryside_of_all(const ExpectedMoves& moves, Answer& a) const {
    const double loss = parameters_.countryside_loss * stocks_.registered_in_countryside / sum(stocks_.rural);
    for (std::size_t p = 0; p < places_.prefectures(); ++p) {
      const Turnover& moved = moves.zone[countryside(p)];
      const double wanted = -loss * stocks_.rural[p];
      a.worst = std::max(a.worst, std::abs(moved.in - moved.out - wanted));
      a.change[countryside(p)] = balancing(moved, wanted);
    }
  }

  /// Arrivals answer utility in full, departures to the power of the push.
  [[nodiscard]] double balancing(const Turnover& moved, double wanted) const {
    const double answer = std::max(moved.in + parameters_.push_exponent * moved.out, 1.0);
    return limited((wanted - (moved.in - moved.out)) / answer);
  }

  /// Balances up to a surplus common to all, which no amenity can meet: each is expected to have its part of it.
  void balance(const std::vector<Turnover>& moved, const std::vector<double>& wanted, std::vector<double>& change,
               double& worst) const {
    double surplus = 0;
    double turnover = 0;
    for (std::size_t i = 0; i < moved.size(); ++i) {
      surplus += moved[i].in - moved[i].out - wanted[i];
      turnover += moved[i].in + moved[i].out;
    }
    for (std::size_t i = 0; i < moved.size() && turnover > 0; ++i) {
      const double attainable = wanted[i] + surplus * (moved[i].in + moved[i].out) / turnover;
      worst = std::max(worst, std::abs(moved[i].in - moved[i].out - attainable));
      change[i] = balancing(moved[i], attainable);
    }
  }

  const Places& places_;
  const Parameters& parameters_;
  Stocks stocks_;
  const NetMigration& known_;
};

/// The same difference between youth and others in town and countryside of a prefecture: the mean of the two.
void share_youth(const Places& places, Grid<double, 2>& amenity) {
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    double gap = 0;
    for (const std::size_t z : {town(p), countryside(p)}) gap += (amenity(z, youth_band) - amenity(z, other_band)) / 2;
    for (const std::size_t z : {town(p), countryside(p)}) amenity(z, youth_band) = amenity(z, other_band) + gap;
  }
}

/// Only differences matter.
void centre(const Places& places, Grid<double, 2>& amenity) {
  double mean = 0;
  for (std::size_t z = 0; z < places.internal_zones(); ++z) mean += amenity(z, other_band);
  mean /= static_cast<double>(places.internal_zones());
  for (double& value : amenity.values()) value -= mean;
}

}  // namespace

Inversion invert_amenity(const Model& model, const NetMigration& known, const InversionOptions& options,
                         const Population& people) {
  const Places& places = model.places;
  const FirstYear first_year{model, people, options.scale};
  const Targets targets{model, stocks_of(model, stock_by_zone(first_year.stock(), options.scale)), known};
  EconomyTables economy = model.economy;
  Inversion result;
  while (result.rounds < options.rounds) {
    const Answer answer = targets.answer(first_year.moves(economy));
    ++result.rounds;
    result.worst = answer.worst;
    result.worst_youth = answer.worst_youth;
    if (std::max(result.worst, result.worst_youth) <= options.tolerance) break;
    for (std::size_t z = 0; z < places.zones(); ++z) {
      const double young = z < places.internal_zones() ? answer.youth[z / zone_kinds] : 0;
      economy.amenity(z, other_band) += answer.change[z];
      economy.amenity(z, youth_band) += answer.change[z] + young;
    }
    share_youth(places, economy.amenity);
    centre(places, economy.amenity);
    for (double& value : economy.amenity.values()) value = std::clamp(value, -widest, widest);
  }
  result.amenity = std::move(economy.amenity);
  return result;
}

}  // namespace luohu
