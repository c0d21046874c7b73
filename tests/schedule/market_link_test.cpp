#include "luohu/schedule/market_link.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/markets/services.hpp"
#include "luohu/schedule/simulation.hpp"
#include "support/processes.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

/// Someone who is `age` at the end of `year`.
Person aged(int age, std::size_t home, std::size_t registered, Education education = Education::basic) {
  Person person = person_aged(age, year + 1, Sex::female, home, registered);
  person.traits.set(education);
  return person;
}

const std::vector<double>& ratios_in(const Layout& layout, const YearRecord& record, std::string_view name) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name == name) return std::get<std::vector<double>>(record.values[v]);
  }
  throw std::logic_error{"no such variable"};
}

/// All markets on, something for each of them to answer, rules that change on the way.
ToyRun market_run() {
  ToyRun run;
  run.feedbacks = {};
  run.last_year = 2025;
  run.scale = 10;
  run.measures = {measure_of("coverage.school", 1, 2022),     measure_of("land.quota_tied", 1, 2023),
                  measure_of("productivity.town", 1.1, 2024), measure_of("land.exit_price", 1.9, 2022),
                  measure_of("amenity.town", 0.2, 2023),      measure_of("registration.countryside_rate", 0.1, 2022)};
  return run;
}

}  // namespace

TEST_CASE("markets count workers, residents, children and settlers of towns", "[schedule][markets]") {
  const Places places = toy_places();
  const std::vector<Person> one_each{aged(15, 0, 0),
                                     aged(64, 0, 3, Education::tertiary),
                                     aged(65, 0, 1),
                                     aged(2, 2, 2),
                                     aged(3, 2, 2),
                                     aged(5, 3, 0),
                                     aged(6, 3, 2),
                                     aged(14, 3, 6),
                                     aged(15, 3, 2),
                                     aged(30, 6, 2),
                                     aged(30, 5, 4, Education::senior)};
  const Population people = people_of(one_each.size(), [&](std::size_t i) { return one_each[i]; });
  Ledger flows{places.size(), places.zones()};
  flows.settled(0U, Route::residence) = 3;
  flows.settled(0U, Route::family) = 2;
  flows.settled(0U, Route::countryside) = 50;
  const MarketCounts counts = market_counts(places, take_stock(people, places, year), flows, 10);
  CHECK(counts.workers(0U, Education::basic, Standing::local) == 10);
  CHECK(counts.workers(0U, Education::tertiary, Standing::migrant) == 10);
  CHECK(counts.workers(5U, Education::senior, Standing::local) == 10);
  CHECK(total(counts.workers.values()) == 40);
  CHECK(counts.townspeople(0) == 30);
  CHECK(counts.everyone(1) == 60);
  CHECK(counts.unregistered(1) == 20);
  CHECK(counts.children(1U, ChildAge::preschool, Standing::local) == 10);
  CHECK(counts.children(1U, ChildAge::preschool, Standing::migrant) == 10);
  CHECK(counts.children(1U, ChildAge::compulsory, Standing::local) == 10);
  CHECK(counts.children(1U, ChildAge::compulsory, Standing::migrant) == 10);
  CHECK(counts.settled == std::vector<std::int64_t>{50, 0, 0});
}

TEST_CASE("measures and markets say what places are like", "[schedule][markets]") {
  const ToyRun run;
  const Model model = run.model();
  Settings settings = run.toy.settings;
  settings[1].amenity_town = 0.3, settings[1].amenity_countryside = 0.1;
  settings[1].travel_between = 0.8, settings[1].travel_within = 0.9;
  settings[1].town_productivity = 1.2, settings[1].countryside_productivity = 1.1;
  const Conditions measures = conditions_of(run.toy.places, settings);
  CHECK(measures.wage(2U, 0U, 0U) == 1.2);
  CHECK(measures.wage(3U, 2U, 1U) == 1.1);
  CHECK(measures.wage(6U, 0U, 0U) == 1);
  CHECK(measures.amenity == std::vector<double>{0, 0, 0.3, 0.1, 0, 0, 0, 0});
  CHECK(measures.travel == std::vector<double>{1, 0.8, 1, 1, 1});
  CHECK(measures.travel_within == std::vector<double>{1, 0.9, 1, 1, 1});
  CHECK(measures.rent == std::vector<double>(8, 1.0));

  MarketYear market;
  market.wage = Grid<double, 3>{{8, education_levels, standings}, 0.9};
  market.rent.assign(8, 1.5);
  market.school_quality = {0.8, 1, 1};
  const Conditions answered = conditions_of(model, settings, market);
  CHECK(answered.wage == market.wage);
  CHECK(answered.rent == market.rent);
  CHECK(answered.travel == measures.travel);
  const double poorer = run.toy.parameters.quality_elasticity * std::log(0.8);
  CHECK(answered.amenity[0] == Approx(poorer));
  CHECK(answered.amenity[1] == Approx(poorer));
  CHECK(answered.amenity[2] == 0.3);
  CHECK(poorer < 0);
}

TEST_CASE("markets answer the numbers at the end of last year under this year's rules", "[schedule][markets]") {
  const ToyRun run = market_run();
  const Model model = run.model();
  Simulation simulation{model, run.options(), run.population()};
  const Layout layout = results_layout(run.toy.places);
  const auto counted = [&] { return market_counts(run.toy.places, simulation.stock(), simulation.flows(), run.scale); };
  Markets markets{{run.toy.places, run.toy.capacity, run.toy.parameters, run.toy.settings, run.feedbacks, run.scale},
                  counted()};
  std::int64_t exits_to_date = 0;
  while (simulation.year() < run.last_year) {
    const MarketCounts counts = counted();
    std::vector<std::int64_t> exits(simulation.flows().land_exits.begin(), simulation.flows().land_exits.begin() + 3);
    for (std::int64_t& count : exits) exits_to_date += count *= run.scale;
    Settings rules = settings_of(simulation.year() + 1, run.toy.settings, run.measures);
    const MarketYear answer = markets.advance(counts, rules);
    const Grid<std::int64_t, 2> paid = markets.persons_paid_for(counts, answer, exits);
    simulation.advance();
    INFO(simulation.year());
    const YearRecord record = simulation.record();
    const MarketOutcome expected = market_outcome(model, rules, answer, paid);
    CHECK(ratios_in(layout, record, "wage") == expected.wage);
    CHECK(ratios_in(layout, record, "rent") == expected.rent);
    CHECK(ratios_in(layout, record, "urban_land") == expected.urban_land);
    CHECK(counts_in(layout, record, "school_seats") == expected.school_seats);
    CHECK(counts_in(layout, record, "fiscal_cost") == expected.fiscal_cost);
    // What unregistered residents get takes the place of what policy allows.
    realise_coverage(answer, rules);
    CHECK(simulation.settings() == rules);
    CHECK(rules[0].coverage_school == answer.coverage(0U, Service::school));
  }
  CHECK(exits_to_date > 0);
}

TEST_CASE("each market moves people, and without feedbacks none does", "[schedule][markets][feedbacks]") {
  ToyRun run = market_run();
  run.feedbacks = {.networks = false, .families = false, .wages = false, .rents = false, .services = false};
  run.measures.clear();
  const Layout layout = results_layout(run.toy.places);
  const auto frozen = run.records();
  for (const double factor : ratios_in(layout, frozen.back(), "rent")) CHECK(factor > 0);
  CHECK(ratios_in(layout, frozen.back(), "wage") == ratios_in(layout, frozen.front(), "wage"));
  CHECK(ratios_in(layout, frozen.back(), "coverage") == ratios_in(layout, frozen.front(), "coverage"));
  for (bool Feedbacks::*market : {&Feedbacks::wages, &Feedbacks::rents, &Feedbacks::services}) {
    ToyRun with = run;
    with.feedbacks.*market = true;
    CHECK_FALSE(counts_in(layout, with.records().back(), "flow") == counts_in(layout, frozen.back(), "flow"));
  }
}
