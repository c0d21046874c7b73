#include "luohu/random/draw.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "luohu/core/hash.hpp"
#include "luohu/core/vector_path.hpp"
#include "luohu/random/batch.hpp"
#include "support/statistics.hpp"

using namespace luohu;
using namespace luohu::testing;

namespace {

const DrawKey key{Seed{0x0123456789abcdefULL}, stream_named("test"), 2031};

/// The layout in words: counter = (id low, id high, stream, kind | year), key = (seed low, seed high).
r123::Philox4x32::ctr_type random123(const DrawKey& k, std::uint64_t counter, std::uint32_t kind) {
  const auto word = [](std::uint64_t x, unsigned shift) { return static_cast<std::uint32_t>(x >> shift); };
  return r123::Philox4x32{}(
      {{word(counter, 0), word(counter, 32), k.stream.value, kind | static_cast<std::uint32_t>(k.year)}},
      {{word(k.seed.value, 0), word(k.seed.value, 32)}});
}

/// The id's byte in the block of its sixteen: little-endian within and across words.
std::uint8_t reference_byte(const DrawKey& k, std::uint64_t id) {
  const auto block = random123(k, id >> 4U, 0x10000U);
  return static_cast<std::uint8_t>(block[(id & 15U) >> 2U] >> (8 * (id & 3U)));
}

std::vector<std::uint64_t> ids_of(std::size_t n, std::uint64_t (*id)(std::uint64_t)) {
  std::vector<std::uint64_t> ids(n);
  for (std::size_t i = 0; i < n; ++i) ids[i] = id(i);
  return ids;
}

/// Every vector path gives the bytes and words of each.
void check_batch(const std::vector<std::uint64_t>& ids) {
  std::vector<std::uint8_t> expected(ids.size());
  std::vector<Words> expected_words(ids.size());
  std::ranges::transform(ids, expected.begin(), [](std::uint64_t id) { return screen_byte(key, id); });
  std::ranges::transform(ids, expected_words.begin(), [](std::uint64_t id) { return own_words(key, id); });
  const VectorPath usual = vector_path();
  for (const VectorPath path : {VectorPath::baseline, VectorPath::avx2, VectorPath::avx512}) {
    set_vector_path(path);
    std::vector<std::uint8_t> bytes(ids.size(), 0xAA);
    std::vector<Words> words(ids.size());
    draw_screen_bytes(key, ids, bytes);
    draw_own_words(key, ids, words);
    CHECK(bytes == expected);
    CHECK(words == expected_words);
  }
  set_vector_path(usual);
}

std::uint32_t draw_of(const DrawKey& k, std::uint64_t id) {
  return compose(screen_byte(k, id), own_words(k, id));
}

/// p of a table of n pairs of nibbles being uniform: independence of the two.
template <class Pair>
double pairs_p(std::uint64_t n, Pair pair) {
  std::vector<std::int64_t> counts(256);
  for (std::uint64_t i = 0; i < n; ++i) {
    const auto [a, b] = pair(i);
    ++counts[(a & 15U) * 16 + (b & 15U)];
  }
  return multinomial_p(counts, std::vector<double>(256, 1.0 / 256));
}

}  // namespace

TEST_CASE("the generator is Random123's Philox4x32-10", "[random]") {
  // Known answer of the Random123 distribution (kat_vectors): counter and key of zeros.
  CHECK(own_words({Seed{0}, Stream{0}, 0}, 0) == Words{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U});
  for (const std::uint64_t id : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0xFFFFFFFF}, std::uint64_t{1} << 32U,
                                 ~std::uint64_t{0}, mix(7)}) {
    const auto expected = random123(key, id, 0);
    CHECK(own_words(key, id) == Words{expected[0], expected[1], expected[2], expected[3]});
    CHECK(screen_byte(key, id) == reference_byte(key, id));
  }
}

TEST_CASE("the draws of many are the draws of each", "[random]") {
  const auto dense = [](std::uint64_t i) { return 1000 + i; };
  const auto odd_start = [](std::uint64_t i) { return 16 * 77 + 13 + i; };
  const auto gappy = [](std::uint64_t i) { return 3 * i + (i / 7) * 5000; };
  const auto wide = [](std::uint64_t i) { return i * std::uint64_t{0x10000001}; };
  const auto reversed = [](std::uint64_t i) { return 1'000'000 - i; };
  const auto hashed = [](std::uint64_t i) { return mix(i); };
  const auto mixed = [](std::uint64_t i) { return i % 97 < 60 ? i : mix(i); };
  const auto equal = [](std::uint64_t) { return std::uint64_t{42}; };
  const auto top = [](std::uint64_t i) { return ~std::uint64_t{0} - 100 + i % 101; };
  const auto sawtooth = [](std::uint64_t i) { return 10'000 + i % 64 * 16 - i / 64; };
  for (std::uint64_t (*id)(std::uint64_t) :
       {+dense, +odd_start, +gappy, +wide, +reversed, +hashed, +mixed, +equal, +top, +sawtooth}) {
    for (std::size_t n = 0; n <= 200; ++n) check_batch(ids_of(n, id));
    for (const std::size_t n : {511U, 512U, 513U, 1024U, 1025U, 5000U}) check_batch(ids_of(n, id));
  }
}

TEST_CASE("a draw is uniform in every bit that is compared", "[random][statistical]") {
  // Chi-square on 255 df of each byte; power: one value of a byte 2 % too frequent shifts the
  // statistic by n/256 * 0.02^2 = 6.6 only, all of a byte's odd values 1 % too frequent by 420.
  const std::uint64_t n = 1U << 22U;
  std::vector<std::vector<std::int64_t>> counts(4, std::vector<std::int64_t>(256));
  for (std::uint64_t id = 0; id < n; ++id) {
    const std::uint32_t u = draw_of(key, id);
    for (unsigned byte = 0; byte < 4; ++byte) ++counts[byte][(u >> (8 * byte)) & 255U];
  }
  const std::vector<double> uniform_share(256, 1.0 / 256);
  for (const auto& byte : counts) CHECK(multinomial_p(byte, uniform_share) > false_alarm);
}

TEST_CASE("streams, years, seeds, neighbours and words are independent", "[random][statistical]") {
  // Chi-square on 255 df of pairs of nibbles: 1 % of pairs equal would shift it by n * 0.01^2 * 15 = 1500.
  const std::uint64_t n = 1U << 20U;
  const auto top = [](std::uint32_t u) { return u >> 28U; };
  const DrawKey other_stream{key.seed, stream_named("tests"), key.year};
  const DrawKey other_year{key.seed, key.stream, key.year + 1};
  const DrawKey other_seed{seed_of_replicate(key.seed, 1), key.stream, key.year};
  for (const DrawKey& other : {other_stream, other_year, other_seed}) {
    CHECK(pairs_p(n, [&](std::uint64_t id) {
            return std::pair{top(draw_of(key, id)), top(draw_of(other, id))};
          }) > false_alarm);
  }
  CHECK(pairs_p(n, [&](std::uint64_t id) {
          return std::pair{top(draw_of(key, id)), top(draw_of(key, id + 1))};
        }) > false_alarm);
  CHECK(pairs_p(n, [&](std::uint64_t id) {
          return std::pair{top(draw_of(key, id)), top(own_words(key, id)[1])};
        }) > false_alarm);
  // The screening byte and the bits that follow it come from different blocks.
  CHECK(pairs_p(n, [&](std::uint64_t id) {
          return std::pair{static_cast<std::uint32_t>(screen_byte(key, id)), own_words(key, id)[0] >> 28U};
        }) > false_alarm);
}

TEST_CASE("the screening byte leads the draw", "[random]") {
  CHECK(compose(0xAB, Words{0x12345678U, 9, 9, 9}) == 0xAB123456U);
  CHECK(compose(0, Words{}) == 0);
  CHECK(compose(255, Words{0xFFFFFFFFU, 0, 0, 0}) == 0xFFFFFFFFU);
}

TEST_CASE("a threshold is the number of draws below it", "[random]") {
  const std::uint64_t all = std::uint64_t{1} << 32U;
  CHECK(threshold_of(0) == 0);
  CHECK(threshold_of(-1) == 0);
  CHECK(threshold_of(std::numeric_limits<double>::quiet_NaN()) == 0);
  CHECK(threshold_of(1) == all);
  CHECK(threshold_of(2) == all);
  CHECK(threshold_of(0.5) == all / 2);
  CHECK(threshold_of(0x1p-32) == 1);
  CHECK(threshold_of(0x1p-33) == 0);
  CHECK(threshold_of(1 - 0x1p-32) == all - 1);
  CHECK(threshold_of(std::nextafter(1.0, 0.0)) == all - 1);
}

TEST_CASE("uniform numbers lie strictly between 0 and 1", "[random]") {
  CHECK(uniform(0) > 0);
  CHECK(uniform(0xFFFFFFFFU) < 1);
  CHECK(uniform(0x80000000U) == Approx(0.5));
}

TEST_CASE("streams are FNV-1a of their names", "[random]") {
  // Test vectors of the FNV reference (Fowler, Noll & Vo).
  CHECK(stream_named("").value == 0x811c9dc5U);
  CHECK(stream_named("a").value == 0xe40c292cU);
  CHECK(stream_named("foobar").value == 0xbf9cf968U);
}

TEST_CASE("the Poisson quantile inverts the distribution function", "[random]") {
  for (const double mean : {0.3, 5.0, 80.0, 150.0, 5e4}) {
    // P(K <= k) term by term from zero, in logarithms: slow and simple.
    const auto last = static_cast<std::size_t>(mean + 15 * std::sqrt(mean) + 60);
    std::vector<long double> cdf(last);
    long double sum = 0;
    for (std::size_t k = 0; k < last; ++k) {
      const auto kl = static_cast<long double>(k);
      sum += std::exp(kl * std::log(static_cast<long double>(mean)) - static_cast<long double>(mean) -
                      std::lgamma(kl + 1));
      cdf[k] = sum;
    }
    INFO("mean " << mean);
    for (int i = 0; i < 2000; ++i) {
      const double u = uniform(static_cast<std::uint32_t>(mix(static_cast<std::uint64_t>(i))));
      const auto k = static_cast<std::size_t>(poisson_quantile(mean, u));
      REQUIRE(k < last);
      CHECK(cdf[k] > static_cast<long double>(u) - 1e-9L);
      if (k > 0) CHECK(cdf[k - 1] <= static_cast<long double>(u) + 1e-9L);
    }
  }
  for (const double u : {0x1p-33, 0.5, 1 - 0x1p-33}) CHECK(poisson_quantile(0, u) == 0);
}

TEST_CASE("the Poisson quantile rises with the mean and with the draw", "[random]") {
  std::vector<double> means{0};
  for (double mean = 1e-6; mean < 1e5; mean *= 1.03) means.push_back(mean);
  std::vector<double> us{0x1p-33};
  for (double u = 0.01; u < 1; u += 0.03) us.push_back(u);
  us.push_back(1 - 0x1p-33);
  for (std::size_t m = 0; m < means.size(); ++m) {
    for (std::size_t i = 0; i < us.size(); ++i) {
      const std::int64_t k = poisson_quantile(means[m], us[i]);
      if (m > 0) REQUIRE(poisson_quantile(means[m - 1], us[i]) <= k);
      if (i > 0) REQUIRE(poisson_quantile(means[m], us[i - 1]) <= k);
    }
  }
}

TEST_CASE("no two children or incomers share an id, nor one of the first people", "[random]") {
  // 1.2 million hashed ids: the chance of any collision is 4e-8.
  std::vector<std::uint64_t> ids;
  for (std::uint64_t mother = 0; mother < 100'000; ++mother) {
    for (Year year = 2021; year < 2026; ++year) {
      for (std::uint32_t k = 0; k < 2; ++k) ids.push_back(child_id(PersonId{mother}, year, k).value());
    }
  }
  for (std::uint64_t channel = 0; channel < 20; ++channel) {
    for (Year year = 2021; year < 2031; ++year) {
      for (std::uint64_t n = 0; n < 1000; ++n)
        ids.push_back(incomer_id((440001ULL << 32U) | (430100 + channel), year, n).value());
    }
  }
  CHECK(*std::ranges::min_element(ids) > 80'000'000);  // row numbers of a 1:1 population lie below
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
}

TEST_CASE("a child keeps its id when others are not born", "[random]") {
  CHECK(child_id(PersonId{5}, 2030, 0) == child_id(PersonId{5}, 2030, 0));
  CHECK(child_id(PersonId{5}, 2030, 0) != child_id(PersonId{5}, 2030, 1));
  CHECK(child_id(PersonId{5}, 2030, 0) != child_id(PersonId{5}, 2031, 0));
  CHECK(seed_of_replicate(Seed{1}, 0).value != seed_of_replicate(Seed{1}, 1).value);
  CHECK(seed_of_replicate(Seed{1}, 0).value != seed_of_replicate(Seed{0}, 1).value);
}
