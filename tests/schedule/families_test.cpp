#include <catch2/catch.hpp>

#include "luohu/schedule/simulation.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("every child's mother is a woman of the model old enough to be one, and lives with it if it says so",
          "[schedule][families]") {
  ToyRun run;
  run.feedbacks.families = true;
  const Model model = run.model();
  // Very young mothers, so that some are nearly children themselves.
  run.toy.vital.fertility[15] = 0.5;
  Simulation simulation{model, run.options(), run.population()};
  for (;;) {
    const Population& people = simulation.people();
    const auto age = [&](std::size_t row) { return simulation.year() - people.born[row].year(); };
    std::size_t children = 0, linked = 0, apart = 0;
    for (std::size_t row = 0; row < people.size(); ++row) {
      if (people.gone(row)) continue;
      children += age(row) < 16 ? 1 : 0;
      if (!people.mother[row]) continue;
      ++linked;
      REQUIRE(age(row) < 16);
      const std::size_t mother = people.mother[row].value();
      REQUIRE(mother < people.size());
      REQUIRE_FALSE(people.gone(mother));
      REQUIRE(people.traits[mother].sex() == Sex::female);
      REQUIRE_FALSE(people.mother[mother]);  // nobody decides for her
      REQUIRE(age(mother) - age(row) >= 15);
      REQUIRE(age(mother) - age(row) <= 49);
      if (people.traits[row].with_mother()) REQUIRE(people.home[mother] == people.home[row]);
      apart += people.traits[row].with_mother() ? 0 : 1;
    }
    CHECK(static_cast<double>(linked) > 0.8 * static_cast<double>(children));
    CHECK(apart > 50);
    if (simulation.year() == model.last_year) break;
    simulation.advance();
  }
}
