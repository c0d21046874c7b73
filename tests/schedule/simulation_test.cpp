// The whole model on the toy province: accounts, determinism, null policies, single processes.

#include "luohu/schedule/simulation.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "luohu/core/vector_path.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/processes/settling.hpp"
#include "support/processes.hpp"
#include "support/statistics.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

bool all_same(const std::vector<YearRecord>& a, const std::vector<YearRecord>& b) {
  return std::ranges::equal(a, b, same);
}

}  // namespace

TEST_CASE("the accounts of every year close, in every zone and sex", "[schedule]") {
  // T1–T3 from the records alone, by their published meaning.
  ToyRun run;
  run.scale = GENERATE(1, 10);
  const Layout layout = results_layout(run.toy.places);
  const std::vector<YearRecord> records = run.records();
  REQUIRE(records.size() == 11);
  for (std::size_t y = 1; y < records.size(); ++y) {
    INFO("year " << 2020 + y);
    const auto now = [&](std::string_view name) -> const auto& {
      return counts_in(layout, records[y], name);
    };
    const auto before = [&](std::string_view name) -> const auto& {
      return counts_in(layout, records[y - 1], name);
    };
    constexpr std::size_t cells = age_groups * registrations;
    for (std::size_t zs = 0; zs < 6 * sexes; ++zs) {
      std::int64_t start = 0, end = 0;
      for (std::size_t i = 0; i < cells; ++i)
        start += before("population")[zs * cells + i], end += now("population")[zs * cells + i];
      CHECK(end - start ==
            now("births")[zs] - now("deaths")[zs] + now("inflow")[zs] - now("outflow")[zs] + now("reclassified")[zs]);
      CHECK(now("balance_residual")[zs] == 0);
    }
    for (std::size_t z = 0; z < 6; ++z) {
      CHECK(now("registered")[z] - before("registered")[z] ==
            now("registered_births")[z] - now("registered_deaths")[z] + now("registered_in")[z] -
                now("registered_out")[z] + now("registered_reclassified")[z]);
      CHECK(now("registered_balance_residual")[z] == 0);
    }
    std::int64_t conversions = 0;
    for (std::size_t p = 0; p < 3; ++p) {
      // Moves: the flow table's rows are the outflow, its columns the inflow but for incomers.
      std::int64_t out = 0, in = 0, left = 0, came = 0;
      for (std::size_t q = 0; q < 5; ++q) {
        for (std::size_t i = 0; i < broad_ages * registrations; ++i) {
          out += now("flow")[(p * 5 + q) * broad_ages * registrations + i];
          in += now("flow")[(q * 5 + p) * broad_ages * registrations + i];
        }
      }
      for (std::size_t i = 0; i < 2 * sexes; ++i)
        left += now("outflow")[p * 2 * sexes + i], came += now("inflow")[p * 2 * sexes + i];
      CHECK(out == left);
      CHECK(came > in);
      // Stocks: the same people by origin, by class and by registration.
      std::int64_t living = 0, registered = 0, here = 0, other = 0, outside = 0;
      for (std::size_t q = 0; q < 5; ++q) {
        living += now("migrant_stock")[q * 5 + p];
        registered += now("migrant_stock")[p * 5 + q];
        (q == p ? here : (q < 3 ? other : outside)) += now("migrant_stock")[q * 5 + p];
      }
      std::vector<std::int64_t> by_class(registrations);
      for (std::size_t i = 0; i < 2 * sexes * cells; ++i)
        by_class[i % registrations] += now("population")[p * 2 * sexes * cells + i];
      CHECK(living == total(by_class));
      CHECK(here == by_class[0] + by_class[1]);
      CHECK(other == by_class[2]);
      CHECK(outside == by_class[3]);
      CHECK(registered == now("registered")[2 * p] + now("registered")[2 * p + 1]);
      CHECK(now("reclassified")[p * 4] + now("reclassified")[p * 4 + 2] ==
            0);  // women: what the town gains, the country loses
      CHECK(now("registered_reclassified")[2 * p] == -now("registered_reclassified")[2 * p + 1]);
      // Who settles applied, who applied was eligible; without a quota all who applied settle:
      std::int64_t settled = 0;
      for (std::size_t r = 0; r < routes; ++r) settled += now("settled")[p * routes + r];
      CHECK(settled > 0);
      // Or was reclassified into the town's registration meanwhile.
      CHECK(settled <= now("willing")[p]);
      CHECK(now("willing")[p] - settled <= now("registered_reclassified")[2 * p]);
      CHECK(now("willing")[p] <= now("eligible")[p]);
      CHECK(now("registered_in")[2 * p] == settled);
      CHECK(now("registered_in")[2 * p + 1] == 0);
      conversions += settled;
    }
    CHECK(conversions > 0);
  }
}

TEST_CASE("the base year has stocks and no flows", "[schedule]") {
  const ToyRun run;
  const Layout layout = results_layout(run.toy.places);
  const Model model = run.model();
  const Simulation simulation{model, run.options(), run.population()};
  const YearRecord record = simulation.record();
  CHECK(simulation.year() == 2020);
  for (const std::string_view flow :
       {"births", "deaths", "inflow", "outflow", "reclassified", "flow", "settled", "eligible", "willing"}) {
    CHECK(total(counts_in(layout, record, flow)) == 0);
  }
  std::int64_t residents = 0;
  for (const std::int64_t count : run.toy.census.residents.values()) residents += count;
  CHECK(total(counts_in(layout, record, "population")) == residents);
}

TEST_CASE("results depend on neither threads, nor screening, nor vector instructions, nor the day",
          "[schedule][determinism]") {
  const ToyRun run;
  set_threads(1);
  const auto reference = run.records();
  CHECK(all_same(run.records(), reference));
  CHECK(all_same(run.records(false), reference));
  for (const int n : {2, 3, 4}) {
    set_threads(n);
    CHECK(all_same(run.records(), reference));
    CHECK(all_same(run.records(false), reference));
  }
  const VectorPath usual = vector_path();
  for (const VectorPath path : {VectorPath::baseline, VectorPath::avx2}) {
    set_vector_path(path);
    CHECK(all_same(run.records(), reference));
  }
  set_vector_path(usual);
  set_threads(available_threads());
}

TEST_CASE("the order of the first people does not matter", "[schedule][determinism]") {
  const ToyRun run;
  const Model model = run.model();
  const Population people = run.population();
  const std::size_t n = people.size();
  const auto forward = run_replicate(model, run.options(), copy_of(people)).years;
  const auto backward =
      run_replicate(model, run.options(), people_of(n, [&](std::size_t row) { return people.at(n - 1 - row); })).years;
  CHECK(all_same(forward, backward));
}

TEST_CASE("another seed gives other people", "[schedule]") {
  const ToyRun run;
  const Model model = run.model();
  RunOptions other = run.options();
  other.seed = seed_of_replicate(other.seed, 1);
  CHECK_FALSE(all_same(run_replicate(model, other, run.population()).years, run.records()));
}

TEST_CASE("a policy that does nothing changes nothing", "[schedule]") {
  // T23: magnitude 0, start after the horizon, switched off.
  ToyRun run;
  const auto baseline = run.records();
  run.measures = {measure_of("registration.habitual_route", 1, 2031), measure_of("coverage.school", 0.8, 2022),
                  measure_of("registration.application_factor", 0, 2025)};
  run.measures[2].enabled = false;
  CHECK(all_same(run.records(), baseline));
}

TEST_CASE("a policy changes nothing before it starts and something after", "[schedule]") {
  ToyRun run;
  const auto baseline = run.records();
  for (const auto& [lever, value] : {std::pair{"registration.habitual_route", 1.0},
                                     {"coverage.housing", 1.0},
                                     {"registration.quota", 5.0},
                                     {"land.rights_kept", 1.0},
                                     {"registration.application_factor", 2.0}}) {
    INFO(lever);
    run.measures = {measure_of(lever, value, 2026)};
    const auto records = run.records();
    for (std::size_t y = 0; y < 6; ++y) CHECK(same(records[y], baseline[y]));
    CHECK_FALSE(same(records[6], baseline[6]));
  }
}

TEST_CASE("a quota holds in every place and year", "[schedule]") {
  ToyRun run;
  run.scale = 10;
  run.measures = {measure_of("registration.quota", 70, 2021)};
  std::ranges::fill(run.toy.boundary.reclassification, 0.0);  // no applicant is registered otherwise
  const Layout layout = results_layout(run.toy.places);
  const auto records = run.records();
  for (std::size_t y = 1; y < records.size(); ++y) {
    for (std::size_t p = 0; p < 3; ++p) {
      std::int64_t settled = 0;
      for (std::size_t r = 0; r < routes; ++r) settled += counts_in(layout, records[y], "settled")[p * routes + r];
      CHECK(settled == std::min<std::int64_t>(70, counts_in(layout, records[y], "willing")[p]));
    }
  }
}

TEST_CASE("a frozen model stands still but for age", "[schedule]") {
  ToyRun run;
  run.freeze();
  const Layout layout = results_layout(run.toy.places);
  const auto records = run.records();
  for (std::size_t y = 1; y < records.size(); ++y) {
    CHECK(counts_in(layout, records[y], "migrant_stock") == counts_in(layout, records[0], "migrant_stock"));
    CHECK(counts_in(layout, records[y], "registered") == counts_in(layout, records[0], "registered"));
    CHECK(total(counts_in(layout, records[y], "eligible")) > 0);  // may apply, and do not
  }
}

TEST_CASE("reclassification alone empties the countryside at its rate", "[schedule][statistical]") {
  // T31: rural residents after t years ~ Binomial(n, (1 - rho)^t) in each prefecture; migration and
  // settlement counters stay 0. A year too many or too few is 7 sd at n = 24,000, rho = 2 %.
  ToyRun run{100'000};
  run.freeze();
  run.toy.boundary.reclassification = {0.05, 0.02, 0.10};
  const Layout layout = results_layout(run.toy.places);
  const auto records = run.records();
  const auto rural = [&](std::size_t y, std::size_t p) {
    std::int64_t people = 0;
    constexpr std::size_t cells = sexes * age_groups * registrations;
    for (std::size_t i = 0; i < cells; ++i)
      people += counts_in(layout, records[y], "population")[(2 * p + 1) * cells + i];
    return static_cast<double>(people);
  };
  for (std::size_t p = 0; p < 3; ++p) {
    const double left = std::pow(1 - run.toy.boundary.reclassification[p], 10);
    CHECK(binomial_p(rural(10, p), rural(0, p), left) > false_alarm);
    // The registered of the countryside follow, wherever they live.
    CHECK(binomial_p(static_cast<double>(counts_in(layout, records[10], "registered")[2 * p + 1]),
                     static_cast<double>(counts_in(layout, records[0], "registered")[2 * p + 1]), left) > false_alarm);
  }
  for (const std::string_view flow : {"flow", "inflow", "outflow", "settled", "registered_in", "registered_out"}) {
    for (const YearRecord& record : records) CHECK(total(counts_in(layout, record, flow)) == 0);
  }
}

TEST_CASE("without a change of policy incomers come in the table's numbers", "[schedule][statistical]") {
  // T30: no networks, so attractiveness stays what it was: the sum over ten years ~ Poisson(10 mean / scale)
  // agents; 10 * 900 = 9,000: the scale forgotten is a factor 3, a year too many 9 sd.
  ToyRun run;
  run.freeze();
  run.scale = 3;
  run.toy.parameters.network_elasticity = 0;
  run.toy.boundary.inflow = Grid<double, 2>{{2, 3}, 450.0};
  const Layout layout = results_layout(run.toy.places);
  const auto records = run.records();
  double agents = 0;
  for (const YearRecord& record : records)
    agents += static_cast<double>(total(counts_in(layout, record, "inflow"))) / 3;
  CHECK(poisson_p(agents, 10 * 6 * 450 / 3.0) > false_alarm);
}

TEST_CASE("incomers follow attractiveness at its elasticity", "[schedule][statistical]") {
  // Where the wedge w of newcomers with basic schooling is lifted, real income rises by 1 / (1 - w) in both
  // zones and inflow by its power kappa / (1 + nu) times the response; elsewhere it stays. Three years of
  // Poisson(10,000 a place) times 3.2 in A: 2 % of the factor are 6 sd, its inverse hundreds.
  ToyRun run;
  run.freeze();
  Parameters& c = run.toy.parameters;
  c.network_elasticity = 0;
  c.inflow_response = 2;
  run.last_year = 2023;
  run.toy.boundary.inflow = Grid<double, 2>{{2, 3}, 5000.0};
  for (PlaceSettings& s : run.toy.settings) {
    s.wedge = &s == run.toy.settings.data() ? 0.6 : 0;
    s.coverage_school = s.coverage_preschool = s.coverage_health = s.coverage_pension = s.coverage_housing = 0;
  }
  run.measures = {measure_of("registration.income_wedge", 0, 2021)};
  const double wedge = expected_wedge(run.toy.settings, c)(0U, 0U);
  const double factor = std::pow(1 / (1 - wedge), flow_elasticity(c) * c.inflow_response);
  const Layout layout = results_layout(run.toy.places);
  std::vector<double> came(3);
  for (const YearRecord& record : run.records()) {
    for (std::size_t i = 0; i < 3 * zone_kinds * sexes; ++i)
      came[i / (zone_kinds * sexes)] += static_cast<double>(counts_in(layout, record, "inflow")[i]);
  }
  CHECK(poisson_p(came[0], 30'000 * factor) > false_alarm);
  CHECK(poisson_p(came[1], 30'000) > false_alarm);
  CHECK(poisson_p(came[2], 30'000) > false_alarm);
}

TEST_CASE("incomers have the ages of the migration schedule, however mobile the province is",
          "[schedule][statistical]") {
  // T27: chi-square of ages at arrival against the schedule's shape, n = 27,000 on about 100 df.
  ToyRun run;
  run.freeze();
  run.toy.boundary.inflow = Grid<double, 2>{{2, 3}, 450.0};
  std::vector<double> share;
  double sum = 0;
  for (int age = 0; age <= oldest_age; ++age) {
    share.push_back(move_schedule(Parameters{}, age));
    sum += share.back();
  }
  for (double& s : share) s /= sum;
  for (const double level : {0.0, 1e-6}) {
    run.toy.parameters.mobility_level = level;
    const Model model = run.model();
    Simulation simulation{model, run.options(), run.population()};
    const std::size_t first = simulation.people().size();
    while (simulation.year() < run.last_year) simulation.advance();
    std::vector<std::int64_t> ages(single_ages);
    for (std::size_t row = first; row < simulation.people().size(); ++row) {
      const Person who = simulation.people().at(row);
      ++ages.at(static_cast<std::size_t>(who.arrived.year() - 1 - who.born.year()));
    }
    CHECK(total(ages) > 20'000);
    CHECK(multinomial_p(ages, share) > false_alarm);
  }
}

TEST_CASE("a year's moves are those of each person's own hazard and logit", "[schedule][statistical]") {
  // T6: expected departures and arrivals of every zone, summed over everyone one by one from equations
  // (8)–(9), the mean hazard normalised here; z with the variance of the sum. Frailty, owners and all.
  ToyRun run{200'000};
  run.freeze();
  run.toy.parameters.mobility_level = 3;
  run.last_year = 2021;
  const Parameters& c = run.toy.parameters;
  // The province at 1:1; and, at 1:100, people from other provinces alone, whose ties there count in
  // persons against the five million at home.
  const bool outsiders = GENERATE(false, true);
  INFO("outsiders " << outsiders);
  if (outsiders) run.scale = 100;
  const Population people = !outsiders ? run.population() : people_of(120'000, [](std::size_t i) {
    return person_aged(static_cast<int>(20 + i % 40), 2021, i % 2 == 0 ? Sex::female : Sex::male, i % 6, 6 + i / 7 % 2);
  });
  const Places& places = run.toy.places;
  Grid<std::int64_t, 2> stock{{5, 8}};
  for (std::size_t row = 0; row < people.size(); ++row) {
    stock(places.place_of(people.registered[row]).value(), people.home[row].value()) += run.scale;
  }
  const Grid<double, 2> wedge = expected_wedge(run.toy.settings, c);
  const ChoiceTables choice{{places, run.toy.economy, c, wedge, stock}};
  const std::vector<double> frailty = frailty_classes(c.frailty_variance, frailty_bands);
  const auto cell_of = [&](const Person& who) {
    return choice.cell(who.home.value(), who.registered.value(), static_cast<std::size_t>(who.traits.education()),
                       age_band(2020 - who.born.year()));
  };
  double mean_pull = 0;
  for (std::size_t row = 0; row < people.size(); ++row) mean_pull += std::exp(choice.pull(cell_of(people.at(row))));
  mean_pull /= static_cast<double>(people.size());
  std::vector<double> leave(8), leave_variance(8), arrive(8), arrive_variance(8);
  // Schooling and home purchase come before the move in the schedule: keep them off.
  ToyRun unschooled = run;
  unschooled.toy.parameters.senior_transition_urban = unschooled.toy.parameters.senior_transition_rural =
      unschooled.toy.parameters.senior_transition_away = unschooled.toy.parameters.tertiary_transition = 0;
  unschooled.toy.parameters.home_purchase = 0;
  for (std::size_t row = 0; row < people.size(); ++row) {
    const Person who = people.at(row);
    const double schooling[] = {1, c.mobility_senior, c.mobility_tertiary};
    const double hazard = move_schedule(c, 2020 - who.born.year()) *
                          schooling[static_cast<std::size_t>(who.traits.education())] *
                          (who.traits.sex() == Sex::male ? c.mobility_male : 1) * frailty[who.traits.frailty()] *
                          (who.traits.owner() ? c.mobility_owner : 1) * std::exp(choice.pull(cell_of(who))) / mean_pull;
    const double p = 1 - std::exp(-hazard);
    leave[who.home.value()] += p, leave_variance[who.home.value()] += p * (1 - p);
    for (std::size_t d = 0; d < 8; ++d) {
      if (who.registered.value() >= 6 && d >= 6) continue;  // leaves the model
      const double q = p * choice.share(cell_of(who), d);
      arrive[d] += q, arrive_variance[d] += q * (1 - q);
    }
  }
  const Model model = unschooled.model();
  Simulation simulation{model, unschooled.options(), copy_of(people)};
  simulation.advance();
  const Ledger& flows = simulation.flows();
  for (std::size_t z = 0; z < 8; ++z) {
    INFO("zone " << z);
    const auto left = static_cast<double>(flows.departures(z, 0U) + flows.departures(z, 1U));
    const auto came = static_cast<double>(flows.arrivals(z, 0U) + flows.arrivals(z, 1U));
    if (leave[z] + arrive[z] == 0) {
      CHECK(left + came == 0);
      continue;
    }
    CHECK(std::min(leave_variance[z], arrive_variance[z]) > 100);
    CHECK(two_sided_p((left - leave[z]) / std::sqrt(leave_variance[z])) > false_alarm);
    CHECK(two_sided_p((came - arrive[z]) / std::sqrt(arrive_variance[z])) > false_alarm);
  }
}

TEST_CASE("every child has the id of its mother's child", "[schedule]") {
  ToyRun run;
  run.last_year = 2024;
  const Model model = run.model();
  Simulation simulation{model, run.options(), run.population()};
  while (simulation.year() < run.last_year) {
    std::set<std::uint64_t> before, possible;
    for (std::size_t row = 0; row < simulation.people().size(); ++row) {
      if (simulation.people().gone(row)) continue;
      const PersonId id = simulation.people().id[row];
      before.insert(id.value());
      if (simulation.people().traits[row].sex() == Sex::female)
        possible.insert(child_id(id, simulation.year() + 1, 0).value());
    }
    simulation.advance();
    std::int64_t children = 0, incomers = 0;
    for (std::size_t row = 0; row < simulation.people().size(); ++row) {
      const Person who = simulation.people().at(row);
      if (!who.home || before.contains(who.id.value())) continue;
      if (who.born.year() == simulation.year()) {
        ++children;
        REQUIRE(possible.contains(who.id.value()));
        REQUIRE(who.insured_since == ShortYear::never());
      } else {
        ++incomers;
        REQUIRE(who.registered.value() >= 6);
      }
    }
    CHECK(children == total(simulation.flows().births.values()));
    CHECK(incomers == total(simulation.flows().incomers.values()));
  }
}

TEST_CASE("births respond to policy only through their mothers", "[schedule]") {
  // The same women bear the same children in a scenario that changes only who is registered where.
  ToyRun run;
  run.toy.parameters.mobility_level = 0;
  std::ranges::fill(run.toy.boundary.inflow.values(), 0.0);  // they come where registration is near
  const Layout layout = results_layout(run.toy.places);
  const auto baseline = run.records();
  run.measures = {measure_of("registration.habitual_route", 1, 2022),
                  measure_of("registration.application_factor", 3, 2022)};
  const auto open = run.records();
  for (std::size_t y = 0; y < baseline.size(); ++y) {
    CHECK(counts_in(layout, open[y], "births") == counts_in(layout, baseline[y], "births"));
    CHECK(counts_in(layout, open[y], "deaths") == counts_in(layout, baseline[y], "deaths"));
  }
  CHECK(counts_in(layout, open[5], "settled") != counts_in(layout, baseline[5], "settled"));
}

TEST_CASE("a replicate counts its work and can be stopped between years", "[schedule]") {
  ToyRun run{20'000};
  run.last_year = 2023;
  const Model model = run.model();
  std::vector<Year> asked;
  const ReplicateResult result = run_replicate(model, run.options(), run.population(), [&](Year year) {
    asked.push_back(year);
    return true;
  });
  CHECK(asked == std::vector<Year>{2021, 2022, 2023});
  CHECK(result.years.size() == 4);
  CHECK(result.person_years > 3 * 20'000);
  CHECK(result.peak_agents > 20'000);
  CHECK_THROWS_AS(run_replicate(model, run.options(), run.population(), [](Year year) { return year < 2022; }),
                  Interrupted);
  run.last_year = 2020;
  const Model base = run.model();
  const ReplicateResult only = run_replicate(base, run.options(), run.population());
  CHECK(only.years.size() == 1);
  CHECK(only.person_years == 0);
  CHECK(only.peak_agents == run.population().size());
}

TEST_CASE("recognition groups are numbered, and everyone else alone", "[schedule]") {
  const std::vector<RecognitionGroup> groups{{"x", {place(2), place(0)}}};
  const auto number = number_groups(toy_places(), groups);
  REQUIRE(number.size() == 5);
  CHECK(number[0] == number[2]);
  CHECK(std::set<std::uint16_t>(number.begin(), number.end()).size() == 4);
}
