#pragma once
// The results that must not move. These are the only literals of their kind: a commit that changes one
// gives other numbers for the same scenario, seed and tables, and needs a line under "Results changed"
// in CHANGELOG.md that says which, by how much and why. Threads, vector instructions, compilers and
// optimisation change none of them.

#include <cstddef>
#include <cstdint>

namespace luohu::golden {

/// W1: `luohu bench w1 --people 200000 --years 20 --seed 1`.
inline constexpr std::size_t w1_people = 200'000;
inline constexpr std::uint64_t w1 = 0xae90db43d82eaafeULL;

/// The model on the baseline of Hunan, 2020-2035: `luohu bench full scenarios/hunan/baseline.toml
/// --scale 1:1000 --seed 1`. Of every whole number in the records: a new variable of the results moves it too.
inline constexpr std::uint64_t hunan_baseline = 0xa92c0d6dc430d16aULL;

}  // namespace luohu::golden
