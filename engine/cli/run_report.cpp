// What a run says of itself when it has ended.

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"
#include "luohu/core/text.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/projection/projection.hpp"
#include "machine.hpp"
#include "run_plan.hpp"

namespace luohu {
namespace {

std::string_view row_of(const RunPlan& plan) {
  return plan.about.expectation ? "state" : "agent";
}
std::size_t row_bytes(const RunPlan& plan) {
  return plan.about.expectation ? bytes_per_state : Population::bytes_per_person();
}

double loop_seconds(const PhaseTimes& phases) {
  double seconds = 0;
  for (const auto& [name, spent] : phases.seconds()) {
    if (name != "synthesis" && name != "writing" && name != "checkpoints") seconds += spent;
  }
  return seconds;
}

/// Agent-years a second; 0 if nothing was simulated.
double rate(const RunFigures& figures) {
  const double loop = loop_seconds(figures.phases);
  return loop > 0 ? static_cast<double>(figures.person_years) / loop : 0;
}

std::string iso_time() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::array<char, 32> text{};
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

/// What is in the file of that name; of no kind if it is not there or no JSON.
nlohmann::json read_sidecar(const std::filesystem::path& results) {
  std::ifstream file{sidecar_of(results)};
  return nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
}

}  // namespace

std::filesystem::path sidecar_of(std::filesystem::path results) {
  return results.replace_extension(".run.json");
}

std::optional<std::filesystem::path> tables_of_sidecar(const std::filesystem::path& results) {
  const nlohmann::json sidecar = read_sidecar(results);
  if (!sidecar.is_object() || !sidecar.contains("tables") || !sidecar["tables"].is_string()) return std::nullopt;
  return sidecar["tables"].get<std::string>();
}

void require_own_sidecar(const std::filesystem::path& results) {
  const std::filesystem::path path = sidecar_of(results);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return;
  const nlohmann::json sidecar = read_sidecar(results);
  if (sidecar.is_object() && sidecar.value("results", nlohmann::json{}) == results.filename().string()) return;
  throw Error{ExitCode::usage,
              fmt::format("{} exists and is not of {}; pass --force to replace it, or choose another -o", path.string(),
                          results.filename().string())};
}

void write_sidecar(const RunPlan& plan, const RunFigures& figures) {
  nlohmann::ordered_json phases;
  for (const auto& [name, seconds] : figures.phases.seconds()) phases[name] = seconds;
  const std::string row{row_of(plan)};
  const nlohmann::ordered_json sidecar{
      {"results", plan.output.filename().string()},
      {"finished", iso_time()},
      {"machine", processor()},
      {"threads", threads()},
      {"tables", std::filesystem::absolute(plan.inputs.folder()).lexically_normal().string()},
      {"screening", plan.screening},
      {"replicates_taken_over", figures.taken_over},
      {"checkpoints", figures.checkpoints},
      {"peak_memory_bytes", peak_memory()},
      {row + "s", figures.agents},
      {"bytes_per_" + row, row_bytes(plan)},
      {row + "_years", figures.person_years},
      {row + "_years_per_second", rate(figures)},
      {"seconds", phases}};
  try {
    write_file(sidecar_of(plan.output), sidecar.dump(2) + '\n');
  } catch (const Error& error) {
    throw Error{error.code(), fmt::format("{}; the results in {} are complete", error.what(), plan.output.string())};
  }
}

void closing_lines(const RunPlan& plan, const RunFigures& figures) {
  std::cerr << fmt::format(
      "{:.2f} M {}s, {:.1f} M {}-years in {:.2f} s ({:.1f} M/s on {} threads), synthesis {:.2f} s, writing {:.2f} s\n"
      "peak memory {:.0f} MiB, {} bytes {} {}\n{}\n",
      static_cast<double>(figures.agents) / 1e6, row_of(plan), static_cast<double>(figures.person_years) / 1e6,
      row_of(plan), loop_seconds(figures.phases), rate(figures) / 1e6, threads(), figures.phases.of("synthesis"),
      figures.phases.of("writing"), static_cast<double>(peak_memory()) / (1024.0 * 1024.0), row_bytes(plan),
      plan.about.expectation ? "a" : "an", row_of(plan), visible(plan.output.string()));
}

}  // namespace luohu
