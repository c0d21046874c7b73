// The vectorised draws and screens against their definitions, on every vector path of this machine.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "luohu/core/hash.hpp"
#include "luohu/core/vector_path.hpp"
#include "luohu/population/screening.hpp"
#include "luohu/random/batch.hpp"

namespace luohu {
namespace {

constexpr DrawKey key{Seed{0x123456789abcdefULL}, stream_named("batch test"), 2021};

/// Runs `check` on every path, narrower ones again where the machine has no wider; restores the path.
template <class Check>
void on_every_path(Check check) {
  const VectorPath before = vector_path();
  for (const VectorPath path : {VectorPath::baseline, VectorPath::avx2, VectorPath::avx512}) {
    set_vector_path(path);
    INFO(name_of(vector_path()));
    check();
  }
  set_vector_path(before);
}

std::vector<std::vector<std::uint64_t>> kinds_of_ids() {
  std::vector<std::vector<std::uint64_t>> kinds(8);
  for (std::uint64_t i = 0; i < 5000; ++i) {
    kinds[0].push_back(i);                            // consecutive from a block's first
    kinds[1].push_back(i + 77);                       // from within a block
    kinds[2].push_back(i + i / 12);                   // a few gone
    kinds[3].push_back(2 * i + mix(i) % 2);           // half of them gone: two batches a window
    kinds[4].push_back(150 * i);                      // too far apart
    kinds[5].push_back(mix(i));                       // hashed
    kinds[6].push_back(i % 1000 < 900 ? i : mix(i));  // both
    kinds[7].push_back(~std::uint64_t{0} - i);        // descending from the largest
  }
  kinds.emplace_back(kinds[1].begin(), kinds[1].begin() + 1);  // one
  kinds.emplace_back();                                        // nobody
  return kinds;
}

}  // namespace

TEST_CASE("screening bytes drawn together are those drawn one by one") {
  on_every_path([] {
    for (const std::vector<std::uint64_t>& ids : kinds_of_ids()) {
      std::vector<std::uint8_t> expected;
      for (const std::uint64_t id : ids) expected.push_back(screen_byte(key, id));
      std::vector<std::uint8_t> bytes(ids.size());
      draw_screen_bytes(key, ids, bytes);
      CHECK(bytes == expected);
    }
  });
}

TEST_CASE("several streams drawn together are those drawn one by one") {
  const std::vector<DrawKey> keys{
      key, {Seed{2}, stream_named("another"), 2021}, {Seed{1}, stream_named("a third"), 2035}};
  on_every_path([&] {
    for (const std::vector<std::uint64_t>& ids : kinds_of_ids()) {
      std::vector<std::uint8_t> expected;
      for (const DrawKey& each : keys) {
        for (const std::uint64_t id : ids) expected.push_back(screen_byte(each, id));
      }
      std::vector<std::uint8_t> bytes(keys.size() * ids.size());
      draw_screen_bytes(keys, ids, bytes);
      CHECK(bytes == expected);
    }
  });
}

TEST_CASE("own words drawn together are those drawn one by one") {
  on_every_path([] {
    for (const std::vector<std::uint64_t>& ids : kinds_of_ids()) {
      std::vector<Words> expected;
      for (const std::uint64_t id : ids) expected.push_back(own_words(key, id));
      std::vector<Words> words(ids.size());
      draw_own_words(key, ids, words);
      CHECK(words == expected);
    }
  });
}

TEST_CASE("screening finds exactly the people whose byte passes their bound") {
  for (const std::size_t people : {0U, 1U, 63U, 64U, 65U, 5000U}) {
    for (const unsigned every_nth_wide : {1U, 3U, 1000U}) {
      std::vector<std::uint8_t> bytes(people);
      std::vector<std::uint8_t> cells(people);
      std::vector<std::uint8_t> row_bounds(people);
      ByteBounds bounds{};
      // Bounds from none to everyone, mostly small; 255 lets every byte pass.
      for (std::size_t c = 0; c < bounds.size(); ++c) {
        bounds[c] = static_cast<std::uint8_t>(c % every_nth_wide == 0 ? 255 - c / 2 : c % 5);
      }
      std::vector<std::uint32_t> expected;
      for (std::size_t i = 0; i < people; ++i) {
        bytes[i] = static_cast<std::uint8_t>(mix(i) % 7 == 0 ? 255 - mix(i + 1) % 3 : mix(i));
        cells[i] = static_cast<std::uint8_t>(mix(~i));
        row_bounds[i] = bounds[cells[i]];
        if (bytes[i] < row_bounds[i] || row_bounds[i] == 255) expected.push_back(static_cast<std::uint32_t>(i));
      }
      on_every_path([&] {
        std::vector<std::uint32_t> rows(people);
        rows.resize(screen_by_cell(bytes, cells, bounds, rows));
        CHECK(rows == expected);
        rows.assign(people, 0);
        rows.resize(screen_by_row(bytes, row_bounds, rows));
        CHECK(rows == expected);
      });
    }
  }
}

TEST_CASE("packed bounds are taken apart process by process") {
  std::vector<std::uint64_t> table(1000);
  for (std::size_t c = 0; c < table.size(); ++c) table[c] = c % 3 == 0 ? 0 : mix(c);
  for (const std::size_t people : {0U, 1U, 63U, 64U, 255U, 256U, 257U, 321U, 5000U}) {
    std::vector<std::uint32_t> keys(people);
    for (std::size_t i = 0; i < people; ++i) keys[i] = static_cast<std::uint32_t>(mix(i) % table.size());
    std::vector<std::uint8_t> expected(packed_processes * people);
    std::vector<std::uint64_t> expected_risk((people + risk_block - 1) / risk_block);
    for (std::size_t i = 0; i < people; ++i) {
      expected_risk[i / risk_block] |= table[keys[i]];
      for (std::size_t k = 0; k < packed_processes; ++k) {
        expected[k * people + i] = static_cast<std::uint8_t>(table[keys[i]] >> (8 * k));
      }
    }
    on_every_path([&] {
      std::vector<std::uint8_t> bounds(expected.size());
      std::vector<std::uint64_t> risk(expected_risk.size());
      look_up_bounds(table, keys, bounds, risk);
      CHECK(bounds == expected);
      CHECK(risk == expected_risk);
    });
  }
}

}  // namespace luohu
