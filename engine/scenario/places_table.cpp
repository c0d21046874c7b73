#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "luohu/core/text.hpp"
#include "tables_reader.hpp"

namespace luohu::reading {
namespace {

enum Column : std::size_t { code, id, name_zh, name_en, kind, longitude, latitude, city_proper };

const std::vector<ExpectedColumn> columns{{"place", "-"},         {"id", "-"},
                                          {"name_zh", "-"},       {"name_en", "-"},
                                          {"kind", "-"},          {"longitude", "degree"},
                                          {"latitude", "degree"}, {"city_proper", "person"}};

bool is_slug(std::string_view text) {
  const auto allowed = [](char c) { return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_' || c == '-'; };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

class PlacesReader {
 public:
  explicit PlacesReader(Findings& findings) : findings_{findings} {}

  Place row(const std::vector<Cell>& cells) {
    Place place;
    place.code = code_of(cells[code]);
    place.id = cells[id].text;
    place.name_zh = cells[name_zh].text;
    place.name_en = cells[name_en].text;
    place.longitude = number(cells[longitude], {"longitude", "degree", -180, 180});
    place.latitude = number(cells[latitude], {"latitude", "degree", -90, 90});
    place.city_proper = number(cells[city_proper], {.name = "city_proper", .unit = "person", .whole = true});
    place.external = label_number(cells[kind], {"kind", {"prefecture", "external"}}, findings_).value_or(0) == 1;
    if (!is_slug(place.id)) {
      findings_.add(cells[id].at,
                    fmt::format("id '{}' (must be lower-case ASCII letters, digits, '_' and '-')", place.id));
    }
    for (const std::size_t column : {code, id, name_zh, name_en}) unique(cells[column]);
    if (!place.external && external_seen_)
      findings_.add(cells[kind].at, "a prefecture below an external place; move it above");
    external_seen_ = external_seen_ || place.external;
    return place;
  }

 private:
  std::int32_t code_of(const Cell& cell) {
    const auto value = parse_integer(cell.text);
    if (value && 0 < *value && *value <= std::numeric_limits<std::int32_t>::max())
      return static_cast<std::int32_t>(*value);
    findings_.add(cell.at, fmt::format("place code '{}' (must be a positive whole number)", cell.text));
    return 0;
  }

  double number(const Cell& cell, const Value& column) { return checked_number(cell, column, findings_).value_or(0); }

  /// A scenario may name a place by any of these, so no two places may share one.
  void unique(const Cell& cell) {
    if (cell.text.empty()) findings_.add(cell.at, "a place needs a code, an id and two names");
    const auto [first, fresh] = names_.emplace(cell.text, cell.at.line);
    if (!fresh && first->second != cell.at.line) {
      findings_.add(cell.at,
                    fmt::format("two places are called '{}' (the first is line {})", cell.text, first->second));
    }
  }

  Findings& findings_;
  std::map<std::string, std::size_t> names_;  ///< name → line
  bool external_seen_ = false;
};

}  // namespace

std::optional<Places> read_places(Folder& folder) {
  Findings& findings = folder.findings();
  const auto table = folder.csv("places");
  const std::size_t before = findings.count();
  if (!table) return std::nullopt;
  check_header(*table, "places", columns, findings);
  if (table->columns.size() != columns.size()) return std::nullopt;
  PlacesReader reader{findings};
  std::vector<Place> rows;
  for (const std::vector<Cell>& cells : table->rows) rows.push_back(reader.row(cells));
  if (rows.empty() || rows.front().external) findings.add({table->file}, "the table has no prefecture");
  return table->whole && findings.count() == before ? std::optional{Places{std::move(rows)}} : std::nullopt;
}

}  // namespace luohu::reading
