// Observations as text: a row for each number, and the wide table of the IAMC.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "export_output.hpp"
#include "luohu/cli/iamc_names.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

using Fields = std::vector<std::string>;

std::string line(const Fields& fields) {
  return fmt::format("{}\n", fmt::join(fields, ","));
}

std::string value_field(double value) {
  return std::isfinite(value) ? number_text(value) : "";
}

bool by_place(const Observations& of) {
  return std::ranges::find(of.by, "place", &Axis::name) != of.by.end();
}

void add_axis_names(Fields& names, const Axis& axis) {
  names.push_back(axis.name);
  if (!axis.labels_en.empty()) names.push_back(axis.name + "_name");
  if (!axis.labels_zh.empty()) names.push_back(axis.name + "_name_zh");
}

/// Code or identifier of a row of the axis, and its names; "all" without a row.
void add_axis(Fields& fields, const Axis& axis, std::optional<std::size_t> row) {
  const auto name = [&](const std::vector<std::string>& labels) {
    if (!labels.empty()) fields.push_back(row ? csv_field(labels[*row]) : "");
  };
  fields.push_back(!row ? "all" : axis.codes.empty() ? csv_field(axis.ids[*row]) : std::to_string(axis.codes[*row]));
  name(axis.labels_en);
  name(axis.labels_zh);
}

/// What is the same in all runs of a number.
std::string beginning(const Observations& of, const Observation& row) {
  Fields fields{csv_field(of.scenarios[row.scenario].id), std::string{row.indicator->name},
                csv_field(row.indicator->unit), std::to_string(row.year)};
  if (!by_place(of)) fields.emplace_back("all");
  for (std::size_t a = 0; a < of.by.size(); ++a) {
    add_axis(fields, of.by[a], row.cell.empty() ? std::nullopt : std::optional{row.cell[a]});
  }
  return fmt::format("{}", fmt::join(fields, ","));
}

/// A series of the IAMC: all but the model and the years.
struct Series {
  std::string scenario, region, variable, unit;
  auto operator<=>(const Series&) const = default;
};

Series series_of(const Observations& of, const Observation& row, const std::string& region) {
  Series series{of.scenarios[row.scenario].id, region, iamc_variable(*row.indicator), iamc_unit(*row.indicator)};
  for (std::size_t a = 0; a < row.cell.size(); ++a) {
    auto& path = of.by[a].name == "place" ? series.region : series.variable;
    path += "|" + iamc_part(of.by[a], row.cell[a]);
  }
  return series;
}

}  // namespace

void write_tidy_csv(std::ostream& out, const Observations& of, bool means) {
  Fields names{"scenario", "indicator", "unit", "year"};
  if (!by_place(of)) names.emplace_back("place");
  for (const Axis& axis : of.by) add_axis_names(names, axis);
  if (!means) names.insert(names.end(), {"draw", "replicate"});
  names.emplace_back("value");
  out << line(names);
  for (const Observation& row : of.rows) {
    const std::string same = beginning(of, row);
    if (means) {
      out << same << ',' << value_field(row.mean()) << '\n';
      continue;
    }
    for (std::size_t i = 0; i < row.runs.size(); ++i) {
      out << same << ',' << i / of.replicates << ',' << i % of.replicates << ',' << value_field(row.runs[i]) << '\n';
    }
  }
}

void write_iamc_csv(std::ostream& out, const Observations& of, const std::string& region) {
  std::set<int> years;
  for (const Observation& row : of.rows) years.insert(row.year);
  std::map<Series, std::size_t> known;
  std::vector<std::pair<Series, std::map<int, double>>> table;  // in the order of the observations
  for (const Observation& row : of.rows) {
    if (!std::isfinite(row.mean())) continue;
    Series series = series_of(of, row, region);
    const auto [entry, is_new] = known.try_emplace(series, table.size());
    if (is_new) table.emplace_back(std::move(series), std::map<int, double>{});
    table[entry->second].second[row.year] = row.mean();
  }
  const std::string model = of.source.substr(0, of.source.find(" ("));  // without the commit
  Fields names{"Model", "Scenario", "Region", "Variable", "Unit"};
  for (const int year : years) names.push_back(std::to_string(year));
  out << line(names);
  for (const auto& [series, values] : table) {
    Fields fields{csv_field(model), csv_field(series.scenario), csv_field(series.region), csv_field(series.variable),
                  csv_field(series.unit)};
    for (const int year : years) {
      const auto value = values.find(year);
      fields.push_back(value == values.end() ? "" : number_text(value->second));
    }
    out << line(fields);
  }
}

}  // namespace luohu
