// mortality, fertility, vital_factors, vital_path; economy, amenity, travel_time; capacity; inflow,
// reclassification; settlement_rules, coverage: what turns a census into a moving population.

#include <fmt/format.h>

#include <algorithm>

#include "luohu/core/text.hpp"
#include "tables_reader.hpp"

namespace luohu::reading {
namespace {

constexpr int youngest_mother = 15;
constexpr int oldest_mother = 49;
constexpr double any_rate = 10;  ///< year-1; a rate may exceed 1, but not by much
constexpr double any_factor = 10;
constexpr double any_utility = 20;  ///< e^20 times as attractive: a slip, not a place

std::vector<std::string> numbers(int first, int last) {
  std::vector<std::string> labels;
  for (int number = first; number <= last; ++number) labels.push_back(std::to_string(number));
  return labels;
}

Value factor(std::string_view name) {
  return {name, "1", 0, any_factor};
}

/// The prefectures' two zones and the externals' one, in the order of zones.
std::vector<std::vector<std::size_t>> zone_rows(const Places& places) {
  std::vector<std::vector<std::size_t>> rows;
  for (std::size_t q = 0; q < places.size(); ++q) {
    rows.push_back({q, 0});
    if (q < places.prefectures()) rows.push_back({q, 1});
  }
  return rows;
}

/// The years that the table names, from the first to the last, so that a gap is a missing row.
std::vector<std::string> years_of(const CsvTable& table) {
  std::vector<std::int64_t> years;
  for (const auto& row : table.rows) {
    const auto year = parse_integer(row.front().text);
    if (year && 1900 <= *year && *year <= 2200) years.push_back(*year);
  }
  if (years.empty()) return {};
  const auto [first, last] = std::ranges::minmax(years);
  return numbers(static_cast<int>(first), static_cast<int>(last));
}

void read_path(Folder& folder, VitalTables& vital) {
  const auto table = folder.csv("vital_path");
  if (!table) return;
  const std::vector<std::string> years = years_of(*table);
  const auto path =
      read_dense(*table, {"vital_path", {{"year", years}}, {factor("mortality_factor"), factor("fertility_factor")}},
                 folder.findings());
  if (years.empty()) folder.findings().add({table->file}, "the path has no year");
  if (!path || years.empty()) return;
  vital.path_start = static_cast<Year>(parse_integer(years.front()).value_or(0));
  for (std::size_t i = 0; i < years.size(); ++i) {
    vital.mortality_path.push_back((*path)(0, i));
    vital.fertility_path.push_back((*path)(1, i));
  }
}

/// Which lever's base a column of the rules is.
struct RuleColumn {
  std::string_view column;
  std::string_view lever;
};

/// Reads a table whose every column is the base of a lever: unit and range are the lever's.
void read_levers(Folder& folder, std::string_view table, const Key& place, std::span<const RuleColumn> rules,
                 Settings& settings) {
  Schema schema{table, {place}, {}};
  for (const RuleColumn& rule : rules) {
    const Lever* lever = find_lever(rule.lever);
    LUOHU_EXPECT(lever != nullptr);
    schema.values.push_back({rule.column, lever->unit, lever->minimum, lever->maximum});
  }
  const auto dense = folder.dense(schema);
  if (!dense) return;
  for (std::size_t p = 0; p < settings.size(); ++p) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      settings[p].*find_lever(rules[i].lever)->field = (*dense)(i, p);
    }
  }
}

}  // namespace

void read_vital(Folder& folder, const Places& places, VitalTables& vital) {
  const Labels labels{places};
  const auto mortality = folder.dense(
      {"mortality", {{"sex", labels.sexes}, {"age", numbers(0, oldest_age)}}, {{"rate", "year-1", 0, any_rate}}});
  const auto fertility =
      folder.dense({"fertility", {{"age", numbers(youngest_mother, oldest_mother)}}, {{"rate", "year-1", 0, 1}}});
  const auto factors = folder.dense(
      {"vital_factors", {{"place", labels.prefectures}}, {factor("mortality_factor"), factor("fertility_factor")}});
  read_path(folder, vital);
  if (!mortality || !fertility || !factors) return;
  vital.mortality = Grid<double, 2>{{sexes, single_ages}};
  vital.fertility.assign(single_ages, 0);
  for (std::size_t age = 0; age < single_ages; ++age) {
    for (std::size_t s = 0; s < sexes; ++s) vital.mortality(s, age) = (*mortality)(0, s, age);
  }
  for (std::size_t age = youngest_mother; age <= oldest_mother; ++age) {
    vital.fertility[age] = (*fertility)(0, age - youngest_mother);
  }
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    vital.mortality_factor.push_back((*factors)(0, p));
    vital.fertility_factor.push_back((*factors)(1, p));
  }
}

void read_economy(Folder& folder, const Places& places, EconomyTables& economy) {
  const Labels labels{places};
  const Key place{"place", labels.places};
  const Key zone{"zone", labels.zones};
  const auto rows = zone_rows(places);
  constexpr double least = 0.01;  // indices are divided by and taken logarithms of
  const auto indices = folder.dense(
      {"economy", {place, zone}, {{"income_index", "1", least, 100}, {"rent_index", "1", least, 100}}, rows});
  const auto amenity =
      folder.dense({"amenity",
                    {place, zone},
                    {{"youth", "1", -any_utility, any_utility}, {"other", "1", -any_utility, any_utility}},
                    rows});
  Schema times{"travel_time",
               {{"from", labels.places}, {"to", labels.places}},
               {{.name = "minutes", .unit = "minute", .minimum = 1}}};
  for (std::size_t a = 0; a < places.size(); ++a) {
    for (std::size_t b = a < places.prefectures() ? a : a + 1; b < places.size(); ++b) times.rows.push_back({a, b});
  }
  const auto minutes = folder.dense(times);
  if (!indices || !amenity || !minutes) return;
  economy.amenity = Grid<double, 2>{{places.zones(), 2}};
  economy.travel_minutes = Grid<double, 2>{{places.size(), places.size()}};
  for (std::size_t z = 0; z < rows.size(); ++z) {
    economy.income_index.push_back((*indices)(0, rows[z][0], rows[z][1]));
    economy.rent_index.push_back((*indices)(1, rows[z][0], rows[z][1]));
    for (std::size_t band = 0; band < 2; ++band) economy.amenity(z, band) = (*amenity)(band, rows[z][0], rows[z][1]);
  }
  for (const auto& pair : times.rows) {
    economy.travel_minutes(pair[0], pair[1]) = economy.travel_minutes(pair[1], pair[0]) =
        (*minutes)(0, pair[0], pair[1]);
  }
}

void read_capacity(Folder& folder, const Places& places, CapacityTables& capacity) {
  // Town land is divided by.
  const auto table = folder.dense({"capacity",
                                   {{"place", Labels{places}.prefectures}},
                                   {{"town_land_per_head", "m2 person-1", 1, 1000},
                                    {"floor_space_per_head", "m2 person-1", 1, 1000},
                                    {.name = "hospital_beds", .unit = "1", .whole = true}}});
  if (!table) return;
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    capacity.town_land.push_back((*table)(0, p));
    capacity.floor_space.push_back((*table)(1, p));
    capacity.hospital_beds.push_back((*table)(2, p));
  }
}

void read_boundary(Folder& folder, const Places& places, BoundaryTables& boundary) {
  const Labels labels{places};
  const std::vector<std::string> externals{labels.places.begin() + static_cast<std::ptrdiff_t>(places.prefectures()),
                                           labels.places.end()};
  const auto inflow = folder.dense({"inflow",
                                    {{"origin", externals}, {"destination", labels.prefectures}},
                                    {{.name = "persons_per_year", .unit = "person year-1"}}});
  const auto rates = folder.dense({"reclassification", {{"place", labels.prefectures}}, {{"rate", "year-1", 0, 1}}});
  if (!inflow || !rates) return;
  boundary.inflow = Grid<double, 2>{{places.externals(), places.prefectures()}};
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    for (std::size_t x = 0; x < places.externals(); ++x) boundary.inflow(x, p) = (*inflow)(0, x, p);
    boundary.reclassification.push_back((*rates)(0, p));
  }
}

void read_settings(Folder& folder, const Places& places, Settings& settings) {
  constexpr RuleColumn rules[] = {{"residence_years", "registration.required_residence_years"},
                                  {"insurance_years", "registration.required_insurance_years"},
                                  {"minimum_education", "registration.minimum_education"},
                                  {"home_route", "registration.home_route"},
                                  {"habitual_route", "registration.habitual_route"},
                                  {"credit_recognition", "registration.credit_recognition"},
                                  {"quota", "registration.quota"},
                                  {"wedge", "registration.income_wedge"}};
  constexpr RuleColumn coverage[] = {{"school", "coverage.school"},
                                     {"preschool", "coverage.preschool"},
                                     {"health", "coverage.health"},
                                     {"pension", "coverage.pension"},
                                     {"housing", "coverage.housing"}};
  const Key place{"place", Labels{places}.prefectures};
  settings.assign(places.prefectures(), PlaceSettings{});
  read_levers(folder, "settlement_rules", place, rules, settings);
  read_levers(folder, "coverage", place, coverage, settings);
}

}  // namespace luohu::reading
