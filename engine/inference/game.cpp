#include "luohu/inference/game.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

constexpr Coalition alone(std::size_t player) {
  return Coalition{1} << player;
}

double factorial(std::size_t n) {
  return n < 2 ? 1 : static_cast<double>(n) * factorial(n - 1);
}

/// Whole weights are summed and divided once, so that the values of whole-numbered games are rounded only once.
double shapley_value(std::size_t players, std::size_t player, const std::function<double(Coalition)>& value) {
  double sum = 0;
  for (Coalition others = 0; others <= everyone_of(players); ++others) {
    if ((others & alone(player)) != 0) continue;
    const auto before = static_cast<std::size_t>(std::popcount(others));
    sum += factorial(before) * factorial(players - before - 1) * (value(others | alone(player)) - value(others));
  }
  return sum / factorial(players);
}

}  // namespace

std::vector<Coalition> coalitions_to_play(std::size_t players, bool shapley) {
  LUOHU_EXPECT(players >= 1 && players <= (shapley ? most_shapley_players : most_players));
  const Coalition all = everyone_of(players);
  std::vector<Coalition> others;
  if (shapley) {
    others.resize(all - 1);
    std::iota(others.begin(), others.end(), Coalition{1});
  } else {
    for (std::size_t i = 0; i < players; ++i) others.insert(others.end(), {alone(i), all ^ alone(i)});
    std::ranges::sort(others);
    others.erase(std::unique(others.begin(), others.end()), others.end());
  }
  std::erase_if(others, [&](Coalition c) { return c == 0 || c == all; });
  others.insert(others.begin(), {0, all});
  return others;
}

Shares shares_of(std::size_t players, bool shapley, const std::function<double(Coalition)>& value) {
  LUOHU_EXPECT(players >= 1 && players <= (shapley ? most_shapley_players : most_players));
  const Coalition all = everyone_of(players);
  Shares shares;
  shares.together = value(all) - value(0);
  for (std::size_t i = 0; i < players; ++i) {
    shares.leave_one_out.push_back(value(all) - value(all ^ alone(i)));
    shares.first_in.push_back(value(alone(i)) - value(0));
    if (shapley) shares.shapley.push_back(shapley_value(players, i, value));
  }
  return shares;
}

}  // namespace luohu
