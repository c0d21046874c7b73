#pragma once
// Numbers of a run that the signs are about.

#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "luohu/tabulate/layout.hpp"
#include "signs/hunan.hpp"

namespace luohu::testing {

inline constexpr std::size_t prefectures = 14;
inline constexpr std::size_t places = 19;
inline constexpr std::size_t changsha = 0, yongzhou = 10, xiangxi = 13;

/// Persons settled to the horizon in prefectures that pass.
template <class Pass>
double settled(const History& history, Pass pass) {
  const std::vector<double> by_route = history.over_years("settled");
  double sum = 0;
  for (std::size_t i = 0; i < by_route.size(); ++i) sum += pass(i / routes) ? by_route[i] : 0.0;
  return sum;
}
inline double settled_everywhere(const History& history) {
  return settled(history, [](std::size_t) { return true; });
}

/// Moves to the horizon from and to prefectures that pass.
template <class Pass>
double moves(const History& history, Pass pass) {
  const std::vector<double> flow = history.over_years("flow");
  const std::size_t each = flow.size() / (places * places);
  double sum = 0;
  for (std::size_t i = 0; i < flow.size(); ++i) {
    const std::size_t from = i / each / places, to = i / each % places;
    if (from < prefectures && to < prefectures && from != to && pass(from, to)) sum += flow[i];
  }
  return sum;
}
inline double moves_between_prefectures(const History& history) {
  return moves(history, [](std::size_t, std::size_t) { return true; });
}

inline double total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}
inline double left_behind(const History& history) {
  return total(history.at_end("left_behind_children"));
}

/// Residents of a town, [registered in the prefecture, elsewhere], in a year.
inline std::array<double, 2> townspeople(const History& history, std::size_t year, std::size_t prefecture) {
  const std::vector<double> population = history.at(year, "population");
  const std::size_t each = population.size() / prefectures / 2;  // zones, the town first
  std::array<double, 2> count{};
  for (std::size_t i = 0; i < each; ++i) {
    count[i % registrations < 2 ? 0 : 1] += population[2 * prefecture * each + i];
  }
  return count;
}
inline double residents_of_changsha_town(const History& history) {
  const auto count = townspeople(history, history.years().size() - 1, changsha);
  return count[0] + count[1];
}

/// Mean rent and mean log real income at the horizon of those who lived in towns in the base year, so that only prices
/// differ: income of basic schooling over rent to the power of its share in spending.
struct Prices {
  double rent = 0, real_income = 0;
};
inline Prices prices_of_incumbents(const History& history) {
  constexpr double share_of_rent = 0.2;  // parameter housing.expenditure_share
  const std::vector<double> rent = history.at_end("rent"), wage = history.at_end("wage");
  const std::size_t each = wage.size() / prefectures;  // [zone][education][standing]
  Prices mean;
  double everyone = 0;
  for (std::size_t p = 0; p < prefectures; ++p) {
    const auto count = townspeople(history, 0, p);
    for (std::size_t n = 0; n < count.size(); ++n) {
      everyone += count[n];
      mean.rent += count[n] * rent[p];
      mean.real_income += count[n] * (std::log(wage[p * each + n]) - share_of_rent * std::log(rent[p]));
    }
  }
  return {mean.rent / everyone, mean.real_income / everyone};
}
/// Yearly income of basic schooling in Changsha's town at the horizon, 1 = mean urban income of the base year.
inline double wage_in_changsha(const History& history, Standing standing) {
  return history.at_end("wage")[static_cast<std::size_t>(standing)];
}
inline double rent(const History& history) {
  return prices_of_incumbents(history).rent;
}
inline double real_income(const History& history) {
  return prices_of_incumbents(history).real_income;
}

}  // namespace luohu::testing
