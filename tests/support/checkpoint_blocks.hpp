#pragma once
// Checkpoints as bytes, for tests that alter them: where the blocks are, and their digests made to fit again.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "luohu/core/hash.hpp"

namespace luohu::testing {

/// A block of a checkpoint as it stands in the file.
struct Block {
  std::string name;
  std::size_t head = 0, values = 0, size = 0;  ///< bytes; the first two from the start of the file
  std::size_t width = 0;                       ///< bytes of a value
};

inline constexpr std::size_t block_head_bytes = 48, digested_head_bytes = 40;

/// Of a sound file.
inline std::vector<Block> blocks_of(const std::string& bytes) {
  std::vector<Block> blocks;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t width = 0, count = 0;
    std::memcpy(&width, bytes.data() + at + 24, sizeof width);
    std::memcpy(&count, bytes.data() + at + 32, sizeof count);
    blocks.push_back({bytes.c_str() + at, at, at + block_head_bytes, width * count, width});
    at += block_head_bytes + blocks.back().size;
  }
  return blocks;
}

/// As engine/restart/blocks.cpp makes it, in plain loops.
inline std::uint64_t block_digest(std::span<const std::byte> of) {
  std::array<std::uint64_t, 4> lane{1, 2, 3, 4};
  for (std::size_t next = 0; next <= of.size() / 32; ++next) {
    std::array<std::uint64_t, 4> words{};
    std::memcpy(words.data(), of.data() + 32 * next, std::min<std::size_t>(32, of.size() - 32 * next));
    for (std::size_t i = 0; i < lane.size(); ++i) lane[i] = mix(lane[i] ^ words[i]);
  }
  return hash_words(lane[0], lane[1], lane[2], lane[3], of.size());
}

/// Gives an altered block the digest of what it holds now.
inline void mend(std::string& bytes, const Block& block) {
  const std::span<const std::byte> all{reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()};
  const std::uint64_t digest = hash_words(block_digest(all.subspan(block.values, block.size)),
                                          block_digest(all.subspan(block.head, digested_head_bytes)));
  std::memcpy(bytes.data() + block.head + digested_head_bytes, &digest, sizeof digest);
}

}  // namespace luohu::testing
