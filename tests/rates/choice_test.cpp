#include "luohu/rates/choice.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "luohu/random/draw.hpp"
#include "support/statistics.hpp"
#include "support/toy_province.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr std::size_t zones = 8;

/// The inputs of ChoiceTables with everything that varies.
struct World {
  Places places = toy_places();
  EconomyTables economy = toy_economy();
  Parameters parameters;
  Grid<double, 2> wedge{{3, education_levels}};
  Grid<std::int64_t, 2> stock{{5, zones}};

  World() {
    for (std::size_t p = 0; p < 3; ++p) {
      for (std::size_t e = 0; e < education_levels; ++e)
        wedge(p, e) = 0.02 * static_cast<double>(p + 1) * static_cast<double>(3 - e);
    }
    for (std::size_t q = 0; q < 5; ++q) {
      for (std::size_t z = 0; z < zones; ++z) stock(q, z) = static_cast<std::int64_t>((q * 37 + z * 101) % 500 * 10);
    }
    parameters.rural_to_urban_cost = 0.3;
    parameters.province_border = 0.8;
  }
  [[nodiscard]] ChoiceTables tables() const { return ChoiceTables{{places, economy, parameters, wedge, stock}}; }

  /// Only amenities and distance are left.
  void strip() {
    Parameters& c = parameters;
    c.travel_time_elasticity = 1;
    c.network_elasticity = c.home_premium = c.province_border = c.rural_to_urban_cost = c.land_income = 0;
    c.skill_premium_senior = c.skill_premium_tertiary = 1;
    wedge = Grid<double, 2>{{3, education_levels}};
    std::ranges::fill(economy.rent_index, 1.0);
  }
};

struct Utilities {
  double stay = 0;
  std::vector<double> go;  ///< [zone], cost included; meaningless for the origin
};

/// Model equation (7), one person at a time, zones spelled out: 2p town, 2p + 1 country, 6 and 7 outside.
Utilities naive(const World& w, std::size_t o, std::size_t h, std::size_t e, std::size_t band) {
  const Parameters& c = w.parameters;
  const auto place_of = [](std::size_t z) { return z < 6 ? z / 2 : z - 3; };
  const auto rural = [](std::size_t z) { return z < 6 && z % 2 == 1; };
  const double premium = e == 0 ? 1 : (e == 1 ? c.skill_premium_senior : c.skill_premium_tertiary);
  Utilities u;
  for (std::size_t d = 0; d < zones; ++d) {
    const bool registered_here = place_of(d) == place_of(h);
    double y = w.economy.income_index[d];
    if (!rural(d)) y *= premium;
    if (d < 6 && !registered_here) y *= 1 - w.wedge(place_of(d), e);
    if (rural(h)) y += c.land_income * (d == h ? 1 : c.land_use_away);
    double v = c.income_elasticity_stock / (1 + c.push_exponent) *
               (std::log(y) - c.housing_share * std::log(w.economy.rent_index[d]));
    v += w.economy.amenity(d, band == 1 ? 0 : 1);
    // An external node's own people at home are no agents: a parameter says how many they are.
    const double known = h >= 6 && d == h ? c.external_home_stock : static_cast<double>(w.stock(place_of(h), d));
    v += c.network_elasticity * std::log(1 + known);
    if (registered_here) v += c.home_premium;
    double cost = 0;
    if (d != o) {
      cost += c.travel_time_elasticity * std::log(w.economy.travel_minutes(place_of(o), place_of(d)) / 60);
      if (place_of(o) != place_of(d) && (o >= 6 || d >= 6)) cost += c.province_border;
      if (rural(o) && !rural(d)) cost += c.rural_to_urban_cost;
    }
    if (d == o) u.stay = v;
    u.go.push_back(v - cost);
  }
  return u;
}

template <class Visit>
void for_each_cell(const ChoiceTables& t, Visit visit) {
  for (std::size_t o = 0; o < t.zones(); ++o) {
    for (std::size_t h = 0; h < t.zones(); ++h) {
      for (std::size_t e = 0; e < education_levels; ++e) {
        for (std::size_t band = 0; band < age_bands; ++band) visit(o, h, e, band, t.cell(o, h, e, band));
      }
    }
  }
}

}  // namespace

TEST_CASE("shares, logsum and pull are those of the utilities", "[choice]") {
  const World world;
  const ChoiceTables tables = world.tables();
  for_each_cell(tables, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
    const Utilities u = naive(world, o, h, e, band);
    double total = 0, shares = 0;
    for (std::size_t d = 0; d < zones; ++d) total += d == o ? 0 : std::exp(u.go[d]);
    for (std::size_t d = 0; d < zones; ++d) {
      REQUIRE(tables.share(cell, d) == Approx(d == o ? 0 : std::exp(u.go[d]) / total).margin(1e-8));
      shares += tables.share(cell, d);
    }
    REQUIRE(shares == 1);
    REQUIRE(tables.logsum(cell) == Approx(std::log(total)).epsilon(1e-12));
    REQUIRE(tables.pull(cell) == Approx(world.parameters.push_exponent * (std::log(total) - u.stay)).margin(1e-12));
  });
}

TEST_CASE("cells are numbered without gaps or overlaps", "[choice]") {
  const ChoiceTables tables = World{}.tables();
  std::vector<int> seen(tables.cells());
  for_each_cell(tables, [&](auto, auto, auto, auto, std::size_t cell) { ++seen.at(cell); });
  CHECK(seen == std::vector<int>(tables.cells(), 1));
}

TEST_CASE("nobody moves to where they are", "[choice]") {
  World world;
  for (const double kappa : {0.0, 1.5, 60.0}) {
    world.parameters.income_elasticity_stock = kappa;
    const ChoiceTables tables = world.tables();
    for_each_cell(tables, [&](std::size_t o, auto, auto, auto, std::size_t cell) {
      for (const std::uint32_t word : {0U, 1U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFEU, 0xFFFFFFFFU}) {
        const std::size_t d = tables.destination(cell, word);
        REQUIRE(d < zones);
        REQUIRE(d != o);
      }
      for (std::uint32_t i = 0; i < 64; ++i) REQUIRE(tables.destination(cell, i * 0x3FFFFFFU) != o);
    });
  }
}

TEST_CASE("a word finds the destination whose share of all words it lies in, among few zones and many", "[choice]") {
  for (const std::size_t prefectures : {1U, 20U, 32U, 70U}) {
    std::vector<Place> rows;
    for (std::size_t p = 0; p < prefectures; ++p) {
      rows.push_back({static_cast<std::int32_t>(p), "", "", "", false, 0, 0, 0});
    }
    const Places places{rows};
    const std::size_t count = places.zones();
    EconomyTables economy;
    economy.rent_index.assign(count, 1.0);
    economy.amenity = Grid<double, 2>{{count, 2}};
    economy.travel_minutes = Grid<double, 2>{{prefectures, prefectures}, 60.0};
    for (std::size_t z = 0; z < count; ++z) economy.income_index.push_back(0.2 + static_cast<double>(z * 7 % 5));
    const Grid<double, 2> wedge{{prefectures, education_levels}};
    const Grid<std::int64_t, 2> stock{{prefectures, count}};
    const Parameters parameters;
    const ChoiceTables tables{{places, economy, parameters, wedge, stock}};
    for (std::size_t o = 0; o < count; o += 3) {
      const std::size_t cell = tables.cell(o, (o + 1) % count, 0, 2);
      double below = 0;
      for (std::size_t d = 0; d < count; ++d) {
        const double share = tables.share(cell, d) * 0x1p32;
        if (share >= 1) {
          REQUIRE(tables.destination(cell, static_cast<std::uint32_t>(below)) == d);
          REQUIRE(tables.destination(cell, static_cast<std::uint32_t>(below + share - 1)) == d);
        }
        below += share;
      }
      REQUIRE(below == 0x1p32);
    }
  }
}

TEST_CASE("destinations come up in their shares", "[choice][statistical]") {
  // T8. Chi-square against the shares; n = 200,000: moving 1 % of the people from one of seven
  // destinations to another adds about 2 * (0.01 n)^2 / (n / 7) = 280 to a statistic on 6 df.
  const ChoiceTables tables = World{}.tables();
  const DrawKey key{Seed{8}, stream_named("choice test"), 2030};
  for (const auto& [o, h, e, band] :
       {std::array<std::size_t, 4>{1, 1, 0, 1}, {0, 3, 2, 2}, {7, 5, 1, 3}, {6, 0, 0, 2}}) {
    const std::size_t cell = tables.cell(o, h, e, band);
    std::vector<std::int64_t> counts(zones);
    std::vector<double> shares;
    for (std::size_t d = 0; d < zones; ++d) shares.push_back(tables.share(cell, d));
    for (std::uint64_t id = 0; id < 200'000; ++id) ++counts[tables.destination(cell, own_words(key, id)[1])];
    CHECK(multinomial_p(counts, shares) > false_alarm);
    CHECK(counts[o] == 0);
  }
}

TEST_CASE("a new place takes from all others in proportion", "[choice]") {
  // T10, independence of irrelevant alternatives: old shares shrink by the same factor, exp(IV - IV').
  const World world;
  const ChoiceTables before = world.tables();
  World larger = world;
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
  for_each_cell(before, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
    const std::size_t same = after.cell(o, h, e, band);
    const double factor = std::exp(before.logsum(cell) - after.logsum(same));
    REQUIRE(factor < 1);
    for (std::size_t d = 0; d < zones; ++d)
      REQUIRE(after.share(same, d) == Approx(factor * before.share(cell, d)).margin(2e-9));
  });
}

TEST_CASE("strong tastes for income leave one destination", "[choice]") {
  World world;
  world.parameters.income_elasticity_stock = 400;
  const ChoiceTables tables = world.tables();
  const Utilities u = naive(world, 1, 1, 0, 2);
  std::size_t best = 0;
  for (std::size_t d = 0; d < zones; ++d) {
    if (d != 1 && u.go[d] > u.go[best]) best = d;
  }
  CHECK(tables.share(tables.cell(1, 1, 0, 2), best) > 1 - 1e-6);
}

TEST_CASE("without tastes for income, amenity and distance decide", "[choice]") {
  // T8 limit: kappa = 0 gives shares proportional to exp(amenity − cost).
  World world;
  world.strip();
  world.parameters.income_elasticity_stock = 0;
  const ChoiceTables tables = world.tables();
  const std::size_t cell = tables.cell(2, 4, 1, 3);
  double total = 0;
  std::vector<double> weight;
  for (std::size_t d = 0; d < zones; ++d) {
    const double minutes = world.economy.travel_minutes(1U, d < 6 ? d / 2 : d - 3);
    weight.push_back(d == 2 ? 0 : std::exp(world.economy.amenity(d, 1U)) * 60 / minutes);
    total += weight.back();
  }
  for (std::size_t d = 0; d < zones; ++d) CHECK(tables.share(cell, d) == Approx(weight[d] / total).margin(1e-9));
}

TEST_CASE("equal places and log-size amenities give the gravity model", "[choice]") {
  // T12: F_od / O_o = P_d t^-gam / sum_k P_k t_ok^-gam.
  World world;
  world.strip();
  std::ranges::fill(world.economy.income_index, 1.0);
  world.parameters.travel_time_elasticity = 1.3;
  const std::vector<double> size{9, 4, 6, 5, 3, 2, 50, 40};
  for (std::size_t z = 0; z < zones; ++z)
    world.economy.amenity(z, 0U) = world.economy.amenity(z, 1U) = std::log(size[z]);
  const ChoiceTables tables = world.tables();
  for (std::size_t o = 0; o < zones; ++o) {
    const auto place_of = [](std::size_t z) { return z < 6 ? z / 2 : z - 3; };
    const auto pull = [&](std::size_t d) {
      return d == o ? 0 : size[d] * std::pow(world.economy.travel_minutes(place_of(o), place_of(d)), -1.3);
    };
    double total = 0;
    for (std::size_t d = 0; d < zones; ++d) total += pull(d);
    for (std::size_t d = 0; d < zones; ++d) {
      CHECK(tables.share(tables.cell(o, 0, 0, 0), d) == Approx(pull(d) / total).margin(1e-9));
    }
  }
}

TEST_CASE("the stationary stock has the elasticity asked for", "[choice]") {
  // T9: with symmetric costs and no home term, pi_o = exp((1 + nu) V_o + (1 - nu) IV_o) is in detailed
  // balance with flows exp(nu (IV - V)) q_o(d), so that stocks rise with kappaF (1 + nu) = kappa_stock.
  for (const double nu : {0.2, 0.6, 1.0}) {
    World world;
    world.strip();
    world.parameters.push_exponent = nu;
    const ChoiceTables tables = world.tables();
    const auto cell = [&](std::size_t o) { return tables.cell(o, 3, 0, 2); };
    std::vector<double> pi;
    for (std::size_t o = 0; o < zones; ++o) {
      const double inclusive = tables.logsum(cell(o)), value = inclusive - tables.pull(cell(o)) / nu;
      pi.push_back(std::exp((1 + nu) * value + (1 - nu) * inclusive));
    }
    const auto flow = [&](std::size_t o, std::size_t d) {
      return pi[o] * std::exp(tables.pull(cell(o))) * tables.share(cell(o), d);
    };
    for (std::size_t o = 0; o < zones; ++o) {
      for (std::size_t d = 0; d < o; ++d) CHECK(flow(o, d) == Approx(flow(d, o)).epsilon(1e-6));
    }
    CHECK(flow_elasticity(world.parameters) * (1 + nu) == Approx(1.5));
  }
}

TEST_CASE("swapping two prefectures' tables swaps their results", "[choice]") {
  // T25: no row number enters a utility.
  const World world;
  const auto other = [](std::size_t q) { return q < 2 ? 1 - q : q; };
  const auto other_zone = [](std::size_t z) { return z < 4 ? (z + 2) % 4 : z; };
  World swapped = world;
  for (std::size_t z = 0; z < zones; ++z) {
    swapped.economy.income_index[other_zone(z)] = world.economy.income_index[z];
    swapped.economy.rent_index[other_zone(z)] = world.economy.rent_index[z];
    for (std::size_t k = 0; k < 2; ++k) swapped.economy.amenity(other_zone(z), k) = world.economy.amenity(z, k);
    for (std::size_t q = 0; q < 5; ++q) swapped.stock(other(q), other_zone(z)) = world.stock(q, z);
  }
  for (std::size_t p = 0; p < 5; ++p) {
    for (std::size_t q = 0; q < 5; ++q) {
      swapped.economy.travel_minutes(other(p), other(q)) = world.economy.travel_minutes(p, q);
    }
    for (std::size_t e = 0; e < education_levels && p < 3; ++e) swapped.wedge(other(p), e) = world.wedge(p, e);
  }
  const ChoiceTables a = world.tables(), b = swapped.tables();
  for_each_cell(a, [&](std::size_t o, std::size_t h, std::size_t e, std::size_t band, std::size_t cell) {
    const std::size_t twin = b.cell(other_zone(o), other_zone(h), e, band);
    REQUIRE(b.pull(twin) == Approx(a.pull(cell)).margin(1e-12));
    for (std::size_t d = 0; d < zones; ++d)
      REQUIRE(b.share(twin, other_zone(d)) == Approx(a.share(cell, d)).margin(1e-9));
  });
}

TEST_CASE("age bands are the broad ages", "[choice]") {
  CHECK(age_band(0) == 0);
  CHECK(age_band(14) == 0);
  CHECK(age_band(15) == 1);
  CHECK(age_band(24) == 1);
  CHECK(age_band(25) == 2);
  CHECK(age_band(44) == 2);
  CHECK(age_band(45) == 3);
  CHECK(age_band(120) == 3);
}
