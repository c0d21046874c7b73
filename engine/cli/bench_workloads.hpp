#pragma once
// The fixed workloads that `luohu bench` measures.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace luohu {

/// What one repeat of a workload gave.
struct BenchRun {
  std::size_t people = 0;              ///< at the start
  std::int64_t person_years = 0;       ///< people alive at the start of each year, summed
  double seconds = 0;                  ///< of the yearly loop; the start population is made before it
  double bytes_per_person = 0;         ///< of the population's columns
  std::size_t peak_bytes = 0;          ///< of the process during this repeat
  std::uint64_t digest = 0;            ///< of all results; the same for any threads and vector instructions
  std::optional<double> passed_share;  ///< of those whose byte was drawn, who had to be looked at
  std::optional<double> worst_z;       ///< distance to the exact expectation, in standard errors
  std::vector<std::pair<std::string, double>> phases;  ///< seconds, synthesis among them

  [[nodiscard]] double speed() const { return static_cast<double>(person_years) / seconds; }
};

struct Workload {
  std::string name;      ///< "w1", "w1-plain" or "full"
  std::string scenario;  ///< id; of the full model only
  std::string scale;     ///< "1:10"; of the full model only
  int years = 0;
  std::size_t memory = 0;  ///< bytes that a repeat needs, about
  std::function<BenchRun()> run;
};

/// W1 (bench/README.md) on the library's building blocks.
[[nodiscard]] Workload w1_workload(std::size_t people, int years, std::uint64_t seed);
/// W1 as a good programmer writes it first; it has one thread.
[[nodiscard]] Workload plain_w1_workload(std::size_t people, int years, std::uint64_t seed);
/// The whole model: replicate 0 of a scenario.
[[nodiscard]] Workload full_workload(const std::string& scenario, std::int64_t scale, std::uint64_t seed);

}  // namespace luohu
