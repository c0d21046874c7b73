// luohu bench: measure the fixed workloads, on lists of sizes and threads, and compare with an earlier run.

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <limits>

#include "bench_report.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/population/parallel.hpp"
#include "machine.hpp"

namespace luohu {
namespace {

constexpr std::int64_t most_people = 2'000'000'000;
constexpr std::int64_t most_years = 110;  // people of W1 keep their year of birth modulo 128

struct BenchSettings {
  std::vector<Workload> workloads;
  std::vector<int> threads;
  std::size_t repeats = 0;
  std::uint64_t seed = 0;
  bool json = false;
  std::string compare;  ///< path; empty for none
  double max_slowdown = 0;
};

/// "1,2,4" → those numbers; just `otherwise` if the option is absent.
std::vector<std::int64_t> integers(const ParsedOptions& parsed, std::string_view name, std::int64_t most,
                                   std::int64_t otherwise) {
  const std::optional<std::string> text = parsed.text(name);
  if (!text) return {otherwise};
  std::vector<std::int64_t> numbers;
  for (std::size_t begin = 0; begin <= text->size();) {
    const std::size_t end = std::min(text->find(',', begin), text->size());
    const std::optional<std::int64_t> number = parse_integer(std::string_view{*text}.substr(begin, end - begin));
    if (!number || *number < 1 || *number > most) {
      throw Error{ExitCode::usage, fmt::format("--{} is '{}' (must be whole numbers from 1 to {} with commas between)",
                                               name, *text, most)};
    }
    numbers.push_back(*number);
    begin = end + 1;
  }
  return numbers;
}

void refuse_options(const ParsedOptions& parsed, std::string_view workload, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (parsed.has(name))
      throw Error{ExitCode::usage, fmt::format("--{} is not an option of 'bench {}'", name, workload)};
  }
}

void add_w1(const ParsedOptions& parsed, BenchSettings& settings) {
  refuse_options(parsed, "w1", std::vector<std::string_view>{"scale"});
  if (parsed.words().size() > 1) {
    throw Error{ExitCode::usage, fmt::format("unexpected '{}': 'bench w1' has no scenario", parsed.words()[1])};
  }
  const bool plain = parsed.has("plain");
  if (plain && std::ranges::any_of(settings.threads, [](int threads) { return threads > 1; })) {
    throw Error{ExitCode::usage, "--plain measures a program of one thread; leave --threads out"};
  }
  const auto years = static_cast<int>(parsed.integer("years", 1, most_years).value_or(20));
  for (const std::int64_t people : integers(parsed, "people", most_people, 10'000'000)) {
    settings.workloads.push_back(
        (plain ? plain_w1_workload : w1_workload)(static_cast<std::size_t>(people), years, settings.seed));
  }
}

void add_full(const ParsedOptions& parsed, BenchSettings& settings) {
  refuse_options(parsed, "full", std::vector<std::string_view>{"people", "years", "plain"});
  if (parsed.words().size() < 2) {
    throw Error{ExitCode::usage, "'bench full' needs a scenario, such as scenarios/hunan/baseline.toml"};
  }
  settings.workloads.push_back(full_workload(parsed.words()[1], parsed.scale("scale").value_or(10), settings.seed));
}

std::optional<BenchSettings> parse(Arguments arguments) {
  Options options{"luohu bench w1|full [SCENARIO] [options]",
                  "Measure a fixed workload: w1, the reference, or full, the model with a scenario."};
  options.value("people", "N[,N...]", "w1: people at the start (default 10000000)")
      .value("years", "N", "w1: years (default 20)")
      .flag("plain", "w1: the plain C++ program it is compared with")
      .value("scale", "1:N", "full: persons an agent stands for (default 1:10)")
      .value("threads", "N[,N...]", "threads (default 1)")
      .value("repeat", "N", "repeats, of which the median counts (default 5)")
      .value("seed", "N", "seed (default 1)")
      .value("format", "text|json", "how to print (default text)")
      .value("compare", "FILE", "JSON of an earlier run to give speed ratios to")
      .value("max-slowdown", "RATIO", "with --compare: exit code 5 above it")
      .words("workload", 1, 2);
  const std::optional<ParsedOptions> parsed = options.parse(arguments);
  if (!parsed) return std::nullopt;

  constexpr std::string_view formats[] = {"text", "json"};
  constexpr std::string_view workloads[] = {"w1", "full"};
  BenchSettings settings;
  for (const std::int64_t count : integers(*parsed, "threads", 4096, 1))
    settings.threads.push_back(static_cast<int>(count));
  settings.repeats = static_cast<std::size_t>(parsed->integer("repeat", 1, 10'000).value_or(5));
  settings.seed = parsed->unsigned_integer("seed").value_or(1);
  settings.json = parsed->choice("format", formats) == "json";
  settings.compare = parsed->text("compare").value_or("");
  settings.max_slowdown = parsed->number("max-slowdown", 0, 1e6).value_or(std::numeric_limits<double>::infinity());
  if (parsed->has("max-slowdown") && settings.compare.empty()) {
    throw Error{ExitCode::usage, "--max-slowdown has nothing to compare with; add --compare FILE"};
  }
  const std::string& workload = parsed->words().front();
  if (workload == "w1") {
    add_w1(*parsed, settings);
  } else if (workload == "full") {
    add_full(*parsed, settings);
  } else {
    throw Error{ExitCode::usage, fmt::format("unknown workload '{}'{}", workload, suggestion(workload, workloads))};
  }
  return settings;
}

void require_memory_of(const Workload& workload) {
  const std::optional<std::size_t> available = available_memory();
  if (!available || workload.memory <= *available) return;
  throw Error{ExitCode::environment,
              fmt::format("this workload needs about {} MiB of memory, and this machine has {} MiB available; {}",
                          workload.memory >> 20U, *available >> 20U,
                          workload.scenario.empty() ? "use fewer --people" : "use a coarser --scale")};
}

/// The machine drifts: sizes and threads take turns, so that each meets the same neighbours.
std::vector<BenchResult> measure(const BenchSettings& settings) {
  std::vector<BenchResult> results;
  for (const Workload& workload : settings.workloads) {
    require_memory_of(workload);
    for (const int count : settings.threads) results.push_back({&workload, count, {}});
  }
  const int before = threads();
  for (std::size_t repeat = 0; repeat < settings.repeats; ++repeat) {
    for (BenchResult& result : results) {
      set_threads(result.threads);
      const BenchRun& run = result.runs.emplace_back(result.workload->run());
      std::cerr << fmt::format("{} {} people, {} threads, {} of {}: {:.1f} M person-years/s\n", result.workload->name,
                               run.people, result.threads, repeat + 1, settings.repeats, run.speed() / 1e6);
    }
  }
  set_threads(before);
  return results;
}

/// A speed of a wrong result is worth nothing.
void require_equal_digests(const std::vector<BenchResult>& results) {
  for (const BenchResult& result : results) {
    for (const BenchResult& other : results) {
      if (other.workload != result.workload) continue;
      for (const BenchRun& run : other.runs) {
        if (run.digest == result.runs.front().digest) continue;
        throw InternalError{fmt::format("{}: results differ between repeats or between {} and {} threads",
                                        result.workload->name, result.threads, other.threads)};
      }
    }
  }
}

/// The exit code of a comparison, with its reasons on stderr.
ExitCode judge(const BenchSettings& settings, const nlohmann::ordered_json& comparison) {
  if (comparison.empty()) {
    throw Error{ExitCode::usage,
                fmt::format("--compare {}: has none of these workloads, people and threads", settings.compare)};
  }
  ExitCode code = ExitCode::done;
  for (const auto& entry : comparison) {
    const double slowdown = 1 / entry["ratio"].get<double>();
    if (slowdown <= settings.max_slowdown) continue;
    std::cerr << fmt::format("luohu: {} with {} people on {} threads takes {:.2f} times as long as in {}, {} at most\n",
                             entry["workload"].get<std::string>(), entry["people"].get<std::size_t>(),
                             entry["threads"].get<int>(), slowdown, settings.compare, settings.max_slowdown);
    code = ExitCode::threshold;
  }
  return code;
}

}  // namespace

int run_bench(Arguments arguments) {
  const std::optional<BenchSettings> settings = parse(arguments);
  if (!settings) return static_cast<int>(ExitCode::done);
  const bool compares = !settings->compare.empty();
  // Read before hours of measuring, not after.
  const nlohmann::ordered_json old = compares ? read_bench_json(settings->compare) : nlohmann::ordered_json{};
  const std::vector<BenchResult> results = measure(*settings);
  require_equal_digests(results);
  nlohmann::ordered_json report = bench_json(results, settings->seed);
  if (compares) report["comparison"] = bench_comparison(old, report);
  std::cout << (settings->json ? report.dump(2) + '\n' : bench_text(report));
  return static_cast<int>(compares ? judge(*settings, report["comparison"]) : ExitCode::done);
}

}  // namespace luohu
