#include "luohu/inference/game.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>

using namespace luohu;

namespace {

using Values = std::vector<double>;  // [coalition]

Values random_game(std::size_t players, std::uint64_t seed) {
  std::mt19937_64 generator{seed};
  Values values(std::size_t{1} << players);
  for (double& value : values) value = static_cast<double>(generator() % 2'000'001) - 1e6;
  return values;
}

Shares shares(std::size_t players, const Values& values) {
  return shares_of(players, true, [&](Coalition c) { return values.at(c); });
}

/// By definition: the mean over all orders in which players may enter.
Values by_orders(std::size_t players, const Values& values) {
  std::vector<std::size_t> order(players);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Values sum(players);
  double orders = 0;
  do {
    Coalition entered = 0;
    for (const std::size_t player : order) {
      const Coalition with = entered | (Coalition{1} << player);
      sum[player] += values[with] - values[entered];
      entered = with;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  for (double& s : sum) s /= orders;
  return sum;
}

}  // namespace

TEST_CASE("Shapley values are means over all orders, and add up to the whole", "[inference]") {
  for (std::size_t players = 1; players <= most_shapley_players; ++players) {
    const Values values = random_game(players, players);
    const Shares found = shares(players, values);
    const Values expected = by_orders(players, values);
    for (std::size_t i = 0; i < players; ++i)
      CHECK(found.shapley[i] == Approx(expected[i]).epsilon(1e-12).margin(1e-6));
    CHECK(found.together == values.back() - values.front());
    CHECK(std::accumulate(found.shapley.begin(), found.shapley.end(), 0.0) == Approx(found.together).margin(1e-8));
  }
}

TEST_CASE("players who do the same get the same, who do nothing get nothing", "[inference]") {
  // Worth depends on how many of players 0, 1, 2 take part; player 3 does nothing.
  const auto worth = [](Coalition c) {
    const int n = std::popcount(c & 7U);
    return 100.0 + n * n * n;
  };
  const Shares found = shares_of(4, true, worth);
  CHECK(found.shapley[0] == found.shapley[1]);
  CHECK(found.shapley[1] == found.shapley[2]);
  CHECK(found.shapley[0] == 9);
  for (const Values* of : {&found.shapley, &found.leave_one_out, &found.first_in}) CHECK((*of)[3] == 0);
}

TEST_CASE("shares of a sum of games are the sum of their shares", "[inference]") {
  const Values a = random_game(4, 11), b = random_game(4, 12);
  Values both(a.size());
  for (std::size_t c = 0; c < a.size(); ++c) both[c] = a[c] + b[c];
  const Shares of_a = shares(4, a), of_b = shares(4, b), of_both = shares(4, both);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(of_both.shapley[i] == Approx(of_a.shapley[i] + of_b.shapley[i]).margin(1e-6));
    CHECK(of_both.first_in[i] == of_a.first_in[i] + of_b.first_in[i]);
    CHECK(of_both.leave_one_out[i] == of_a.leave_one_out[i] + of_b.leave_one_out[i]);
  }
}

TEST_CASE("known games have known shares", "[inference]") {
  // Gloves: players 0 and 1 own a left one, player 2 a right one; a pair is worth 6. Owners of the abundant side get 1.
  const Shares gloves = shares_of(3, true, [](Coalition c) { return (c & 4U) != 0 && (c & 3U) != 0 ? 6.0 : 0.0; });
  CHECK(gloves.shapley == Values{1, 1, 4});
  CHECK(gloves.leave_one_out == Values{0, 0, 6});
  CHECK(gloves.first_in == Values{0, 0, 0});
  // An interaction of two is shared equally.
  const Shares pair = shares_of(2, true, [](Coalition c) { return Values{10, 13, 17, 26}[c]; });
  CHECK(pair.first_in == Values{3, 7});
  CHECK(pair.leave_one_out == Values{9, 13});
  CHECK(pair.shapley == Values{6, 10});
  // Without interactions all three agree.
  const Values worth{1, -2, 4, 8, 16};
  const Shares additive = shares_of(5, true, [&](Coalition c) {
    double sum = 0;
    for (std::size_t i = 0; i < 5; ++i) sum += (c >> i & 1U) != 0 ? worth[i] : 0;
    return sum;
  });
  CHECK(additive.shapley == worth);
  CHECK(additive.leave_one_out == worth);
  CHECK(additive.first_in == worth);
}

TEST_CASE("only the coalitions that are asked for are played, nobody and all first", "[inference]") {
  CHECK(coalitions_to_play(1, true) == std::vector<Coalition>{0, 1});
  CHECK(coalitions_to_play(1, false) == std::vector<Coalition>{0, 1});
  CHECK(coalitions_to_play(2, true) == std::vector<Coalition>{0, 3, 1, 2});
  CHECK(coalitions_to_play(2, false) == std::vector<Coalition>{0, 3, 1, 2});
  CHECK(coalitions_to_play(4, false) == std::vector<Coalition>{0, 15, 1, 2, 4, 7, 8, 11, 13, 14});
  CHECK(coalitions_to_play(6, true).size() == 64);
  for (const bool shapley : {true, false}) {
    const auto played = coalitions_to_play(5, shapley);
    const Shares found = shares_of(5, shapley, [&](Coalition c) {
      REQUIRE(std::ranges::find(played, c) != played.end());
      return 1.0;
    });
    CHECK(found.shapley.empty() == !shapley);
  }
}
