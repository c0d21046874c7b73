// Observations as matrices of origin and destination.

#include <fmt/format.h>

#include <algorithm>

#include "export_output.hpp"
#include "luohu/core/error.hpp"

namespace luohu {
namespace {

OmxMatrix described(const Observations& of, const Observation& first) {
  const ScenarioEntry& scenario = of.scenarios[first.scenario];
  OmxMatrix matrix;
  matrix.name = fmt::format("{}_{}_{}", first.indicator->name, first.year, scenario.id);
  matrix.attributes = {{"indicator", std::string{first.indicator->name}},
                       {"long_name", std::string{first.indicator->long_name}},
                       {"long_name_zh", std::string{first.indicator->long_name_zh}},
                       {"units", std::string{first.indicator->unit}},
                       {"year", std::to_string(first.year)},
                       {"scenario", scenario.id}};
  for (std::size_t a = 0; a + 2 < of.by.size(); ++a) {
    const Axis& axis = of.by[a];
    const std::string row = axis.ids.empty() ? std::to_string(axis.codes[first.cell[a]]) : axis.ids[first.cell[a]];
    matrix.name += "_" + row;
    matrix.attributes.emplace_back(axis.name, row);
  }
  return matrix;
}

}  // namespace

OmxFile omx_of(const Observations& of) {
  LUOHU_EXPECT(of.by.size() >= 2 && of.by.back().name == "destination");
  const Axis &origin = of.by[of.by.size() - 2], &destination = of.by.back();
  LUOHU_EXPECT(origin.name == "origin" && origin.codes == destination.codes);
  OmxFile file{origin.codes, origin.labels_en, origin.labels_zh, {}};
  const std::size_t each = origin.size() * destination.size();
  for (const Observation& row : of.rows) {
    if (row.cell.empty()) continue;  // the sum over all places
    // Cells of a matrix follow one another, destinations fastest.
    if (file.matrices.empty() || file.matrices.back().values.size() == each) {
      file.matrices.push_back(described(of, row));
    }
    file.matrices.back().values.push_back(row.mean());
  }
  return file;
}

}  // namespace luohu
