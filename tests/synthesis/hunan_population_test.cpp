// The synthetic population of Hunan 2020 against the census tables it is made from.

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "luohu/population/parallel.hpp"
#include "luohu/scenario/scenario.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "support/people.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

struct Hunan {
  Tables tables = read_tables(LUOHU_SOURCE_DIR "/scenarios/hunan/census-2020");
  Parameters parameters;
  std::vector<std::uint16_t> group_of;

  Hunan() {
    // Changsha, Zhuzhou and Xiangtan are one group, everyone else their own.
    for (std::uint16_t q = 0; q < tables.places.size(); ++q) group_of.push_back(q < 3 ? 0 : q);
  }
  [[nodiscard]] SynthesisInputs inputs(std::int64_t scale) const {
    return {tables.places, tables.census, parameters, group_of, 2020, Seed{2020}, scale};
  }
};

const Hunan& hunan() {
  static const Hunan made;
  return made;
}

std::int64_t total(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// Margins of one prefecture's counts.
struct Totals {
  std::vector<std::int64_t> zone = std::vector<std::int64_t>(zone_kinds);
  std::vector<std::int64_t> klass = std::vector<std::int64_t>(resident_classes);
  Grid<std::int64_t, 2> sex_age{{sexes, census_age_groups}};

  explicit Totals(const ResidentCounts& counts) {
    for (std::size_t z = 0; z < zone_kinds; ++z) {
      for (std::size_t c = 0; c < resident_classes; ++c) {
        for (std::size_t s = 0; s < sexes; ++s) {
          for (std::size_t g = 0; g < census_age_groups; ++g) {
            const std::int64_t n = counts(z, c, s, g);
            REQUIRE(n >= 0);
            zone[z] += n, klass[c] += n, sex_age(s, g) += n;
          }
        }
      }
    }
  }
};

std::size_t census_group(int age) {
  std::size_t g = 0;
  while (census_age_starts[g + 1] <= age) ++g;
  return g;
}

/// The census class of a resident of the province, from their state alone.
MigrantClass class_of(const Places& places, const Person& person) {
  const PlaceId here = places.place_of(person.home), there = places.place_of(person.registered);
  if (!places.internal(there)) return MigrantClass::other_province;
  if (here != there) return MigrantClass::other_prefecture;
  if (person.traits.township() == Township::registered) return MigrantClass::local;
  return person.traits.township() == Township::same_county ? MigrantClass::same_county : MigrantClass::same_prefecture;
}

}  // namespace

TEST_CASE("at 1:1 the plan meets every census margin exactly", "[synthesis][hunan]") {
  const CensusTables& census = hunan().tables.census;
  const PopulationPlan plan = plan_population(hunan().inputs(1));
  for (std::size_t p = 0; p < 14; ++p) {
    INFO("prefecture " << p);
    const Totals sums{plan.residents[p]};
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) CHECK(sums.sex_age(s, g) == census.residents(p, s, g));
    }
    for (std::size_t z = 0; z < zone_kinds; ++z) CHECK(sums.zone[z] == census.zone_totals(p, z));
    for (std::size_t c = 0; c < resident_classes; ++c) CHECK(sums.klass[c] == census.class_totals(p, c));
    CHECK(total(sums.klass) == total(sums.zone));
  }
  CHECK(plan.origins == census.elsewhere);
  CHECK(plan.agents() == expected_agents(census, 1));
}

TEST_CASE("at 1:n every margin is met to within one agent", "[synthesis][hunan]") {
  const CensusTables& census = hunan().tables.census;
  for (const std::int64_t scale : {7, 100, 1000}) {
    const PopulationPlan plan = plan_population(hunan().inputs(scale));
    const auto near = [](std::int64_t agents, double exact) {
      CHECK(std::abs(static_cast<double>(agents) - exact) < 1 + 1e-9);
    };
    for (std::size_t p = 0; p < 14; ++p) {
      const Totals sums{plan.residents[p]};
      const std::int64_t agents = total(sums.zone), persons = census.zone_totals(p, 0U) + census.zone_totals(p, 1U);
      near(agents, static_cast<double>(persons) / static_cast<double>(scale));
      const double share = static_cast<double>(agents) / static_cast<double>(persons);
      for (std::size_t z = 0; z < zone_kinds; ++z)
        near(sums.zone[z], share * static_cast<double>(census.zone_totals(p, z)));
      for (std::size_t c = 0; c < resident_classes; ++c)
        near(sums.klass[c], share * static_cast<double>(census.class_totals(p, c)));
      for (std::size_t s = 0; s < sexes; ++s) {
        for (std::size_t g = 0; g < census_age_groups; ++g)
          near(sums.sex_age(s, g), share * static_cast<double>(census.residents(p, s, g)));
      }
      // The people of every origin add up to the agents of their class.
      std::int64_t from_prefectures = 0, from_outside = 0;
      for (std::size_t h = 0; h < 14; ++h) from_prefectures += plan.origins(h, p);
      for (std::size_t h = 14; h < plan.origins.shape()[0]; ++h) from_outside += plan.origins(h, p);
      CHECK(from_prefectures == sums.klass[3]);
      CHECK(from_outside == sums.klass[4]);
    }
    CHECK(std::abs(static_cast<double>(plan.agents()) - static_cast<double>(expected_agents(census, scale))) <= 6);
  }
}

TEST_CASE("shares of schooling add up and lie where people are", "[synthesis][hunan]") {
  const PopulationPlan plan = plan_population(hunan().inputs(100));
  for (std::size_t p = 0; p < 14; ++p) {
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t z = 0; z < zone_kinds; ++z) {
        for (std::size_t g = 0; g < census_age_groups; ++g) {
          double sum = 0;
          for (std::size_t e = 0; e < education_levels; ++e) {
            CHECK(plan.schooling[p](s, z, g, e) >= 0);
            sum += plan.schooling[p](s, z, g, e);
          }
          CHECK(sum == Approx(1).epsilon(1e-6));
        }
      }
    }
  }
}

TEST_CASE("the population recounts to its plan", "[synthesis][hunan]") {
  const Places& places = hunan().tables.places;
  const SynthesisInputs inputs = hunan().inputs(100);
  const PopulationPlan plan = plan_population(inputs);
  const Population people = synthesise(inputs, plan, 1000);
  REQUIRE(people.size() == plan.agents());
  std::vector<ResidentCounts> residents(14, ResidentCounts{{zone_kinds, resident_classes, sexes, census_age_groups}});
  Grid<std::int64_t, 2> origins{plan.origins.shape()};
  for (std::size_t row = 0; row < people.size(); ++row) {
    const Person person = people.at(row);
    REQUIRE(person.id.value() == row);
    const int age = 2020 - person.born.year();
    REQUIRE((age >= 0 && age <= oldest_age));
    REQUIRE(person.born <= person.group_since);
    REQUIRE(person.group_since <= person.arrived);
    REQUIRE(person.arrived.year() <= 2020);
    const PlaceId here = places.place_of(person.home), there = places.place_of(person.registered);
    if (here != there) ++origins(there.value(), here.value());
    if (!places.internal(here)) {
      REQUIRE(places.internal(there));
      continue;
    }
    ++residents[here.value()](places.kind_of(person.home), class_of(places, person), person.traits.sex(),
                              census_group(age));
  }
  CHECK(residents == plan.residents);
  CHECK(origins == plan.origins);
}

TEST_CASE("attributes of the population have the shares asked for", "[synthesis][hunan][statistical]") {
  // Binomial or chi-square with n of 10^4 to 10^6 agents each; a 1 % shift of the schooling margin of a
  // prefecture and sex (n = 20,000, p = 0.15) is 0.6 sd, summed over the 28 of them 3 sd.
  const Tables& t = hunan().tables;
  const SynthesisInputs inputs = hunan().inputs(100);
  const Population people = synthesise(inputs, plan_population(inputs), 0);
  Grid<double, 3> schooled{{14, sexes, education_levels}};
  std::vector<double> known(14 * sexes);
  std::vector<std::int64_t> bands(frailty_bands);
  std::vector<double> adults(14), owners(14), workers(education_levels), insured(education_levels);
  for (std::size_t row = 0; row < people.size(); ++row) {
    const Person person = people.at(row);
    const PlaceId here = t.places.place_of(person.home);
    const int age = 2020 - person.born.year();
    ++bands[person.traits.frailty()];
    const bool candidate =
        person.home != person.registered && t.places.internal(here) && t.places.kind_of(person.home) == ZoneKind::urban;
    if (candidate && age >= 22) {
      adults[here.value()] += 1;
      owners[here.value()] += person.traits.owner() ? 1 : 0;
    } else {
      REQUIRE_FALSE(person.traits.owner());
    }
    const bool has = person.insured_since != ShortYear::never();
    if (candidate && age >= 16 && age < 60) {
      workers[static_cast<std::size_t>(person.traits.education())] += 1;
      insured[static_cast<std::size_t>(person.traits.education())] += has ? 1 : 0;
    } else {
      REQUIRE_FALSE(has);
    }
    if (has) {
      REQUIRE(person.insured_since >= person.arrived);
      REQUIRE(person.insured_since.year() <= 2020);
      REQUIRE(person.insured_since.year() - person.born.year() >= 16);  // nobody worked as a child
    }
    if (!t.places.internal(here)) continue;
    const double counted = age >= 10 ? 1 : (age >= 5 ? 0.8 : 0);
    schooled(here.value(), person.traits.sex(), person.traits.education()) += counted;
    known[here.value() * sexes + static_cast<std::size_t>(person.traits.sex())] += counted;
  }
  CHECK(multinomial_p(bands, std::vector<double>(frailty_bands, 1.0 / frailty_bands)) > false_alarm);
  for (std::size_t p = 0; p < 14; ++p) {
    INFO("prefecture " << p);
    CHECK(binomial_p(owners[p], adults[p], t.census.owner_share[p]) > false_alarm);
    for (std::size_t s = 0; s < sexes; ++s) {
      double all = 0;
      for (std::size_t e = 0; e < education_levels; ++e) all += static_cast<double>(t.census.education(p, s, e));
      for (std::size_t e = 1; e < education_levels; ++e) {
        CHECK(binomial_p(schooled(p, s, e), known[p * sexes + s],
                         static_cast<double>(t.census.education(p, s, e)) / all) > false_alarm);
      }
    }
  }
  const Parameters& c = hunan().parameters;
  const std::vector<double> share{c.insured_share_basic, c.insured_share_senior, c.insured_share_tertiary};
  for (std::size_t e = 0; e < education_levels; ++e) CHECK(binomial_p(insured[e], workers[e], share[e]) > false_alarm);
}

TEST_CASE("town registration has the share of its prefecture", "[synthesis][hunan][statistical]") {
  // At 1:10, n of about 500,000 registered a prefecture, p near 0.4: the variance is below the binomial's,
  // because who lives where is planned; an error of half a percentage point is 7 sd.
  const Tables& t = hunan().tables;
  const SynthesisInputs inputs = hunan().inputs(10);
  const PopulationPlan plan = plan_population(inputs);
  const Population people = synthesise(inputs, plan, 0);
  std::vector<double> registered(14), urban(14);
  double excess = 0, variance = 0;
  for (std::size_t row = 0; row < people.size(); ++row) {
    const PlaceId h = t.places.place_of(people.registered[row]);
    if (!t.places.internal(h)) continue;
    registered[h.value()] += 1;
    urban[h.value()] += t.places.kind_of(people.registered[row]) == ZoneKind::urban ? 1 : 0;
  }
  for (std::size_t p = 0; p < 14; ++p) {
    INFO("prefecture " << p << ": " << urban[p] / registered[p] << " of " << t.census.registered_urban[p]);
    CHECK(binomial_p(urban[p], registered[p], t.census.registered_urban[p]) > false_alarm);
    excess += urban[p] - registered[p] * t.census.registered_urban[p];
    variance += registered[p] * t.census.registered_urban[p] * (1 - t.census.registered_urban[p]);
    CHECK(10 * registered[p] == Approx(static_cast<double>(t.census.registered[p])).epsilon(0.02));
  }
  INFO("together " << excess << " too many, sd below " << std::sqrt(variance));
  CHECK(two_sided_p(excess / std::sqrt(variance)) > false_alarm);
}

TEST_CASE("the population does not depend on the number of threads", "[synthesis][hunan]") {
  const SynthesisInputs inputs = hunan().inputs(1000);
  const PopulationPlan plan = plan_population(inputs);
  set_threads(1);
  const Population one = synthesise(inputs, plan, 0);
  for (const int n : {2, 4}) {
    set_threads(n);
    CHECK(differing_columns(one, synthesise(inputs, plan, 0)) == "");
  }
  set_threads(available_threads());
}
