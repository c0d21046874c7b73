#include "luohu/restart/checkpoint.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <system_error>
#include <utility>

#include "blocks.hpp"
#include "luohu/core/error.hpp"
#include "state_check.hpp"
#include "state_tables.hpp"

namespace luohu {
namespace {

namespace fs = std::filesystem;
using restart::BlockReader;
using restart::BlockWriter;
using restart::Damaged;

constexpr std::uint64_t format_version = 1;
static_assert(std::endian::native == std::endian::little, "the file format of checkpoints is little-endian");

/// What the first block says.
struct Head {
  std::uint64_t version = format_version;
  std::uint64_t experiment = 0, scenario = 0, draw = 0, replicate = 0;
  std::uint64_t year = 0;
  std::uint64_t rows = 0;  ///< of the population
  std::uint64_t person_years = 0, peak_agents = 0;

  [[nodiscard]] CheckpointOf of() const { return {experiment, scenario, draw, replicate}; }
};

template <class T>
std::span<const T> one(const T& value) {
  return {&value, 1};
}

/// All years' values of the variables of one kind, one after another; for all kinds.
template <class Records, class Visit>
void for_each_kind(Records& years, Visit&& visit) {
  const auto of_kind = [&]<class T>(std::string_view name, const T&) {
    for (auto& year : years) {
      for (auto& values : year.values) {
        if (auto* of = std::get_if<std::vector<T>>(&values)) visit(name, *of);
      }
    }
  };
  of_kind("years.count", std::int64_t{});
  of_kind("years.ratio", double{});
  of_kind("years.digest", std::uint64_t{});
}

YearRecord empty_record(const Layout& layout) {
  YearRecord record;
  for (const Variable& variable : layout.variables) {
    const std::size_t size = layout.size(variable);
    switch (variable.kind) {
      case Kind::count:
        record.values.emplace_back(std::vector<std::int64_t>(size));
        break;
      case Kind::ratio:
        record.values.emplace_back(std::vector<double>(size));
        break;
      case Kind::digest:
        record.values.emplace_back(std::vector<std::uint64_t>(size));
        break;
    }
  }
  return record;
}

/// The state of a market without a past, in its shapes.
MarketState empty_markets(std::size_t prefectures) {
  MarketState state;
  state.land.resize(prefectures);
  state.rent.resize(prefectures);
  state.places = state.places_by_measures = Grid<std::int64_t, 2>{{prefectures, child_ages}};
  state.rental_places.resize(prefectures);
  state.settled_to_date.resize(prefectures);
  return state;
}

void write(const fs::path& path, const CheckpointOf& of, const RunningReplicate& replicate) {
  const Simulation& now = replicate.simulation();
  const ReplicateResult& so_far = replicate.so_far();
  BlockWriter file{path};
  const auto put = [&](std::string_view name, const auto& values) { file.add(name, std::span{std::as_const(values)}); };
  file.add("luohu checkpoint", one(Head{format_version, of.experiment, of.scenario, of.draw, of.replicate,
                                        static_cast<std::uint64_t>(now.year()), now.people().size(),
                                        static_cast<std::uint64_t>(so_far.person_years), so_far.peak_agents}));
  for_each_kind(so_far.years, put);
  restart::for_each_count(now.base_stock(), put);
  file.add("base.person_digest", one(now.base_stock().person_digest));
  Ledger::for_each_table(now.flows(), [&](const auto& counts) { put("flows", counts); });
  restart::for_each_market_table(now.market_state(), put);
  Population::for_each_column(now.people(), [&](std::string_view name, const auto& column, auto) {
    file.add(name, column.rows(0, column.size()));
  });
  file.finish();
}

/// Rows that a population grows by between two compactions, so that no column is copied in the first years.
constexpr std::size_t spare_of(std::size_t rows) {
  return rows / 11 + 1024;
}

/// Nothing if it is of another replicate.
std::optional<ReplicateState> read(const fs::path& path, const CheckpointContext& context) {
  const Model& model = context.model;
  BlockReader file{path};
  const auto take = [&](std::string_view name, auto& values) { file.read(name, std::span{values}); };
  Head head;
  file.read("luohu checkpoint", std::span{&head, 1});
  if (head.version != format_version)
    throw Damaged{fmt::format("it has format {}, not {}", head.version, format_version)};
  if (head.experiment != context.of.experiment) throw Damaged{"it is of another experiment"};
  if (head.of() != context.of) return std::nullopt;
  const auto first = static_cast<std::uint64_t>(model.first_year), last = static_cast<std::uint64_t>(model.last_year);
  if (head.year < first || head.year > last) throw Damaged{fmt::format("it is of a year {}", head.year)};
  if (head.rows > file.left() / Population::bytes_per_person()) throw Damaged{"it is cut short"};

  ReplicateState state;
  state.so_far.years.assign(head.year - first + 1, empty_record(context.layout));
  state.so_far.person_years = static_cast<std::int64_t>(head.person_years);
  state.so_far.peak_agents = head.peak_agents;
  for_each_kind(state.so_far.years, take);
  SimulationState& now = state.simulation;
  now.year = static_cast<Year>(head.year);
  now.base = empty_stock(model.places);
  restart::for_each_count(now.base, take);
  restart::require_possible(now.base, context.scale);
  file.read("base.person_digest", std::span{&now.base.person_digest, 1});
  now.flows = Ledger{model.places.size(), model.places.zones()};
  Ledger::for_each_table(now.flows, [&](auto& counts) { take("flows", counts); });
  now.markets = empty_markets(model.places.prefectures());
  restart::for_each_market_table(now.markets, take);
  now.people.reserve(head.rows + spare_of(head.rows));
  now.people.resize(head.rows);
  Population::for_each_column(now.people, [&](std::string_view name, auto& column, auto) {
    file.read(name, std::span{column.data(), column.size()});
  });
  if (file.left() != 0) throw Damaged{"something follows its last block"};
  restart::require_possible(state, model, context.layout, context.scale);
  return state;
}

fs::path beside(const fs::path& results, const char* suffix) {
  return fs::path{results} += suffix;
}

/// After this the names in the folder survive a power cut, where the file system can promise it.
void sync_folder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void give_name(const fs::path& from, const fs::path& to) {
  std::error_code why;
  fs::rename(from, to, why);
  if (why && why != std::errc::no_such_file_or_directory) {
    throw Error{ExitCode::environment,
                fmt::format("{}: cannot give the checkpoint its name ({})", to.string(), why.message())};
  }
}

}  // namespace

Checkpoints::Checkpoints(fs::path results)
    : newest_{beside(results, ".checkpoint")},
      before_{beside(results, ".checkpoint.before")},
      aside_{beside(results, ".checkpoint.tmp")} {}

void Checkpoints::save(const CheckpointOf& of, const RunningReplicate& replicate) const {
  try {
    write(aside_, of, replicate);
  } catch (...) {
    std::error_code ignored;
    fs::remove(aside_, ignored);
    throw;
  }
  give_name(newest_, before_);
  give_name(aside_, newest_);
  sync_folder(newest_);
}

std::optional<ReplicateState> Checkpoints::load(const CheckpointContext& context,
                                                const std::function<void(const std::string&)>& say) const {
  for (const fs::path& path : {newest_, before_}) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) continue;
    try {
      if (auto state = read(path, context)) return state;
    } catch (const Damaged& why) {
      say(fmt::format("{} is not used: {}", path.string(), why.what()));
    }
  }
  return std::nullopt;
}

void Checkpoints::remove() const {
  std::error_code ignored;
  for (const fs::path& path : {newest_, before_, aside_}) fs::remove(path, ignored);
}

std::size_t checkpoint_bytes(std::size_t rows) {
  return rows * Population::bytes_per_person();
}

}  // namespace luohu
