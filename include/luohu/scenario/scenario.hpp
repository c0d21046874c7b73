#pragma once
// A scenario file and its folder of tables, read, checked and resolved into plain structs.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "luohu/places/tables.hpp"
#include "luohu/policy/feedbacks.hpp"
#include "luohu/policy/measures.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Everything a folder of tables says.
struct Tables {
  Places places;
  CensusTables census;
  VitalTables vital;
  EconomyTables economy;
  CapacityTables capacity;
  BoundaryTables boundary;
  Settings settings;  ///< base-year rules and services, one row per prefecture
  /// A file read, for the provenance record.
  struct File {
    std::string name;
    std::string sha256;
    std::string header;  ///< the comment lines: titles, units, tags, sources, notes
  };
  std::vector<File> files;
};

/// A feedback, parameter or measure value with where it was set, for `check` and the results file.
struct Resolved {
  std::string key;
  double value = 0;
  std::string unit;
  Tag tag = Tag::assumption;
  std::string origin;  ///< "default", "FILE:LINE" or "command line"
  std::string source;
};

struct Scenario {
  std::string id;
  Text title;
  std::filesystem::path path;
  std::filesystem::path tables;  ///< folder
  Year first_year = 0;           ///< base year: stocks only
  Year last_year = 0;
  Feedbacks feedbacks;
  Parameters parameters;
  std::vector<RecognitionGroup> groups;
  std::vector<Measure> measures;
  std::vector<Resolved> resolved;
  std::string text;  ///< the resolved scenario as TOML: reading it again gives the same scenario
};

/// A scenario file's own words for one value, e.g. {"measure.lift-limits.value", "1"} from `--set`.
struct Override {
  std::string key;
  std::string value;
};

/// The parameter that an override of this key sets: NAME or parameters.NAME; or null.
[[nodiscard]] const ParameterInfo* parameter_set_by(std::string_view key);

/// Read `path`, follow `extends`, apply `overrides`, check everything against the tables it names.
/// Throws InputError with all findings of the pass; Error{environment} for unreadable paths.
[[nodiscard]] Scenario read_scenario(const std::filesystem::path& path, std::span<const Override> overrides = {});

/// Read a resolved scenario's text, as a results file has it, over the folder `tables`. `name`: what messages call it.
/// Throws like read_scenario, and Error{input} if the text would be resolved otherwise today.
[[nodiscard]] Scenario read_resolved(const std::string& text, const std::string& name,
                                     const std::filesystem::path& tables);

/// Read and check every table of the folder. Throws InputError with all findings of the pass.
[[nodiscard]] Tables read_tables(const std::filesystem::path& folder);

}  // namespace luohu
