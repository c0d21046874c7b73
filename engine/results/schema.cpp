#include "schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>

namespace luohu::schema {
namespace {

using hdf5::Handle;
using hdf5::Shape;
using hdf5::Type;

/// Dimensions written so far, by name.
using Scales = std::map<std::string, Handle, std::less<>>;

void describe(const Handle& dataset, std::string_view long_name, std::string_view long_name_zh) {
  hdf5::set_attribute(dataset, "long_name", long_name);
  hdf5::set_attribute(dataset, "long_name_zh", long_name_zh);
}

std::vector<std::int32_t> counting(std::size_t count, int first) {
  std::vector<std::int32_t> values(count);
  std::iota(values.begin(), values.end(), first);
  return values;
}

std::vector<Axis> all_axes(const Experiment& experiment) {
  std::vector<Axis> axes(leading_dimensions.size());
  for (std::size_t i = 0; i < axes.size(); ++i) axes[i].name = leading_dimensions[i];
  const auto set = [](Axis& axis, std::string long_name, std::string long_name_zh) {
    axis.long_name = std::move(long_name);
    axis.long_name_zh = std::move(long_name_zh);
  };
  set(axes[0], "scenario", "情景");
  set(axes[1], "parameter draw", "参数抽样");
  set(axes[2], "replicate (differs by seed alone)", "重复模拟");
  set(axes[3], "year ending on 1 November", "年份（截至11月1日）");
  for (const ScenarioEntry& scenario : experiment.scenarios) {
    axes[0].ids.push_back(scenario.id);
    axes[0].labels_en.push_back(scenario.title_en);
    axes[0].labels_zh.push_back(scenario.title_zh);
  }
  axes[1].codes = counting(experiment.draws, 0);
  axes[2].codes = counting(experiment.replicates, 0);
  axes[3].codes = counting(years(experiment), experiment.first_year);
  axes.insert(axes.end(), experiment.layout.axes.begin(), experiment.layout.axes.end());
  return axes;
}

void write_scale(const Handle& file, const Axis& axis, Scales& scales) {
  const bool coded = !axis.codes.empty();
  Handle scale = hdf5::create_dataset(file, axis.name, coded ? Type::int32 : Type::text, {axis.size()});
  hdf5::make_scale(scale, axis.name);
  describe(scale, axis.long_name, axis.long_name_zh);
  if (coded) {
    hdf5::write(scale, hdf5::whole(scale), std::span{axis.codes});
  } else {
    hdf5::write(scale, hdf5::whole(scale), std::span{axis.ids});
  }
  scales.emplace(axis.name, std::move(scale));
}

void write_names(const Handle& file, const Axis& axis, const Scales& scales) {
  const auto write = [&](const std::string& name, const std::vector<std::string>& labels, const std::string& language) {
    if (labels.empty()) return;
    LUOHU_EXPECT(labels.size() == axis.size());
    const Handle names = hdf5::create_dataset(file, name, Type::text, {labels.size()});
    describe(names, fmt::format("{}: name in {}", axis.long_name, language), axis.long_name_zh + "名称");
    hdf5::attach_scale(names, 0, scales.at(axis.name));
    hdf5::write(names, hdf5::whole(names), std::span{labels});
  };
  write(english_names_of(axis.name), axis.labels_en, "English");
  write(chinese_names_of(axis.name), axis.labels_zh, "Chinese");
}

/// The names that readers should attach to the variable as coordinates.
std::string coordinates_of(const Layout& layout, const Variable& variable) {
  std::string names = fmt::format("{} {}", english_names_of("scenario"), chinese_names_of("scenario"));
  for (const std::string& name : variable.axes) {
    const Axis& axis = layout.axis(name);
    if (!axis.labels_en.empty()) names += " " + english_names_of(name);
    if (!axis.labels_zh.empty()) names += " " + chinese_names_of(name);
  }
  return names;
}

/// One chunk per replicate, as that is the unit of writing and reading; years are split off where it
/// would grow past what a reader likes to hold.
Shape chunk_of(const Shape& shape) {
  constexpr hsize_t most = hsize_t{32} << 20U;  // bytes
  Shape chunk = shape;
  chunk[0] = chunk[1] = chunk[2] = 1;
  const hsize_t a_year = std::accumulate(chunk.begin() + 4, chunk.end(), hsize_t{sizeof(double)}, std::multiplies{});
  chunk[3] = std::clamp(most / a_year, hsize_t{1}, chunk[3]);
  return chunk;
}

Type stored_type(Kind kind) {
  switch (kind) {
    case Kind::count:
      return Type::int64;
    case Kind::ratio:
      return Type::float64;
    case Kind::digest:
      return Type::text;
  }
  return Type::int64;
}

Handle create_variable(const Handle& file, const Experiment& experiment, const Variable& variable,
                       const Scales& scales) {
  const Shape shape = shape_of(experiment, variable);
  Handle dataset = hdf5::create_dataset(file, variable.name, stored_type(variable.kind), shape, chunk_of(shape));
  describe(dataset, variable.long_name, variable.long_name_zh);
  hdf5::set_attribute(dataset, "units", variable.units);
  hdf5::set_attribute(dataset, "coordinates", coordinates_of(experiment.layout, variable));
  if (!variable.cell_methods.empty()) hdf5::set_attribute(dataset, "cell_methods", variable.cell_methods);
  std::vector<std::string> dimensions(leading_dimensions.begin(), leading_dimensions.end());
  dimensions.insert(dimensions.end(), variable.axes.begin(), variable.axes.end());
  for (std::size_t i = 0; i < dimensions.size(); ++i) hdf5::attach_scale(dataset, i, scales.at(dimensions[i]));
  return dataset;
}

}  // namespace

std::string english_names_of(std::string_view axis) {
  return axis == "scenario" ? "scenario_name_en" : fmt::format("{}_name", axis);
}

std::string chinese_names_of(std::string_view axis) {
  return fmt::format("{}_name_zh", axis);
}

std::string hex(std::uint64_t digest) {
  return fmt::format("{:016x}", digest);
}

std::uint64_t parse_hex(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (!text.empty() && (text.size() != 16 || error != std::errc{} || end != text.data() + text.size())) {
    throw hdf5::Failure{fmt::format("damaged: '{}' is not a digest", text)};
  }
  return value;
}

std::size_t years(const Experiment& experiment) {
  return static_cast<std::size_t>(experiment.last_year - experiment.first_year) + 1;
}

Shape shape_of(const Experiment& experiment, const Variable& variable) {
  Shape shape{experiment.scenarios.size(), experiment.draws, experiment.replicates, years(experiment)};
  for (const std::string& name : variable.axes) shape.push_back(experiment.layout.axis(name).size());
  return shape;
}

hdf5::Block block_of(const Shape& shape, std::size_t scenario, std::size_t draw, std::size_t replicate) {
  hdf5::Block block{Shape(shape.size(), 0), shape};
  block.start[0] = scenario;
  block.start[1] = draw;
  block.start[2] = replicate;
  block.count[0] = block.count[1] = block.count[2] = 1;
  return block;
}

Output create(const std::filesystem::path& path, const Experiment& experiment, std::string_view status) {
  Output output{hdf5::create_file(path), {}};
  const Handle& file = output.file;
  hdf5::set_attribute(file, "Conventions", "CF-1.8");
  hdf5::set_attribute(file, "title", experiment.title);
  hdf5::set_attribute(file, "source", experiment.version);
  hdf5::set_attribute(file, "method", experiment.expectation ? expectation : simulation);
  hdf5::set_attribute(file, "baseline", experiment.baseline);
  hdf5::set_attribute(file, "scale", experiment.scale);
  hdf5::set_attribute(file, "format_version", format_version);
  hdf5::set_attribute(file, "status", status);

  // netCDF numbers dimensions in the order of their creation: all of them come first.
  Scales scales;
  const std::vector<Axis> axes = all_axes(experiment);
  for (const Axis& axis : axes) write_scale(file, axis, scales);
  for (const Axis& axis : axes) write_names(file, axis, scales);
  for (const Variable& variable : experiment.layout.variables) {
    output.variables.push_back(create_variable(file, experiment, variable, scales));
  }
  write_provenance(file, experiment, scales.at("scenario"));
  return output;
}

Output open(const std::filesystem::path& path, const Experiment& experiment, Access access) {
  Output output{access == Access::write ? hdf5::open_file_to_write(path) : hdf5::open_file(path), {}};
  for (const Variable& variable : experiment.layout.variables) {
    output.variables.push_back(hdf5::open_dataset(output.file, variable.name));
  }
  return output;
}

}  // namespace luohu::schema
