#include "luohu/random/batch.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "blocks.hpp"
#include "luohu/core/vector_path.hpp"

#if defined(__x86_64__)
#if !defined(__clang__)
// g++ 12 warns of its own header's deliberately unset registers (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#endif

namespace luohu {
namespace {

/// People whose blocks are looked at together: even if the first has the last byte of its block, one
/// batch holds the bytes of so many consecutive ids.
constexpr std::size_t window = (lanes - 1) * ids_of_a_block;
/// Where the ids of a window spread over more, each gets a block of its own.
constexpr std::size_t widest = 8 * lanes * ids_of_a_block;
/// With room to read two registers from the last one on.
using BytesOfBlocks = std::array<std::uint8_t, widest + 128>;

/// The bytes of `count` ids from `first` on, `first` a multiple of 16, rounded up to whole batches.
void bytes_of_blocks(const DrawKey& key, MakeBlocks& make, std::uint64_t first, std::size_t count,
                     BytesOfBlocks& bytes) {
  std::array<std::uint64_t, lanes> counters{};
  Batch batch{};
  for (std::size_t done = 0; done < count; done += lanes * ids_of_a_block) {
    for (std::size_t i = 0; i < lanes; ++i) counters[i] = (first + done) / ids_of_a_block + i;
    make(key, shared_block, counters.data(), batch);
    for (std::size_t i = 0; i < lanes; ++i) {
      const Words block{batch.word[0][i], batch.word[1][i], batch.word[2][i], batch.word[3][i]};
      // Byte k of a word is its k-th lowest: memory order on every machine this is built for.
      std::memcpy(&bytes[done + i * ids_of_a_block], block.data(), ids_of_a_block);
    }
  }
}

/// Below a power of two exactly if every `id - base` is. Reading the ids is what a dense window waits for,
/// so the next one's are fetched meanwhile.
std::uint64_t spread_of(std::span<const std::uint64_t> ids, std::uint64_t base) {
  constexpr std::size_t line = 8;
  std::uint64_t spread = 0;
  std::size_t i = 0;
  for (; i + line <= ids.size(); i += line) {
    __builtin_prefetch(ids.data() + i + window);
    for (std::size_t k = 0; k < line; ++k) spread |= ids[i + k] - base;
  }
  for (; i < ids.size(); ++i) spread |= ids[i] - base;
  return spread;
}

/// `bytes[i] = drawn[ids[i] - base]`.
void pick(std::span<const std::uint64_t> ids, std::uint64_t base, const BytesOfBlocks& drawn, std::uint8_t* bytes) {
  for (std::size_t i = 0; i < ids.size(); ++i) bytes[i] = drawn[ids[i] - base];
}

#if defined(__x86_64__)

/// Where the bytes of a window's people lie, 64 at a time: if their ids ascend by less than 128, in two
/// registers, whatever gaps the dead have left. Found once, used for every stream.
struct Offsets {
  static constexpr std::size_t group = 64;
  alignas(group) std::array<std::uint8_t, (window + group - 1) / group * group> offset;  ///< from the group's first
  std::array<std::uint16_t, window / group> first;                                       ///< of the group, from `base`
  std::array<bool, window / group> close;                                                ///< whether the above holds
};

[[gnu::target("avx512f,avx512bw,avx512vbmi")]] void find(std::span<const std::uint64_t> ids, std::uint64_t base,
                                                         Offsets& offsets) {
  constexpr std::size_t step = 8;  // ids of a register
  const __m512i beyond = _mm512_set1_epi64(~0x7FLL);
  for (std::size_t g = 0; (g + 1) * Offsets::group <= ids.size(); ++g) {
    const std::uint64_t* group = &ids[g * Offsets::group];
    const __m512i first = _mm512_set1_epi64(static_cast<long long>(group[0]));
    __m512i spread = _mm512_setzero_si512();
    for (std::size_t i = 0; i < Offsets::group; i += step) {
      const __m512i offset = _mm512_sub_epi64(_mm512_loadu_si512(group + i), first);
      spread = _mm512_or_si512(spread, offset);
      _mm_storel_epi64(reinterpret_cast<__m128i*>(&offsets.offset[g * Offsets::group + i]),
                       _mm512_cvtepi64_epi8(offset));
    }
    offsets.first[g] = static_cast<std::uint16_t>(group[0] - base);
    offsets.close[g] = _mm512_test_epi64_mask(spread, beyond) == 0;
  }
}

[[gnu::target("avx512f,avx512bw,avx512vbmi")]] void pick_avx512(const Offsets& offsets,
                                                                std::span<const std::uint64_t> ids, std::uint64_t base,
                                                                const BytesOfBlocks& drawn, std::uint8_t* bytes) {
  std::size_t i = 0;
  for (std::size_t g = 0; (g + 1) * Offsets::group <= ids.size(); ++g, i += Offsets::group) {
    if (!offsets.close[g]) {
      pick(ids.subspan(i, Offsets::group), base, drawn, bytes + i);
      continue;
    }
    const __m512i lower = _mm512_loadu_si512(&drawn[offsets.first[g]]);
    const __m512i upper = _mm512_loadu_si512(&drawn[offsets.first[g] + Offsets::group]);
    const __m512i offset = _mm512_load_si512(&offsets.offset[i]);
    _mm512_storeu_si512(bytes + i, _mm512_permutex2var_epi8(lower, offset, upper));
  }
  pick(ids.subspan(i), base, drawn, bytes + i);
}

#endif

/// Each of these ids has a block of its own.
void draw_scattered(const DrawKey& key, MakeBlocks& make, std::span<const std::uint64_t> ids, std::uint8_t* bytes) {
  std::array<std::uint64_t, lanes> counters{};
  Batch batch{};
  for (std::size_t done = 0; done < ids.size(); done += lanes) {
    const std::size_t count = std::min(lanes, ids.size() - done);
    for (std::size_t i = 0; i < count; ++i) counters[i] = ids[done + i] / ids_of_a_block;
    make(key, shared_block, counters.data(), batch);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t id = ids[done + i];
      bytes[done + i] = static_cast<std::uint8_t>(batch.word[(id / 4) % 4][i] >> (8 * (id % 4)));
    }
  }
}

/// The bytes of `keys[k]` go to `bytes + k * stride`.
void draw_window(std::span<const DrawKey> keys, MakeBlocks& make, std::span<const std::uint64_t> ids,
                 std::uint8_t* bytes, std::size_t stride) {
  const std::uint64_t base = ids.front() / ids_of_a_block * ids_of_a_block;
  const std::uint64_t spread = spread_of(ids, base);
  if (spread >= widest) {
    for (std::size_t k = 0; k < keys.size(); ++k) draw_scattered(keys[k], make, ids, bytes + k * stride);
    return;
  }
  BytesOfBlocks drawn;
#if defined(__x86_64__)
  if (vector_path() == VectorPath::avx512) {
    Offsets offsets{};
    find(ids, base, offsets);
    for (std::size_t k = 0; k < keys.size(); ++k) {
      bytes_of_blocks(keys[k], make, base, spread + 1, drawn);
      pick_avx512(offsets, ids, base, drawn, bytes + k * stride);
    }
    return;
  }
#endif
  for (std::size_t k = 0; k < keys.size(); ++k) {
    bytes_of_blocks(keys[k], make, base, spread + 1, drawn);
    pick(ids, base, drawn, bytes + k * stride);
  }
}

}  // namespace

void draw_screen_bytes(const DrawKey& key, std::span<const std::uint64_t> ids, std::span<std::uint8_t> bytes) {
  draw_screen_bytes(std::span{&key, 1}, ids, bytes);
}

void draw_screen_bytes(std::span<const DrawKey> keys, std::span<const std::uint64_t> ids,
                       std::span<std::uint8_t> bytes) {
  MakeBlocks& make = block_maker();
  for (std::size_t done = 0; done < ids.size(); done += window) {
    draw_window(keys, make, ids.subspan(done, std::min(window, ids.size() - done)), &bytes[done], ids.size());
  }
}

void draw_own_words(const DrawKey& key, std::span<const std::uint64_t> ids, std::span<Words> words) {
  MakeBlocks& make = block_maker();
  std::array<std::uint64_t, lanes> counters{};
  Batch batch{};
  for (std::size_t done = 0; done < ids.size(); done += lanes) {
    const std::size_t count = std::min(lanes, ids.size() - done);
    std::copy_n(&ids[done], count, counters.begin());
    make(key, own_block, counters.data(), batch);
    for (std::size_t i = 0; i < count; ++i) {
      words[done + i] = {batch.word[0][i], batch.word[1][i], batch.word[2][i], batch.word[3][i]};
    }
  }
}

}  // namespace luohu
