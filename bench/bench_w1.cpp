// bench_w1 [--people N] [--years T] [--threads K] [--repeat R] [--seed S] [--plain]
// Person-years per second of the reference workload W1, as JSON. The start population is made before
// the clock starts; tables and compaction are in the measured loop.

#include <chrono>
#include <iostream>
#include <optional>

#include "luohu/core/vector_path.hpp"
#include "report.hpp"
#include "w1.hpp"
#include "w1_expectation.hpp"
#include "w1_plain.hpp"

namespace luohu::bench {
namespace {

struct Run {
  std::vector<W1Year> years;
  double seconds = 0;
  std::size_t bytes = 0;  ///< the people's columns, at the end
  std::uint64_t digest = 0;
};

template <class Model>
void simulate(Model& model, int years, Run& run) {
  using Clock = std::chrono::steady_clock;
  for (int year = 0; year < years; ++year) {
    const Clock::time_point began = Clock::now();
    run.years.push_back(model.advance());
    run.seconds += std::chrono::duration<double>(Clock::now() - began).count();
  }
}

Run run_w1(const W1Parameters& parameters, std::size_t people, int years, std::uint64_t seed) {
  Run run;
  W1 model{parameters, people, Seed{seed}};
  simulate(model, years, run);
  run.bytes = model.people().bytes();
  run.digest = digest(run.years) ^ digest(model.people());
  return run;
}

Run run_plain(const W1Parameters& parameters, std::size_t people, int years, std::uint64_t seed) {
  Run run;
  PlainW1 model{parameters, people, seed};
  simulate(model, years, run);
  run.bytes = model.bytes();
  run.digest = digest(run.years);
  return run;
}

Json agreement_of(const W1Agreement& a) {
  return {{"worst_z", a.worst_z()},     {"z_people", a.z_people}, {"z_deaths", a.z_deaths},
          {"z_births", a.z_births},     {"z_moves", a.z_moves},   {"z_elsewhere", a.z_elsewhere},
          {"chi2_moves", a.chi2_moves}, {"df_moves", a.df_moves}, {"chi2_people", a.chi2_people},
          {"df_people", a.df_people}};
}

int main_of(const CommandLine& command) {
  const W1Parameters parameters =
      read_w1_parameters(command.text("--parameters", LUOHU_SOURCE_DIR "/bench/w1_params.txt"));
  const auto people = static_cast<std::size_t>(command.number("--people", 10'000'000));
  const int years = static_cast<int>(command.number("--years", parameters.years));
  const auto seed = static_cast<std::uint64_t>(command.number("--seed", 1));
  const bool plain = command.has("--plain");
  set_threads(plain ? 1 : static_cast<int>(command.number("--threads", 1)));

  std::optional<Run> last;
  std::vector<double> speeds;
  for (long repeat = command.number("--repeat", 3); repeat > 0; --repeat) {
    last.reset();  // one population at a time
    last = plain ? run_plain(parameters, people, years, seed) : run_w1(parameters, people, years, seed);
    std::int64_t person_years = 0;
    for (const W1Year& year : last->years) person_years += year.at_risk;
    speeds.push_back(static_cast<double>(person_years) / last->seconds);
  }
  std::int64_t screened = 0;
  std::int64_t passed = 0;
  for (const W1Year& year : last->years) screened += year.screened, passed += year.passed;
  const Spread speed = spread(speeds);
  const Json result{{"workload", plain ? "W1 plain C++" : "W1"},
                    {"people", people},
                    {"years", years},
                    {"threads", threads()},
                    {"repeats", speeds.size()},
                    {"person_years_per_second", speed.median},
                    {"min", speed.min},
                    {"max", speed.max},
                    {"bytes_per_person", static_cast<double>(last->bytes) / static_cast<double>(people)},
                    {"peak_bytes", peak_bytes()},
                    {"digest", hexadecimal(last->digest)},
                    {"passed_share", screened > 0 ? static_cast<double>(passed) / static_cast<double>(screened) : 1.0},
                    {"vectors", name_of(vector_path())},
                    {"agreement", agreement_of(compare(expect_w1(parameters, years), last->years, people))},
                    {"machine", machine()},
                    {"compiler", compiler()},
                    {"commit", commit()}};
  std::cout << Json{{"results", Json::array({result})}}.dump(2) << '\n';
  return 0;
}

}  // namespace
}  // namespace luohu::bench

int main(int count, char** words) {
  try {
    return luohu::bench::main_of({count, words});
  } catch (const std::exception& error) {
    std::cerr << "bench_w1: " << error.what() << '\n';
    return 1;
  }
}
