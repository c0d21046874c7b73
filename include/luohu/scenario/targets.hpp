#pragma once
// Tables that no run reads: what amenities are inverted from, and what a hindcast is scored with.

#include <cstdint>
#include <filesystem>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/tables.hpp"

namespace luohu {

/// What is known of net migration in the base year; unit: persons a year. Gains are positive.
struct NetMigration {
  std::vector<double> zone;   ///< [z], external nodes included; empty if it was not observed
  std::vector<double> youth;  ///< [p], ages 15–24
};

/// What the census of `year` counted, by prefecture; unit: persons.
struct CensusTargets {
  Year year = 0;
  Grid<std::int64_t, 3> residents;  ///< [p][s][g]
  std::vector<std::int64_t> urban;
  std::vector<std::int64_t> same_county, other_county, other_province;  ///< residents registered there
  Grid<double, 2> survival;  ///< [s][g] people of the group over those ten years younger ten years before; 0 below 10
};

/// [p] births less deaths of the census year per resident, from `vital_rates.csv` in the folder of base-year tables.
/// Throws InputError with all findings.
[[nodiscard]] std::vector<double> read_natural_increase(const std::filesystem::path& folder, const Places& places);

/// `net_migration.csv` in the folder of base-year tables, or, where it was not observed, `youth_migration.csv`.
/// Throws InputError with all findings.
[[nodiscard]] NetMigration read_net_migration(const std::filesystem::path& folder, const Places& places);

/// [z] persons a year that would move in, on balance, if stocks of migrants kept growing: `growing_stocks.csv` in the
/// folder of base-year tables. Throws InputError with all findings.
[[nodiscard]] std::vector<double> read_growing_stocks(const std::filesystem::path& folder, const Places& places);

/// `targets-YEAR.csv` and `survival-YEAR.csv` in `folder`. Throws InputError with all findings.
[[nodiscard]] CensusTargets read_targets(const std::filesystem::path& folder, const Places& places, Year year);

}  // namespace luohu
