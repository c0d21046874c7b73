#include "luohu/inference/who.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/core/error.hpp"
#include "luohu/core/grid.hpp"
#include "luohu/core/hash.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {
namespace {

constexpr std::size_t percent = 101;  // states 0 to 100 of access
constexpr std::size_t outside = percent;

/// A person's state in every aspect; absent is the last of each.
using State = std::array<std::size_t, aspects>;

/// States of the people of one run.
class States {
 public:
  States(const Places& places, const Settings& settings) : places_{places} {
    for (const PlaceSettings& s : settings) {
      const double mean =
          (s.coverage_school + s.coverage_preschool + s.coverage_health + s.coverage_pension + s.coverage_housing) / 5;
      access_.push_back(static_cast<std::size_t>(std::lround(100 * mean)));
    }
  }
  [[nodiscard]] static std::array<std::size_t, aspects> sizes(const Places& places) {
    return {places.zones() + 1, places.zones() + 1, 4, percent + 2};
  }
  [[nodiscard]] State absent() const {
    State state = sizes(places_);
    for (std::size_t& s : state) --s;
    return state;
  }
  [[nodiscard]] State of(const Followed& person) const {
    const PlaceId place = places_.place_of(person.home);
    State state{person.registered.value(), person.home.value(), 2, outside};
    if (!places_.internal(place)) return state;
    const bool local = standing_of(places_, person.home, person.registered) == Standing::local;
    state[static_cast<std::size_t>(Aspect::status)] = local ? 0 : 1;
    state[static_cast<std::size_t>(Aspect::access)] = local ? percent - 1 : access_[place.value()];
    return state;
  }

 private:
  const Places& places_;
  std::vector<std::size_t> access_;  ///< [prefecture] of the unregistered
};

/// The people of one id in the base year and in either run; null where there is nobody.
struct Match {
  const Followed* base = nullptr;
  const Followed* first = nullptr;
  const Followed* second = nullptr;
};

/// Calls `visit` for every id of either run, ascending. Ids that occur twice in a run, a rare accident of hashing, are
/// paired in order.
template <class Visit>
void for_each_match(const std::vector<Followed>& base, const std::vector<Followed>& first,
                    const std::vector<Followed>& second, Visit visit) {
  auto origin = base.begin();
  auto a = first.begin();
  auto b = second.begin();
  while (a != first.end() || b != second.end()) {
    const bool in_first = a != first.end() && (b == second.end() || a->id <= b->id);
    const bool in_second = b != second.end() && (a == first.end() || b->id <= a->id);
    const PersonId id = in_first ? a->id : b->id;
    while (origin != base.end() && origin->id < id) ++origin;
    Match match;
    if (origin != base.end() && origin->id == id) match.base = &*origin;
    if (in_first) match.first = &*a++;
    if (in_second) match.second = &*b++;
    visit(match);
  }
}

/// The counts of every category.
class Comparison {
 public:
  Comparison(const Places& places, Year year) : places_{places}, year_{year}, sizes_{States::sizes(places)} {
    const std::array<std::size_t, margin_ids.size()> categories{1, age_groups, sexes, education_levels,
                                                                places.size() + 1};
    for (std::size_t m = 0; m < categories.size(); ++m) {
      first_row_[m] = rows_.size();
      for (std::size_t c = 0; c < categories[m]; ++c) rows_.push_back({static_cast<Margin>(m), c, 0, {}});
    }
    for (std::size_t k = 0; k < aspects; ++k) balance_[k] = Grid<std::int64_t, 2>{{rows_.size(), sizes_[k]}};
  }

  void count(const Match& match, const State& before, const State& after) {
    const Followed& person = match.first != nullptr ? *match.first : *match.second;
    const std::size_t later = places_.size();
    const std::size_t origin = match.base != nullptr ? places_.place_of(match.base->registered).value() : later;
    const std::array<std::size_t, margin_ids.size()> category{0, age_group(year_ - person.born.year()), person.sex,
                                                              person.education, origin};
    for (std::size_t m = 0; m < category.size(); ++m) {
      const std::size_t row = first_row_[m] + category[m];
      ++rows_[row].compared;
      for (std::size_t k = 0; k < aspects; ++k) {
        if (before[k] == after[k]) continue;
        ++rows_[row].counts[k].differ;
        --balance_[k](row, before[k]);
        ++balance_[k](row, after[k]);
      }
    }
  }

  [[nodiscard]] std::vector<WhoRow> rows() {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (std::size_t k = 0; k < aspects; ++k) {
        // As many leave states as enter others, absence included: what is gained is half the L1 difference.
        std::int64_t gained = 0;
        for (std::size_t s = 0; s < sizes_[k]; ++s) gained += std::max<std::int64_t>(balance_[k](row, s), 0);
        rows_[row].counts[k].least = gained;
      }
    }
    return rows_;
  }

 private:
  const Places& places_;
  Year year_;
  std::array<std::size_t, aspects> sizes_;
  std::array<std::size_t, margin_ids.size()> first_row_{};
  std::vector<WhoRow> rows_;
  std::array<Grid<std::int64_t, 2>, aspects> balance_;  ///< [row][state] people of the second run less the first's
};

}  // namespace

bool FollowedShare::contains(PersonId id) const {
  return one_in == 1 || mix(id.value()) % one_in == 0;
}

FollowedShare FollowedShare::of(std::size_t agents, std::size_t most) {
  LUOHU_EXPECT(most > 0);
  return {std::max<std::uint64_t>(1, (agents + most - 1) / most)};
}

std::vector<Followed> follow(const Population& people, const FollowedShare& share) {
  std::vector<Followed> followed;
  followed.reserve(people.size() / share.one_in + people.size() / share.one_in / 16 + 1024);
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (people.gone(row) || !share.contains(people.id[row])) continue;
    const Traits traits = people.traits[row];
    followed.push_back({people.id[row], people.home[row], people.registered[row], people.born[row],
                        static_cast<std::uint8_t>(traits.education()), static_cast<std::uint8_t>(traits.sex())});
  }
  std::ranges::sort(followed);
  return followed;
}

std::vector<WhoRow> who_differs(const Places& places, Year year, const std::vector<Followed>& base,
                                const EndOfRun& first, const EndOfRun& second) {
  LUOHU_EXPECT(first.settings.size() == places.prefectures() && second.settings.size() == places.prefectures());
  const States before{places, first.settings};
  const States after{places, second.settings};
  Comparison comparison{places, year};
  for_each_match(base, first.people, second.people, [&](const Match& match) {
    comparison.count(match, match.first != nullptr ? before.of(*match.first) : before.absent(),
                     match.second != nullptr ? after.of(*match.second) : after.absent());
  });
  return comparison.rows();
}

}  // namespace luohu
