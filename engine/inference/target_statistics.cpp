#include "luohu/inference/target_statistics.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "cards.hpp"

namespace luohu {
namespace {

using cards::Vector;
using Labels = std::vector<std::string>;

constexpr std::size_t oldest_child = 3;   ///< census age group 10–14
constexpr std::size_t first_old = 14;     ///< census age group 65–69
constexpr std::size_t first_migrant = 3;  ///< census age group 10–14, born before the hindcast began

Labels prefectures(const Province& province) {
  Labels codes;
  for (std::size_t p = 0; p < province.tables.places.prefectures(); ++p) {
    codes.push_back(std::to_string(province.tables.places.rows()[p].code));
  }
  return codes;
}

Labels ages(const Province&) {
  return {census_age_names.begin() + first_migrant, census_age_names.end()};
}

Labels whole(const Province&) {
  return {"province"};
}

Vector ratio(Vector part, const Vector& all) {
  for (std::size_t i = 0; i < part.size(); ++i) part[i] /= all[i];
  return part;
}

Vector reals(const std::vector<std::int64_t>& counts) {
  return {counts.begin(), counts.end()};
}

std::vector<std::size_t> all_of(const Province& province) {
  std::vector<std::size_t> all(province.tables.places.prefectures());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

/// Per resident of the province in the base year.
Vector per_head(Vector persons, const Province& province) {
  const double residents = cards::total(base_population(province.tables.census));
  for (double& value : persons) value /= residents;
  return persons;
}

// A province where nobody is eligible, or nobody unregistered, is as far off as a rate of 0.
constexpr double none = 0;

const StatisticInfo table[] = {
    {"population_change", "1", "常住人口对数变化", "log change of residents", prefectures,
     [](const Province& in, const Parameters&, const HindcastOutcome& o) {
       return cards::log_change(base_population(in.tables.census), o.population);
     },
     [](const Province& in) {
       return cards::log_change(base_population(in.tables.census), counted_population(in.targets));
     }},
    {"urban_share", "1", "城镇化率", "share of residents in towns", prefectures,
     [](const Province&, const Parameters&, const HindcastOutcome& o) { return ratio(o.urban, o.population); },
     [](const Province& in) { return ratio(reals(in.targets.urban), counted_population(in.targets)); }},
    {"from_other_county", "1", "省内跨县户籍人口占比",
     "share of residents registered in another county of the province", prefectures,
     [](const Province& in, const Parameters&, const HindcastOutcome& o) {
       return ratio(cards::other_county(in.tables.census, o), o.population);
     },
     [](const Province& in) { return ratio(reals(in.targets.other_county), counted_population(in.targets)); }},
    {"from_other_province", "1", "外省户籍人口占比", "share of residents registered in another province", prefectures,
     [](const Province&, const Parameters&, const HindcastOutcome& o) { return ratio(o.other_province, o.population); },
     [](const Province& in) { return ratio(reals(in.targets.other_province), counted_population(in.targets)); }},
    {"net_migration_by_age", "1", "分年龄净迁移率", "net migration of an age group per resident of the base year", ages,
     [](const Province& in, const Parameters&, const HindcastOutcome& o) {
       return per_head(cards::modelled_net_migration(in, all_of(in), o), in);
     },
     [](const Province& in) { return per_head(cards::counted_net_migration(in, all_of(in)), in); }},
    {"share_children", "1", "0—14岁占比", "share aged 0-14", whole,
     [](const Province&, const Parameters&, const HindcastOutcome& o) {
       return Vector{cards::simulated_share_of_ages(o, 0, oldest_child)};
     },
     [](const Province& in) { return Vector{cards::counted_share_of_ages(in.targets.residents, 0, oldest_child)}; }},
    {"share_old", "1", "65岁及以上占比", "share aged 65 and over", whole,
     [](const Province&, const Parameters&, const HindcastOutcome& o) {
       return Vector{cards::simulated_share_of_ages(o, first_old, census_age_groups - 1)};
     },
     [](const Province& in) {
       return Vector{cards::counted_share_of_ages(in.targets.residents, first_old, census_age_groups - 1)};
     }},
    {"settling_rate", "year-1", "城镇未落户者年落户率", "settled a year over the unregistered in towns", whole,
     [](const Province&, const Parameters&, const HindcastOutcome& o) {
       return Vector{cards::settling_rate(o).value_or(none)};
     },
     nullptr},
    {"wish_to_settle", "1", "符合条件者落户意愿", "wish to settle among the eligible", whole,
     [](const Province&, const Parameters& parameters, const HindcastOutcome& o) {
       return Vector{cards::wish_to_settle(o, parameters.application_rate).value_or(none)};
     },
     nullptr},
};

}  // namespace

std::span<const StatisticInfo> statistic_table() {
  return table;
}

const StatisticInfo* find_statistic(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &StatisticInfo::name);
  return found == std::end(table) ? nullptr : found;
}

}  // namespace luohu
