// A process changes the columns it declares, of the people whose changes it lets be seen, and nothing else.

#include <catch2/catch.hpp>
#include <cstring>
#include <map>
#include <set>
#include <sstream>

#include "luohu/population/parallel.hpp"
#include "random_case.hpp"
#include "support/each_process.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// Everyone as they were before a process changed them.
struct Witness {
  const Population& people;
  std::vector<std::pair<std::size_t, Person>>& seen;
  void before(std::size_t row) const { seen.emplace_back(row, people.at(row)); }
  void after(std::size_t) const {}
};

std::set<std::string> words(std::string_view text) {
  std::istringstream stream{std::string{text}};
  std::set<std::string> found;
  for (std::string word; stream >> word;) found.insert(word);
  return found;
}

}  // namespace

TEST_CASE("random scenarios: a process alone changes only the columns it declares, in view", "[property]") {
  set_threads(1);
  std::map<std::string_view, std::set<std::string>> declared, changed;
  for (std::uint64_t number = cases().first; number <= cases().last; ++number) {
    const RandomCase files{number};
    INFO(files.described());
    const ToyRun run = files.read("variant.toml");
    const Model model = run.model();
    Simulation simulation{model, run.options(), run.population()};
    simulation.advance();
    const Year year = simulation.year() + 1;
    Population people = copy_of(simulation.people());
    const Settings settings = settings_of(year, run.toy.settings, run.measures);
    const YearContext now{Seed{number}, year, run.toy.places, run.toy.parameters, settings, run.toy.group_of, true};
    const std::uint64_t untouched = digest(people);
    for_each_process(run.toy, now, [&](const auto& process) {
      const std::string_view name = process.info.name;
      INFO(name);
      const std::set<std::string> may = words(process.info.writes);
      std::vector<std::pair<std::size_t, Person>> seen;
      run_alone(process, now, people, Witness{people, seen});
      for (const auto& [row, before] : seen) {
        const Person after = people.at(row);
        Population::for_each_column(people, [&, before = before](std::string_view column, const auto&, auto member) {
          if (std::memcmp(&(before.*member), &(after.*member), sizeof(before.*member)) == 0) return;
          const std::string changed_column{column};
          if (!may.contains(changed_column)) FAIL("writes '" << column << "' and does not declare it");
          changed[name].insert(changed_column);
        });
        people.put(row, before);
      }
      declared[name] = may;
      // With those seen as they were, everyone is.
      REQUIRE(digest(people) == untouched);
    });
  }
  // Enough happens for every declaration to be found true.
  if (cases().last - cases().first >= 50)
    CHECK(changed == [&] {
      auto written = declared;
      std::erase_if(written, [](const auto& process) { return process.second.empty(); });
      return written;
    }());
  set_threads(available_threads());
}
