#include "bench_workloads.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <concepts>
#include <fstream>
#include <memory>
#include <variant>

#include "experiment.hpp"
#include "luohu/core/hash.hpp"
#include "machine.hpp"
#include "progress.hpp"
#include "w1.hpp"
#include "w1_expectation.hpp"
#include "w1_plain.hpp"

namespace luohu {
namespace {

/// Returns what the last repeat left and makes the kernel (Linux) forget the largest size so far: each
/// repeat has a peak of its own.
void forget_peak_memory() {
  malloc_trim(0);
  std::ofstream{"/proc/self/clear_refs"} << "5";
}

/// Years of W1 on either program.
template <class Model>
std::vector<bench::W1Year> simulate(Model& model, int years, BenchRun& run) {
  std::vector<bench::W1Year> done;
  for (int year = 0; year < years; ++year) {
    const Clock::time_point began = Clock::now();
    done.push_back(model.advance());
    run.seconds += std::chrono::duration<double>(Clock::now() - began).count();
    run.person_years += done.back().at_risk;
  }
  return done;
}

/// What both programs of W1 know beside their people: parameters, and what they must give.
struct W1Task {
  std::size_t people = 0;
  int years = 0;
  std::uint64_t seed = 0;
  bench::W1Parameters parameters = bench::w1_parameters();
  bench::W1Expectation expected = bench::expect_w1(parameters, years);

  void judge(const std::vector<bench::W1Year>& done, std::size_t bytes, BenchRun& run) const {
    run.people = people;
    run.bytes_per_person = static_cast<double>(bytes) / static_cast<double>(people);
    run.worst_z = bench::compare(expected, done, people).worst_z();
    run.peak_bytes = peak_memory();
  }
};

BenchRun run_w1(const W1Task& task) {
  forget_peak_memory();
  BenchRun run;
  bench::W1 model{task.parameters, task.people, Seed{task.seed}};
  const std::vector<bench::W1Year> done = simulate(model, task.years, run);
  std::int64_t screened = 0, passed = 0;
  for (const bench::W1Year& year : done) screened += year.screened, passed += year.passed;
  run.passed_share = static_cast<double>(passed) / static_cast<double>(screened);
  run.digest = bench::digest(done) ^ bench::digest(model.people());
  task.judge(done, model.people().bytes(), run);
  return run;
}

BenchRun run_plain_w1(const W1Task& task) {
  forget_peak_memory();
  BenchRun run;
  bench::PlainW1 model{task.parameters, task.people, task.seed};
  const std::vector<bench::W1Year> done = simulate(model, task.years, run);
  run.digest = bench::digest(done);
  task.judge(done, model.bytes(), run);
  return run;
}

/// Of every whole number in the records; ratios follow from them.
std::uint64_t digest(const std::vector<YearRecord>& years) {
  std::uint64_t h = 0;
  const auto add = [&h]<class T>(const std::vector<T>& numbers) {
    if constexpr (std::integral<T>) {
      for (const T number : numbers) h = mix(h ^ static_cast<std::uint64_t>(number));
    }
  };
  for (const YearRecord& year : years) {
    for (const Values& values : year.values) std::visit(add, values);
  }
  return h;
}

BenchRun run_full(const LoadedExperiment& experiment, std::int64_t scale, std::uint64_t seed) {
  forget_peak_memory();
  BenchRun run;
  PhaseTimes phases;
  const Seed own = seed_of_replicate(Seed{seed}, 0);
  const Model model = experiment.model(0);
  phases.begin("synthesis");
  Population people = experiment.population(0, own, scale);
  run.people = people.size();
  const RunOptions options{own, scale, true, [&phases](std::string_view name) { phases.begin(name); }};
  const ReplicateResult result = run_replicate(model, options, std::move(people));
  phases.end();
  run.phases = phases.seconds();
  for (const auto& [name, seconds] : run.phases) run.seconds += name == "synthesis" ? 0 : seconds;
  run.person_years = result.person_years;
  run.bytes_per_person = static_cast<double>(Population::bytes_per_person());
  run.peak_bytes = peak_memory();
  run.digest = digest(result.years);
  return run;
}

}  // namespace

Workload w1_workload(std::size_t people, int years, std::uint64_t seed) {
  constexpr std::size_t row = 18;  // 12 bytes in columns, spare rows, lists of the newborn
  const auto task = std::make_shared<const W1Task>(W1Task{people, years, seed});
  return {"w1", "", "", years, people * row, [task] { return run_w1(*task); }};
}

Workload plain_w1_workload(std::size_t people, int years, std::uint64_t seed) {
  constexpr std::size_t row = 100;  // 32 bytes in a vector that doubles while the old one is still there
  const auto task = std::make_shared<const W1Task>(W1Task{people, years, seed});
  return {"w1-plain", "", "", years, people * row, [task] { return run_plain_w1(*task); }};
}

Workload full_workload(const std::string& scenario, std::int64_t scale, std::uint64_t seed) {
  const auto experiment = std::make_shared<const LoadedExperiment>(load_experiment({scenario}, {}, ""));
  const Scenario& of = experiment->scenarios.front();
  return {"full",
          of.id,
          fmt::format("1:{}", scale),
          of.last_year - of.first_year,
          memory_needed(*experiment, scale),
          [experiment, scale, seed] { return run_full(*experiment, scale, seed); }};
}

}  // namespace luohu
