#pragma once
// A small experiment whose every value follows from its position, so that any reader can recompute it.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "luohu/results/writer.hpp"

namespace luohu::sample {

/// Axes and variables of every kind: places with codes and names, ids with and without names, two
/// axes over the same places, no axis at all.
inline Layout layout() {
  const std::vector<std::int32_t> codes{430100, 430200, 431300};
  const std::vector<std::string> english{"Changsha", "Zhuzhou", "Loudi"};
  const std::vector<std::string> chinese{"长沙市", "株洲市", "娄底市"};
  Layout made;
  made.axes.push_back({"place", "prefecture", "地级行政区", codes, {}, english, chinese});
  made.axes.push_back({"zone", "zone", "城乡", {}, {"urban", "rural"}, {}, {"城镇", "乡村"}});
  made.axes.push_back({"sex", "sex", "性别", {}, {"female", "male"}, {}, {}});
  made.axes.push_back({"origin", "place left", "迁出地", codes, {}, english, chinese});
  made.axes.push_back({"destination", "place reached", "迁入地", codes, {}, english, chinese});
  made.variables.push_back(
      {"population", "residents", "常住人口", "person", "year: point", Kind::count, {"place", "zone", "sex"}});
  made.variables.push_back(
      {"flow", "moves", "迁移流", "person year-1", "year: sum", Kind::count, {"origin", "destination"}});
  made.variables.push_back({"rent", "mean rent", "平均租金", "yuan m-2", "year: point", Kind::ratio, {"place"}});
  made.variables.push_back({"person_digest", "digest of all persons", "人员摘要", "1", "", Kind::digest, {}});
  return made;
}

inline Experiment experiment() {
  Experiment made;
  made.title = "sample experiment";
  made.version = "luohu 0.0.0";
  made.build = "compiler and flags";
  made.baseline = "baseline";
  made.scenarios = {{"baseline", "基准", "Baseline", "id = \"baseline\"\n"},
                    {"open", "取消落户限制", "Open registration", "id = \"open\"\n# 说明\n"}};
  made.provenance = {{"baseline", "mortality_scale", 1.5, "1", "literature", "default", "a book, p. 3"},
                     {"open", "residence_years", 0, "year", "text", "open.toml:3", ""}};
  made.inputs = {{"places.csv", std::string(64, 'a'), "# title: places\n# 单位：人\n"}};
  made.first_year = 2020;
  made.last_year = 2022;
  made.replicates = 2;
  made.seed = 18446744073709551557ULL;
  made.scale = 100;
  made.layout = layout();
  return made;
}

/// Row `row` of variable `variable`: recomputed in the same words by tests/readers.
inline std::int64_t value(std::size_t scenario, std::size_t replicate, std::size_t year, std::size_t variable,
                          std::size_t row) {
  return static_cast<std::int64_t>(10000 * scenario + 1000 * replicate + 100 * year + 20 * variable + row);
}

/// Too large for a double: a reader that goes through one gets it wrong.
inline std::uint64_t digest(std::size_t scenario, std::size_t replicate, std::size_t year) {
  return 18000000000000000000ULL + static_cast<std::uint64_t>(100 * scenario + 10 * replicate + year);
}

inline Values values(const Experiment& of, std::size_t variable, std::size_t scenario, std::size_t replicate,
                     std::size_t year) {
  const Variable& shape = of.layout.variables[variable];
  const std::size_t size = of.layout.size(shape);
  if (shape.kind == Kind::digest) return std::vector<std::uint64_t>(size, digest(scenario, replicate, year));
  std::vector<std::int64_t> counts;
  for (std::size_t row = 0; row < size; ++row) counts.push_back(value(scenario, replicate, year, variable, row));
  if (shape.kind == Kind::count) return counts;
  std::vector<double> ratios;
  for (const std::int64_t count : counts) ratios.push_back(static_cast<double>(count) + 0.5);
  return ratios;
}

inline std::vector<YearRecord> records(const Experiment& of, std::size_t scenario, std::size_t replicate) {
  std::vector<YearRecord> years(static_cast<std::size_t>(of.last_year - of.first_year) + 1);
  for (std::size_t year = 0; year < years.size(); ++year) {
    for (std::size_t i = 0; i < of.layout.variables.size(); ++i) {
      years[year].values.push_back(values(of, i, scenario, replicate, year));
    }
  }
  return years;
}

inline void add(ResultsWriter& writer, const Experiment& of, std::size_t scenario, std::size_t replicate) {
  writer.add(scenario, 0, replicate, records(of, scenario, replicate));
}

inline void write(const std::filesystem::path& path, bool force = false) {
  const Experiment of = experiment();
  ResultsWriter writer{path, of, force};
  for (std::size_t scenario = 0; scenario < of.scenarios.size(); ++scenario) {
    for (std::size_t replicate = 0; replicate < of.replicates; ++replicate) add(writer, of, scenario, replicate);
  }
  writer.finish();
}

/// A folder of its own for one test, removed with everything in it.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "luohu-results-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make " + name};
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace luohu::sample
