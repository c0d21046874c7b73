// The group /provenance: all that is needed to run the experiment again and to judge its numbers.

#include <fmt/format.h>

#include <charconv>
#include <numeric>

#include "schema.hpp"

namespace luohu::schema {
namespace {

using hdf5::Handle;
using hdf5::Type;

constexpr auto group_name = "provenance";

template <class Row>
struct TextColumn {
  const char* name;
  const char* long_name;
  std::string Row::*field;
};

/// The one list of each table's text columns: writing and reading walk it.
constexpr std::array<TextColumn<ProvenanceEntry>, 6> parameter_columns{{
    {"parameter_scenario", "scenario the value belongs to", &ProvenanceEntry::scenario},
    {"parameter_key", "parameter or measure", &ProvenanceEntry::key},
    {"parameter_unit", "unit of parameter_value", &ProvenanceEntry::unit},
    {"parameter_tag", "kind of source: text, data, literature, computed or assumption", &ProvenanceEntry::tag},
    {"parameter_origin", "where the value was set", &ProvenanceEntry::origin},
    {"parameter_source", "source of the value", &ProvenanceEntry::source},
}};
constexpr std::array<TextColumn<InputFile>, 3> input_columns{{
    {"input_name", "input file", &InputFile::name},
    {"input_sha256", "SHA-256 of the file", &InputFile::sha256},
    {"input_header", "comment lines of the file", &InputFile::header},
}};

Handle create_row_axis(const Handle& group, const std::string& name, std::size_t rows) {
  Handle scale = hdf5::create_dataset(group, name, Type::int32, {rows});
  hdf5::make_scale(scale, name);
  hdf5::set_attribute(scale, "long_name", fmt::format("row of the {} table", name));
  std::vector<std::int32_t> index(rows);
  std::iota(index.begin(), index.end(), 0);
  hdf5::write(scale, hdf5::whole(scale), std::span{std::as_const(index)});
  return scale;
}

template <class Row>
void write_text(const Handle& group, const Handle& axis, const std::vector<Row>& rows, const TextColumn<Row>& column) {
  std::vector<std::string> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(row.*column.field);
  const Handle dataset = hdf5::create_dataset(group, column.name, Type::text, {rows.size()});
  hdf5::set_attribute(dataset, "long_name", column.long_name);
  hdf5::attach_scale(dataset, 0, axis);
  hdf5::write(dataset, hdf5::whole(dataset), std::span{std::as_const(values)});
}

template <class T>
std::vector<T> read_column(const Handle& group, const std::string& name, std::size_t rows) {
  const Handle dataset = hdf5::open_dataset(group, name);
  if (hdf5::shape_of(dataset) != hdf5::Shape{rows}) {
    throw hdf5::Failure{fmt::format("damaged: '{}' in /provenance does not have {} rows", name, rows)};
  }
  return hdf5::read<T>(dataset, hdf5::whole(dataset));
}

template <class Row>
void read_text(const Handle& group, std::vector<Row>& rows, const TextColumn<Row>& column) {
  std::vector<std::string> values = read_column<std::string>(group, column.name, rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].*column.field = std::move(values[i]);
}

/// An empty table is left out: netCDF takes a dimension of length 0 for an unlimited one.
template <class Row>
std::vector<Row> empty_rows(const Handle& group, const std::string& axis) {
  if (!hdf5::has_child(group, axis)) return {};
  const Handle scale = hdf5::open_dataset(group, axis);
  // Reading the index first holds the number of rows against the size of the file.
  return std::vector<Row>(hdf5::read<std::int32_t>(scale, hdf5::whole(scale)).size());
}

void write_parameters(const Handle& group, const std::vector<ProvenanceEntry>& rows) {
  if (rows.empty()) return;
  const Handle axis = create_row_axis(group, "parameter", rows.size());
  for (const auto& column : parameter_columns) write_text(group, axis, rows, column);
  std::vector<double> values;
  values.reserve(rows.size());
  for (const ProvenanceEntry& row : rows) values.push_back(row.value);
  const Handle dataset = hdf5::create_dataset(group, "parameter_value", Type::float64, {rows.size()});
  hdf5::set_attribute(dataset, "long_name", "value in parameter_unit");
  hdf5::attach_scale(dataset, 0, axis);
  hdf5::write(dataset, hdf5::whole(dataset), std::span{std::as_const(values)});
}

}  // namespace

void write_provenance(const Handle& file, const Experiment& experiment, const Handle& scenario_axis) {
  const Handle group = hdf5::create_group(file, group_name);
  // As text: R would round a large seed.
  hdf5::set_attribute(group, "seed", fmt::format("{}", experiment.seed));
  hdf5::set_attribute(group, "build", experiment.build);
  const TextColumn<ScenarioEntry> text{"scenario_text", "resolved scenario, TOML", &ScenarioEntry::text};
  write_text(group, scenario_axis, experiment.scenarios, text);
  write_parameters(group, experiment.provenance);
  if (experiment.inputs.empty()) return;
  const Handle axis = create_row_axis(group, "input", experiment.inputs.size());
  for (const auto& column : input_columns) write_text(group, axis, experiment.inputs, column);
}

void read_provenance(const Handle& file, Experiment& experiment) {
  const Handle group = hdf5::open_group(file, group_name);
  const std::string seed = hdf5::text_attribute(group, "seed");
  const auto [end, bad] = std::from_chars(seed.data(), seed.data() + seed.size(), experiment.seed);
  if (bad != std::errc{} || end != seed.data() + seed.size()) {
    throw hdf5::Failure{fmt::format("damaged: '{}' is not a seed", seed)};
  }
  experiment.build = hdf5::text_attribute(group, "build");
  const TextColumn<ScenarioEntry> text{"scenario_text", "", &ScenarioEntry::text};
  read_text(group, experiment.scenarios, text);
  experiment.provenance = empty_rows<ProvenanceEntry>(group, "parameter");
  if (!experiment.provenance.empty()) {
    for (const auto& column : parameter_columns) read_text(group, experiment.provenance, column);
    const auto values = read_column<double>(group, "parameter_value", experiment.provenance.size());
    for (std::size_t i = 0; i < values.size(); ++i) experiment.provenance[i].value = values[i];
  }
  experiment.inputs = empty_rows<InputFile>(group, "input");
  if (experiment.inputs.empty()) return;
  for (const auto& column : input_columns) read_text(group, experiment.inputs, column);
}

}  // namespace luohu::schema
