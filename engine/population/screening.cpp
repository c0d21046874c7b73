#include "luohu/population/screening.hpp"

#include <algorithm>

#include "luohu/core/vector_path.hpp"

#if defined(__x86_64__)
#if !defined(__clang__)
// g++ 12 warns of its own header's deliberately unset registers (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#define LUOHU_AVX512 [[gnu::target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")]]
#endif

namespace luohu {
namespace {

/// With the byte held at 254 one comparison serves: 255 passes everyone, and no other bound changes.
constexpr std::uint8_t most = 254;

/// From `first` on, one person at a time and without branches: who passes cannot be predicted.
template <class BoundOf>
std::size_t screen_from(std::size_t first, std::size_t count, std::span<const std::uint8_t> bytes, BoundOf bound_of,
                        std::span<std::uint32_t> rows) {
  for (std::size_t i = first; i < bytes.size(); ++i) {
    rows[count] = static_cast<std::uint32_t>(i);
    count += static_cast<std::size_t>(std::min(bytes[i], most) < bound_of(i));
  }
  return count;
}

#if defined(__x86_64__)

constexpr std::size_t width = 64;  // people a 512-bit register holds at one byte each

LUOHU_AVX512 inline __m512i load(const std::uint8_t* from) {
  return _mm512_loadu_si512(from);
}

LUOHU_AVX512 inline __mmask64 passing(__m512i bytes, __m512i bounds) {
  return _mm512_cmplt_epu8_mask(_mm512_min_epu8(bytes, _mm512_set1_epi8(static_cast<char>(most))), bounds);
}

LUOHU_AVX512 inline __m512i first_numbers() {
  alignas(width) std::array<std::uint8_t, width> numbers{};
  for (std::size_t i = 0; i < width; ++i) numbers[i] = static_cast<std::uint8_t>(i);
  return load(numbers.data());
}

/// Append `first` + the positions of the set bits. Writes up to `width` elements from `rows` on.
LUOHU_AVX512 inline std::size_t append(__mmask64 set, __m512i numbers, std::size_t first, std::uint32_t* rows) {
  constexpr std::size_t step = 16;
  const auto found = static_cast<std::size_t>(_mm_popcnt_u64(set));
  const __m512i packed = _mm512_maskz_compress_epi8(set, numbers);
  const __m512i offset = _mm512_set1_epi32(static_cast<int>(first));
  // Mostly few pass: the first sixteen come from the register, more by way of memory.
  _mm512_storeu_si512(rows, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)), offset));
  if (found <= step) return found;
  alignas(width) std::array<std::uint8_t, width> positions{};
  _mm512_store_si512(positions.data(), packed);
  for (std::size_t j = step; j < found; j += step) {
    const __m128i next = _mm_load_si128(reinterpret_cast<const __m128i*>(positions.data() + j));
    _mm512_storeu_si512(rows + j, _mm512_add_epi32(_mm512_cvtepu8_epi32(next), offset));
  }
  return found;
}

/// Sixty-four people at a time while whole registers last; the caller sees to the rest. A table of
/// 128 bytes is two registers, and a cell's high bit says which table.
LUOHU_AVX512 std::size_t by_cell_avx512(std::span<const std::uint8_t> bytes, const std::uint8_t* cells,
                                        const ByteBounds& bounds, std::uint32_t* rows) {
  const __m512i table0 = load(bounds.data());
  const __m512i table1 = load(bounds.data() + width);
  const __m512i table2 = load(bounds.data() + 2 * width);
  const __m512i table3 = load(bounds.data() + 3 * width);
  const __m512i numbers = first_numbers();
  std::size_t count = 0;
  for (std::size_t i = 0; i + width <= bytes.size(); i += width) {
    const __m512i cell = load(cells + i);
    const __m512i lower = _mm512_permutex2var_epi8(table0, cell, table1);
    const __m512i upper = _mm512_permutex2var_epi8(table2, cell, table3);
    const __m512i bound = _mm512_mask_blend_epi8(_mm512_movepi8_mask(cell), lower, upper);
    count += append(passing(load(bytes.data() + i), bound), numbers, i, rows + count);
  }
  return count;
}

LUOHU_AVX512 std::size_t by_row_avx512(std::span<const std::uint8_t> bytes, const std::uint8_t* bounds,
                                       std::uint32_t* rows) {
  const __m512i numbers = first_numbers();
  std::size_t count = 0;
  for (std::size_t i = 0; i + width <= bytes.size(); i += width) {
    count += append(passing(load(bytes.data() + i), load(bounds + i)), numbers, i, rows + count);
  }
  return count;
}

/// A square of 8 × 8 bytes turned over its diagonal, row by row.
LUOHU_AVX512 inline __m512i transposition() {
  alignas(width) std::array<std::uint8_t, width> source{};
  for (std::size_t i = 0; i < width; ++i) source[i] = static_cast<std::uint8_t>(i % 8 * 8 + i / 8);
  return load(source.data());
}

/// Sixty-four packed words to sixty-four bytes of each of eight processes, `stride` apart.
LUOHU_AVX512 inline void take_apart(const std::uint64_t* words, std::uint8_t* bounds, std::size_t stride) {
  const __m512i turn = transposition();
  __m512i eight[8];  // [8 people] then their bytes of process 0, of process 1 …, eight each
  for (std::size_t j = 0; j < 8; ++j) {
    eight[j] = _mm512_permutexvar_epi8(turn, _mm512_loadu_si512(words + 8 * j));
  }
  // Pairs of people's eights, then four 128-bit lanes of four registers turned over the diagonal.
  for (std::size_t odd = 0; odd < 2; ++odd) {
    __m512i pair[4];
    for (std::size_t j = 0; j < 4; ++j) {
      pair[j] = odd == 0 ? _mm512_unpacklo_epi64(eight[2 * j], eight[2 * j + 1])
                         : _mm512_unpackhi_epi64(eight[2 * j], eight[2 * j + 1]);
    }
    constexpr int even_lanes = 0x88, odd_lanes = 0xDD;
    const __m512i even0 = _mm512_shuffle_i64x2(pair[0], pair[1], even_lanes);
    const __m512i even1 = _mm512_shuffle_i64x2(pair[2], pair[3], even_lanes);
    const __m512i odd0 = _mm512_shuffle_i64x2(pair[0], pair[1], odd_lanes);
    const __m512i odd1 = _mm512_shuffle_i64x2(pair[2], pair[3], odd_lanes);
    std::uint8_t* first = bounds + odd * stride;
    _mm512_storeu_si512(first, _mm512_shuffle_i64x2(even0, even1, even_lanes));
    _mm512_storeu_si512(first + 2 * stride, _mm512_shuffle_i64x2(odd0, odd1, even_lanes));
    _mm512_storeu_si512(first + 4 * stride, _mm512_shuffle_i64x2(even0, even1, odd_lanes));
    _mm512_storeu_si512(first + 6 * stride, _mm512_shuffle_i64x2(odd0, odd1, odd_lanes));
  }
}

#endif

/// The words of up to `risk_block` people, and all of them in one.
std::uint64_t fetch(std::span<const std::uint64_t> table, std::span<const std::uint32_t> keys, std::uint64_t* words) {
  std::uint64_t any = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    words[i] = table[keys[i]];
    any |= words[i];
  }
  return any;
}

}  // namespace

std::size_t screen_by_cell(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> cells,
                           const ByteBounds& bounds, std::span<std::uint32_t> rows) {
  std::size_t done = 0;
  std::size_t count = 0;
#if defined(__x86_64__)
  if (vector_path() == VectorPath::avx512) {
    count = by_cell_avx512(bytes, cells.data(), bounds, rows.data());
    done = bytes.size() / width * width;
  }
#endif
  return screen_from(
      done, count, bytes, [&](std::size_t i) { return bounds[cells[i]]; }, rows);
}

std::size_t screen_by_row(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> bounds,
                          std::span<std::uint32_t> rows) {
  std::size_t done = 0;
  std::size_t count = 0;
#if defined(__x86_64__)
  if (vector_path() == VectorPath::avx512) {
    count = by_row_avx512(bytes, bounds.data(), rows.data());
    done = bytes.size() / width * width;
  }
#endif
  return screen_from(
      done, count, bytes, [&](std::size_t i) { return bounds[i]; }, rows);
}

void look_up_bounds(std::span<const std::uint64_t> table, std::span<const std::uint32_t> keys,
                    std::span<std::uint8_t> bounds, std::span<std::uint64_t> risk) {
  const std::size_t stride = keys.size();
  std::array<std::uint64_t, risk_block> words{};
  for (std::size_t first = 0; first < keys.size(); first += risk_block) {
    const std::size_t count = std::min(risk_block, keys.size() - first);
    const std::uint64_t any = fetch(table, keys.subspan(first, count), words.data());
    risk[first / risk_block] = any;
    std::size_t done = 0;
#if defined(__x86_64__)
    if (vector_path() == VectorPath::avx512) {
      for (; done + width <= count; done += width) take_apart(&words[done], &bounds[first + done], stride);
    }
#endif
    for (std::size_t k = 0; k < packed_processes; ++k) {
      std::uint8_t* bound = &bounds[k * stride + first];
      for (std::size_t i = done; i < count; ++i) bound[i] = static_cast<std::uint8_t>(words[i] >> (8 * k));
    }
  }
}

}  // namespace luohu
