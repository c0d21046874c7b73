#pragma once
// What an experiment is, apart from its numbers: scenarios, provenance, size and layout.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "luohu/tabulate/layout.hpp"

namespace luohu {

struct ScenarioEntry {
  std::string id;
  std::string title_zh;
  std::string title_en;
  std::string text;  ///< resolved scenario, TOML
};

/// One parameter of one scenario, for /provenance.
struct ProvenanceEntry {
  std::string scenario;
  std::string key;
  double value = 0;
  std::string unit;
  std::string tag;
  std::string origin;
  std::string source;
};

struct InputFile {
  std::string name;
  std::string sha256;
  std::string header;
};

/// Everything about an experiment that is not a result. Holds no path, date, host or thread count.
struct Experiment {
  std::string title;
  std::string version;   ///< of luohu, with commit
  std::string build;     ///< compiler, flags, library versions
  std::string baseline;  ///< id of the baseline scenario
  std::vector<ScenarioEntry> scenarios;
  std::vector<ProvenanceEntry> provenance;
  std::vector<InputFile> inputs;
  bool expectation = false;  ///< expected persons, not simulated ones
  int first_year = 0;        ///< base year, index 0 of `year`
  int last_year = 0;
  std::size_t draws = 1;
  std::size_t replicates = 1;
  std::uint64_t seed = 0;
  std::int64_t scale = 1;  ///< persons an agent stands for
  Layout layout;
};

/// In words, on what two experiments differ of all that their numbers depend on: nothing, or a line each, of version,
/// build, method, seed, scale, years, replicates, scenarios (with the first line of text that differs) and tables.
/// `stored` and `asked` may differ in origins and headers, which change no number.
[[nodiscard]] std::vector<std::string> differences(const Experiment& stored, const Experiment& asked);

/// 64 bits over the same, but for the number of draws and replicates: replicates of experiments with one fingerprint
/// are the same.
[[nodiscard]] std::uint64_t fingerprint(const Experiment& experiment);

}  // namespace luohu
