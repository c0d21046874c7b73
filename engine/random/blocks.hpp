#pragma once
// Many Philox blocks at once: the raw material of batch.hpp.

#include <array>
#include <cstddef>
#include <cstdint>

#include "luohu/random/draw.hpp"

namespace luohu {

// As in draw.cpp: the fourth counter word holds the year and which of the two kinds of block this is.
inline constexpr std::uint32_t own_block = 0;
inline constexpr std::uint32_t shared_block = 1U << 16U;
inline constexpr std::size_t ids_of_a_block = 16;

/// As many blocks as are made at once, and the four words of each, word by word.
inline constexpr std::size_t lanes = 64;
struct Batch {
  alignas(64) std::array<std::array<std::uint32_t, lanes>, 4> word;
};

/// Makes the blocks with counters `counters[0 … lanes)`: Philox4x32-10 (Salmon et al. 2011).
using MakeBlocks = void(const DrawKey& key, std::uint32_t kind, const std::uint64_t* counters, Batch& batch);

/// The fastest maker the vector path allows.
[[nodiscard]] MakeBlocks& block_maker();

}  // namespace luohu
