#pragma once
// What `luohu bench` prints: the measurements as JSON, as tables, and beside those of an earlier run.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench_workloads.hpp"

namespace luohu {

/// A workload on a number of threads, and its repeats.
struct BenchResult {
  const Workload* workload = nullptr;
  int threads = 1;
  std::vector<BenchRun> runs;
};

/// Machine, build, commit, vector path, seed and `results`, in the order given.
[[nodiscard]] nlohmann::ordered_json bench_json(const std::vector<BenchResult>& results, std::uint64_t seed);

/// An earlier run's JSON. Throws Error{environment} if the file cannot be read, Error{usage} if it is
/// something else.
[[nodiscard]] nlohmann::ordered_json read_bench_json(const std::string& path);

/// For every result of `now` that `old` has too (workload, scenario, people, threads): both speeds, their
/// ratio (above 1: faster now), and whether the results of the workload are the same.
[[nodiscard]] nlohmann::ordered_json bench_comparison(const nlohmann::ordered_json& old,
                                                      const nlohmann::ordered_json& now);

/// `bench_json`, with `comparison` if there is one, as aligned tables.
[[nodiscard]] std::string bench_text(const nlohmann::ordered_json& report);

}  // namespace luohu
