// bench_full SCENARIO [--scale N] [--threads K] [--repeat R] [--seed S] [--screening-off]
// The full model: synthesis of the base year's population and every year of the scenario, as JSON.

#include <chrono>
#include <iostream>
#include <optional>
#include <variant>

#include "luohu/core/hash.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/scenario/scenario.hpp"
#include "luohu/schedule/run.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "report.hpp"

namespace luohu::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

/// Seconds by phase, in order of first appearance.
class Phases {
 public:
  void begin(const std::string& name) {
    end();
    current_ = name;
    began_ = Clock::now();
  }
  void end() {
    if (!current_.empty()) seconds_[current_] = seconds_.value(current_, 0.0) + seconds_since(began_);
    current_.clear();
  }
  [[nodiscard]] const Json& seconds() const { return seconds_; }
  [[nodiscard]] double total() const {
    double sum = 0;
    for (const auto& phase : seconds_) sum += phase.get<double>();
    return sum;
  }

 private:
  Json seconds_ = Json::object();
  std::string current_;
  Clock::time_point began_;
};

/// Of every integer in the records; ratios follow from them.
std::uint64_t digest(const std::vector<YearRecord>& years) {
  std::uint64_t h = 0;
  for (const YearRecord& year : years) {
    for (const Values& values : year.values) {
      std::visit(
          [&h]<class T>(const std::vector<T>& numbers) {
            if constexpr (std::integral<T>) {
              for (const T number : numbers) h = mix(h ^ static_cast<std::uint64_t>(number));
            }
          },
          values);
    }
  }
  return h;
}

struct Run {
  ReplicateResult result;
  double synthesis = 0;
  Phases phases;
};

Run run(const Scenario& scenario, const Tables& tables, Seed seed, std::int64_t scale, bool screening) {
  const std::vector<std::uint16_t> groups = number_groups(tables.places, scenario.groups);
  const Model model{tables.places,   tables.census,       tables.vital,      tables.economy,
                    tables.boundary, tables.settings,     scenario.measures, scenario.parameters,
                    groups,          scenario.first_year, scenario.last_year};
  Run run;
  const Clock::time_point began = Clock::now();
  const SynthesisInputs inputs{tables.places, tables.census, scenario.parameters, groups, scenario.first_year,
                               seed,          scale};
  const PopulationPlan plan = plan_population(inputs);
  Population people = synthesise(inputs, plan, plan.agents() / 16 + 1024);
  run.synthesis = seconds_since(began);
  const RunOptions options{seed, scale, screening, [&](std::string_view name) { run.phases.begin(std::string{name}); }};
  run.result = run_replicate(model, options, std::move(people));
  run.phases.end();
  return run;
}

int main_of(const CommandLine& command) {
  if (command.words().empty()) throw std::runtime_error{"name a scenario file"};
  const Scenario scenario = read_scenario(command.words().front());
  const Tables tables = read_tables(scenario.tables);
  const std::int64_t scale = command.number("--scale", 100);
  const Seed seed{static_cast<std::uint64_t>(command.number("--seed", 1))};
  set_threads(static_cast<int>(command.number("--threads", 1)));

  std::optional<Run> last;
  std::vector<double> speeds;
  std::vector<double> synthesis;
  for (long repeat = command.number("--repeat", 3); repeat > 0; --repeat) {
    last.reset();  // one population at a time
    last = run(scenario, tables, seed_of_replicate(seed, 0), scale, !command.has("--screening-off"));
    speeds.push_back(static_cast<double>(last->result.person_years) / last->phases.total());
    synthesis.push_back(last->synthesis);
  }
  const Spread speed = spread(speeds);
  const Json result{{"workload", scenario.id},
                    {"people", last->result.peak_agents},
                    {"years", scenario.last_year - scenario.first_year},
                    {"scale", scale},
                    {"threads", threads()},
                    {"repeats", speeds.size()},
                    {"person_years_per_second", speed.median},
                    {"min", speed.min},
                    {"max", speed.max},
                    {"person_years", last->result.person_years},
                    {"seconds", last->phases.seconds()},  // of the last repeat
                    {"synthesis_seconds", spread(synthesis).median},
                    {"bytes_per_person", Population::bytes_per_person()},
                    {"peak_bytes", peak_bytes()},
                    {"digest", hexadecimal(digest(last->result.years))},
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
    std::cerr << "bench_full: " << error.what() << '\n';
    return 1;
  }
}
