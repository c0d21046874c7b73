// What a policy must leave alone: everything if it does nothing, the time before it starts if it does.

#include <catch2/catch.hpp>
#include <limits>

#include "luohu/population/parallel.hpp"
#include "random_case.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

/// When the first effect of any measure begins: the start and lag that the file says, or the first step
/// of a schedule.
double first_effect(const std::vector<Measure>& measures) {
  double first = std::numeric_limits<double>::infinity();
  for (const Measure& m : measures) {
    if (!m.enabled) continue;
    first = std::min(first, m.change == Change::schedule ? m.schedule.begin()->first : m.start + m.lag);
  }
  return first;
}

}  // namespace

TEST_CASE("random scenarios: null policies change nothing, and no policy changes the time before it", "[property]") {
  set_threads(1);
  std::size_t untouched = 0, touched = 0;
  for (std::uint64_t number = cases().first; number <= cases().last; ++number) {
    const RandomCase files{number};
    INFO(files.described());
    const auto baseline = files.read("baseline.toml").records();
    const auto null = files.read("null.toml").records();
    const ToyRun run = files.read("variant.toml");
    const auto variant = run.records();
    const double begin = first_effect(run.measures);
    for (std::size_t y = 0; y < baseline.size(); ++y) {
      const Year year = run.toy.base_year + static_cast<Year>(y);
      INFO("year " << year);
      REQUIRE(same(null[y], baseline[y]));
      if (year + 1 <= begin) {
        REQUIRE(same(variant[y], baseline[y]));
        ++untouched;
      } else if (!same(variant[y], baseline[y])) {
        ++touched;
      }
    }
  }
  // Of several measures each case, most do something once they have begun.
  if (cases().last - cases().first >= 50) {
    const double run = static_cast<double>(cases().last - cases().first + 1);
    CHECK(static_cast<double>(untouched) > run);
    CHECK(static_cast<double>(touched) > run);
  }
  set_threads(available_threads());
}
