#include "luohu/results/writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "schema.hpp"

namespace luohu {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void environment_error(const fs::path& path, const std::string& problem, const std::error_code& why) {
  throw Error{ExitCode::environment, fmt::format("{}: {} ({})", path.string(), problem, why.message())};
}

fs::path with_suffix(const fs::path& path, const char* suffix) {
  return fs::path{path} += suffix;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path{"."};
}

/// After this the content survives a power cut.
void sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code why{errno, std::generic_category()};
  if (descriptor >= 0) ::close(descriptor);
  if (!done) environment_error(path, "cannot write to disk", why);
}

void require_free(const fs::path& path, bool force) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (!fs::exists(status)) return;
  if (!fs::is_regular_file(status)) {
    throw Error{ExitCode::environment, fmt::format("{}: cannot be replaced by results (it is {})", path.string(),
                                                   fs::is_directory(status) ? "a directory" : "not a regular file")};
  }
  if (force) return;
  const bool unfinished = path.extension() == ".part";
  throw Error{ExitCode::usage,
              fmt::format("{} exists{}; pass --force to replace it, or choose another -o", path.string(),
                          unfinished ? ": finished replicates of a run that was interrupted" : "")};
}

/// The library empties an existing file before it asks for the lock: ask first.
void require_idle(const fs::path& part) {
  const int descriptor = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;  // nothing there yet
  const bool busy = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  if (busy) {
    throw Error{ExitCode::environment, fmt::format("{}: another run is writing it; choose another -o", part.string())};
  }
}

void create_folder(const fs::path& folder) {
  std::error_code why;
  fs::create_directories(folder, why);
  if (why) environment_error(folder, "cannot create the folder", why);
}

void require_consistent(const Experiment& experiment) {
  LUOHU_EXPECT(std::ranges::count(experiment.scenarios, experiment.baseline, &ScenarioEntry::id) == 1);
  LUOHU_EXPECT(experiment.draws > 0 && experiment.replicates > 0);
  LUOHU_EXPECT(experiment.first_year <= experiment.last_year);
  LUOHU_EXPECT(experiment.scale > 0);
  for (const Axis& axis : experiment.layout.axes) LUOHU_EXPECT(axis.size() > 0);
}

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
void write(const hdf5::Handle& dataset, const hdf5::Block& block, const std::vector<T>& values) {
  hdf5::write(dataset, block, std::span{values});
}

void write_years(const hdf5::Handle& dataset, const hdf5::Block& block, Kind kind, std::span<const YearRecord> years,
                 std::size_t index, std::size_t size) {
  switch (kind) {
    case Kind::count:
      return write(dataset, block, gathered<std::int64_t>(years, index, size));
    case Kind::ratio:
      return write(dataset, block, gathered<double>(years, index, size));
    case Kind::digest: {
      std::vector<std::string> text;
      std::ranges::transform(gathered<std::uint64_t>(years, index, size), std::back_inserter(text), schema::hex);
      return write(dataset, block, text);
    }
  }
}

void copy(const hdf5::Handle& from, const hdf5::Handle& to, const hdf5::Block& block, Kind kind) {
  switch (kind) {
    case Kind::count:
      return write(to, block, hdf5::read<std::int64_t>(from, block));
    case Kind::ratio:
      return write(to, block, hdf5::read<double>(from, block));
    case Kind::digest:
      return write(to, block, hdf5::read<std::string>(from, block));
  }
}

}  // namespace

struct ResultsWriter::Impl {
  fs::path path;
  fs::path part;
  Experiment experiment;
  bool force = false;
  std::vector<bool> added;  ///< by task
  schema::Output output;    ///< the .part

  Impl(fs::path file, Experiment of, bool replace)
      : path{std::move(file)}, part{with_suffix(path, ".part")}, experiment{std::move(of)}, force{replace} {
    require_consistent(experiment);
    require_free(path, force);
    require_free(part, force);
    create_folder(folder_of(path));
    added.assign(experiment.scenarios.size() * experiment.draws * experiment.replicates, false);
    require_idle(part);
    try {
      hdf5::at_path(part, [&] {
        output = schema::create(part, experiment, schema::running);
        write_empty_digests();
      });
    } catch (...) {
      output = {};
      remove(part);
      throw;
    }
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() {
    output = {};
    if (std::ranges::find(added, true) == added.end()) remove(part);
  }

  /// Text that was never written is NULL, and R crashes on that.
  void write_empty_digests() const {
    const auto& variables = experiment.layout.variables;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (variables[i].kind != Kind::digest) continue;
      const std::size_t size = added.size() * schema::years(experiment) * experiment.layout.size(variables[i]);
      write(output.variables[i], hdf5::whole(output.variables[i]), std::vector<std::string>(size));
    }
  }

  static void remove(const fs::path& file) {
    std::error_code ignored;
    fs::remove(file, ignored);
  }

  [[nodiscard]] std::size_t task(std::size_t scenario, std::size_t draw, std::size_t replicate) const {
    LUOHU_EXPECT(scenario < experiment.scenarios.size() && draw < experiment.draws &&
                 replicate < experiment.replicates);
    return (scenario * experiment.draws + draw) * experiment.replicates + replicate;
  }

  void copy_all(const schema::Output& to) const {
    const auto& variables = experiment.layout.variables;
    for (std::size_t task = 0; task < added.size(); ++task) {
      const std::size_t replicate = task % experiment.replicates;
      const std::size_t draw = task / experiment.replicates % experiment.draws;
      const std::size_t scenario = task / experiment.replicates / experiment.draws;
      for (std::size_t i = 0; i < variables.size(); ++i) {
        const auto shape = schema::shape_of(experiment, variables[i]);
        const auto block = schema::block_of(shape, scenario, draw, replicate);
        copy(output.variables[i], to.variables[i], block, variables[i].kind);
      }
    }
  }

  void write_final(const fs::path& file) const {
    hdf5::at_path(file, [&] {
      const schema::Output final = schema::create(file, experiment, schema::complete);
      copy_all(final);
      hdf5::flush(final.file);
    });
    sync(file);
  }

  void publish(const fs::path& file) const {
    require_free(path, force);  // it may have appeared during the run
    std::error_code why;
    fs::rename(file, path, why);
    if (why) environment_error(path, "cannot give the file its name", why);
    sync(folder_of(path));
  }
};

ResultsWriter::ResultsWriter(std::filesystem::path path, Experiment experiment, bool force)
    : impl_{std::make_unique<Impl>(std::move(path), std::move(experiment), force)} {}
ResultsWriter::~ResultsWriter() = default;
ResultsWriter::ResultsWriter(ResultsWriter&&) noexcept = default;
ResultsWriter& ResultsWriter::operator=(ResultsWriter&&) noexcept = default;

void ResultsWriter::add(std::size_t scenario, std::size_t draw, std::size_t replicate,
                        std::span<const YearRecord> years) {
  const Experiment& experiment = impl_->experiment;
  const std::size_t task = impl_->task(scenario, draw, replicate);
  LUOHU_EXPECT(!impl_->added[task] && years.size() == schema::years(experiment));
  hdf5::at_path(impl_->part, [&] {
    const auto& variables = experiment.layout.variables;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const auto shape = schema::shape_of(experiment, variables[i]);
      write_years(impl_->output.variables[i], schema::block_of(shape, scenario, draw, replicate), variables[i].kind,
                  years, i, experiment.layout.size(variables[i]));
    }
    hdf5::flush(impl_->output.file);
  });
  impl_->added[task] = true;
}

void ResultsWriter::finish() {
  LUOHU_EXPECT(std::ranges::find(impl_->added, false) == impl_->added.end());
  const fs::path temporary = with_suffix(impl_->path, ".tmp");
  try {
    impl_->write_final(temporary);
    impl_->publish(temporary);
  } catch (...) {
    Impl::remove(temporary);
    throw;
  }
  impl_->added.assign(impl_->added.size(), false);  // nothing is kept in the .part any more
  impl_->output = {};
  Impl::remove(impl_->part);
}

}  // namespace luohu
