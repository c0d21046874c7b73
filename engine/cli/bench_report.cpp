#include "bench_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "build_info.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/core/vector_path.hpp"
#include "machine.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

template <class Of>
std::vector<double> each(const std::vector<BenchRun>& runs, Of of) {
  std::vector<double> values;
  std::ranges::transform(runs, std::back_inserter(values), of);
  return values;
}

/// Of repeats that simulate the same, every phase has the same place in the list.
Json median_phases(const std::vector<BenchRun>& runs) {
  Json seconds = Json::object();
  for (std::size_t i = 0; i < runs.front().phases.size(); ++i) {
    seconds[runs.front().phases[i].first] = median(each(runs, [i](const BenchRun& r) { return r.phases[i].second; }));
  }
  return seconds;
}

Json as_json(const BenchResult& result) {
  const Workload& workload = *result.workload;
  const BenchRun& first = result.runs.front();
  const std::vector<double> speeds = each(result.runs, [](const BenchRun& r) { return r.speed(); });
  const auto [min, max] = std::ranges::minmax(speeds);
  Json json{{"workload", workload.name}};
  if (!workload.scenario.empty()) json["scenario"] = workload.scenario, json["scale"] = workload.scale;
  json["people"] = first.people;
  json["years"] = workload.years;
  json["threads"] = result.threads;
  json["repeats"] = result.runs.size();
  json["person_years"] = first.person_years;
  json["person_years_per_second"] = median(speeds);
  json["min"] = min;
  json["max"] = max;
  json["bytes_per_person"] = first.bytes_per_person;
  json["peak_bytes"] = std::ranges::max(result.runs, {}, &BenchRun::peak_bytes).peak_bytes;
  json["digest"] = fmt::format("{:016x}", first.digest);
  if (first.passed_share) json["passed_share"] = *first.passed_share;
  if (first.worst_z) json["worst_z"] = *first.worst_z;
  if (!first.phases.empty()) json["seconds"] = median_phases(result.runs);
  return json;
}

bool same_workload(const Json& a, const Json& b) {
  return std::ranges::all_of(std::vector{"workload", "scenario", "people", "threads"},
                             [&](const char* key) { return a.value(key, Json{}) == b.value(key, Json{}); });
}

/// Rows below one another, words left and figures right; the first row is the heading.
std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t words) {
  std::vector<std::size_t> width(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], display_width(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += "  ";
      const std::string space(width[i] - display_width(row[i]), ' ');
      line += i < words ? row[i] + space : space + row[i];
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return text;
}

std::string name_of(const Json& result) {
  std::string name = result.at("workload").get<std::string>();
  if (result.contains("scenario")) name += ' ' + result["scenario"].get<std::string>();
  if (result.contains("scale")) name += ' ' + result["scale"].get<std::string>();
  return name;
}

std::string millions(const Json& speed) {
  return fmt::format("{:.1f}", speed.get<double>() / 1e6);
}

std::string speeds_text(const Json& results) {
  std::vector<std::vector<std::string>> rows{
      {"workload", "people", "years", "threads", "M/s", "min", "max", "bytes", "peak MiB", "looked at", "digest"}};
  for (const Json& r : results) {
    rows.push_back({name_of(r), fmt::format("{}", r["people"].get<std::size_t>()),
                    fmt::format("{}", r["years"].get<int>()), fmt::format("{}", r["threads"].get<int>()),
                    millions(r["person_years_per_second"]), millions(r["min"]), millions(r["max"]),
                    fmt::format("{:.1f}", r["bytes_per_person"].get<double>()),
                    fmt::format("{:.0f}", r["peak_bytes"].get<double>() / (1024 * 1024)),
                    r.contains("passed_share") ? fmt::format("{:.1f} %", 100 * r["passed_share"].get<double>()) : "-",
                    r["digest"].get<std::string>()});
  }
  return aligned(rows, 1);
}

/// Seconds by phase, one column a result; nothing for workloads without phases.
std::string phases_text(const Json& results) {
  std::vector<std::vector<std::string>> rows{{"seconds"}};
  for (const Json& r : results) {
    if (!r.contains("seconds")) continue;
    const auto threads = r["threads"].get<int>();
    rows.front().push_back(threads == 1 ? "1 thread" : fmt::format("{} threads", threads));
    std::size_t row = 1;
    for (const auto& [phase, seconds] : r["seconds"].items()) {
      if (row == rows.size()) rows.push_back({phase});
      rows[row++].push_back(fmt::format("{:.4f}", seconds.get<double>()));
    }
  }
  return rows.size() == 1 ? "" : '\n' + aligned(rows, 1);
}

std::string comparison_text(const Json& comparison) {
  std::vector<std::vector<std::string>> rows{
      {"compared", "results", "people", "threads", "before M/s", "M/s", "ratio"}};
  for (const Json& c : comparison) {
    rows.push_back({name_of(c), c["same_digest"].get<bool>() ? "same" : "differ",
                    fmt::format("{}", c["people"].get<std::size_t>()), fmt::format("{}", c["threads"].get<int>()),
                    millions(c["before"]), millions(c["now"]), fmt::format("{:.3f}", c["ratio"].get<double>())});
  }
  return '\n' + aligned(rows, 2);
}

}  // namespace

Json bench_json(const std::vector<BenchResult>& results, std::uint64_t seed) {
  Json list = Json::array();
  for (const BenchResult& result : results) list.push_back(as_json(result));
  return {{"machine", processor()},
          {"vectors", name_of(vector_path())},
          {"build", build_description},
          {"commit", commit},
          {"seed", seed},
          {"results", list}};
}

Json read_bench_json(const std::string& path) {
  const std::string text = required_file(path);
  try {
    Json old = Json::parse(text);
    for (const Json& result : old.at("results")) {
      std::ignore = name_of(result);
      std::ignore = result.at("people").get<std::size_t>() + result.at("threads").get<std::size_t>();
      std::ignore = result.at("digest").get<std::string>();
      if (!(result.at("person_years_per_second").get<double>() > 0)) throw Error{ExitCode::usage, "a speed of zero"};
    }
    return old;
  } catch (const std::exception& error) {
    throw Error{ExitCode::usage,
                fmt::format("--compare {}: not what 'luohu bench --format json' prints ({})", path, error.what())};
  }
}

Json bench_comparison(const Json& old, const Json& now) {
  Json list = Json::array();
  for (const Json& result : now.at("results")) {
    const auto same = [&result](const Json& other) { return same_workload(result, other); };
    const auto found = std::ranges::find_if(old.at("results"), same);
    if (found == old.at("results").end()) continue;
    Json entry{{"workload", result["workload"]}};
    if (result.contains("scenario")) entry["scenario"] = result["scenario"];
    entry["people"] = result["people"];
    entry["threads"] = result["threads"];
    entry["before"] = found->at("person_years_per_second");
    entry["now"] = result["person_years_per_second"];
    entry["ratio"] = entry["now"].get<double>() / entry["before"].get<double>();
    entry["same_digest"] = found->at("digest") == result["digest"];
    list.push_back(entry);
  }
  return list;
}

std::string bench_text(const Json& report) {
  std::string text = fmt::format("{}, {}; commit {}; {}\nmedian, least and greatest million person-years a second\n\n",
                                 report["machine"].get<std::string>(), report["vectors"].get<std::string>(),
                                 report["commit"].get<std::string>(), report["build"].get<std::string>());
  text += speeds_text(report["results"]) + phases_text(report["results"]);
  if (report.contains("comparison")) text += comparison_text(report["comparison"]);
  return text;
}

}  // namespace luohu
