#include "luohu/results/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <map>

#include "luohu/core/text.hpp"
#include "rehearsal.hpp"
#include "schema.hpp"

namespace luohu {
namespace {

using hdf5::Failure;
using hdf5::Handle;
using hdf5::Type;

/// Text that is shown: none that could speak to the terminal.
std::string shown(std::string text) {
  if (has_control(text)) throw Failure{fmt::format("damaged: the text '{}' has a control character", visible(text))};
  return text;
}

std::vector<std::string> shown(std::vector<std::string> texts) {
  for (std::string& text : texts) text = shown(std::move(text));
  return texts;
}

std::string text_of(const Handle& object, const std::string& name) {
  return shown(hdf5::text_attribute(object, name));
}

std::string optional_text(const Handle& object, const std::string& name) {
  return hdf5::has_attribute(object, name) ? text_of(object, name) : std::string{};
}

Axis read_axis(const Handle& dataset, const std::string& name) {
  Axis axis;
  axis.name = name;
  axis.long_name = text_of(dataset, "long_name");
  axis.long_name_zh = text_of(dataset, "long_name_zh");
  if (hdf5::shape_of(dataset).size() != 1) throw Failure{fmt::format("damaged: dimension '{}' is not a list", name)};
  if (hdf5::type_of(dataset) == Type::text) {
    axis.ids = shown(hdf5::read<std::string>(dataset, hdf5::whole(dataset)));
  } else {
    axis.codes = hdf5::read<std::int32_t>(dataset, hdf5::whole(dataset));
  }
  if (axis.size() == 0) throw Failure{fmt::format("damaged: dimension '{}' is empty", name)};
  return axis;
}

std::vector<std::string> read_names(const Handle& file, const std::string& name, std::size_t rows) {
  if (!hdf5::has_child(file, name)) return {};
  const Handle dataset = hdf5::open_dataset(file, name);
  if (hdf5::shape_of(dataset) != hdf5::Shape{rows}) {
    throw Failure{fmt::format("damaged: '{}' does not name {} rows", name, rows)};
  }
  return shown(hdf5::read<std::string>(dataset, hdf5::whole(dataset)));
}

Kind kind_of(Type type) {
  switch (type) {
    case Type::int32:
    case Type::int64:
      return Kind::count;
    case Type::float64:
      return Kind::ratio;
    case Type::text:
      return Kind::digest;
  }
  return Kind::count;
}

Variable read_variable(const Handle& dataset, const std::string& name) {
  Variable variable;
  variable.name = name;
  variable.long_name = text_of(dataset, "long_name");
  variable.long_name_zh = text_of(dataset, "long_name_zh");
  variable.units = text_of(dataset, "units");
  variable.cell_methods = optional_text(dataset, "cell_methods");
  variable.kind = kind_of(hdf5::type_of(dataset));
  std::vector<std::string> dimensions = hdf5::dimensions_of(dataset);
  if (!std::ranges::equal(std::span{dimensions}.first(std::min(dimensions.size(), schema::leading_dimensions.size())),
                          schema::leading_dimensions)) {
    throw Failure{fmt::format("damaged: '{}' has the dimensions {}", name, fmt::join(dimensions, ", "))};
  }
  variable.axes.assign(dimensions.begin() + schema::leading_dimensions.size(), dimensions.end());
  return variable;
}

/// Everything in the root that is neither a dimension nor names of one is a variable.
void read_layout(const Handle& file, std::vector<Axis>& axes, std::vector<Variable>& variables) {
  std::vector<std::string> others;
  for (const std::string& name : shown(hdf5::children(file))) {
    if (!hdf5::is_dataset(file, name)) continue;
    const Handle dataset = hdf5::open_dataset(file, name);
    if (hdf5::is_scale(dataset)) {
      axes.push_back(read_axis(dataset, name));
    } else {
      others.push_back(name);
    }
  }
  for (Axis& axis : axes) {
    const std::string english = schema::english_names_of(axis.name);
    const std::string chinese = schema::chinese_names_of(axis.name);
    axis.labels_en = read_names(file, english, axis.size());
    axis.labels_zh = read_names(file, chinese, axis.size());
    std::erase_if(others, [&](const std::string& name) { return name == english || name == chinese; });
  }
  for (const std::string& name : others) variables.push_back(read_variable(hdf5::open_dataset(file, name), name));
}

void require_format(const Handle& file) {
  if (!hdf5::has_attribute(file, "format_version") || !hdf5::has_attribute(file, "status")) {
    throw Failure{"not a results file of luohu (HDF5 without the attributes 'format_version' and 'status')"};
  }
  const std::int64_t version = hdf5::integer_attribute(file, "format_version");
  if (version != schema::format_version) {
    throw Failure{
        fmt::format("has format version {}; this version of luohu reads {}", version, schema::format_version)};
  }
}

void take_scenarios(Experiment& experiment, Axis axis) {
  axis.labels_en.resize(axis.ids.size());
  axis.labels_zh.resize(axis.ids.size());
  for (std::size_t i = 0; i < axis.ids.size(); ++i) {
    experiment.scenarios.push_back({axis.ids[i], axis.labels_zh[i], axis.labels_en[i], ""});
  }
}

/// Sorts the axes into the experiment's own dimensions and those of the layout.
void take_axes(Experiment& experiment, std::vector<Axis> axes) {
  const auto& leading = schema::leading_dimensions;
  if (axes.size() < leading.size() ||
      !std::ranges::equal(std::span{axes}.first(leading.size()), leading, {}, &Axis::name) || axes[0].ids.empty() ||
      std::ranges::any_of(std::span{axes}.subspan(1, 3), [](const Axis& axis) { return axis.codes.empty(); })) {
    throw Failure{fmt::format("damaged: the first dimensions are not {}", fmt::join(leading, ", "))};
  }
  take_scenarios(experiment, axes[0]);
  experiment.draws = axes[1].codes.size();
  experiment.replicates = axes[2].codes.size();
  experiment.first_year = axes[3].codes.front();
  experiment.last_year = axes[3].codes.back();
  const std::int64_t span = std::int64_t{experiment.last_year} - experiment.first_year + 1;
  if (span != static_cast<std::int64_t>(axes[3].codes.size())) throw Failure{"damaged: the years have gaps"};
  experiment.layout.axes.assign(axes.begin() + leading.size(), axes.end());
}

void require_shapes(const Handle& file, const Experiment& experiment) {
  const Layout& layout = experiment.layout;
  for (const Variable& variable : layout.variables) {
    const bool known = std::ranges::all_of(variable.axes, [&](const std::string& name) {
      return std::ranges::find(layout.axes, name, &Axis::name) != layout.axes.end();
    });
    if (!known || hdf5::shape_of(hdf5::open_dataset(file, variable.name)) != schema::shape_of(experiment, variable)) {
      throw Failure{fmt::format("damaged: the shape of '{}' is not that of its dimensions", variable.name)};
    }
  }
}

Experiment read_experiment(const Handle& file) {
  Experiment experiment;
  std::vector<Axis> axes;
  read_layout(file, axes, experiment.layout.variables);
  take_axes(experiment, std::move(axes));
  require_shapes(file, experiment);
  experiment.title = text_of(file, "title");
  experiment.version = text_of(file, "source");
  experiment.expectation = text_of(file, "method") == schema::expectation;
  experiment.baseline = text_of(file, "baseline");
  experiment.scale = hdf5::integer_attribute(file, "scale");
  schema::read_provenance(file, experiment);
  shown(experiment.build);
  for (const InputFile& input : experiment.inputs) shown(input.name), shown(input.sha256);
  return experiment;
}

Values read_values(const Handle& dataset, Kind kind, const hdf5::Block& block) {
  switch (kind) {
    case Kind::count:
      return hdf5::read<std::int64_t>(dataset, block);
    case Kind::ratio:
      return hdf5::read<double>(dataset, block);
    case Kind::digest: {
      std::vector<std::uint64_t> digests;
      std::ranges::transform(hdf5::read<std::string>(dataset, block), std::back_inserter(digests), schema::parse_hex);
      return digests;
    }
  }
  return {};
}

/// What a replicate reads as that is not there: the fill values of the format.
Values unwritten(const Experiment& of, const Variable& variable) {
  const std::size_t size = schema::years(of) * of.layout.size(variable);
  switch (variable.kind) {
    case Kind::count:
      return std::vector<std::int64_t>(size, -1);
    case Kind::ratio:
      return std::vector<double>(size, std::numeric_limits<double>::quiet_NaN());
    case Kind::digest:
      return std::vector<std::uint64_t>(size, 0);
  }
  return {};
}

/// A file whose description has been read.
struct Opened {
  Handle file;
  bool complete = false;
  Experiment experiment;
  std::vector<bool> there;  ///< of every replicate, by scenario, draw and replicate

  [[nodiscard]] bool has(std::size_t scenario, std::size_t draw, std::size_t replicate) const {
    LUOHU_EXPECT(scenario < experiment.scenarios.size() && draw < experiment.draws &&
                 replicate < experiment.replicates);
    return there[(scenario * experiment.draws + draw) * experiment.replicates + replicate];
  }
  /// Values of one replicate.
  [[nodiscard]] Values read(const Variable& variable, std::size_t scenario, std::size_t draw,
                            std::size_t replicate) const {
    const Handle dataset = hdf5::open_dataset(file, variable.name);
    const auto block = schema::block_of(schema::shape_of(experiment, variable), scenario, draw, replicate);
    return read_values(dataset, variable.kind, block);
  }
};

/// A replicate is there if all its digests are: what was never written reads as an empty text.
std::vector<bool> finished_replicates(const Handle& file, const Experiment& of) {
  const auto digest = std::ranges::find(of.layout.variables, Kind::digest, &Variable::kind);
  LUOHU_EXPECT(digest != of.layout.variables.end());
  const Handle dataset = hdf5::open_dataset(file, digest->name);
  const hdf5::Shape shape = schema::shape_of(of, *digest);
  std::vector<bool> there;
  for (std::size_t s = 0; s < of.scenarios.size(); ++s) {
    for (std::size_t d = 0; d < of.draws; ++d) {
      for (std::size_t r = 0; r < of.replicates; ++r) {
        const auto texts = hdf5::read<std::string>(dataset, schema::block_of(shape, s, d, r));
        there.push_back(std::ranges::none_of(texts, &std::string::empty));
      }
    }
  }
  return there;
}

Opened open(const std::filesystem::path& path) {
  Opened opened{hdf5::open_file(path), false, {}, {}};
  require_format(opened.file);
  opened.complete = hdf5::text_attribute(opened.file, "status") == schema::complete;
  opened.experiment = read_experiment(opened.file);
  const Experiment& of = opened.experiment;
  opened.there = opened.complete ? std::vector<bool>(of.scenarios.size() * of.draws * of.replicates, true)
                                 : finished_replicates(opened.file, of);
  return opened;
}

/// Reads whatever could be asked for later. A run of thousands of replicates has begun with few of them, and those that
/// are not there are not read either.
void read_all(const Opened& opened) {
  const Experiment& of = opened.experiment;
  for (const Variable& variable : of.layout.variables) {
    const Handle dataset = hdf5::open_dataset(opened.file, variable.name);
    const hdf5::Shape shape = schema::shape_of(of, variable);
    for (std::size_t s = 0; s < of.scenarios.size(); ++s) {
      for (std::size_t d = 0; d < of.draws; ++d) {
        for (std::size_t r = 0; r < of.replicates; ++r) {
          if (!opened.has(s, d, r)) continue;
          static_cast<void>(read_values(dataset, variable.kind, schema::block_of(shape, s, d, r)));
        }
      }
    }
  }
}

Opened open_rehearsed(const std::filesystem::path& path) {
  std::error_code gone;
  const auto kind = std::filesystem::status(path, gone);
  if (std::filesystem::is_other(kind)) throw hdf5::Failure{"is not a regular file"};  // opening a pipe would wait
  std::error_code none;  // opening it says why a file has no size
  const std::uintmax_t size = std::filesystem::file_size(path, none);
  hdf5::rehearse([&] { read_all(open(path)); }, none ? 0 : size);
  return open(path);
}

}  // namespace

struct ResultsFile::Impl {
  std::filesystem::path path;
  Opened opened;

  explicit Impl(std::filesystem::path file)
      : path{std::move(file)}, opened{hdf5::at_path(path, [&] { return open_rehearsed(path); })} {}

  [[nodiscard]] const Variable& variable(std::string_view name) const {
    const auto& variables = opened.experiment.layout.variables;
    const auto found = std::ranges::find(variables, name, &Variable::name);
    if (found == variables.end()) {
      hdf5::fail_at(path, fmt::format("has no variable '{}'; 'luohu info' lists them", name));
    }
    return *found;
  }
};

ResultsFile::ResultsFile(std::filesystem::path path) : impl_{std::make_unique<Impl>(std::move(path))} {}
ResultsFile::~ResultsFile() = default;
ResultsFile::ResultsFile(ResultsFile&&) noexcept = default;
ResultsFile& ResultsFile::operator=(ResultsFile&&) noexcept = default;

bool ResultsFile::complete() const {
  return impl_->opened.complete;
}
const Experiment& ResultsFile::experiment() const {
  return impl_->opened.experiment;
}

Values ResultsFile::read(std::string_view variable, std::size_t scenario, std::size_t draw,
                         std::size_t replicate) const {
  const Variable& found = impl_->variable(variable);
  return hdf5::at_path(impl_->path, [&] {
    const bool there = impl_->opened.has(scenario, draw, replicate);
    return there ? impl_->opened.read(found, scenario, draw, replicate) : unwritten(experiment(), found);
  });
}

bool ResultsFile::has(std::size_t scenario, std::size_t draw, std::size_t replicate) const {
  return impl_->opened.has(scenario, draw, replicate);
}

std::vector<YearRecord> ResultsFile::years(std::size_t scenario, std::size_t draw, std::size_t replicate) const {
  const Experiment& of = experiment();
  std::vector<YearRecord> years(schema::years(of));
  for (const Variable& variable : of.layout.variables) {
    const auto size = static_cast<std::ptrdiff_t>(of.layout.size(variable));
    std::visit(
        [&](const auto& all) {
          auto next = all.begin();
          for (YearRecord& year : years) {
            year.values.emplace_back(std::decay_t<decltype(all)>(next, next + size));
            next += size;
          }
        },
        read(variable.name, scenario, draw, replicate));
  }
  return years;
}

Values ResultsFile::read(std::string_view variable) const {
  const Variable& found = impl_->variable(variable);
  return hdf5::at_path(impl_->path, [&] {
    if (!complete()) throw hdf5::Failure{"the run was not finished"};
    const Handle dataset = hdf5::open_dataset(impl_->opened.file, found.name);
    return read_values(dataset, found.kind, hdf5::whole(dataset));
  });
}

}  // namespace luohu
