#include "part.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "files.hpp"
#include "luohu/core/error.hpp"
#include "schema.hpp"

namespace luohu {
namespace {

namespace fs = std::filesystem;

/// All years of variable `index`, one after another.
template <class T>
std::vector<T> gathered(std::span<const YearRecord> years, std::size_t index, std::size_t size_of_year) {
  std::vector<T> values;
  values.reserve(years.size() * size_of_year);
  for (const YearRecord& year : years) {
    const auto* of_year = std::get_if<std::vector<T>>(&year.values.at(index));
    LUOHU_EXPECT(of_year != nullptr && of_year->size() == size_of_year);
    values.insert(values.end(), of_year->begin(), of_year->end());
  }
  return values;
}

template <class T>
void write_values(const hdf5::Handle& dataset, const hdf5::Block& block, const std::vector<T>& values) {
  hdf5::write(dataset, block, std::span{values});
}

void write_years(const hdf5::Handle& dataset, const hdf5::Block& block, Kind kind, std::span<const YearRecord> years,
                 std::size_t index, std::size_t size) {
  switch (kind) {
    case Kind::count:
      return write_values(dataset, block, gathered<std::int64_t>(years, index, size));
    case Kind::ratio:
      return write_values(dataset, block, gathered<double>(years, index, size));
    case Kind::digest: {
      std::vector<std::string> text;
      std::ranges::transform(gathered<std::uint64_t>(years, index, size), std::back_inserter(text), schema::hex);
      return write_values(dataset, block, text);
    }
  }
}

/// Text that was never written is NULL, and R crashes on that.
void write_empty_digests(const schema::Output& output, const Layout& layout) {
  for (std::size_t i = 0; i < layout.variables.size(); ++i) {
    if (layout.variables[i].kind != Kind::digest) continue;
    const hdf5::Block all = hdf5::whole(output.variables[i]);
    hsize_t size = 1;
    for (const hsize_t extent : all.count) size *= extent;
    write_values(output.variables[i], all, std::vector<std::string>(size));
  }
}

}  // namespace

Part::Part(const fs::path& results)
    : path_{files::with_suffix(results, ".part")},
      next_{files::with_suffix(results, ".part.next")},
      previous_{files::with_suffix(results, ".part.previous")} {}

Part::~Part() {
  files::remove(next_);
  files::remove(previous_);
}

void Part::create(const Experiment& experiment) {
  hdf5::at_path(path_, [&] {
    const schema::Output output = schema::create(next_, experiment, schema::running);
    write_empty_digests(output, experiment.layout);
    hdf5::flush(output.file);
  });
  files::sync(next_);
  files::rename(next_, path_);
}

void Part::add(const Experiment& experiment, std::size_t scenario, std::size_t draw, std::size_t replicate,
               std::span<const YearRecord> years) {
  Replicate added{scenario, draw, replicate, {years.begin(), years.end()}};
  const auto write_next = [&] {
    const std::array<const Replicate*, 2> replicates{&added, behind_ ? &*behind_ : nullptr};
    hdf5::at_path(path_, [&] { write(next_, experiment, std::span{replicates}.first(behind_ ? 2 : 1)); });
  };
  const auto write_fresh = [&] {
    files::remove(previous_);
    files::remove(next_);
    files::copy(path_, next_);
    behind_.reset();
    write_next();
  };
  // Who opened and locked the file while it had the name keeps it as it was.
  if (!std::exchange(next_is_whole_, false) || files::in_use(next_)) {
    write_fresh();
  } else {
    try {
      write_next();
    } catch (const Error&) {
      write_fresh();  // they may have locked it since: what is wrong with the disk fails again
    }
  }
  files::sync(next_);
  publish(std::move(added));
}

void Part::write(const fs::path& file, const Experiment& experiment, std::span<const Replicate* const> replicates) {
  const schema::Output output = schema::open(file, experiment, schema::Access::write);
  const auto& variables = experiment.layout.variables;
  for (const Replicate* one : replicates) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const auto shape = schema::shape_of(experiment, variables[i]);
      write_years(output.variables[i], schema::block_of(shape, one->scenario, one->draw, one->replicate),
                  variables[i].kind, one->years, i, experiment.layout.size(variables[i]));
    }
  }
  hdf5::flush(output.file);
}

void Part::publish(Replicate added) {
  std::error_code no_links;
  fs::create_hard_link(path_, previous_, no_links);
  files::rename(next_, path_);
  if (no_links) return;  // the next copy is made from the whole file
  files::rename(previous_, next_);
  behind_ = std::move(added);
  next_is_whole_ = true;
}

void Part::remove() const {
  files::remove(path_);
}

}  // namespace luohu
