#include "luohu/random/batch.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cstring>

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

// As in draw.cpp: the fourth counter word holds the year and which of the two kinds of block this is.
constexpr std::uint32_t own_block = 0;
constexpr std::uint32_t shared_block = 1U << 16U;
constexpr std::size_t ids_of_a_block = 16;

constexpr std::uint32_t low(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}
constexpr std::uint32_t high(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32U);
}

/// As many blocks as are made at once, and the four words of each, word by word.
constexpr std::size_t lanes = 64;
struct Batch {
  alignas(64) std::array<std::array<std::uint32_t, lanes>, 4> word;
};

/// Makes the blocks with counters `counters[0 … lanes)`: Philox4x32-10 (Salmon et al. 2011).
using MakeBlocks = void(const DrawKey& key, std::uint32_t kind, const std::uint64_t* counters, Batch& batch);

void make_baseline(const DrawKey& key, std::uint32_t kind, const std::uint64_t* counters, Batch& batch) {
  for (std::size_t i = 0; i < lanes; ++i) {
    const r123::Philox4x32::ctr_type block = r123::Philox4x32{}(
        {{low(counters[i]), high(counters[i]), key.stream.value, kind | static_cast<std::uint32_t>(key.year)}},
        {{low(key.seed.value), high(key.seed.value)}});
    for (std::size_t w = 0; w < 4; ++w) batch.word[w][i] = block[w];
  }
}

#if defined(__x86_64__)

// By hand, because g++ 12 shuffles the halves of its 64-bit products about, at ten times the cost.
// A 64-bit element holds one word of one block in its lower half: the multiplication reads only that
// half, so that what gathers in the upper half does no harm. Four registers of blocks at once keep the
// multipliers busy.
constexpr std::size_t registers = 4;
constexpr long long factor0 = 0xD2511F53, factor1 = 0xCD9E8D57;
constexpr std::uint32_t weyl0 = 0x9E3779B9U, weyl1 = 0xBB67AE85U;
constexpr int rounds = 10;

[[gnu::target("avx512f,avx512bw")]] void make_avx512(const DrawKey& key, std::uint32_t kind,
                                                     const std::uint64_t* counters, Batch& batch) {
  constexpr std::size_t blocks = 8;  // of a register
  constexpr int exclusive_or = 0x96;
  const __m512i m0 = _mm512_set1_epi64(factor0);
  const __m512i m1 = _mm512_set1_epi64(factor1);
  for (std::size_t i = 0; i < lanes; i += registers * blocks) {
    __m512i c[4][registers];
    for (std::size_t r = 0; r < registers; ++r) {
      c[0][r] = _mm512_loadu_si512(counters + i + r * blocks);
      c[1][r] = _mm512_srli_epi64(c[0][r], 32);
      c[2][r] = _mm512_set1_epi64(key.stream.value);
      c[3][r] = _mm512_set1_epi64(kind | static_cast<std::uint32_t>(key.year));
    }
    std::uint32_t k0 = low(key.seed.value);
    std::uint32_t k1 = high(key.seed.value);
    for (int round = 0; round < rounds; ++round, k0 += weyl0, k1 += weyl1) {
      const __m512i key0 = _mm512_set1_epi64(k0);
      const __m512i key1 = _mm512_set1_epi64(k1);
      for (std::size_t r = 0; r < registers; ++r) {
        const __m512i p0 = _mm512_mul_epu32(c[0][r], m0);
        const __m512i p1 = _mm512_mul_epu32(c[2][r], m1);
        c[0][r] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), c[1][r], key0, exclusive_or);
        c[1][r] = p1;
        c[2][r] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), c[3][r], key1, exclusive_or);
        c[3][r] = p0;
      }
    }
    for (std::size_t w = 0; w < 4; ++w) {
      for (std::size_t r = 0; r < registers; ++r) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(&batch.word[w][i + r * blocks]), _mm512_cvtepi64_epi32(c[w][r]));
      }
    }
  }
}

[[gnu::target("avx2")]] void make_avx2(const DrawKey& key, std::uint32_t kind, const std::uint64_t* counters,
                                       Batch& batch) {
  constexpr std::size_t blocks = 4;  // of a register
  const __m256i m0 = _mm256_set1_epi64x(factor0);
  const __m256i m1 = _mm256_set1_epi64x(factor1);
  const __m256i lower_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  for (std::size_t i = 0; i < lanes; i += registers * blocks) {
    __m256i c[4][registers];
    for (std::size_t r = 0; r < registers; ++r) {
      c[0][r] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(counters + i + r * blocks));
      c[1][r] = _mm256_srli_epi64(c[0][r], 32);
      c[2][r] = _mm256_set1_epi64x(key.stream.value);
      c[3][r] = _mm256_set1_epi64x(kind | static_cast<std::uint32_t>(key.year));
    }
    std::uint32_t k0 = low(key.seed.value);
    std::uint32_t k1 = high(key.seed.value);
    for (int round = 0; round < rounds; ++round, k0 += weyl0, k1 += weyl1) {
      const __m256i key0 = _mm256_set1_epi64x(k0);
      const __m256i key1 = _mm256_set1_epi64x(k1);
      for (std::size_t r = 0; r < registers; ++r) {
        const __m256i p0 = _mm256_mul_epu32(c[0][r], m0);
        const __m256i p1 = _mm256_mul_epu32(c[2][r], m1);
        c[0][r] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), c[1][r]), key0);
        c[1][r] = p1;
        c[2][r] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c[3][r]), key1);
        c[3][r] = p0;
      }
    }
    for (std::size_t w = 0; w < 4; ++w) {
      for (std::size_t r = 0; r < registers; ++r) {
        const __m256i words = _mm256_permutevar8x32_epi32(c[w][r], lower_halves);
        _mm_store_si128(reinterpret_cast<__m128i*>(&batch.word[w][i + r * blocks]), _mm256_castsi256_si128(words));
      }
    }
  }
}

#endif

MakeBlocks& maker() {
#if defined(__x86_64__)
  if (vector_path() == VectorPath::avx512) return make_avx512;
  if (vector_path() == VectorPath::avx2) return make_avx2;
#endif
  return make_baseline;
}

/// People whose blocks are looked at together: even if the first has the last byte of its block, one
/// batch holds the bytes of so many consecutive ids.
constexpr std::size_t window = (lanes - 1) * ids_of_a_block;
/// Where the ids of a window spread over more, each gets a block of its own.
constexpr std::size_t widest = 2 * lanes * ids_of_a_block;
/// With room to read two registers from the last one on.
using BytesOfBlocks = std::array<std::uint8_t, widest + 128>;

/// The bytes of `count` ids from `first` on, `first` a multiple of 16, rounded up to whole batches.
void bytes_of_blocks(const DrawKey& key, MakeBlocks& make, std::uint64_t first, std::size_t count,
                     BytesOfBlocks& bytes) {
  std::array<std::uint64_t, lanes> counters;
  Batch batch;
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

/// The same for 64 people whose ids ascend by less than 128: their bytes lie in two registers, whatever
/// gaps the dead have left. False, and nothing written, if they do not.
[[gnu::target("avx512f,avx512bw,avx512vbmi")]] bool pick_64(const std::uint64_t* ids, std::uint64_t base,
                                                            const BytesOfBlocks& drawn, std::uint8_t* bytes) {
  constexpr std::size_t group = 8;  // ids of a register
  const __m512i first = _mm512_set1_epi64(static_cast<long long>(ids[0]));
  __m512i spread = _mm512_setzero_si512();
  alignas(64) std::array<std::uint8_t, 64> offsets;
  for (std::size_t i = 0; i < offsets.size(); i += group) {
    const __m512i offset = _mm512_sub_epi64(_mm512_loadu_si512(ids + i), first);
    spread = _mm512_or_si512(spread, offset);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(&offsets[i]), _mm512_cvtepi64_epi8(offset));
  }
  constexpr long long beyond = ~0x7FLL;
  const std::uint64_t start = ids[0] - base;
  if (_mm512_test_epi64_mask(spread, _mm512_set1_epi64(beyond)) != 0) return false;
  const __m512i picked = _mm512_permutex2var_epi8(_mm512_loadu_si512(&drawn[start]), _mm512_load_si512(offsets.data()),
                                                  _mm512_loadu_si512(&drawn[start + 64]));
  _mm512_storeu_si512(bytes, picked);
  return true;
}

void pick_avx512(std::span<const std::uint64_t> ids, std::uint64_t base, const BytesOfBlocks& drawn,
                 std::uint8_t* bytes) {
  std::size_t i = 0;
  for (; i + 64 <= ids.size(); i += 64) {
    if (!pick_64(&ids[i], base, drawn, bytes + i)) pick(ids.subspan(i, 64), base, drawn, bytes + i);
  }
  pick(ids.subspan(i), base, drawn, bytes + i);
}

#endif

/// Each of these ids has a block of its own.
void draw_scattered(const DrawKey& key, MakeBlocks& make, std::span<const std::uint64_t> ids, std::uint8_t* bytes) {
  std::array<std::uint64_t, lanes> counters{};
  Batch batch;
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

void draw_window(const DrawKey& key, MakeBlocks& make, std::span<const std::uint64_t> ids, std::uint8_t* bytes) {
  const std::uint64_t base = ids.front() / ids_of_a_block * ids_of_a_block;
  const std::uint64_t spread = spread_of(ids, base);
  if (spread >= widest) return draw_scattered(key, make, ids, bytes);
  BytesOfBlocks drawn;
  bytes_of_blocks(key, make, base, spread + 1, drawn);
#if defined(__x86_64__)
  if (vector_path() == VectorPath::avx512) return pick_avx512(ids, base, drawn, bytes);
#endif
  pick(ids, base, drawn, bytes);
}

}  // namespace

void draw_screen_bytes(const DrawKey& key, std::span<const std::uint64_t> ids, std::span<std::uint8_t> bytes) {
  MakeBlocks& make = maker();
  for (std::size_t done = 0; done < ids.size(); done += window) {
    draw_window(key, make, ids.subspan(done, std::min(window, ids.size() - done)), &bytes[done]);
  }
}

void draw_own_words(const DrawKey& key, std::span<const std::uint64_t> ids, std::span<Words> words) {
  MakeBlocks& make = maker();
  std::array<std::uint64_t, lanes> counters{};
  Batch batch;
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
