#pragma once
// The base-year tables of a province, checked and dense: what `scenario` reads from a folder of CSV
// files and `synthesis`, `rates` and `schedule` work with. Indices: p prefecture, q place
// (prefectures then externals), z zone, g census age group, s sex, e education.

#include <array>
#include <string_view>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/places.hpp"

namespace luohu {

/// Census age groups: 0, 1–4, then five-year groups to 85+.
inline constexpr std::size_t census_age_groups = 19;
inline constexpr std::array<int, census_age_groups + 1> census_age_starts{0,  1,  5,  10, 15, 20, 25, 30, 35, 40,
                                                                          45, 50, 55, 60, 65, 70, 75, 80, 85, 101};
inline constexpr std::array<std::string_view, census_age_groups> census_age_names{
    "0",     "1-4",   "5-9",   "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44",
    "45-49", "50-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85+"};

/// Classes of the census by where a resident is registered, and those living outside the province.
enum class MigrantClass : std::uint8_t {
  local,             ///< registered in the township of residence
  same_county,       ///< a: another township of the same county
  same_prefecture,   ///< part of b: another county of the same prefecture (estimated)
  other_prefecture,  ///< the rest of b: another prefecture of the province
  other_province,    ///< c: another province
  outside,           ///< registered in the province, living outside it
};
inline constexpr std::size_t resident_classes = 5;
inline constexpr std::size_t migrant_classes = 6;

/// Services tied to registration.
enum class Service : std::uint8_t { school, preschool, health, pension, housing };
inline constexpr std::size_t services = 5;
inline constexpr std::array<std::string_view, services> service_ids{"school", "preschool", "health", "pension",
                                                                    "housing"};

/// Oldest single year of age the tables distinguish; everyone older shares its rates.
inline constexpr int oldest_age = 100;
inline constexpr std::size_t single_ages = oldest_age + 1;

/// Counts of one census and the registered population beside it; unit: persons.
struct CensusTables {
  Grid<std::int64_t, 3> residents;       ///< [p][s][g]
  Grid<std::int64_t, 2> zone_totals;     ///< [p][urban, rural]
  Grid<std::int64_t, 2> class_totals;    ///< [p][resident class]
  Grid<std::int64_t, 3> education;       ///< [p][s][e], ages 6 and over
  Grid<double, 2> education_seed;        ///< [g][e], relative weight
  std::vector<std::int64_t> registered;  ///< [p], wherever they live
  std::vector<double> registered_urban;  ///< [p], share of `registered`
  Grid<std::int64_t, 2> elsewhere;       ///< [q registered][q residence], off the diagonal
  Grid<double, 4> profile_seed;          ///< [class][s][g][urban, rural], relative weight
  std::vector<double> owner_share;       ///< [p], unregistered urban residents who own their home
};

/// Vital rates of the base year, relative factors by place, and paths over time.
struct VitalTables {
  Grid<double, 2> mortality;             ///< [s][age], year-1
  std::vector<double> fertility;         ///< [age], births per woman-year
  std::vector<double> mortality_factor;  ///< [p]
  std::vector<double> fertility_factor;  ///< [p]
  Year path_start = 0;                   ///< year of the paths' first element
  std::vector<double> mortality_path;    ///< relative to the base year
  std::vector<double> fertility_path;    ///< relative to the base year
};

/// What makes places attractive, and how far apart they are.
struct EconomyTables {
  std::vector<double> income_index;  ///< [z], 1 = mean urban income of the province
  std::vector<double> rent_index;    ///< [z], 1 = mean urban rent of the province
  Grid<double, 2> amenity;           ///< [z][youth, other], utility units
  Grid<double, 2> travel_minutes;    ///< [q][q], symmetric; diagonal: countryside to town
};

/// What the prefectures had in the base year to house and serve their residents.
struct CapacityTables {
  std::vector<double> town_land;      ///< [p], m² of town land per resident of the towns
  std::vector<double> floor_space;    ///< [p], m² of dwellings per resident
  std::vector<double> hospital_beds;  ///< [p]
};

/// Open boundary and territory.
struct BoundaryTables {
  Grid<double, 2> inflow;                ///< [external][p], people registered elsewhere, persons a year
  std::vector<double> reclassification;  ///< [p], share of rural residents becoming urban in place, year-1
};

}  // namespace luohu
