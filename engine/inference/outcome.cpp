#include "luohu/inference/outcome.hpp"

#include <numeric>

#include "luohu/processes/settling.hpp"
#include "luohu/tabulate/indicators.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {
namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Axes of variable "population": place, zone, sex, age group, registration.
struct Residents {
  std::vector<double> persons;

  template <class Visit>
  void for_each(std::size_t prefectures, Visit&& visit) const {
    std::size_t i = 0;
    for (std::size_t p = 0; p < prefectures; ++p) {
      for (std::size_t z = 0; z < zone_kinds; ++z) {
        for (std::size_t s = 0; s < sexes; ++s) {
          for (std::size_t g = 0; g < age_groups; ++g) {
            for (std::size_t r = 0; r < registrations; ++r)
              visit(p, z, s, g, static_cast<Registration>(r), persons[i++]);
          }
        }
      }
    }
  }
};

void add_end(const Residents& residents, std::size_t n, HindcastOutcome& outcome) {
  outcome.population.assign(n, 0);
  outcome.urban.assign(n, 0);
  outcome.same_prefecture.assign(n, 0);
  outcome.other_prefecture.assign(n, 0);
  outcome.other_province.assign(n, 0);
  outcome.ages = Grid<double, 3>{{n, sexes, age_groups}};
  residents.for_each(n,
                     [&](std::size_t p, std::size_t z, std::size_t s, std::size_t g, Registration r, double persons) {
                       outcome.population[p] += persons;
                       outcome.ages(p, s, g) += persons;
                       if (z == 0) outcome.urban[p] += persons;
                       if (r == Registration::same_prefecture) outcome.same_prefecture[p] += persons;
                       if (r == Registration::other_prefecture) outcome.other_prefecture[p] += persons;
                       if (r == Registration::other_province) outcome.other_province[p] += persons;
                     });
}

double unregistered_in_towns(const Residents& residents, std::size_t n) {
  double persons = 0;
  residents.for_each(n, [&](std::size_t, std::size_t z, std::size_t, std::size_t, Registration r, double here) {
    if (z == 0 && r != Registration::local) persons += here;
  });
  return persons;
}

}  // namespace

HindcastOutcome outcome_of(const Places& places, const Layout& layout, const ReplicateResult& result) {
  const std::size_t n = places.prefectures();
  const auto read = [&](const YearRecord& year, std::string_view name) { return numbers_of(layout, year, name); };
  HindcastOutcome outcome;
  add_end({read(result.years.back(), "population")}, n, outcome);
  outcome.same_prefecture_at_start.assign(n, 0);
  const Residents start{read(result.years.front(), "population")};
  start.for_each(n, [&](std::size_t p, std::size_t, std::size_t, std::size_t, Registration r, double persons) {
    if (r == Registration::same_prefecture) outcome.same_prefecture_at_start[p] += persons;
  });
  outcome.stock = outcome.flow = Grid<double, 2>{{places.size(), places.size()}};
  outcome.stock.values() = read(result.years.back(), "migrant_stock");
  for (std::size_t y = 1; y < result.years.size(); ++y) {
    const std::vector<double> moves = read(result.years[y], "flow");
    const std::size_t each = moves.size() / outcome.flow.values().size();
    for (std::size_t i = 0; i < moves.size(); ++i) outcome.flow.values()[i / each] += moves[i];
    outcome.eligible += sum(read(result.years[y], "eligible"));
    outcome.willing += sum(read(result.years[y], "willing"));
    outcome.settled += sum(read(result.years[y], "settled"));
    outcome.unregistered_in_towns += unregistered_in_towns({read(result.years[y - 1], "population")}, n);
  }
  return outcome;
}

Grid<double, 2> stock_by_zone(const Stock& stock, std::int64_t persons_per_agent) {
  const auto& extents = stock.choosers.shape();
  Grid<double, 2> persons{{extents[1], extents[0]}};
  for (std::size_t home = 0; home < extents[0]; ++home) {
    for (std::size_t registered = 0; registered < extents[1]; ++registered) {
      for (std::size_t e = 0; e < extents[2]; ++e) {
        for (std::size_t band = 0; band < extents[3]; ++band) {
          persons(registered, home) +=
              static_cast<double>(stock.choosers(home, registered, e, band) * persons_per_agent);
        }
      }
    }
  }
  return persons;
}

HoldersWish holders_wish(const YearContext& now, const Population& people) {
  Parameters indifferent = now.parameters;
  indifferent.wish_land = 0;
  const YearContext without{now.seed,     now.year,     now.places,    indifferent,
                            now.settings, now.group_of, now.screening, now.families};
  const Cells cells{now.places};
  const WishToSettle wish{now, cells}, wish_without{without, cells};
  HoldersWish sums;
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (people.gone(row) || !now.places.countryside(people.registered[row])) continue;
    sums.with_land += wish.hazard(now, people, row);
    sums.without_land += wish_without.hazard(without, people, row);
  }
  return sums;
}

}  // namespace luohu
