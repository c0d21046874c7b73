#include <catch2/catch.hpp>

#include "support/processes.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

TEST_CASE("stocks kept up by events equal a fresh count of everyone, every year", "[schedule]") {
  ToyRun toy{40'000};
  for (PlaceSettings& s : toy.toy.settings) s.habitual_route = 1;
  toy.feedbacks.families = true;
  toy.toy.settings[1].quota = 5;  // some settle in the pass, some after it
  const Model model = toy.model();
  for (const int count : {1, 3}) {
    set_threads(count);
    Simulation simulation{model, toy.options(), toy.population()};
    std::int64_t settled = 0;
    while (simulation.year() < model.last_year) {
      simulation.advance();
      settled += total(simulation.flows().settled.values());
      CHECK(simulation.stock() == take_stock(simulation.people(), model.places, simulation.year()));
    }
    CHECK(settled > 100);
  }
  set_threads(1);
}
