#include "luohu/cli/iamc_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

struct Named {
  std::string_view indicator, variable;
};

// Where the template has a name (Population, Population|Urban|Share) it is that one; the others are ours.
constexpr Named names[] = {
    {"residents", "Population"},
    {"registered", "Population|Registered"},
    {"urbanisation", "Population|Urban|Share"},
    {"registered_urbanisation", "Population|Registered|Urban|Share"},
    {"registered_urbanisation_gap", "Population|Urban|Share|Gap to Registered"},
    {"unregistered_urban", "Population|Urban|Unregistered"},
    {"registered_elsewhere", "Population|Registered Elsewhere"},
    {"registered_elsewhere_share", "Population|Registered Elsewhere|Share"},
    {"absent_registered", "Population|Registered|Absent"},
    {"migrant_stock", "Population|by Place of Registration"},
    {"absent_outside", "Population|Registered|Absent|Outside Province"},
    {"from_outside", "Population|From Outside Province"},
    {"between_prefectures", "Population|From Other Prefectures"},
    {"share_0_14", "Population|Age 0-14|Share"},
    {"share_15_64", "Population|Age 15-64|Share"},
    {"share_65_plus", "Population|Age 65+|Share"},
    {"dependency_ratio", "Population|Dependency Ratio"},
    {"child_dependency_ratio", "Population|Dependency Ratio|Children"},
    {"old_dependency_ratio", "Population|Dependency Ratio|Old Age"},
    {"median_age", "Population|Median Age"},
    {"sex_ratio", "Population|Sex Ratio"},
    {"births", "Population|Births"},
    {"deaths", "Population|Deaths"},
    {"natural_increase", "Population|Natural Increase"},
    {"birth_rate", "Population|Births|Rate"},
    {"death_rate", "Population|Deaths|Rate"},
    {"moves", "Migration|Moves"},
    {"moves_in", "Migration|Moves In"},
    {"moves_out", "Migration|Moves Out"},
    {"net_migration", "Migration|Net"},
    {"net_migration_rate", "Migration|Net|Rate"},
    {"moves_between_prefectures", "Migration|Between Prefectures"},
    {"internal_migration_rate", "Migration|Between Prefectures|Rate"},
    {"migration_effectiveness", "Migration|Between Prefectures|Effectiveness"},
    {"moves_from_outside", "Migration|From Outside Province"},
    {"moves_to_outside", "Migration|To Outside Province"},
    {"net_from_outside", "Migration|Net from Outside Province"},
    {"reclassified", "Population|Reclassified as Urban"},
    {"urbanisation_change", "Population|Urban|Share|Change"},
    {"urbanisation_change_natural", "Population|Urban|Share|Change|Natural Increase"},
    {"urbanisation_change_inside", "Population|Urban|Share|Change|Moves within Province"},
    {"urbanisation_change_outside", "Population|Urban|Share|Change|Moves from and to Outside"},
    {"urbanisation_change_reclassified", "Population|Urban|Share|Change|Reclassification"},
    {"settled", "Registration|Settled"},
    {"eligible", "Registration|Eligible"},
    {"willing", "Registration|Willing"},
    {"settlement_rate", "Registration|Settled|Share of Eligible"},
    {"willing_rate", "Registration|Willing|Share of Eligible"},
    {"take_up", "Registration|Settled|Share of Willing"},
    {"net_registered", "Registration|Net Transfers"},
    {"left_behind_children", "Population|Left-behind Children"},
    {"school_seats", "Services|School|Places"},
    {"pupils_unregistered", "Services|School|Unregistered Pupils"},
    {"unmet_seats", "Services|School|Unmet"},
    {"unmet_preschool", "Services|Preschool|Unmet"},
    {"school_quality", "Services|School|Places per Pupil"},
    {"coverage_school", "Services|School|Coverage"},
    {"coverage_preschool", "Services|Preschool|Coverage"},
    {"coverage_health", "Services|Health|Coverage"},
    {"coverage_pension", "Services|Pension|Coverage"},
    {"coverage_housing", "Services|Housing|Coverage"},
    {"wage_basic", "Income|Basic Schooling"},
    {"wage_senior", "Income|Senior Schooling"},
    {"wage_tertiary", "Income|Tertiary Schooling"},
    {"wage_gap", "Income|Basic Schooling|Gap of Migrants"},
    {"rent", "Housing|Rent"},
    {"urban_land", "Land Cover|Built-up Area|Urban"},
    {"urban_land_per_head", "Land Cover|Built-up Area|Urban|per Capita"},
    {"floor_space", "Housing|Floor Space"},
    {"floor_space_per_head", "Housing|Floor Space|per Capita"},
    {"fiscal_cost", "Public Cost"},
    {"fiscal_cost_low", "Public Cost|Low Unit Costs"},
    {"fiscal_cost_high", "Public Cost|High Unit Costs"},
    {"fiscal_cost_per_head", "Public Cost|per Capita"},
    {"fiscal_cost_per_head_low", "Public Cost|per Capita|Low Unit Costs"},
    {"fiscal_cost_per_head_high", "Public Cost|per Capita|High Unit Costs"},
    {"residents_by_hukou", "Population|Start of Year"},
    {"welfare", "Welfare"},
    {"equivalent_income", "Welfare|Equivalent Income"},
    {"gini_residents", "Concentration|Gini|Population"},
    {"gini_urban", "Concentration|Gini|Population|Urban"},
    {"theil_income", "Concentration|Theil|Income"},
    {"theil_coverage_school", "Concentration|Theil|Services|School|Coverage"},
    {"theil_coverage_health", "Concentration|Theil|Services|Health|Coverage"},
    {"primacy_residents", "Concentration|Primacy|Population"},
    {"primacy_urban", "Concentration|Primacy|Population|Urban"},
    {"four_city_index_urban", "Concentration|Four-city Index|Population|Urban"},
    {"rank_size_residents", "Concentration|Rank-size Exponent|Population"},
    {"rank_size_urban", "Concentration|Rank-size Exponent|Population|Urban"},
};

/// "Other Prefecture" of "other_prefecture".
std::string in_words(std::string_view id) {
  std::string words;
  bool starts = true;
  for (const char c : id) {
    words += c == '_' ? ' ' : starts ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    starts = c == '_';
  }
  return words;
}

std::string before(std::string_view axis) {
  if (axis == "age_group" || axis == "broad_age") return "Age ";
  if (axis == "origin") return "From ";
  return axis == "destination" ? "To " : "";
}

}  // namespace

std::string iamc_variable(const Indicator& indicator) {
  const auto* const found = std::ranges::find(names, indicator.name, &Named::indicator);
  if (found == std::end(names)) throw InternalError{"no IAMC variable for '" + std::string{indicator.name} + "'"};
  return std::string{found->variable};
}

std::string iamc_unit(const Indicator& indicator) {
  constexpr std::string_view yearly = " year-1";
  const std::string_view unit = indicator.unit;
  if (unit == "1") return "dimensionless";
  if (unit == "points") return "percentage points";
  return unit.ends_with(yearly) ? std::string{unit.substr(0, unit.size() - yearly.size())} + "/yr" : std::string{unit};
}

std::string iamc_part(const Axis& axis, std::size_t row) {
  if (!axis.ids.empty()) return before(axis.name) + in_words(axis.ids[row]);
  return before(axis.name) + (axis.labels_en.empty() ? std::to_string(axis.codes[row]) : axis.labels_en[row]);
}

}  // namespace luohu
