#include "blocks.hpp"

#include <Random123/philox.h>

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

constexpr std::uint32_t low(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}
constexpr std::uint32_t high(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32U);
}

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

}  // namespace

MakeBlocks& block_maker() {
#if defined(__x86_64__)
  if (vector_path() == VectorPath::avx512) return make_avx512;
  if (vector_path() == VectorPath::avx2) return make_avx2;
#endif
  return make_baseline;
}

}  // namespace luohu
