#pragma once
// The draws of draw.hpp for many people at once: the same numbers, vectorised.

#include <cstdint>
#include <span>

#include "luohu/random/draw.hpp"

namespace luohu {

/// `bytes[i] = screen_byte(key, ids[i])`. A sixteenth of a block each where ids lie close together, in
/// whatever order (the founders of a population); a block each where they do not (hashed ids).
void draw_screen_bytes(const DrawKey& key, std::span<const std::uint64_t> ids, std::span<std::uint8_t> bytes);

/// The same for several streams at once: `bytes[k * ids.size() + i] = screen_byte(keys[k], ids[i])`. The
/// ids, which cost as much to read as a stream to draw, are looked at once.
void draw_screen_bytes(std::span<const DrawKey> keys, std::span<const std::uint64_t> ids,
                       std::span<std::uint8_t> bytes);

/// `words[i] = own_words(key, ids[i])`.
void draw_own_words(const DrawKey& key, std::span<const std::uint64_t> ids, std::span<Words> words);

}  // namespace luohu
