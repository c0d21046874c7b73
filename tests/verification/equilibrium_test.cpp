// T26: free migration equalises real wages (Harris & Todaro 1970 without unemployment; Whalley & Zhang 2007 JDE:
// with homogeneous labour the removal of barriers removes all differences).
//
// Set-up: one kind of labour, no costs, no wedge, no amenities, no acquaintances, no land income, wages and rents
// answering numbers. Stationary stocks of the hazard-logit choice obey pi_o ∝ exp((1 + nu) V_o + (1 − nu) IV_o),
// so that log real wages differ by (differences of log stocks) / kappa: the gap falls as 1 / kappa to 0. The
// equilibrium is the fixed point of markets (the engine's) and stocks (from the engine's choice tables); tolerance 1e-9
// in log stocks, of 10^16 people, so that rounding to whole persons does not show. It would catch rents or
// wages that do not reach utilities, a sign of either, utility on nominal income, and feedbacks that do not
// switch off.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "luohu/markets/fixed_point.hpp"
#include "luohu/markets/markets.hpp"
#include "luohu/rates/choice.hpp"
#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr std::size_t zones = 6;
constexpr double people = 1e16;

/// Three prefectures and nobody else, everything but wages and rents taken away.
struct World {
  Places places;
  EconomyTables economy;
  CapacityTables capacity{{100, 100, 100}, {40, 40, 40}, {1, 1, 1}};
  Settings settings{3};
  Parameters c;

  explicit World(double kappa) {
    std::vector<Place> rows = toy_places().rows();
    rows.resize(3);
    places = Places{std::move(rows)};
    economy.income_index = {1.2, 0.5, 1.0, 0.45, 0.8, 0.35};
    economy.rent_index = {1.3, 0.4, 0.9, 0.35, 0.8, 0.3};
    economy.amenity = Grid<double, 2>{{zones, 2}};
    economy.travel_minutes = Grid<double, 2>{{3, 3}, 60.0};
    c.income_elasticity_stock = kappa;
    c.travel_time_elasticity = c.onward_cost = c.rural_to_urban_cost = 0;
    c.network_elasticity = c.home_premium = c.land_income = c.land_growth = 0;
    c.skill_premium_senior = c.skill_premium_tertiary = 1;
    c.skill_substitution = c.registration_substitution = 1e12;
    c.agglomeration_high = c.agglomeration_low = 0;
  }

  [[nodiscard]] static MarketCounts counts(const std::vector<double>& log_stock) {
    MarketCounts n{Grid<std::int64_t, 3>{{zones, education_levels, standings}},
                   Grid<std::int64_t, 2>{{zones, standings}},
                   Grid<std::int64_t, 3>{{3, child_ages, standings}},
                   {0, 0, 0}};
    for (std::size_t z = 0; z < zones; ++z)
      n.workers(z, 0U, 0U) = n.residents(z, 0U) = std::llround(std::exp(log_stock[z]));
    return n;
  }
};

struct Equilibrium {
  double gap = 0;  ///< largest difference of log real wages between zones
  int rounds = 0;
};

Equilibrium equilibrium(double kappa, Feedbacks feedbacks) {
  const World world{kappa};
  const std::vector<double> start(zones, std::log(people / zones));
  const double nu = world.c.push_exponent;
  std::vector<double> real(zones);

  const auto stocks = [&](const std::vector<double>& log_stock) {
    Markets markets{{world.places, world.capacity, world.c, world.settings, feedbacks, 1}, World::counts(start)};
    const MarketYear year = markets.advance(World::counts(log_stock), world.settings);
    EconomyTables now = world.economy;
    for (std::size_t z = 0; z < zones; ++z) {
      now.income_index[z] *= year.wage(z, 0U, 0U);
      now.rent_index[z] *= year.rent[z];
      real[z] = std::log(now.income_index[z]) - world.c.housing_share * std::log(now.rent_index[z]);
    }
    const Grid<double, 2> wedge{{3, education_levels}};
    const Grid<std::int64_t, 2> nobody{{3, zones}};
    const ChoiceTables choice{{world.places, now, world.c, wedge, nobody}};
    std::vector<double> image(zones);
    for (std::size_t z = 0; z < zones; ++z) {
      const std::size_t cell = choice.cell(z, 0, 0, age_band(30));
      const double logsum = choice.logsum(cell), stay = logsum - choice.pull(cell) / nu;
      image[z] = (1 + nu) * stay + (1 - nu) * logsum;
    }
    const double top = *std::ranges::max_element(image);
    double sum = 0;
    for (const double v : image) sum += std::exp(v - top);
    for (double& v : image) v += std::log(people) - top - std::log(sum);
    return image;
  };
  // Utilities fall by at most 0.4 kappa per unit of log stock, so that this step cannot overshoot; what is wrong with
  // the total fades by the step alone.
  const FixedPoint found = damped_fixed_point(
      "stocks", start, stocks, {.damping = 1 / (1 + 0.4 * kappa), .tolerance = 1e-9, .most_rounds = 10'000});
  (void)stocks(found.x);
  const auto [least, most] = std::ranges::minmax(real);
  return {most - least, found.rounds};
}

}  // namespace

TEST_CASE("T26: with free migration the gap of real wages falls as 1 / kappa to nothing", "[equilibrium]") {
  const Feedbacks on;
  double last = equilibrium(6.25, on).gap;
  for (const double kappa : {25.0, 100.0, 400.0}) {
    const double gap = equilibrium(kappa, on).gap;
    INFO("kappa " << kappa << ": gap " << gap << " after " << last);
    CHECK(gap < last / 2.5);
    last = gap;
  }
  CHECK(last < 0.01);
}

TEST_CASE("T26: without feedbacks the gap stays whatever kappa", "[equilibrium]") {
  const Feedbacks off{.wages = false, .rents = false, .services = false};
  const double gap = equilibrium(1.5, off).gap;
  CHECK(gap > 0.5);
  CHECK(equilibrium(6.25, off).gap == Approx(gap).epsilon(1e-12));
}

TEST_CASE("T26: either market alone leaves a gap that both close", "[equilibrium]") {
  // Rents alone cannot hold people in the countryside, whose homes have no market, nor rural wages alone spread
  // townspeople over towns of unlike pay.
  const double both = equilibrium(100, {}).gap;
  CHECK(equilibrium(100, {.wages = false, .rents = true, .services = true}).gap > 3 * both);
  CHECK(equilibrium(100, {.wages = true, .rents = false, .services = true}).gap > 3 * both);
}
