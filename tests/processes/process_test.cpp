// What holds for every process: columns, bounds, screening, streams.

#include "luohu/processes/process.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <sstream>

#include "luohu/core/hash.hpp"
#include "support/each_process.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

/// Every parameter somewhere in its documented range, every setting in its lever's.
ToyProvince shaken(std::uint64_t seed) {
  ToyProvince toy = toy_province();
  std::mt19937_64 generator{seed};
  const auto between = [&](double low, double high) {
    return low + (high - low) * 0x1p-64 * static_cast<double>(generator());
  };
  for (const ParameterInfo& parameter : parameter_table()) {
    toy.parameters.*parameter.field = between(parameter.minimum, std::min(parameter.maximum, 100.0));
  }
  // The services' weights share one income.
  Parameters& c = toy.parameters;
  const double weights = c.weight_school + c.weight_preschool + c.weight_health + c.weight_pension + c.weight_housing;
  for (double* weight : {&c.weight_school, &c.weight_preschool, &c.weight_health, &c.weight_pension, &c.weight_housing})
    *weight /= weights;
  for (PlaceSettings& s : toy.settings) {
    s.residence_years = s.insurance_years = between(0, 5);
    s.application_factor = between(0, 5);
    s.land_rights_kept = between(0, 1);
    s.wedge = between(0, 0.9);
    s.training_rate = between(0, 1), s.countryside_registration = between(0, 1);
    s.coverage_school = between(0, 1), s.coverage_health = between(0, 1);
  }
  for (double& rate : toy.boundary.reclassification) rate = between(0, 1);
  return toy;
}

/// Half of everyone, against a bound of a twenty-fifth.
struct Careless {
  static constexpr ProcessInfo info{"careless", ""};
  [[nodiscard]] static std::uint8_t bound(std::uint32_t, unsigned) { return 10; }
  [[nodiscard]] static std::uint64_t threshold(const YearContext&, const Population&, std::size_t) {
    return threshold_of(0.5);
  }
  static void happens(const YearContext&, Population&, std::size_t, const Words&, Ledger&, Requests&) {}
};

}  // namespace

TEST_CASE("every process has a name, and a stream, of its own", "[process]") {
  const ToyProvince toy = toy_province();
  std::set<std::string_view> names;
  // The streams used beside the processes' own, by births, families, inflow and synthesis.
  std::set<std::uint32_t> streams;
  for (const std::string_view other : {"newborn", "families", "inflow", "incomer", "incomer_schooling", "synthesis",
                                       "synthesis_registration", "synthesis_mother"}) {
    streams.insert(stream_named(other).value);
  }
  for_each_process(toy, context_of(toy, year), [&](const auto& process) {
    CHECK(names.insert(process.info.name).second);
    CHECK(streams.insert(process.info.stream().value).second);
  });
  CHECK(names.size() == 12);
}

TEST_CASE("a process writes the columns it declares and no other", "[process]") {
  const ToyProvince toy = shaken(6);
  const YearContext now = context_of(toy, year);
  const Population before = random_people(toy, 40'000, year, 1);
  for_each_process(toy, now, [&](const auto& process) {
    INFO(process.info.name);
    Population people = copy_of(before);
    run_alone(process, now, people);
    std::istringstream declared{std::string{process.info.writes}}, found{differing_columns(before, people)};
    std::set<std::string> may, did;
    for (std::string name; declared >> name;) may.insert(name);
    for (std::string name; found >> name;) did.insert(name);
    CHECK(did == may);  // and each declared column is one it really writes
  });
}

TEST_CASE("nobody's probability exceeds the bound of their cell, and nobody at risk is off the roll", "[process]") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const ToyProvince toy = shaken(seed);
    const YearContext now = context_of(toy, year);
    const Cells cells{toy.places};
    const Population people = random_people(toy, 5000, year, seed);
    Scratch scratch;
    locate(now, cells, people, {0, 0, people.size()}, scratch);
    for_each_process(toy, now, [&](const auto& process) {
      INFO(process.info.name << ", seed " << seed);
      std::size_t at_risk = 0;
      for (std::size_t row = 0; row < people.size(); ++row) {
        const std::uint64_t threshold = process.threshold(now, people, row);
        at_risk += threshold > 0 ? 1 : 0;
        REQUIRE(threshold <= std::uint64_t{1} << 32U);
        // A process for the unregistered is not even shown the others.
        if (process.info.at_risk == AtRisk::unregistered && people.home[row] == people.registered[row])
          REQUIRE(threshold == 0);
        REQUIRE(bound_of(threshold) <=
                process.bound(scratch.key[row] / frailty_bands, scratch.key[row] % frailty_bands));
      }
      CHECK(at_risk > 0);
    });
  }
}

TEST_CASE("people who have lived for a century where they live are within the bounds too", "[process]") {
  // Whoever was 100 at the census and lives on, or was born to migrants long before the last year. Many
  // intercepts, because a bound is rounded up to a 256th and hides small excesses.
  ToyProvince toy = toy_province();
  toy.parameters.application_rate = 0.4;
  Person old = person_aged(115, 2060, Sex::male, 0, 6);
  old.arrived = old.group_since = ShortYear{1945};
  old.traits.set(Education::tertiary), old.traits.set_owner(true);
  const Population people = people_like(old, 1);
  for (double intercept = -5; intercept < 0; intercept += 0.01) {
    toy.parameters.wish_intercept = intercept;
    const YearContext now = context_of(toy, 2060);
    const WishToSettle process{now, Cells{toy.places}};
    Scratch scratch;
    locate(now, Cells{toy.places}, people, {0, 0, 1}, scratch);
    REQUIRE(process.threshold(now, people, 0) > 0);
    CHECK(bound_of(process.threshold(now, people, 0)) <=
          process.bound(scratch.key[0] / frailty_bands, scratch.key[0] % frailty_bands));
  }
}

TEST_CASE("screening changes the speed and never the result", "[process]") {
  const ToyProvince toy = shaken(11);
  const YearContext screened = context_of(toy, year), exact = context_of(toy, year, Seed{20}, false);
  const Population before = random_people(toy, 70'000, year, 2);
  for_each_process(toy, screened, [&](const auto& process) {
    INFO(process.info.name);
    Population a = copy_of(before), b = copy_of(before);
    const Outcome with = run_alone(process, screened, a), without = run_alone(process, exact, b);
    CHECK(differing_columns(a, b) == "");
    CHECK(mothers_in(with) == mothers_in(without));
    CHECK(applications_in(with) == applications_in(without));
    std::vector<std::vector<std::int64_t>> tables;
    Ledger::for_each_table(with.ledger, [&](const auto& table) { tables.push_back(table); });
    std::size_t next = 0;
    Ledger::for_each_table(without.ledger, [&](const auto& table) { CHECK(table == tables[next++]); });
  });
}

TEST_CASE("what happens to a person does not depend on who stands beside them", "[process]") {
  const ToyProvince toy = shaken(12);
  const YearContext now = context_of(toy, year);
  const std::size_t n = 50'000;
  const Population before = random_people(toy, n, year, 3);
  const Population reversed = people_of(n, [&](std::size_t row) { return before.at(n - 1 - row); });
  for_each_process(toy, now, [&](const auto& process) {
    INFO(process.info.name);
    Population a = copy_of(before), b = copy_of(reversed);
    run_alone(process, now, a);
    run_alone(process, now, b);
    CHECK(digest(a) == digest(b));
    const Population forward = people_of(n, [&](std::size_t row) { return b.at(n - 1 - row); });
    CHECK(differing_columns(a, forward) == "");
  });
}

TEST_CASE("the bound loses no draw below the threshold and few above", "[process]") {
  for (const std::uint64_t threshold : {0ULL, 1ULL, 0xFFFFFFULL, 0x1000000ULL, 0x1000001ULL, 0x80000000ULL,
                                        0xFE000000ULL, 0xFE000001ULL, 0xFF000000ULL, 0xFFFFFFFFULL, 0x100000000ULL}) {
    const std::uint8_t bound = bound_of(threshold);
    for (unsigned byte = 0; byte < 256; ++byte) {
      const std::uint64_t smallest = std::uint64_t{byte} << 24U;
      if (smallest < threshold) CHECK(passes(static_cast<std::uint8_t>(byte), bound));
      if (bound < 255 && smallest >= threshold) CHECK_FALSE(passes(static_cast<std::uint8_t>(byte), bound));
    }
  }
}

TEST_CASE("a process that breaks its bound ends the run as our bug", "[process]") {
  const ToyProvince toy = toy_province();
  Population people = random_people(toy, 1000, year, 4);
  CHECK_THROWS_AS(run_alone(Careless{}, context_of(toy, year), people), InternalError);
}

TEST_CASE("residence and registration relate as they should", "[process]") {
  const Places places = toy_places();
  CHECK(status_of(places, zone(1), zone(1)) == Status::home);
  CHECK(status_of(places, zone(0), zone(1)) == Status::same_place);
  CHECK(status_of(places, zone(0), zone(2)) == Status::away);
  CHECK(status_of(places, zone(0), zone(6)) == Status::away);
  CHECK(status_of(places, zone(6), zone(0)) == Status::away);
  CHECK(registration_of(places, zone(0), zone(1), Township::registered) == Registration::local);
  CHECK(registration_of(places, zone(0), zone(1), Township::same_county) == Registration::same_prefecture);
  CHECK(registration_of(places, zone(0), zone(2), Township::same_county) == Registration::other_prefecture);
  CHECK(registration_of(places, zone(0), zone(7), Township::registered) == Registration::other_province);
  CHECK(registration_of(places, zone(7), zone(0), Township::same_county) == Registration::other_prefecture);
}
