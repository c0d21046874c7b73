// Tables beside a scenario that no run reads: net_migration or youth_migration, growing_stocks, vital_rates,
// targets-YEAR, survival-YEAR.

#include "luohu/scenario/targets.hpp"

#include <fmt/format.h>

#include <utility>

#include "tables_reader.hpp"

namespace luohu {
namespace {

using namespace reading;

constexpr double any_flow = 1e8;           ///< person year-1
constexpr double any_survival = 5;         ///< 1; net migration of the nation and under-enumeration included
constexpr std::size_t first_survivor = 3;  ///< census age group 10–14

enum Item : std::size_t { urban, same_county, other_county, other_province, first_age };

std::vector<std::string> items() {
  std::vector<std::string> labels{"urban", "same_county", "other_county", "other_province"};
  for (const std::string_view sex : {"F", "M"}) {
    for (const std::string_view age : census_age_names) labels.push_back(fmt::format("{} {}", sex, age));
  }
  return labels;
}

Value flow(std::string_view name) {
  return {name, "person year-1", -any_flow, any_flow};
}

Dense read_one(const std::filesystem::path& path, const Schema& schema) {
  Findings findings;
  std::vector<Tables::File> files;
  Folder folder{path, findings, files};
  auto table = folder.dense(schema);
  findings.throw_if_any();
  LUOHU_EXPECT(table.has_value());
  return std::move(*table);
}

/// [z] from [urban, rural] by place: an external node has no countryside.
std::vector<double> by_zone(const Dense& table, const Places& places) {
  std::vector<double> zones;
  for (std::size_t q = 0; q < places.size(); ++q) {
    zones.push_back(table(0, q));
    if (q < places.prefectures()) zones.push_back(table(1, q));
  }
  return zones;
}

void fill(const Dense& counted, std::size_t p, CensusTargets& targets) {
  targets.urban.push_back(counted.count(0, p, std::size_t{urban}));
  targets.same_county.push_back(counted.count(0, p, std::size_t{same_county}));
  targets.other_county.push_back(counted.count(0, p, std::size_t{other_county}));
  targets.other_province.push_back(counted.count(0, p, std::size_t{other_province}));
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = 0; g < census_age_groups; ++g) {
      targets.residents(p, s, g) = counted.count(0, p, first_age + s * census_age_groups + g);
    }
  }
}

}  // namespace

std::vector<double> read_natural_increase(const std::filesystem::path& path, const Places& places) {
  constexpr double per_thousand = 1e-3;
  const Dense table = read_one(path, {"vital_rates",
                                      {{"place", Labels{places}.prefectures}},
                                      {{"births", "1e-3 year-1", 0, 100}, {"deaths", "1e-3 year-1", 0, 100}}});
  std::vector<double> increase;
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    increase.push_back(per_thousand * (table(0, p) - table(1, p)));
  }
  return increase;
}

NetMigration read_net_migration(const std::filesystem::path& path, const Places& places) {
  const Labels labels{places};
  if (!std::filesystem::exists(path / "net_migration.csv")) {
    const Dense table = read_one(path, {"youth_migration", {{"place", labels.prefectures}}, {flow("persons")}});
    NetMigration result;
    for (std::size_t p = 0; p < places.prefectures(); ++p) result.youth.push_back(table(0, p));
    return result;
  }
  const Dense table =
      read_one(path, {"net_migration", {{"place", labels.places}}, {flow("urban"), flow("rural"), flow("youth")}});
  NetMigration result{by_zone(table, places), {}};
  for (std::size_t p = 0; p < places.prefectures(); ++p) result.youth.push_back(table(2, p));
  return result;
}

std::vector<double> read_growing_stocks(const std::filesystem::path& path, const Places& places) {
  const Labels labels{places};
  return by_zone(read_one(path, {"growing_stocks", {{"place", labels.places}}, {flow("urban"), flow("rural")}}),
                 places);
}

CensusTargets read_targets(const std::filesystem::path& path, const Places& places, Year year) {
  Findings findings;
  std::vector<Tables::File> files;
  Folder folder{path, findings, files};
  const Labels labels{places};
  const std::string counted_name = fmt::format("targets-{}", year);
  const std::string survival_name = fmt::format("survival-{}", year);
  const auto counted = folder.dense({counted_name,
                                     {{"place", labels.prefectures}, {"item", items()}},
                                     {{.name = "persons", .unit = "person", .whole = true}}});
  const std::vector<std::string> survivors{labels.age_groups.begin() + first_survivor, labels.age_groups.end()};
  const auto survival = folder.dense(
      {survival_name, {{"sex", labels.sexes}, {"age_group", survivors}}, {{"ratio", "1", 0, any_survival}}});
  findings.throw_if_any();
  LUOHU_EXPECT(counted.has_value() && survival.has_value());
  CensusTargets targets;
  targets.year = year;
  targets.residents = Grid<std::int64_t, 3>{{places.prefectures(), sexes, census_age_groups}};
  targets.survival = Grid<double, 2>{{sexes, census_age_groups}};
  for (std::size_t p = 0; p < places.prefectures(); ++p) fill(*counted, p, targets);
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = first_survivor; g < census_age_groups; ++g) {
      targets.survival(s, g) = (*survival)(0, s, g - first_survivor);
    }
  }
  return targets;
}

}  // namespace luohu
