#include <fmt/format.h>

#include <utility>

#include "luohu/core/error.hpp"
#include "sha256.hpp"
#include "tables_reader.hpp"

namespace luohu {
namespace reading {

std::optional<CsvTable> Folder::csv(std::string_view table) {
  auto result = read_csv(path_, table, findings_);
  if (result) files_.push_back({fmt::format("{}.csv", table), sha256(result->bytes), result->header});
  return result;
}

std::optional<Dense> Folder::dense(const Schema& schema) {
  const auto table = csv(schema.table);
  return table ? read_dense(*table, schema, findings_) : std::nullopt;
}

Labels::Labels(const Places& rows) {
  for (const Place& place : rows.rows()) {
    places.push_back(std::to_string(place.code));
    if (!place.external) prefectures.push_back(places.back());
  }
  for (const std::string_view name : census_age_names) age_groups.emplace_back(name);
}

LoadedTables load_tables(const std::filesystem::path& path, Findings& findings) {
  LoadedTables loaded;
  Tables& tables = loaded.tables;
  Folder folder{path, findings, tables.files};
  auto places = read_places(folder);
  if (!places) return loaded;  // every other table is keyed by place
  tables.places = std::move(*places);
  loaded.has_places = true;
  read_census(folder, tables.places, tables.census);
  read_vital(folder, tables.places, tables.vital);
  read_economy(folder, tables.places, tables.economy);
  read_capacity(folder, tables.places, tables.capacity);
  read_boundary(folder, tables.places, tables.boundary);
  read_settings(folder, tables.places, tables.settings);
  return loaded;
}

}  // namespace reading

Tables read_tables(const std::filesystem::path& folder) {
  std::error_code failure;
  const std::filesystem::directory_iterator readable{folder, failure};
  if (failure) {
    throw Error{ExitCode::environment,
                fmt::format("{}: cannot read the folder of tables ({})", folder.generic_string(), failure.message())};
  }
  reading::Findings findings;
  reading::LoadedTables loaded = reading::load_tables(folder, findings);
  findings.throw_if_any();
  return std::move(loaded.tables);
}

}  // namespace luohu
