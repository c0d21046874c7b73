#include "luohu/markets/fiscal.hpp"

#include <cmath>

#include "luohu/core/error.hpp"

namespace luohu {

UnitCosts unit_costs(CostLevel level, std::int64_t exit_price, const Parameters& c) {
  const std::array<double, cost_levels> totals{c.settling_cost_low, c.settling_cost_mid, c.settling_cost_high};
  const double total = totals[static_cast<std::size_t>(level)];
  const double yearly = (1 - c.settling_cost_once) * total / annuity_factor(c.fiscal_horizon, c.fiscal_discount);
  const std::array<double, services> weight{c.weight_school, c.weight_preschool, c.weight_health, c.weight_pension,
                                            c.weight_housing};
  double weights = 0;
  for (const double w : weight) weights += w;
  LUOHU_EXPECT(weights > 0);
  UnitCosts costs{};
  for (std::size_t k = 0; k < services; ++k) costs[k] = std::llround(yearly * weight[k] / weights);
  costs[settling_item] = std::llround(c.settling_cost_once * total);
  costs[land_rights_item] = exit_price;
  return costs;
}

std::array<std::int64_t, cost_items> persons_served(const Beneficiaries& b) {
  std::array<std::int64_t, cost_items> persons{};
  for (std::size_t k = 0; k < services; ++k) {
    const double wider = b.coverage[k] - b.base_coverage[k];
    persons[k] = b.settled_to_date + std::llround(wider * static_cast<double>(b.unregistered));
  }
  persons[settling_item] = b.settled;
  persons[land_rights_item] = b.land_exits;
  return persons;
}

Grid<std::int64_t, 2> fiscal_ledger(const Grid<std::int64_t, 2>& persons, std::span<const UnitCosts> costs) {
  LUOHU_EXPECT(persons.shape()[0] == costs.size() && persons.shape()[1] == cost_items);
  Grid<std::int64_t, 2> yuan{persons.shape()};
  for (std::size_t p = 0; p < persons.shape()[0]; ++p) {
    for (std::size_t i = 0; i < cost_items; ++i) yuan(p, i) = persons(p, i) * costs[p][i];
  }
  return yuan;
}

double present_value(std::span<const double> amounts, double rate) {
  double value = 0;
  for (std::size_t t = amounts.size(); t-- > 0;) value = amounts[t] + value / (1 + rate);
  return value;
}

double annuity_factor(double years, double rate) {
  if (rate == 0) return years;
  return -std::expm1(-years * std::log1p(rate)) * (1 + rate) / rate;
}

}  // namespace luohu
