// Destination choice: the logit, its limits, and its tie to the exit hazard.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <set>

#include "luohu/processes/migration.hpp"
#include "luohu/rates/life.hpp"
#include "support/choice_world.hpp"
#include "support/constant_rates.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Logit shares of the utilities of going from `o`.
std::vector<double> softmax(const Utilities& u, std::size_t o) {
  double sum = 0;
  std::vector<double> share;
  for (std::size_t d = 0; d < toy_zones; ++d) {
    share.push_back(d == o ? 0.0 : std::exp(u.go[d]));
    sum += share.back();
  }
  for (double& s : share) s /= sum;
  return share;
}

double logsum(const Utilities& u, std::size_t o) {
  double sum = 0;
  for (std::size_t d = 0; d < toy_zones; ++d) sum += d == o ? 0.0 : std::exp(u.go[d]);
  return std::log(sum);
}

/// A world of random incomes, rents, amenities, wedges and acquaintances.
ChoiceWorld random_world(std::uint64_t seed) {
  std::mt19937_64 generator{seed};
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(generator() >> 11U) * 0x1p-53;
  };
  ChoiceWorld world;
  for (double& x : world.economy.income_index) x = between(0.3, 2.5);
  for (double& x : world.economy.rent_index) x = between(0.3, 2.5);
  for (double& x : world.economy.amenity.values()) x = between(-1, 1);
  for (double& x : world.wedge.values()) x = between(0, 0.5);
  for (std::int64_t& x : world.stock.values()) x = static_cast<std::int64_t>(std::exp(between(0, 9)));
  world.parameters.home_premium = between(0, 2.5);
  return world;
}

}  // namespace

TEST_CASE("T8: destinations come up in their logit shares", "[verification][statistical]") {
  // Formula: q_o(d) = exp(v_od) / sum over k != o of exp(v_ok), the utilities spelled out once more in this suite.
  // Source: McFadden 1974, in Frontiers in Econometrics. Sample: 4,000,000 draws in each of four cells. False alarm:
  // 1e-6 for each. Power: one of seven shares 1 % off adds 67 to a statistic on 6 df whose bound is 38: 6 sd above its
  // mean.
  const ChoiceWorld world;
  const ChoiceTables tables = world.tables();
  const DrawKey key{Seed{8}, stream_named("choice test"), 2030};
  for (const auto& [o, h, e, band] :
       {std::array<std::size_t, 4>{1, 1, 0, 1}, {0, 3, 2, 2}, {7, 5, 1, 3}, {6, 0, 0, 2}}) {
    const std::size_t cell = tables.cell(o, h, e, band);
    std::vector<std::int64_t> counts(toy_zones);
    for (std::uint64_t id = 0; id < 4'000'000; ++id) ++counts[tables.destination(cell, own_words(key, id)[1])];
    CHECK(multinomial_p(counts, softmax(naive(world, o, h, e, band), o)) > false_alarm);
    CHECK(counts[o] == 0);
  }
}

TEST_CASE("T8: without tastes for income, amenity and distance decide; with strong ones, income alone",
          "[verification]") {
  // Formula: kappa -> 0: shares proportional to exp(amenity - cost), cost = ln hours; kappa -> infinity: the largest
  // real income takes all. Source: McFadden 1974. Exact to the 2^-32 of the tables; a 1 % error of one share is 10^7 of
  // that.
  ChoiceWorld world;
  world.strip();
  world.parameters.income_elasticity_stock = 0;
  const ChoiceTables tables = world.tables();
  for (std::size_t o = 0; o < toy_zones; ++o) {
    double total = 0;
    std::vector<double> weight;
    for (std::size_t d = 0; d < toy_zones; ++d) {
      const auto place_of = [](std::size_t z) { return z < 6 ? z / 2 : z - 3; };
      const double minutes = world.economy.travel_minutes(place_of(o), place_of(d));
      weight.push_back(d == o ? 0 : std::exp(world.economy.amenity(d, 1U)) * 60 / minutes);
      total += weight.back();
    }
    for (std::size_t d = 0; d < toy_zones; ++d)
      CHECK(tables.share(tables.cell(o, 4, 1, 3), d) == Approx(weight[d] / total).margin(1e-9));
  }
  ChoiceWorld greedy;
  greedy.strip();
  greedy.parameters.income_elasticity_stock = 600;
  CHECK(greedy.tables().share(greedy.tables().cell(1, 1, 0, 2), 6) > 1 - 1e-6);  // south: 2.0 against east's 1.8
  CHECK(greedy.tables().share(greedy.tables().cell(6, 1, 0, 2), 7) > 1 - 1e-6);
}

TEST_CASE("T10: a new place takes from all others in proportion", "[verification]") {
  // Formula: with a further zone of utility u*, q_a / q_b stays and every old share is multiplied by S / (S + exp u*),
  // S the old sum of exp(v): independence of irrelevant alternatives. Source: Luce 1959; McFadden 1974. Exact to the
  // tables' 2^-32 in all 768 cells; a 1 % error of u* moves the smallest factor by 10^5 of that.
  const ChoiceWorld world;
  const ChoiceTables before = world.tables();
  ChoiceWorld larger = world;
  auto rows = world.places.rows();
  rows.push_back({420001, "north", "北", "North", true, 114, 31, 0});
  larger.places = Places{rows};
  larger.economy.income_index.push_back(1.5), larger.economy.rent_index.push_back(1.2);
  larger.economy.amenity = Grid<double, 2>{{9, 2}};
  larger.economy.travel_minutes = Grid<double, 2>{{6, 6}, 200.0};
  larger.stock = Grid<std::int64_t, 2>{{6, 9}};
  for (std::size_t z = 0; z < 8; ++z) {
    for (std::size_t k = 0; k < 2; ++k) larger.economy.amenity(z, k) = world.economy.amenity(z, k);
    for (std::size_t q = 0; q < 5; ++q) larger.stock(q, z) = world.stock(q, z);
  }
  for (std::size_t p = 0; p < 5; ++p) {
    for (std::size_t q = 0; q < 5; ++q) larger.economy.travel_minutes(p, q) = world.economy.travel_minutes(p, q);
  }
  const ChoiceTables after = larger.tables();
  const Parameters& c = world.parameters;
  for_each_cell(before, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
    const std::size_t same = after.cell(o, h, e, band);
    const double premium[] = {1, c.skill_premium_senior, c.skill_premium_tertiary};
    const double income = 1.5 * premium[e] + (h < 6 && h % 2 == 1 ? c.land_income * c.land_use_away : 0.0);
    const double u = flow_elasticity(c) * (std::log(income) - c.housing_share * std::log(1.2)) -
                     c.travel_time_elasticity * std::log(200.0 / 60) - (o >= 6 ? c.onward_cost : 0.0) -
                     (o < 6 && o % 2 == 1 ? c.rural_to_urban_cost : 0.0);
    const double sum = std::exp(before.logsum(cell)), factor = sum / (sum + std::exp(u));
    REQUIRE(after.logsum(same) == Approx(std::log(sum + std::exp(u))).epsilon(1e-12));
    for (std::size_t d = 0; d < toy_zones; ++d)
      REQUIRE(after.share(same, d) == Approx(factor * before.share(cell, d)).margin(1e-9));
  });
}

TEST_CASE("T11: at nu = 1 staying is one more alternative of the logit", "[verification]") {
  // Formula: p_move / p_stay = exp(IV - V), the odds of a multinomial logit with the option to stay, times a small
  // common hazard. Source: McFadden 1978, on nested logit, at dissimilarity 1. Exact to 1e-9; the error of finite
  // hazards falls in proportion to them. Power: nu forgotten is a factor exp(0.4 (IV - V)), several-fold in most cells.
  ChoiceWorld world;
  world.parameters.push_exponent = 1;
  const ChoiceTables tables = world.tables();
  for_each_cell(tables, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
    const Utilities u = naive(world, o, h, e, band);
    double all = std::exp(u.stay);
    for (std::size_t d = 0; d < toy_zones; ++d) all += d == o ? 0.0 : std::exp(u.go[d]);
    const double stay = std::exp(u.stay) / all;
    REQUIRE(std::exp(tables.pull(cell)) == Approx((1 - stay) / stay).epsilon(1e-9));
    const auto odds = [&](double small) {
      const double move = probability_within_year(small * std::exp(tables.pull(cell)));
      return move / (1 - move) / small;
    };
    const double small = 1e-4 * stay / (1 - stay);
    REQUIRE(odds(small) == Approx((1 - stay) / stay).epsilon(1e-4));
    const double error = odds(small) - (1 - stay) / stay, half = odds(small / 2) - (1 - stay) / stay;
    REQUIRE(half / error == Approx(0.5).epsilon(1e-3));
  });
}

TEST_CASE("T11: at nu = 0 nobody's leaving depends on incomes", "[verification]") {
  // Formula: exit hazards exp(0 (IV - V)) = 1 in every cell, so that with common random numbers the same people leave
  // whatever the incomes, and go elsewhere. Source: McFadden 1978, at dissimilarity 0. Sample: 200,000 people of all
  // kinds, one year's moves. Exact; the power is one person, and nu at 0.01 would change some 1 % of 20,000 movers.
  ToyProvince toy = toy_province();
  toy.parameters.mobility_level = 10;
  toy.parameters.push_exponent = 0;
  std::vector<double> age_hazard;
  for (std::size_t age = 0; age < single_ages; ++age)
    age_hazard.push_back(move_schedule(toy.parameters, static_cast<int>(age)));
  const std::vector<double> frailty = frailty_classes(toy.parameters.frailty_variance, frailty_bands);
  const Cells cells{toy.places};
  const auto moved = [&](double factor) {
    EconomyTables economy = toy.economy;
    for (std::size_t z = 0; z < toy_zones; z += 2) economy.income_index[z] *= factor;
    const ChoiceTables choice{{toy.places, economy, toy.parameters, expected_wedge(toy.settings, toy.parameters),
                               Grid<std::int64_t, 2>{{5, 8}}}};
    Population people = random_people(toy, 200'000, 2030, 11);
    const YearContext now = context_of(toy, 2030);
    run_alone(Migration{{choice, 0, age_hazard, frailty}, now, cells}, now, people);
    std::pair<std::vector<bool>, std::vector<ZoneId>> result;
    for (std::size_t row = 0; row < people.size(); ++row) {
      result.first.push_back(people.gone(row) || people.arrived[row].year() == 2030);
      result.second.push_back(people.home[row]);
    }
    return result;
  };
  const auto poor = moved(1), rich = moved(3);
  CHECK(std::ranges::count(poor.first, true) > 10'000);
  CHECK(poor.first == rich.first);
  CHECK(poor.second != rich.second);
}

TEST_CASE("T13: a person's own alternatives enter the logsum exactly", "[verification]") {
  // Formula: exp(IV_i) = sum over d of exp(v_d) + sum over S_i of exp(v_d) (boost_d - 1), S_i the zones of the place of
  // registration, where the home premium is gained and the wedge (1 - w)^kappa lost: boost = exp(mu) (1 - w)^-kappa.
  // Source: the mixture identity of the logit, Train 2009, ch. 3. Exact to 1e-12 for 20 random worlds and everyone
  // registered in a town; a boost 1 % off is 10^9 of that.
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    ChoiceWorld world = random_world(seed);
    world.parameters.network_elasticity = 0;
    const ChoiceTables tables = world.tables();
    for_each_cell(tables, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
      if (h >= 6 || h % 2 == 1) return;
      // A stranger everywhere: registered at one external node or the other.
      const Utilities stranger = naive(world, o, 7, e, band), at_east = naive(world, o, 6, e, band);
      double sum = 0;
      for (std::size_t d = 0; d < toy_zones; ++d) {
        if (d == o) continue;
        const double common = std::exp(d == 7 ? at_east.go[d] : stranger.go[d]);
        const double boost = std::exp(world.parameters.home_premium) *
                             std::pow(1 - world.wedge(h / 2, e), -flow_elasticity(world.parameters));
        sum += common + (d / 2 == h / 2 ? common * (boost - 1) : 0.0);
      }
      REQUIRE(tables.logsum(cell) == Approx(std::log(sum)).epsilon(1e-12));
      REQUIRE(logsum(naive(world, o, h, e, band), o) == Approx(std::log(sum)).epsilon(1e-12));
    });
  }
}

TEST_CASE("T13: people of every kind go where their own utilities say", "[verification][statistical]") {
  // Formula: arrivals of movers from o in d ~ sum of Bernoulli(q_i(d)), q_i the softmax of each one's own utilities:
  // homes, land, wedges, schooling and age all different. Source: McFadden 1974. Sample: five random worlds, 600,000
  // movers each. False alarm: 1e-6 for each of 286 checks; the five Pearson sums are conservative, as unequal chances
  // vary less than equal ones. Power: the weight of home 1 % off is 7 sd in all who go there.
  double homeward = 0, expected = 0, spread = 0;
  for (std::uint64_t seed = 31; seed <= 35; ++seed) {
    const ChoiceWorld world = random_world(seed);
    ToyProvince toy = toy_province();
    toy.parameters = world.parameters, toy.economy = world.economy;
    const ChoiceTables choice = world.tables();
    const std::vector<double> always(single_ages, 1e9), alike(frailty_bands, 1.0);
    const YearContext now = context_of(toy, 2030, Seed{seed});
    Population people = random_people(toy, 600'000, 2030, seed);
    const Population before = copy_of(people);
    run_alone(Migration{{choice, 0, always, alike}, now, Cells{toy.places}}, now, people);
    std::vector<std::vector<double>> kind(choice.cells());
    for_each_cell(choice, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
      kind[cell] = softmax(naive(world, o, h, e, band), o);
    });
    Grid<double, 2> seen{{toy_zones, toy_zones}}, mean{{toy_zones, toy_zones}}, variance{{toy_zones, toy_zones}};
    for (std::size_t row = 0; row < people.size(); ++row) {
      const Person who = before.at(row);
      if (who.registered.value() >= 6) continue;  // they may leave the model
      const std::size_t o = who.home.value();
      ++seen(o, people.home[row].value());
      const auto& share = kind[choice.cell(o, who.registered.value(), static_cast<std::size_t>(who.traits.education()),
                                           age_band(age_at_start(before, row, 2030)))];
      for (std::size_t d = 0; d < toy_zones; ++d) mean(o, d) += share[d], variance(o, d) += share[d] * (1 - share[d]);
      const std::size_t h = who.registered.value() / 2;
      const double home = share[2 * h] + share[2 * h + 1];
      homeward += people.home[row].value() / 2 == h ? 1 : 0;
      expected += home, spread += home * (1 - home);
    }
    double squares = 0;
    for (std::size_t o = 0; o < toy_zones; ++o) {
      CHECK(seen(o, o) == 0);
      for (std::size_t d = 0; d < toy_zones; ++d) {
        if (d == o) continue;
        INFO("world " << seed << ", from " << o << " to " << d);
        REQUIRE(variance(o, d) > 10);
        const double z = (seen(o, d) - mean(o, d)) / std::sqrt(variance(o, d));
        CHECK(two_sided_p(z) > false_alarm);
        squares += (seen(o, d) - mean(o, d)) * (seen(o, d) - mean(o, d)) / mean(o, d);
      }
    }
    CHECK(chi_square_p(squares, 48) > false_alarm);
  }
  CHECK(two_sided_p((homeward - expected) / std::sqrt(spread)) > false_alarm);
}
