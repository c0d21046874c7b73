#include "luohu/results/writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "files.hpp"
#include "luohu/core/files.hpp"
#include "luohu/results/reader.hpp"
#include "part.hpp"
#include "schema.hpp"

namespace luohu {
namespace {

namespace fs = std::filesystem;

void require_free(const fs::path& path, bool force) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(path, ignored))) return;
  if (const std::string kind = other_than_file(path); !kind.empty()) {
    throw Error{ExitCode::environment,
                fmt::format("{}: cannot be replaced by results (it is {})", path.string(), kind)};
  }
  if (force) return;
  const bool unfinished = path.extension() == ".part";
  throw Error{ExitCode::usage,
              fmt::format("{} exists{}; pass --force to replace it, or choose another -o", path.string(),
                          unfinished ? ", of a run that was interrupted; pass --resume to go on with it" : "")};
}

void require_consistent(const Experiment& experiment) {
  LUOHU_EXPECT(std::ranges::count(experiment.scenarios, experiment.baseline, &ScenarioEntry::id) == 1);
  LUOHU_EXPECT(experiment.draws > 0 && experiment.replicates > 0);
  LUOHU_EXPECT(experiment.first_year <= experiment.last_year);
  LUOHU_EXPECT(experiment.scale > 0);
  for (const Axis& axis : experiment.layout.axes) LUOHU_EXPECT(axis.size() > 0);
}

template <class T>
void write(const hdf5::Handle& dataset, const hdf5::Block& block, const std::vector<T>& values) {
  hdf5::write(dataset, block, std::span{values});
}

/// The same block of a variable from one file to another.
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
  bool force = false;
  Experiment experiment;
  files::RunLock lock;
  std::optional<Part> part;              ///< once the lock is ours
  std::vector<bool> added;               ///< by task
  std::optional<ResultsFile> read_back;  ///< the .part, while it is not written to
  bool keep = true;                      ///< the .part

  Impl(fs::path file, Experiment of, bool replace) : path{std::move(file)}, force{replace}, experiment{std::move(of)} {
    require_consistent(experiment);
    added.assign(experiment.scenarios.size() * experiment.draws * experiment.replicates, false);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() {
    read_back.reset();
    if (part && !keep) part->remove();
  }

  [[nodiscard]] fs::path part_path() const { return files::with_suffix(path, ".part"); }

  void take_lock() {
    files::create_folder(files::folder_of(path));
    lock = files::RunLock{files::with_suffix(path, ".lock")};
  }

  void begin() {
    require_free(path, force);
    take_lock();  // what is left of a run that goes on is not for --force or --resume
    require_free(part_path(), force);
    part.emplace(path);
    keep = false;
    part->create(experiment);
  }

  void go_on() {
    if (!fs::exists(part_path())) {
      throw Error{ExitCode::usage, fmt::format("there is no {}, so that nothing can be resumed{}", part_path().string(),
                                               fs::exists(path) ? fmt::format("; {} is complete", path.string())
                                                                : "; leave --resume out")};
    }
    require_free(path, force);
    take_lock();
    part.emplace(path);
    read_back.emplace(part_path());
    const std::vector<std::string> differing = differences(read_back->experiment(), experiment);
    if (!differing.empty()) {
      throw Error{ExitCode::usage, fmt::format("{} is of another experiment, so that it cannot be resumed:\n  {}",
                                               part_path().string(), fmt::join(differing, "\n  "))};
    }
    for (std::size_t task = 0; task < added.size(); ++task) {
      const auto [scenario, draw, replicate] = position(task, experiment);
      added[task] = read_back->has(scenario, draw, replicate);
    }
  }

  [[nodiscard]] std::size_t task(std::size_t scenario, std::size_t draw, std::size_t replicate) const {
    LUOHU_EXPECT(scenario < experiment.scenarios.size() && draw < experiment.draws &&
                 replicate < experiment.replicates);
    return (scenario * experiment.draws + draw) * experiment.replicates + replicate;
  }

  /// Scenario, draw and replicate of the task.
  [[nodiscard]] static std::array<std::size_t, 3> position(std::size_t task, const Experiment& of) {
    return {task / of.replicates / of.draws, task / of.replicates % of.draws, task % of.replicates};
  }

  /// Every task of `final`, in order, from the .part, which may have more replicates.
  void copy_all(const schema::Output& from, const schema::Output& to, const Experiment& final) const {
    const auto& variables = final.layout.variables;
    for (std::size_t task = 0; task < final.scenarios.size() * final.draws * final.replicates; ++task) {
      const auto [scenario, draw, replicate] = position(task, final);
      for (std::size_t i = 0; i < variables.size(); ++i) {
        const auto block = schema::block_of(schema::shape_of(final, variables[i]), scenario, draw, replicate);
        copy(from.variables[i], to.variables[i], block, variables[i].kind);
      }
    }
  }

  void write_final(const fs::path& file, const Experiment& final) const {
    hdf5::at_path(file, [&] {
      const schema::Output to = schema::create(file, final, schema::complete);
      copy_all(schema::open(part_path(), experiment, schema::Access::read), to, final);
      hdf5::flush(to.file);
    });
    files::sync(file);
  }

  void publish(const fs::path& file) const {
    require_free(path, force);  // it may have appeared during the run
    files::rename(file, path);
    files::sync(files::folder_of(path));
  }
};

ResultsWriter::ResultsWriter(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
ResultsWriter::ResultsWriter(std::filesystem::path path, Experiment experiment, bool force)
    : impl_{std::make_unique<Impl>(std::move(path), std::move(experiment), force)} {
  impl_->begin();
}
ResultsWriter ResultsWriter::resume(std::filesystem::path path, Experiment experiment, bool force) {
  auto impl = std::make_unique<Impl>(std::move(path), std::move(experiment), force);
  impl->go_on();
  return ResultsWriter{std::move(impl)};
}
ResultsWriter::~ResultsWriter() = default;
ResultsWriter::ResultsWriter(ResultsWriter&&) noexcept = default;
ResultsWriter& ResultsWriter::operator=(ResultsWriter&&) noexcept = default;

bool ResultsWriter::has(std::size_t scenario, std::size_t draw, std::size_t replicate) const {
  return impl_->added[impl_->task(scenario, draw, replicate)];
}

std::vector<YearRecord> ResultsWriter::years(std::size_t scenario, std::size_t draw, std::size_t replicate) const {
  LUOHU_EXPECT(has(scenario, draw, replicate));
  if (!impl_->read_back) impl_->read_back.emplace(impl_->part_path());
  return impl_->read_back->years(scenario, draw, replicate);
}

void ResultsWriter::add(std::size_t scenario, std::size_t draw, std::size_t replicate,
                        std::span<const YearRecord> years) {
  const std::size_t task = impl_->task(scenario, draw, replicate);
  LUOHU_EXPECT(!impl_->added[task] && years.size() == schema::years(impl_->experiment));
  impl_->read_back.reset();
  impl_->part->add(impl_->experiment, scenario, draw, replicate, years);
  impl_->added[task] = true;
  impl_->keep = true;
}

void ResultsWriter::keep() {
  impl_->keep = true;
}

bool ResultsWriter::kept() const {
  return impl_->keep;
}

void ResultsWriter::finish() {
  finish(impl_->experiment.replicates);
}

void ResultsWriter::finish(std::size_t replicates) {
  Experiment final = impl_->experiment;
  LUOHU_EXPECT(0 < replicates && replicates <= final.replicates);
  final.replicates = replicates;
  for (std::size_t task = 0; task < impl_->added.size(); ++task) {
    LUOHU_EXPECT(impl_->added[task] || Impl::position(task, impl_->experiment)[2] >= replicates);
  }
  impl_->read_back.reset();
  const fs::path temporary = files::with_suffix(impl_->path, ".tmp");
  try {
    impl_->write_final(temporary, final);
    impl_->publish(temporary);
  } catch (...) {
    files::remove(temporary);
    throw;
  }
  impl_->keep = false;  // nothing is in the .part that the file does not have
}

}  // namespace luohu
