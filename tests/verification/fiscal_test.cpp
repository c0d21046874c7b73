// T32: the fiscal ledger is persons times unit costs.
//
// Formula: cost = sum of n · c over prefectures and items, in whole yuan, exactly; a settler's present value is the
// unit cost of the literature (80,000 yuan: Development Research Center 2010-13; 26,000: CASS 2013), a third at
// once and the rest in equal yearly amounts; and the discounting identities PV(a, b) = PV(a) + v^k PV(b) and
// PV(annuity) = (1 − v^T) / (1 − v), v = 1 / (1 + rate). Counts exact; present values 1e-12, and unit costs to the half
// yuan by which each is rounded. It would catch floating-point sums, payments at the end of the year for payments
// at its start, and a cost counted both at once and yearly.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "luohu/markets/fiscal.hpp"

using namespace luohu;

TEST_CASE("T32: cost is the sum of persons times unit costs, to the yuan", "[fiscal]") {
  std::mt19937_64 generator{32};
  const UnitCosts costs{1733, 433, 867, 650, 651, 26'667, 45'001};
  Grid<std::int64_t, 2> persons{{14, cost_items}};
  std::int64_t expected = 0;
  for (std::size_t p = 0; p < 14; ++p) {
    for (std::size_t i = 0; i < cost_items; ++i) {
      persons(p, i) = static_cast<std::int64_t>(generator() % 70'000'001) - 1'000'000;
      for (std::int64_t digit = 0, rest = costs[i]; rest > 0; rest /= 10, ++digit) {  // long multiplication
        std::int64_t place = persons(p, i) * (rest % 10);
        for (std::int64_t k = 0; k < digit; ++k) place *= 10;
        expected += place;
      }
    }
  }
  const Grid<std::int64_t, 2> yuan = fiscal_ledger(persons, std::vector(14, costs));
  CHECK(std::accumulate(yuan.values().begin(), yuan.values().end(), std::int64_t{0}) == expected);
  CHECK(yuan(13U, land_rights_item) == persons(13U, land_rights_item) * 45'001);
}

TEST_CASE("T32: a settler costs the published sum in present value", "[fiscal]") {
  const Parameters c;
  const std::array<double, cost_levels> published{26'000, 80'000, 130'000};
  for (std::size_t level = 0; level < cost_levels; ++level) {
    const UnitCosts costs = unit_costs(static_cast<CostLevel>(level), 0, c);
    const std::int64_t yearly = std::accumulate(costs.begin(), costs.begin() + services, std::int64_t{0});
    std::vector<double> paid(30, static_cast<double>(yearly));
    paid[0] += static_cast<double>(costs[settling_item]);
    const double half_yuans = 0.5 + 0.5 * services * annuity_factor(30, c.fiscal_discount);
    CHECK(std::abs(present_value(paid, c.fiscal_discount) - published[level]) <= half_yuans);
    CHECK(costs[settling_item] == std::llround(published[level] / 3));
    CHECK(costs[0] == Approx(4.0 * static_cast<double>(costs[1])).margin(2.5));  // weights 0.40 : 0.10
  }
}

TEST_CASE("T32: discounting splits at any year, and an annuity has its closed form", "[fiscal]") {
  std::vector<double> amounts;
  for (int t = 0; t < 25; ++t) amounts.push_back(100 + 37 * (t % 5));
  for (const double rate : {0.0, 0.03, 0.1}) {
    const double whole = present_value(amounts, rate);
    for (std::size_t k = 0; k <= amounts.size(); ++k) {
      const std::span all{amounts};
      const double split = present_value(all.first(k), rate) +
                           std::pow(1 + rate, -static_cast<double>(k)) * present_value(all.subspan(k), rate);
      CHECK(split == Approx(whole).epsilon(1e-12));
    }
    CHECK(present_value(std::vector<double>(25, 1.0), rate) == Approx(annuity_factor(25, rate)).epsilon(1e-12));
  }
  CHECK(annuity_factor(2, 0.25) == Approx(1.8).epsilon(1e-15));  // 1 + 1/1.25
}

TEST_CASE("T32: the purse pays for settlers and for coverage beyond the base year's", "[fiscal]") {
  const Beneficiaries prefecture{.settled = 300,
                                 .settled_to_date = 1000,
                                 .unregistered = 20'000,
                                 .land_exits = 7,
                                 .base_coverage = {0.75, 0.65, 0.8, 0.7, 0.3},
                                 .coverage = {0.95, 0.65, 0.75, 0.7, 0.31}};
  const std::array<std::int64_t, cost_items> expected{1000 + 4000, 1000, 1000 - 1000, 1000, 1000 + 200, 300, 7};
  CHECK(persons_served(prefecture) == expected);
}
