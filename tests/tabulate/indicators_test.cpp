#include "luohu/tabulate/indicators.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "hand_made.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

bool has(const Places3& places, std::size_t p) {
  return std::ranges::find(places, p) != places.end();
}

using Expected = std::function<double(const HandMade&, const Places3&)>;

double cost(const HandMade& h, const Places3& q, std::size_t level) {
  return h.all("fiscal_cost", q, level * 7, 7);
}
Expected covered(std::size_t service) {
  return [service](const HandMade& h, const Places3& q) {
    double sum = 0;
    for (const std::size_t p : q) sum += h.at("coverage", {p, service}) * h.people({p}, 2, 0, 18, 2, 4);
    return sum / h.people(q, 2, 0, 18, 2, 4);
  };
}
Expected wage(std::size_t education) {
  return [education](const HandMade& h, const Places3& q) {
    return (h.paid(q, education, 0, 0, 2) + h.paid(q, education, 1, 2, 4)) / h.people(q, 2, 3, 13);
  };
}
double registered_urban(const HandMade& h, const Places3& q) {
  double sum = 0;
  for (const std::size_t p : q) sum += h.at("registered", {p, 0});
  return sum;
}
double by_size(const HandMade& h, std::size_t zones, double (*of)(std::vector<double>)) {
  std::vector<double> sizes{h.people({0}, zones), h.people({1}, zones), h.people({2}, zones)};
  std::ranges::sort(sizes, std::greater{});
  return of(sizes);
}
double gini3(std::vector<double> x) {  // largest first: every pair twice
  return (2 * (x[0] - x[1]) + 2 * (x[0] - x[2]) + 2 * (x[1] - x[2])) / (2 * 9 * (x[0] + x[1] + x[2]) / 3);
}
double slope3(std::vector<double> x) {
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double u = std::log(x[i] / x[0]), v = std::log(static_cast<double>(i) + 0.5);
    sx += u, sy += v, sxx += u * u, sxy += u * v;
  }
  return -(3 * sxy - sx * sy) / (3 * sxx - sx * sx);
}
/// Residents of towns (1 zone) or of all (2) that a flow table tells of.
double flow_of(const HandMade& h, std::string_view table, const Places3& places, std::size_t zones) {
  double sum = 0;
  for (const std::size_t p : places)
    for (std::size_t z = 0; z < zones; ++z) sum += h.at(table, {p, z, 0}) + h.at(table, {p, z, 1});
  return sum;
}
/// 100 (u - R p) / P of one component of the change of the urbanisation rate.
double due(const HandMade& h, const Places3& q, std::string_view component) {
  double gain[2][4];  // [all, towns][natural, inside, outside, reclassified]
  double start[2], end[2];
  for (const std::size_t zones : {2U, 1U}) {
    const auto flow = [&](std::string_view table) { return flow_of(h, table, q, zones); };
    double* g = gain[zones % 2];
    g[0] = flow("births") - flow("deaths");
    g[2] = flow("inflow_outside") - flow("outflow_outside");
    g[1] = flow("inflow") - flow("outflow") - g[2];
    g[3] = zones == 1 ? flow("reclassified") : 0;
    end[zones % 2] = h.people(q, zones);
    start[zones % 2] = end[zones % 2] - g[0] - g[1] - g[2] - g[3];
  }
  if (component == "all") return 100 * (end[1] / end[0] - start[1] / start[0]);
  const std::size_t c = component == "natural" ? 0 : component == "inside" ? 1 : component == "outside" ? 2 : 3;
  const double rate = (end[1] / end[0] + start[1] / start[0]) / 2;
  return 100 * (gain[1][c] - rate * gain[0][c]) / ((end[0] + start[0]) / 2);
}
Expected due_to(std::string_view component) {
  return [component](const HandMade& h, const Places3& q) { return due(h, q, component); };
}
/// Mean of welfare over residents at the start.
double mean_welfare(const HandMade& h, const Places3& q) {
  double sum = 0;
  for (const std::size_t p : q)
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t e = 0; e < 3; ++e) sum += h.at("welfare", {p, k, e}) * h.at("residents_by_hukou", {p, k, e});
  return sum / h.all("residents_by_hukou", q);
}
double theil3(const std::array<double, 3>& amount, const std::array<double, 3>& people) {
  const double mean = (amount[0] + amount[1] + amount[2]) / (people[0] + people[1] + people[2]);
  double sum = 0, all = 0;  // persons at the mean of their place: the mean of (y / mean) ln(y / mean)
  for (std::size_t p = 0; p < 3; ++p) {
    const double relative = amount[p] / people[p] / mean;
    sum += people[p] * relative * std::log(relative);
    all += people[p];
  }
  return sum / all;
}
Expected theil_coverage(std::size_t service) {
  return [service](const HandMade& h, const Places3&) {
    std::array<double, 3> amount{}, people{};
    for (std::size_t p = 0; p < 3; ++p) {
      people[p] = h.people({p}, 2, 0, 18, 2, 4);
      amount[p] = h.at("coverage", {p, service}) * people[p];
    }
    return theil3(amount, people);
  };
}
double effectiveness(const HandMade& h) {
  double net = 0, gross = 0;
  for (std::size_t p = 0; p < 3; ++p) {
    const double in = h.pairs("flow", [&](std::size_t o, std::size_t d) { return d == p && o < 3 && o != p; });
    const double out = h.pairs("flow", [&](std::size_t o, std::size_t d) { return o == p && d < 3 && d != p; });
    net += std::abs(in - out), gross += in + out;
  }
  return 100 * net / gross;
}

#define EXPECT [](const HandMade& h, const Places3& q) -> double

/// Each indicator once more, in plain loops.
const std::map<std::string_view, Expected>& expected() {
  static const std::map<std::string_view, Expected> table{{"residents", EXPECT{return h.people(q);
}
}  // namespace
, {"registered", EXPECT{return h.all("registered", q);
}
}
, {"urbanisation", EXPECT{return 100 * h.people(q, 1) / h.people(q);
}
}
, {"registered_urbanisation", EXPECT{return 100 * registered_urban(h, q) / h.all("registered", q);
}
}
, {"registered_urbanisation_gap",
   EXPECT{return 100 * h.people(q, 1) / h.people(q) - 100 * registered_urban(h, q) / h.all("registered", q);
}
}
, {"unregistered_urban", EXPECT{return h.people(q, 1, 0, 18, 1, 4);
}
}
, {"registered_elsewhere", EXPECT{return h.people(q, 2, 0, 18, 2, 4);
}
}
, {"registered_elsewhere_share", EXPECT{return 100 * h.people(q, 2, 0, 18, 2, 4) / h.people(q);
}
}
, {"absent_registered", EXPECT{return h.all("registered", q) - h.people(q, 2, 0, 18, 0, 2);
}
}
, {"migrant_stock", EXPECT{const bool whole = q.size() == 3;  // and those who live outside the province
return h.pairs("migrant_stock", [&](auto, auto d) { return whole || has(q, d); });
}
}
, {"absent_outside", EXPECT{return h.pairs("migrant_stock", [&](auto o, auto d) { return has(q, o) && d >= 3; });
}
}
, {"from_outside", EXPECT{return h.pairs("migrant_stock", [&](auto o, auto d) { return o >= 3 && has(q, d); });
}
}
, {"between_prefectures",
   EXPECT{return h.pairs("migrant_stock", [&](auto o, auto d) { return o < 3 && o != d && has(q, d); });
}
}
, {"share_0_14", EXPECT{return 100 * h.people(q, 2, 0, 3) / h.people(q);
}
}
, {"share_15_64", EXPECT{return 100 * h.people(q, 2, 3, 13) / h.people(q);
}
}
, {"share_65_plus", EXPECT{return 100 * h.people(q, 2, 13, 18) / h.people(q);
}
}
, {"dependency_ratio", EXPECT{return 100 * (h.people(q) / h.people(q, 2, 3, 13) - 1);
}
}
, {"child_dependency_ratio", EXPECT{return 100 * h.people(q, 2, 0, 3) / h.people(q, 2, 3, 13);
}
}
, {"old_dependency_ratio", EXPECT{return 100 * h.people(q, 2, 13, 18) / h.people(q, 2, 3, 13);
}
}
, {"median_age", EXPECT{std::size_t g = 0;
while (h.people(q, 2, 0, g + 1) < h.people(q) / 2) ++g;
return 5 * (static_cast<double>(g) + (h.people(q) / 2 - h.people(q, 2, 0, g)) / h.people(q, 2, g, g + 1));
}
}
, {"sex_ratio", EXPECT{double women = 0;
for (const std::size_t p : q)
  for (std::size_t z = 0; z < 2; ++z)
    for (std::size_t g = 0; g < 18; ++g)
      for (std::size_t r = 0; r < 4; ++r) women += h.at("population", {p, z, 0, g, r});
return 100 * (h.people(q) - women) / women;
}
}
, {"births", EXPECT{return h.all("births", q);
}
}
, {"deaths", EXPECT{return h.all("deaths", q);
}
}
, {"natural_increase", EXPECT{return h.all("births", q) - h.all("deaths", q);
}
}
, {"birth_rate", EXPECT{return 1000 * h.all("births", q) / h.people(q);
}
}
, {"death_rate", EXPECT{return 1000 * h.all("deaths", q) / h.people(q);
}
}
, {"moves", EXPECT{const bool whole = q.size() == 3;  // those from outside have no prefecture of origin
return h.pairs("flow", [&](auto o, auto) { return whole || has(q, o); });
}
}
, {"moves_in", EXPECT{return h.all("inflow", q);
}
}
, {"moves_out", EXPECT{return h.all("outflow", q);
}
}
, {"net_migration", EXPECT{return h.all("inflow", q) - h.all("outflow", q);
}
}
, {"net_migration_rate", EXPECT{return 1000 * (h.all("inflow", q) - h.all("outflow", q)) / h.people(q);
}
}
, {"moves_between_prefectures",
   EXPECT{return h.pairs("flow", [&](auto o, auto d) { return has(q, o) && d < 3 && d != o; });
}
}
, {"internal_migration_rate",
   EXPECT{return 100 * h.pairs("flow", [&](auto o, auto d) { return has(q, o) && d < 3 && d != o; }) / h.people(q);
}
}
, {"migration_effectiveness", EXPECT{return (void)q, effectiveness(h);
}
}
, {"moves_from_outside", EXPECT{return h.pairs("flow", [&](auto o, auto d) { return o >= 3 && has(q, d); });
}
}
, {"moves_to_outside", EXPECT{return h.pairs("flow", [&](auto o, auto d) { return d >= 3 && has(q, o); });
}
}
, {"net_from_outside", EXPECT{return h.pairs("flow", [&](auto o, auto d) { return o >= 3 && has(q, d); }) -
                                     h.pairs("flow", [&](auto o, auto d) { return d >= 3 && has(q, o); });
}
}
, {"reclassified", EXPECT{return h.all("reclassified", q, 0, 2);
}
}
, {"urbanisation_change", due_to("all")}, {"urbanisation_change_natural", due_to("natural")},
    {"urbanisation_change_inside", due_to("inside")}, {"urbanisation_change_outside", due_to("outside")},
    {"urbanisation_change_reclassified", due_to("reclassified")},
    {"residents_by_hukou", EXPECT{return h.all("residents_by_hukou", q);
}
}
, {"welfare", EXPECT{return 100 * mean_welfare(h, q);
}
}
, {"equivalent_income", EXPECT{return std::exp(mean_welfare(h, q));
}
}
, {"theil_income", EXPECT{std::array<double, 3> amount{}, people{};
for (std::size_t p = 0; p < 3; ++p) {
  amount[p] = h.paid({p}, 0, 0, 0, 2) + h.paid({p}, 0, 1, 2, 4);
  people[p] = h.people({p}, 2, 3, 13);
}
return (void)q, theil3(amount, people);
}
}
, {"theil_coverage_school", theil_coverage(0)}, {"theil_coverage_health", theil_coverage(2)},
    {"settled", EXPECT{return h.all("settled", q);
}
}
, {"eligible", EXPECT{return h.all("eligible", q);
}
}
, {"willing", EXPECT{return h.all("willing", q);
}
}
, {"settlement_rate", EXPECT{return 100 * h.all("settled", q) / h.all("eligible", q);
}
}
, {"willing_rate", EXPECT{return 100 * h.all("willing", q) / h.all("eligible", q);
}
}
, {"take_up", EXPECT{return 100 * h.all("settled", q) / h.all("willing", q);
}
}
, {"net_registered", EXPECT{return h.all("registered_in", q) - h.all("registered_out", q);
}
}
, {"left_behind_children", EXPECT{return h.all("left_behind_children", q);
}
}
, {"school_seats", EXPECT{return h.all("school_seats", q);
}
}
, {"pupils_unregistered", EXPECT{return h.all("pupils_unregistered", q);
}
}
, {"unmet_seats", EXPECT{return h.all("unmet_seats", q);
}
}
, {"unmet_preschool", EXPECT{return h.all("unmet_preschool", q);
}
}
, {"school_quality", EXPECT{double sum = 0;
for (const std::size_t p : q) sum += h.at("school_quality", {p}) * h.people({p}, 2, 1, 3);
return sum / h.people(q, 2, 1, 3);
}
}
, {"coverage_school", covered(0)}, {"coverage_preschool", covered(1)}, {"coverage_health", covered(2)},
    {"coverage_pension", covered(3)}, {"coverage_housing", covered(4)}, {"wage_basic", wage(0)},
    {"wage_senior", wage(1)}, {"wage_tertiary", wage(2)},
    {"wage_gap", EXPECT{return 100 * (1 - h.paid(q, 0, 1, 2, 4) / h.paid(q, 0, 0, 2, 4));
}
}
, {"rent", EXPECT{double sum = 0;
for (const std::size_t p : q) sum += h.at("rent", {p}) * h.people({p}, 1);
return sum / h.people(q, 1);
}
}
, {"urban_land", EXPECT{return h.all("urban_land", q);
}
}
, {"urban_land_per_head", EXPECT{return 1e4 * h.all("urban_land", q) / h.people(q, 1);
}
}
, {"floor_space", EXPECT{return h.all("housing_stock", q);
}
}
, {"floor_space_per_head", EXPECT{return h.all("housing_stock", q) / h.people(q, 1);
}
}
, {"fiscal_cost_low", EXPECT{return cost(h, q, 0);
}
}
, {"fiscal_cost", EXPECT{return cost(h, q, 1);
}
}
, {"fiscal_cost_high", EXPECT{return cost(h, q, 2);
}
}
, {"fiscal_cost_per_head_low", EXPECT{return cost(h, q, 0) / h.people(q);
}
}
, {"fiscal_cost_per_head", EXPECT{return cost(h, q, 1) / h.people(q);
}
}
, {"fiscal_cost_per_head_high", EXPECT{return cost(h, q, 2) / h.people(q);
}
}
, {"gini_residents", EXPECT{return (void)q, by_size(h, 2, gini3);
}
}
, {"gini_urban", EXPECT{return (void)q, by_size(h, 1, gini3);
}
}
, {"primacy_residents", EXPECT{return (void)q, by_size(h, 2, [](auto x) { return x[0] / x[1]; });
}
}
, {"primacy_urban", EXPECT{return (void)q, by_size(h, 1, [](auto x) { return x[0] / x[1]; });
}
}
, {"rank_size_residents", EXPECT{return (void)q, by_size(h, 2, slope3);
}
}
, {"rank_size_urban", EXPECT{return (void)q, by_size(h, 1, slope3);
}
}
,
}
;
return table;
}

std::vector<double> evaluated(const Indicator& indicator, std::vector<std::string> by) {
  YearValues year = hand().year();
  return Evaluation{indicator, hand().layout, std::move(by)}(year);
}

}  // namespace

TEST_CASE("every indicator is what its definition says, for the province and by place", "[indicators]") {
  for (const Indicator& indicator : indicators()) {
    if (indicator.name == "four_city_index_urban") continue;  // needs four prefectures: below
    INFO(indicator.name);
    const auto entry = expected().find(indicator.name);
    REQUIRE(entry != expected().end());
    CHECK(evaluated(indicator, {}).front() == Approx(entry->second(hand(), {0, 1, 2})).epsilon(1e-12));
    if (!indicator.splits_by("place")) continue;
    const std::vector<double> by_place = evaluated(indicator, {"place"});
    REQUIRE(by_place.size() == 3);
    for (std::size_t p = 0; p < 3; ++p) {
      INFO(p);
      CHECK(by_place[p] == Approx(entry->second(hand(), {p})).epsilon(1e-12));
    }
  }
}

TEST_CASE("counts add up over every axis they may be split by", "[indicators]") {
  for (const Indicator& indicator : indicators()) {
    const bool adds_up = indicator.unit.starts_with("person") || indicator.name == "fiscal_cost";
    if (!adds_up) continue;
    for (const std::string_view axis : indicator.splits) {
      // Moves from outside have no prefecture of origin, persons who live outside none of residence.
      if ((indicator.name == "moves" || indicator.name == "migrant_stock") && axis == "place") continue;
      INFO(indicator.name << " by " << axis);
      double sum = 0;
      for (const double cell : evaluated(indicator, {std::string{axis}})) sum += cell;
      CHECK(sum == Approx(evaluated(indicator, {}).front()).epsilon(1e-12));
    }
  }
}

TEST_CASE("indicators are split by other axes, and by two at once", "[indicators]") {
  const auto of = [](std::string_view name, std::vector<std::string> by) {
    return evaluated(*indicator_named(name), std::move(by));
  };
  const HandMade& h = hand();
  CHECK(of("settled", {"route"})[4] == h.at("settled", {0, 4}) + h.at("settled", {1, 4}) + h.at("settled", {2, 4}));
  CHECK(of("settled", {"place", "route"})[1 * 7 + 4] == h.at("settled", {1, 4}));
  CHECK(of("settled", {"route", "place"})[4 * 3 + 1] == h.at("settled", {1, 4}));
  CHECK(of("absent_outside", {"place", "destination"})[2 * 5 + 4] == h.at("migrant_stock", {2, 4}));
  CHECK(of("absent_outside", {"place", "destination"})[2 * 5 + 1] == 0);
  CHECK(of("births", {"zone", "sex"})[1] ==
        h.at("births", {0, 0, 1}) + h.at("births", {1, 0, 1}) + h.at("births", {2, 0, 1}));
  CHECK(of("fiscal_cost", {"place", "cost_item"})[1 * 7 + 5] == h.at("fiscal_cost", {1, 1, 5}));
  // The persons of a route per person eligible by any: eligible has no routes.
  CHECK(of("settlement_rate", {"place", "route"})[2 * 7 + 3] ==
        Approx(100 * h.at("settled", {2, 3}) / h.at("eligible", {2})).epsilon(1e-14));
}

TEST_CASE("what the change of the urbanisation rate is due to adds up to it", "[indicators]") {
  const auto of = [](const std::string& component) {
    return evaluated(*indicator_named("urbanisation_change" + component), {"place"});
  };
  const auto all = of(""), natural = of("_natural"), inside = of("_inside"), outside = of("_outside"),
             reclassified = of("_reclassified");
  for (std::size_t p = 0; p < 3; ++p) {
    CHECK(natural[p] + inside[p] + outside[p] + reclassified[p] == Approx(all[p]).epsilon(1e-10));
  }
}

TEST_CASE("the welfare of nobody counts for nothing in a mean", "[indicators]") {
  HandMade some;
  some.values["residents_by_hukou"][0] = 0;
  some.values["welfare"][0] = std::nan("");
  YearValues year = some.year();
  const std::vector<double> places = Evaluation{*indicator_named("welfare"), some.layout, {"place"}}(year);
  double sum = 0, people = 0;
  for (std::size_t i = 1; i < 9; ++i) {
    sum += some.values["welfare"][i] * some.values["residents_by_hukou"][i];
    people += some.values["residents_by_hukou"][i];
  }
  CHECK(places[0] == Approx(100 * sum / people).epsilon(1e-12));
}

TEST_CASE("the four-city index needs four cities", "[indicators]") {
  const Indicator& index = *indicator_named("four_city_index_urban");
  CHECK(std::isnan(evaluated(index, {}).front()));
  const std::vector<double> sizes{20, 50, 10, 15, 5};
  const std::vector<std::span<const double>> operands{sizes};
  CHECK(index.formula(operands) == Approx(50.0 / 45).epsilon(1e-14));
}

TEST_CASE("nothing over nothing is not a number", "[indicators]") {
  HandMade empty;
  for (auto& [name, cells] : empty.values) std::ranges::fill(cells, 0.0);
  YearValues year = empty.year();
  CHECK(std::isnan(Evaluation{*indicator_named("take_up"), empty.layout, {}}(year).front()));
  CHECK(Evaluation{*indicator_named("settled"), empty.layout, {}}(year).front() == 0);
}
