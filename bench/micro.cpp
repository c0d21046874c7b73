// Micro-benchmarks of the library's parts; README.md says which question each answers. Run with
// --benchmark_repetitions=5 --benchmark_report_aggregates_only=true and read the medians.

#include <benchmark/benchmark.h>

#include <numeric>

#include "luohu/core/hash.hpp"
#include "luohu/core/vector_path.hpp"
#include "luohu/population/screening.hpp"
#include "luohu/random/batch.hpp"
#include "luohu/rates/choice.hpp"
#include "luohu/scenario/scenario.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu::bench {
namespace {

constexpr DrawKey key{Seed{1}, stream_named("micro"), 2021};
constexpr std::size_t people = chunk_rows;

/// Ids as a population has them: consecutive, with every twelfth gone, or hashed.
enum Ids : std::int64_t { consecutive, gappy, hashed };
std::vector<std::uint64_t> ids_of(std::int64_t kind) {
  std::vector<std::uint64_t> ids(people);
  for (std::size_t i = 0; i < people; ++i) ids[i] = kind == consecutive ? i : kind == gappy ? i + i / 12 : mix(i);
  return ids;
}

void per_person(benchmark::State& state, std::size_t count) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
  state.SetLabel(std::string{name_of(vector_path())});
}

void own_words_one_by_one(benchmark::State& state) {
  const std::vector<std::uint64_t> ids = ids_of(hashed);
  for (auto _ : state) {
    for (const std::uint64_t id : ids) benchmark::DoNotOptimize(own_words(key, id));
  }
  per_person(state, people);
}
BENCHMARK(own_words_one_by_one);

void own_words_in_batches(benchmark::State& state) {
  const std::vector<std::uint64_t> ids = ids_of(hashed);
  std::vector<Words> words(people);
  for (auto _ : state) {
    draw_own_words(key, ids, words);
    benchmark::ClobberMemory();
  }
  per_person(state, people);
}
BENCHMARK(own_words_in_batches);

void screen_bytes_in_batches(benchmark::State& state) {
  const std::vector<std::uint64_t> ids = ids_of(state.range(0));
  std::vector<std::uint8_t> bytes(people);
  for (auto _ : state) {
    draw_screen_bytes(key, ids, bytes);
    benchmark::ClobberMemory();
  }
  per_person(state, people);
}
BENCHMARK(screen_bytes_in_batches)->ArgName("ids")->Arg(consecutive)->Arg(gappy)->Arg(hashed);

/// Per person and stream.
void screen_bytes_of_eight_streams(benchmark::State& state) {
  const std::vector<std::uint64_t> ids = ids_of(state.range(0));
  const std::vector<DrawKey> keys(8, key);
  std::vector<std::uint8_t> bytes(keys.size() * people);
  for (auto _ : state) {
    draw_screen_bytes(keys, ids, bytes);
    benchmark::ClobberMemory();
  }
  per_person(state, bytes.size());
}
BENCHMARK(screen_bytes_of_eight_streams)->ArgName("ids")->Arg(consecutive)->Arg(gappy)->Arg(hashed);

void screen_by_cell(benchmark::State& state) {
  std::vector<std::uint8_t> bytes(people);
  std::vector<std::uint8_t> cells(people);
  for (std::size_t i = 0; i < people; ++i) {
    bytes[i] = static_cast<std::uint8_t>(mix(i));
    cells[i] = static_cast<std::uint8_t>(mix(~i));
  }
  ByteBounds bounds;
  bounds.fill(static_cast<std::uint8_t>(state.range(0)));
  std::vector<std::uint32_t> rows(people);
  for (auto _ : state) benchmark::DoNotOptimize(luohu::screen_by_cell(bytes, cells, bounds, rows));
  per_person(state, people);
}
BENCHMARK(screen_by_cell)->ArgName("bound_256ths")->Arg(0)->Arg(5)->Arg(18)->Arg(64);

/// Hunan as it is, one agent for a hundred persons.
struct Hunan {
  Scenario scenario = read_scenario(LUOHU_SOURCE_DIR "/scenarios/hunan/baseline.toml");
  Tables tables = read_tables(scenario.tables);
  std::vector<std::uint16_t> groups = std::vector<std::uint16_t>(tables.places.size());
  Grid<double, 2> wedge{{tables.places.prefectures(), education_levels}};
  Population people;
  Grid<std::int64_t, 2> stock;

  Hunan() {
    std::iota(groups.begin(), groups.end(), std::uint16_t{0});
    make();
    stock = take_stock(people, tables.places, scenario.first_year).by_origin;
  }
  void make() {
    const SynthesisInputs inputs{
        tables.places, tables.census, scenario.parameters, groups, scenario.first_year, Seed{1}, 100};
    people = synthesise(inputs, plan_population(inputs), 1024);
  }
  [[nodiscard]] ChoiceTables choice() const {
    return ChoiceTables{{tables.places, tables.economy, scenario.parameters, wedge, stock}};
  }
};

void choice_tables(benchmark::State& state) {
  const Hunan hunan;
  for (auto _ : state) benchmark::DoNotOptimize(hunan.choice());
  state.SetLabel(std::to_string(hunan.tables.places.zones()) + " zones");
}
BENCHMARK(choice_tables)->Unit(benchmark::kMillisecond);

void destination_draw(benchmark::State& state) {
  const Hunan hunan;
  const ChoiceTables choice = hunan.choice();
  std::uint64_t i = 0;
  for (auto _ : state) {
    const std::uint64_t random = mix(++i);
    benchmark::DoNotOptimize(choice.destination((random >> 32U) % choice.cells(), static_cast<std::uint32_t>(random)));
  }
  per_person(state, 1);
}
BENCHMARK(destination_draw);

void stock_tabulation(benchmark::State& state) {
  const Hunan hunan;
  set_threads(1);
  for (auto _ : state)
    benchmark::DoNotOptimize(take_stock(hunan.people, hunan.tables.places, hunan.scenario.first_year));
  per_person(state, hunan.people.size());
}
BENCHMARK(stock_tabulation)->Unit(benchmark::kMillisecond);

void compaction(benchmark::State& state) {
  Hunan hunan;
  set_threads(1);
  std::size_t rows = 0;
  for (auto _ : state) {
    state.PauseTiming();
    hunan.make();
    rows = hunan.people.size();
    for (std::size_t row = 0; row < rows; row += 24) hunan.people.home[row] = ZoneId{};
    state.ResumeTiming();
    benchmark::DoNotOptimize(compact(hunan.people));
  }
  per_person(state, rows);
}
BENCHMARK(compaction)->Unit(benchmark::kMillisecond)->Iterations(20);

}  // namespace
}  // namespace luohu::bench

BENCHMARK_MAIN();
