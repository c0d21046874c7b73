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
