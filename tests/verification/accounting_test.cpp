// Accounts that close to the last person: residents, registrations, and every cell of the two.

#include <catch2/catch.hpp>
#include <map>
#include <unordered_map>

#include "support/processes.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Counts of one published year by name.
struct Published {
  const Layout& layout;
  const YearRecord& record;
  const std::vector<std::int64_t>& operator()(std::string_view name) const { return counts_in(layout, record, name); }
};

/// Published residents by [zone × sex], or by another block of the axes age group × registration.
std::int64_t residents(const Published& year, std::size_t block) {
  constexpr std::size_t cells = age_groups * registrations;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < cells; ++i) sum += year("population")[block * cells + i];
  return sum;
}

std::unordered_map<std::uint64_t, Person> people_by_id(const Population& people) {
  std::unordered_map<std::uint64_t, Person> by_id;
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (!people.gone(row)) by_id.emplace(people.id[row].value(), people.at(row));
  }
  return by_id;
}

using Cell = std::pair<std::size_t, std::size_t>;  ///< zone of registration, zone of residence

Cell cell_of(const Person& who) {
  return {who.registered.value(), who.home.value()};
}

}  // namespace

TEST_CASE("T1: residents balance in every zone and sex, and moves inside the province cancel", "[verification]") {
  // Formula: P(t+1) = P(t) + B - D + in - out + reclassified, per zone and sex; summed over prefectures, the moves
  // between them cancel. Source: the demographic balancing equation, Preston, Heuveline & Guillot 2001, ch. 1. Sample:
  // 60,000 residents, 10 years of everything, at 1:1 and 1:10, from the published records alone. Exact: no false
  // alarm, and one person miscounted fails.
  ToyRun run;
  run.scale = GENERATE(1, 10);
  if (GENERATE(true, false)) run.feedbacks = {};  // everything that answers, or nothing
  const Layout layout = results_layout(run.toy.places);
  const std::vector<YearRecord> records = run.records();
  REQUIRE(records.size() == 11);
  for (std::size_t y = 1; y < records.size(); ++y) {
    INFO("year " << 2020 + y);
    const Published before{layout, records[y - 1]}, now{layout, records[y]};
    for (std::size_t zs = 0; zs < 6 * sexes; ++zs) {
      CHECK(residents(now, zs) - residents(before, zs) ==
            now("births")[zs] - now("deaths")[zs] + now("inflow")[zs] - now("outflow")[zs] + now("reclassified")[zs]);
      CHECK(now("balance_residual")[zs] == 0);
    }
    std::int64_t internal_in = 0, internal_out = 0;
    for (std::size_t p = 0; p < 3; ++p) {
      // The flow table's rows are the outflow, its columns the inflow, incomers among it.
      std::int64_t out = 0, in = 0, left = 0, came = 0;
      for (std::size_t q = 0; q < 5; ++q) {
        for (std::size_t i = 0; i < broad_ages * registrations; ++i) {
          const std::int64_t to = now("flow")[(p * 5 + q) * broad_ages * registrations + i];
          const std::int64_t from = now("flow")[(q * 5 + p) * broad_ages * registrations + i];
          out += to, in += from;
          if (q < 3) internal_out += to, internal_in += from;
        }
      }
      for (std::size_t i = 0; i < 2 * sexes; ++i)
        left += now("outflow")[p * 2 * sexes + i], came += now("inflow")[p * 2 * sexes + i];
      CHECK(out == left);
      CHECK(came == in);
      for (std::size_t s = 0; s < sexes; ++s)
        CHECK(now("reclassified")[p * 4 + s] == -now("reclassified")[p * 4 + 2 + s]);  // the town's gain
    }
    CHECK(internal_in == internal_out);
    CHECK(internal_in > 0);
  }
}

TEST_CASE("T2: settling moves registrations and makes none", "[verification]") {
  // Formula: H(t+1) = H(t) + births - deaths + in - out + reclassified per zone of registration; the settled leave one
  // zone's register for another's, so that the whole changes by births less deaths alone where no outsider comes or
  // goes. Source: accounting identity of the registered population. Sample: 60,000 residents, 10 years, with and
  // without an open boundary. Exact; the power is one registration.
  ToyRun run;
  if (GENERATE(true, false)) run.feedbacks = {};
  const bool closed = GENERATE(true, false);
  if (closed) {
    run.toy.parameters.external_registration = 0;
    std::ranges::fill(run.toy.boundary.inflow.values(), 0.0);
  }
  // People registered at external nodes leave the model when they leave the province: a closed world has none.
  Population people = run.population();
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (closed && people.registered[row].value() >= 6) people.home[row] = ZoneId{};
  }
  compact(people);
  const Layout layout = results_layout(run.toy.places);
  const Model model = run.model();
  Simulation simulation{model, run.options(), std::move(people)};
  YearRecord last = simulation.record();
  while (simulation.year() < run.last_year) {
    simulation.advance();
    const YearRecord record = simulation.record();
    const Published before{layout, last}, now{layout, record};
    std::int64_t settled = 0;
    for (std::size_t p = 0; p < 3; ++p) {
      std::int64_t here = 0;
      for (std::size_t r = 0; r < routes; ++r) here += now("settled")[p * routes + r];
      CHECK(here > 0);
      CHECK(now("registered_in")[2 * p] == here);
      CHECK(now("registered_in")[2 * p + 1] == 0);
      CHECK(now("registered_reclassified")[2 * p] == -now("registered_reclassified")[2 * p + 1]);
      // Without a quota all who applied settle, or were reclassified into the town's registration meanwhile.
      const std::int64_t children = now("settled")[p * routes + static_cast<std::size_t>(Route::family)];
      CHECK((children == 0 || run.feedbacks.families));
      CHECK(here - children <= now("willing")[p]);
      CHECK(now("willing")[p] - (here - children) <= now("registered_reclassified")[2 * p]);
      CHECK(now("willing")[p] <= now("eligible")[p]);
      settled += here;
    }
    for (std::size_t z = 0; z < 6; ++z) {
      CHECK(now("registered")[z] - before("registered")[z] ==
            now("registered_births")[z] - now("registered_deaths")[z] + now("registered_in")[z] -
                now("registered_out")[z] + now("registered_reclassified")[z]);
      CHECK(now("registered_balance_residual")[z] == 0);
    }
    const Ledger& flows = simulation.flows();
    const auto change = [&](const std::vector<std::int64_t>& of) { return total(of); };
    if (closed) {
      CHECK(change(flows.registered_in) == settled);
      CHECK(change(flows.registered_out) == settled);
      CHECK(change(now("registered")) - change(before("registered")) ==
            change(flows.registered_births) - change(flows.registered_deaths));
    } else {
      CHECK(change(flows.registered_in) > settled);
      CHECK(change(flows.registered_out) > settled);
    }
    last = record;
  }
}

TEST_CASE("T3: people by registration and residence change by what happened to each", "[verification]") {
  // Formula: M[h, d](t+1) - M[h, d](t) = born + came + entered by move, settlement or reclassification - died - left -
  // went out by the same, from everyone's state before and after; and the events so counted are the ledger's. Source:
  // stock-flow identity of the registration matrix (United Nations 1970, Manual VI, ch. II). Sample: 75,000 people, 10
  // years of everything. Exact; the power is one person.
  const ToyRun run;
  const Places& places = run.toy.places;
  const Model model = run.model();
  Simulation simulation{model, run.options(), run.population()};
  while (simulation.year() < run.last_year) {
    const auto before = people_by_id(simulation.people());
    const Stock start = simulation.stock();
    simulation.advance();
    const auto after = people_by_id(simulation.people());
    const ShortYear now{simulation.year()};
    std::map<Cell, std::int64_t> flow;
    Ledger seen{places.size(), places.zones()};
    std::int64_t re_registered = 0;
    for (const auto& [id, was] : before) {
      const auto found = after.find(id);
      if (found == after.end()) {
        --flow[cell_of(was)];
        ++seen.departures(was.home.value(), was.traits.sex());  // or died: the ledger's two are added below
        continue;
      }
      const Person& is = found->second;
      REQUIRE(is.born == was.born);  // a cohort stays a cohort
      REQUIRE(is.traits.sex() == was.traits.sex());
      --flow[cell_of(was)], ++flow[cell_of(is)];
      if (is.arrived == now) {
        ++seen.departures(was.home.value(), was.traits.sex()), ++seen.arrivals(is.home.value(), is.traits.sex());
        REQUIRE(is.registered == was.registered);  // who moved cannot register
      } else if (is.home != was.home) {
        --seen.reclassified(was.home.value(), was.traits.sex()), ++seen.reclassified(is.home.value(), is.traits.sex());
        REQUIRE(places.place_of(is.home) == places.place_of(was.home));
      }
      re_registered += is.registered != was.registered ? 1 : 0;
    }
    for (const auto& [id, is] : after) {
      if (before.contains(id)) continue;
      ++flow[cell_of(is)];
      ++(is.born == now ? seen.births : seen.incomers)(is.home.value(), is.traits.sex());
    }
    const Ledger& flows = simulation.flows();
    Counts gone = flows.departures;
    for (std::size_t i = 0; i < gone.values().size(); ++i) gone.values()[i] += flows.deaths.values()[i];
    CHECK(seen.departures == gone);
    CHECK(seen.arrivals == flows.arrivals);
    CHECK(seen.births == flows.births);
    CHECK(seen.incomers == flows.incomers);
    CHECK(seen.reclassified == flows.reclassified);
    std::int64_t turned = 0;
    for (std::size_t p = 0; p < 3; ++p) turned += flows.registered_reclassified[2 * p];
    // Nobody is both settled and reclassified into the same town, but some settle after it from elsewhere.
    CHECK(re_registered <= total(flows.settled.values()) + turned);
    CHECK(re_registered >= std::max(total(flows.settled.values()), turned));
    Grid<std::int64_t, 2> expected = start.by_origin;
    for (const auto& [cell, change] : flow) {
      expected(places.place_of(ZoneId{static_cast<std::uint16_t>(cell.first)}).value(), cell.second) += change;
    }
    CHECK(simulation.stock().by_origin == expected);
    // The same people by class: local and the same prefecture are the registered of the place.
    const Layout layout = results_layout(places);
    const YearRecord record = simulation.record();
    const Published published{layout, record};
    for (std::size_t p = 0; p < 3; ++p) {
      std::vector<std::int64_t> by_class(registrations);
      for (std::size_t i = 0; i < 2 * sexes * age_groups * registrations; ++i) {
        by_class[i % registrations] += published("population")[p * 2 * sexes * age_groups * registrations + i];
      }
      const auto& stock = published("migrant_stock");
      CHECK(stock[p * 5 + p] == by_class[0] + by_class[1]);
      CHECK(stock[(p + 1) % 3 * 5 + p] + stock[(p + 2) % 3 * 5 + p] == by_class[2]);
      CHECK(stock[3 * 5 + p] + stock[4 * 5 + p] == by_class[3]);
      std::int64_t registered = 0;
      for (std::size_t q = 0; q < 5; ++q) registered += stock[p * 5 + q];
      CHECK(registered == published("registered")[2 * p] + published("registered")[2 * p + 1]);
    }
  }
}
