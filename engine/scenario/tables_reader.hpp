#pragma once
// The parts of reading a folder of tables. A part returns false, or nothing, where its table has
// errors; what does not depend on it is still checked.

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings.hpp"
#include "luohu/scenario/scenario.hpp"
#include "schema.hpp"

namespace luohu::reading {

/// The folder being read; remembers every file for the provenance record.
class Folder {
 public:
  Folder(std::filesystem::path path, Findings& findings, std::vector<Tables::File>& files)
      : path_{std::move(path)}, findings_{findings}, files_{files} {}

  [[nodiscard]] std::optional<CsvTable> csv(std::string_view table);
  [[nodiscard]] std::optional<Dense> dense(const Schema& schema);
  [[nodiscard]] Findings& findings() { return findings_; }

 private:
  std::filesystem::path path_;
  Findings& findings_;
  std::vector<Tables::File>& files_;
};

/// Labels of the keys that several tables share.
struct Labels {
  explicit Labels(const Places& places);
  std::vector<std::string> prefectures;  ///< codes
  std::vector<std::string> places;       ///< codes
  std::vector<std::string> sexes{"F", "M"};
  std::vector<std::string> age_groups;
  std::vector<std::string> levels{"basic", "senior", "tertiary"};
  std::vector<std::string> zones{"urban", "rural"};
};

[[nodiscard]] std::optional<Places> read_places(Folder& folder);
void read_census(Folder& folder, const Places& places, CensusTables& census);
void read_vital(Folder& folder, const Places& places, VitalTables& vital);
void read_economy(Folder& folder, const Places& places, EconomyTables& economy);
void read_capacity(Folder& folder, const Places& places, CapacityTables& capacity);
void read_boundary(Folder& folder, const Places& places, BoundaryTables& boundary);
void read_settings(Folder& folder, const Places& places, Settings& settings);

/// A folder's tables as far as they could be read, and where the paths of vital rates stand.
struct LoadedTables {
  Tables tables;
  bool has_places = false;
};
[[nodiscard]] LoadedTables load_tables(const std::filesystem::path& folder, Findings& findings);

}  // namespace luohu::reading
