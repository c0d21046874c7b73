#include "luohu/inference/who.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "luohu/tabulate/stock.hpp"
#include "support/toy_province.hpp"
#include "support/toy_run.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

constexpr Year year = 2030;

/// Zones: 0 A town, 1 A country, 2 B town, …, 6 south (see toy_province.hpp).
Followed person(std::uint64_t id, std::size_t home, std::size_t registered, int age = 30, std::uint8_t education = 0,
                std::uint8_t sex = 0) {
  return {PersonId{id}, zone(home), zone(registered), ShortYear{year - age}, education, sex};
}

const WhoRow& row_of(const std::vector<WhoRow>& rows, Margin margin, std::size_t category) {
  return *std::ranges::find_if(rows, [&](const WhoRow& r) { return r.margin == margin && r.category == category; });
}

std::vector<WhoRow> compare(const std::vector<Followed>& base, const std::vector<Followed>& a,
                            const std::vector<Followed>& b) {
  return who_differs(toy_places(), year, base, {a, toy_settings()}, {b, toy_settings()});
}

WhoCount count_of(const WhoRow& row, Aspect aspect) {
  return row.counts[static_cast<std::size_t>(aspect)];
}

}  // namespace

TEST_CASE("people who swap places differ, but need not", "[inference][who]") {
  // 1 and 2 swap homes, both registered in A's town; 3 registers in B's town, where it lives.
  const std::vector<Followed> base{person(1, 0, 0), person(2, 0, 0), person(3, 1, 1)};
  const std::vector<Followed> a{person(1, 0, 0), person(2, 2, 0), person(3, 2, 1)};
  const std::vector<Followed> b{person(1, 2, 0), person(2, 0, 0), person(3, 2, 2)};
  const auto rows = compare(base, a, b);
  const WhoRow& all = row_of(rows, Margin::all, 0);
  CHECK(all.compared == 3);
  CHECK(count_of(all, Aspect::residence).differ == 2);
  CHECK(count_of(all, Aspect::residence).least == 0);
  CHECK(count_of(all, Aspect::registration).differ == 1);
  CHECK(count_of(all, Aspect::registration).least == 1);
  CHECK(count_of(all, Aspect::status).differ == 3);
  CHECK(count_of(all, Aspect::status).least == 1);
  CHECK(count_of(all, Aspect::access).least == 1);
  const WhoRow& origin = row_of(rows, Margin::origin, 0);
  CHECK(origin.compared == 3);  // all were registered in A
  CHECK(count_of(origin, Aspect::registration).differ == 1);
}

TEST_CASE("a swap between unlike people is none within their own category", "[inference][who]") {
  // A young and an old person swap homes: nothing in the table of all, two in those of age groups.
  const std::vector<Followed> a{person(1, 0, 0, 20), person(2, 2, 2, 70)};
  const std::vector<Followed> b{person(1, 2, 0, 20), person(2, 0, 2, 70)};
  const auto rows = compare(a, a, b);
  CHECK(count_of(row_of(rows, Margin::all, 0), Aspect::residence).least == 0);
  CHECK(count_of(row_of(rows, Margin::age_group, age_group(20)), Aspect::residence).least == 1);
  CHECK(count_of(row_of(rows, Margin::age_group, age_group(70)), Aspect::residence).least == 1);
}

TEST_CASE("being there in one run only is a difference, by margin and origin", "[inference][who]") {
  const std::vector<Followed> base{person(1, 0, 3)};
  const std::vector<Followed> a{person(1, 0, 3, 30, 2, 1)};
  const std::vector<Followed> b{person(9, 6, 0, 5)};  // born later, living in the south
  const auto rows = compare(base, a, b);
  for (std::size_t k = 0; k < aspects; ++k) {
    CHECK(row_of(rows, Margin::all, 0).counts[k].differ == 2);
    CHECK(row_of(rows, Margin::origin, 1).counts[k].differ == 1);  // B
    CHECK(row_of(rows, Margin::origin, 5).counts[k].differ == 1);  // later
    CHECK(row_of(rows, Margin::origin, 5).counts[k].least == 1);
    CHECK(row_of(rows, Margin::education, 2).counts[k].differ == 1);
    CHECK(row_of(rows, Margin::sex, 1).counts[k].differ == 1);
  }
  // One more in a zone and one less in another: the absence of each is made up by the other's.
  CHECK(count_of(row_of(rows, Margin::all, 0), Aspect::residence).least == 1);
}

TEST_CASE("coverage reaches the unregistered where it differs by a percentage point", "[inference][who]") {
  Settings covered = toy_settings();
  covered[1].coverage_school = 1;       // mean 0.64 to 0.68
  covered[2].coverage_school += 0.004;  // not to be seen
  const std::vector<Followed> people{person(1, 2, 0), person(2, 2, 2), person(3, 4, 0), person(4, 6, 0)};
  const auto rows = who_differs(toy_places(), year, people, {people, toy_settings()}, {people, covered});
  const WhoRow& all = row_of(rows, Margin::all, 0);
  CHECK(count_of(all, Aspect::access).differ == 1);
  CHECK(count_of(all, Aspect::access).least == 1);
  CHECK(count_of(all, Aspect::status).differ == 0);
}

TEST_CASE("the least is half the L1 difference of the tables of both runs", "[inference][who]") {
  std::mt19937_64 generator{3};
  const auto below = [&](std::uint64_t n) { return static_cast<std::size_t>(generator() % n); };
  std::vector<Followed> base, a, b;
  for (std::uint64_t id = 0; id < 4000; ++id) {
    const auto draw = [&](std::size_t home) {
      return person(id, home, id % 8, static_cast<int>(id % 90), static_cast<std::uint8_t>(id % 3),
                    static_cast<std::uint8_t>(id % 2));
    };
    base.push_back(draw(id % 6));
    if (below(20) > 0) a.push_back(draw(below(8)));
    if (below(20) > 0) b.push_back(draw(below(7)));
  }
  const auto rows = compare(base, a, b);
  for (std::size_t education = 0; education < 3; ++education) {
    std::array<std::int64_t, 9> table{};
    std::int64_t differ = 0, present = 0;
    for (const auto& [people, sign] : {std::pair{&a, -1}, std::pair{&b, 1}}) {
      for (const Followed& who : *people) {
        if (who.education == education) table[who.home.value()] += sign, table[8] -= sign;
      }
    }
    std::int64_t l1 = 0;
    for (const std::int64_t d : table) l1 += std::abs(d);
    for (const Followed& who : base) {
      if (who.education != education) continue;
      const auto at = [&](const std::vector<Followed>& people) {
        const auto found = std::ranges::find(people, who.id, &Followed::id);
        return found == people.end() ? std::size_t{8} : std::size_t{found->home.value()};
      };
      differ += at(a) != at(b) ? 1 : 0;
      present += at(a) != 8 || at(b) != 8 ? 1 : 0;
    }
    const WhoRow& row = row_of(rows, Margin::education, education);
    CHECK(row.compared == present);
    CHECK(count_of(row, Aspect::residence).differ == differ);
    CHECK(count_of(row, Aspect::residence).least == l1 / 2);
    CHECK(count_of(row, Aspect::residence).least <= differ);
  }
  for (const Margin margin : {Margin::age_group, Margin::sex, Margin::education, Margin::origin}) {
    std::int64_t compared = 0, differ = 0;
    for (const WhoRow& row : rows) {
      if (row.margin != margin) continue;
      compared += row.compared;
      differ += count_of(row, Aspect::residence).differ;
    }
    CHECK(compared == row_of(rows, Margin::all, 0).compared);
    CHECK(differ == count_of(row_of(rows, Margin::all, 0), Aspect::residence).differ);
  }
}

TEST_CASE("a share of people is the same people in every run, and no larger than asked for", "[inference][who]") {
  CHECK(FollowedShare::of(100, 100).one_in == 1);
  CHECK(FollowedShare::of(101, 100).one_in == 2);
  CHECK(FollowedShare::of(74'000'000, std::size_t{1} << 24U).one_in == 5);
  const ToyRun run{20'000};
  const Population people = run.population();
  const auto everyone = follow(people, {1});
  CHECK(everyone.size() == people.size());
  const FollowedShare share{4};
  const auto some = follow(people, share);
  std::vector<Followed> chosen;
  std::ranges::copy_if(everyone, std::back_inserter(chosen), [&](const Followed& f) { return share.contains(f.id); });
  CHECK(some == chosen);
  // Binomial(25,000, 1/4): sd 69; false alarm 1e-6 at 4.9 sd.
  const auto n = static_cast<double>(everyone.size());
  CHECK(std::abs(static_cast<double>(some.size()) - n / 4) < 4.9 * std::sqrt(n * 3 / 16));
}

TEST_CASE("a policy that does nothing touches nobody", "[inference][who]") {
  ToyRun run{20'000};
  run.last_year = 2024;
  const auto end_of = [&] {
    const Model model = run.model();
    EndOfRun end;
    std::ignore = run_replicate(model, run.options(), run.population(), {}, [&](const Simulation& simulation) {
      if (simulation.year() == run.last_year) end = {follow(simulation.people(), {1}), simulation.settings()};
    });
    return end;
  };
  const auto base = follow(run.population(), {1});
  const EndOfRun without = end_of();
  run.measures = {measure_of("registration.habitual_route", 0, 2022)};
  for (const WhoRow& row : who_differs(run.toy.places, run.last_year, base, without, end_of())) {
    for (const WhoCount& count : row.counts) CHECK(count.differ == 0);
  }
  run.measures = {measure_of("registration.habitual_route", 1, 2022)};
  const auto rows = who_differs(run.toy.places, run.last_year, base, without, end_of());
  const WhoCount registered = count_of(row_of(rows, Margin::all, 0), Aspect::registration);
  CHECK(registered.least > 0);
  CHECK(registered.least <= registered.differ);
}
