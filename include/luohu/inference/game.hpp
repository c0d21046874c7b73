#pragma once
// What each of several measures adds to an outcome of them all: a cooperative game in which measures are the
// players and the outcome of a set of measures is the coalition's value.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace luohu {

/// A set of players: bit i is player i.
using Coalition = std::uint32_t;

/// Most players for whom Shapley values are computed: 2^6 coalitions.
inline constexpr std::size_t most_shapley_players = 6;
/// Most players there can be at all.
inline constexpr std::size_t most_players = 31;

[[nodiscard]] constexpr Coalition everyone_of(std::size_t players) {
  return (Coalition{1} << players) - 1;
}

/// The coalitions whose values `shares_of` asks for: nobody, all together, then, ascending, either all others
/// (`shapley`) or those of one player and of all but one. Requires 1 to `most_players` players, and at most
/// `most_shapley_players` for `shapley`.
[[nodiscard]] std::vector<Coalition> coalitions_to_play(std::size_t players, bool shapley);

/// What each player adds, [player].
struct Shares {
  double together = 0;                ///< v(all) − v(nobody)
  std::vector<double> leave_one_out;  ///< v(all) − v(all but i): what is lost without it
  std::vector<double> first_in;       ///< v(i) − v(nobody): what it does alone
  std::vector<double> shapley;        ///< mean over all orders of entry; empty if not asked for
};

/// Shapley values (Shapley 1953): the sum over coalitions S without i of |S|! (m − |S| − 1)! / m! × (v(S + i) − v(S)).
/// They add up to `together`; players who do the same get the same, who do nothing get 0.
[[nodiscard]] Shares shares_of(std::size_t players, bool shapley, const std::function<double(Coalition)>& value);

}  // namespace luohu
