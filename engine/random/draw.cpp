#include "luohu/random/draw.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <cmath>

#include "luohu/core/hash.hpp"

namespace luohu {
namespace {

// The fourth counter word holds the year and which of the two kinds of block this is.
constexpr std::uint32_t own_block = 0;
constexpr std::uint32_t shared_block = 1U << 16U;

constexpr std::uint32_t low(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}
constexpr std::uint32_t high(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32U);
}

Words philox(const DrawKey& key, std::uint64_t counter, std::uint32_t kind) {
  const r123::Philox4x32::ctr_type block =
      r123::Philox4x32{}({{low(counter), high(counter), key.stream.value, kind | static_cast<std::uint32_t>(key.year)}},
                         {{low(key.seed.value), high(key.seed.value)}});
  return {block[0], block[1], block[2], block[3]};
}

constexpr std::uint8_t byte_of(const Words& block, std::uint64_t id) {
  return static_cast<std::uint8_t>(block[(id / 4) % 4] >> (8 * (id % 4)));
}

/// Philox4x32-10 on `lanes` counters at once, written so that compilers vectorise it; the test holds
/// it against Random123. `block[w][i]` is word w of the block with counter `counters[i]`.
constexpr std::size_t lanes = 64;
struct Batch {
  std::array<std::array<std::uint32_t, lanes>, 4> word;
};

[[gnu::target_clones("avx512f", "avx2", "default")]] void philox_batch(const DrawKey& key,
                                                                       const std::uint64_t* counters, Batch& batch) {
  constexpr std::uint32_t m0 = 0xD2511F53U;
  constexpr std::uint32_t m1 = 0xCD9E8D57U;
  constexpr std::uint32_t w0 = 0x9E3779B9U;
  constexpr std::uint32_t w1 = 0xBB67AE85U;
  const std::uint32_t tail = shared_block | static_cast<std::uint32_t>(key.year);
  for (std::size_t i = 0; i < lanes; ++i) {
    std::uint32_t c0 = static_cast<std::uint32_t>(counters[i]);
    std::uint32_t c1 = static_cast<std::uint32_t>(counters[i] >> 32U);
    std::uint32_t c2 = key.stream.value;
    std::uint32_t c3 = tail;
    std::uint32_t k0 = static_cast<std::uint32_t>(key.seed.value);
    std::uint32_t k1 = static_cast<std::uint32_t>(key.seed.value >> 32U);
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p0 = static_cast<std::uint64_t>(m0) * c0;
      const std::uint64_t p1 = static_cast<std::uint64_t>(m1) * c2;
      c0 = static_cast<std::uint32_t>(p1 >> 32U) ^ c1 ^ k0;
      c1 = static_cast<std::uint32_t>(p1);
      c2 = static_cast<std::uint32_t>(p0 >> 32U) ^ c3 ^ k1;
      c3 = static_cast<std::uint32_t>(p0);
      k0 += w0;
      k1 += w1;
    }
    batch.word[0][i] = c0;
    batch.word[1][i] = c1;
    batch.word[2][i] = c2;
    batch.word[3][i] = c3;
  }
}

}  // namespace

Seed seed_of_replicate(Seed experiment, std::uint64_t replicate) {
  return Seed{hash_words(experiment.value, replicate, 0x7265706cULL)};
}

Words own_words(const DrawKey& key, std::uint64_t id) {
  return philox(key, id, own_block);
}

std::uint8_t screen_byte(const DrawKey& key, std::uint64_t id) {
  return byte_of(philox(key, id / 16, shared_block), id);
}

void screen_bytes(const DrawKey& key, std::span<const std::uint64_t> ids, std::span<std::uint8_t> bytes) {
  std::array<std::uint64_t, lanes> counters{};
  Batch batch;
  std::size_t done = 0;
  while (done < ids.size()) {
    // One batch covers a window of consecutive blocks if the ids ascend densely, else one block an id.
    const std::uint64_t first = ids[done] / 16;
    const std::size_t probe = std::min(done + 8 * lanes, ids.size() - 1);
    const bool dense = ids[probe] / 16 >= first && ids[probe] / 16 - first < 2 * lanes;
    if (dense) {
      for (std::size_t i = 0; i < lanes; ++i) counters[i] = first + i;
      philox_batch(key, counters.data(), batch);
      const std::uint64_t begin = first * 16;
      for (; done < ids.size() && ids[done] >= begin && ids[done] - begin < 16 * lanes; ++done) {
        const std::uint64_t offset = ids[done] - begin;
        bytes[done] = static_cast<std::uint8_t>(batch.word[(offset / 4) % 4][offset / 16] >> (8 * (offset % 4)));
      }
    } else {
      const std::size_t count = std::min(lanes, ids.size() - done);
      for (std::size_t i = 0; i < count; ++i) counters[i] = ids[done + i] / 16;
      philox_batch(key, counters.data(), batch);
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t id = ids[done + i];
        bytes[done + i] = static_cast<std::uint8_t>(batch.word[(id / 4) % 4][i] >> (8 * (id % 4)));
      }
      done += count;
    }
  }
}

PersonId child_id(PersonId mother, Year year, std::uint32_t k) {
  return PersonId{hash_words(mother.value(), year, k, 0x6368696cdULL)};
}

PersonId incomer_id(std::uint64_t channel, Year year, std::uint64_t n) {
  return PersonId{hash_words(channel, year, n, 0x696e636fdULL)};
}

std::int64_t poisson_quantile(double mean, double u) {
  if (!(mean > 0)) return 0;
  // Twelve standard deviations below the mean carry less than 1e-30 of the mass.
  std::int64_t k = std::max<std::int64_t>(0, static_cast<std::int64_t>(mean - 12 * std::sqrt(mean)));
  double term = std::exp(static_cast<double>(k) * std::log(mean) - mean - std::lgamma(static_cast<double>(k) + 1));
  double below = term;
  const auto far = static_cast<std::int64_t>(mean + 12 * std::sqrt(mean) + 40);
  while (below <= u && k < far) {
    ++k;
    term *= mean / static_cast<double>(k);
    below += term;
  }
  return k;
}

}  // namespace luohu
