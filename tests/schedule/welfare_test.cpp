#include "luohu/schedule/welfare.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/markets/welfare.hpp"
#include "support/processes.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

const std::vector<double>& welfare_in(const Layout& layout, const YearRecord& record) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name == "welfare") return std::get<std::vector<double>>(record.values[v]);
  }
  throw std::logic_error{"no welfare"};
}

std::size_t at(std::size_t prefecture, Hukou hukou, std::size_t education) {
  return (prefecture * hukou_kinds + static_cast<std::size_t>(hukou)) * education_levels + education;
}

/// Tables, people and their welfare in the base year.
struct Levels {
  ToyRun run;
  Model model = run.model();
  Population people = run.population();
  Stock stock = take_stock(people, run.toy.places, run.toy.base_year);
  ChoiceTables choice = choice_tables(model, model.base_settings, stock.by_origin, {});
  std::vector<double> values = welfare_levels(model, choice, stock.choosers);
};

}  // namespace

TEST_CASE("welfare is the mean over everyone of what their choice is worth", "[schedule][welfare]") {
  // The same sum person by person instead of by cell; 60,000 terms leave 1e-10.
  const Levels levels;
  const Places& places = levels.run.toy.places;
  const double kappa = flow_elasticity(levels.run.toy.parameters);
  std::vector<double> sum(levels.values.size()), count(levels.values.size());
  for (std::size_t row = 0; row < levels.people.size(); ++row) {
    const Person who = levels.people.at(row);
    if (!places.internal(who.home)) continue;
    const Hukou hukou = places.place_of(who.home) != places.place_of(who.registered) ? Hukou::migrant
                        : who.registered.value() % 2 == 0                            ? Hukou::local_town
                                                                                     : Hukou::local_countryside;
    const auto education = static_cast<std::size_t>(who.traits.education());
    const std::size_t cell = levels.choice.cell(who.home.value(), who.registered.value(), education,
                                                age_band(levels.run.toy.base_year - who.born.year()));
    const double going = levels.choice.logsum(cell);
    const double stay = going - levels.choice.pull(cell) / levels.run.toy.parameters.push_exponent;
    const std::size_t i = at(places.place_of(who.home).value(), hukou, education);
    sum[i] += std::log(std::exp(stay) + std::exp(going)) / kappa;
    ++count[i];
  }
  for (std::size_t i = 0; i < sum.size(); ++i) {
    REQUIRE(count[i] > 0);
    CHECK(levels.values[i] == Approx(sum[i] / count[i]).epsilon(1e-10));
  }
}

TEST_CASE("a proportional rise of all incomes raises welfare by exactly its logarithm", "[schedule][welfare]") {
  // Without land income, which does not rise with wages. With the horizon on, the old respond less to income, and each
  // age band's utility is divided by its own elasticity.
  for (const double horizon : {0.0, 1.0}) {
    Levels levels;
    levels.run.toy.parameters.land_income = 0;
    levels.run.toy.parameters.income_horizon = horizon;
    const Model model = levels.run.model();
    Conditions richer;
    richer.wage = Grid<double, 3>{{8, education_levels, standings}, 1.05};
    const auto level = [&](Conditions conditions) {
      return welfare_levels(model,
                            choice_tables(model, model.base_settings, levels.stock.by_origin, std::move(conditions)),
                            levels.stock.choosers);
    };
    const auto before = level({}), after = level(richer);
    for (std::size_t i = 0; i < before.size(); ++i) {
      CHECK(income_equivalent(welfare_change(before[i], after[i], 1)) == Approx(0.05).epsilon(1e-9));
    }
  }
}

TEST_CASE("wider coverage is worth something to everyone who may live unregistered somewhere", "[schedule][welfare]") {
  // At most the rise in income of those who lose the whole wedge, 0.2 of it at the largest, for certain.
  ToyRun run;
  const Layout layout = results_layout(run.toy.places);
  const auto base = run.records();
  run.measures = {measure_of("coverage.school", 1, 2022)};
  const auto covered = run.records();
  CHECK(welfare_in(layout, base[1]) == welfare_in(layout, covered[1]));
  const auto& before = welfare_in(layout, base[2]);
  const auto& after = welfare_in(layout, covered[2]);
  for (std::size_t p = 0; p < 3; ++p) {
    for (std::size_t e = 0; e < education_levels; ++e) {
      for (const Hukou h : {Hukou::local_town, Hukou::local_countryside, Hukou::migrant}) {
        const double gain = after[at(p, h, e)] - before[at(p, h, e)];
        CHECK(gain > 0);
        CHECK(gain < -std::log(1 - 0.2));
      }
    }
  }
}

TEST_CASE("welfare of nobody is missing, and of everybody where staying has no utility", "[schedule][welfare]") {
  Levels levels;
  for (std::size_t registered = 2; registered < 8; ++registered) {
    for (std::size_t home = 0; home < 2; ++home) {
      for (std::size_t band = 0; band < age_bands; ++band) levels.stock.choosers(home, registered, 2U, band) = 0;
    }
  }
  const auto values = welfare_levels(levels.model, levels.choice, levels.stock.choosers);
  CHECK(std::isnan(values[at(0, Hukou::migrant, 2)]));
  CHECK(values[at(0, Hukou::migrant, 1)] == levels.values[at(0, Hukou::migrant, 1)]);
  levels.run.toy.parameters.push_exponent = 0;
  for (const double value : welfare_levels(levels.run.model(), levels.choice, levels.stock.choosers)) {
    CHECK(std::isnan(value));
  }
}
