#include "state_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "blocks.hpp"
#include "state_tables.hpp"

namespace luohu::restart {
namespace {

/// More than the world has; times any cost a person it still is a 64-bit number.
constexpr std::int64_t most_persons = std::int64_t{1} << 34U;
constexpr double most_land = 1e15;                              ///< m² of a town; the earth has half as many
constexpr std::int64_t most_recorded = std::int64_t{1} << 48U;  ///< persons or yuan in one cell of a record

void require(bool condition, std::string_view what) {
  if (!condition) throw Damaged{fmt::format("impossible values: {}", what)};
}

/// Somebody else; where families stay together, who is there if the child is.
bool possible_mother(const Population& people, std::size_t child, bool families) {
  const Slot mother = people.mother[child];
  if (!mother) return true;
  return mother.value() < people.size() && mother.value() != child &&
         (!families || people.gone(child) || !people.gone(mother.value()));
}

bool possible(const Person& person, std::size_t zones, Year year) {
  const Traits traits = person.traits;
  Traits known{traits.sex(), traits.frailty()};
  known.set(traits.education());
  known.set(traits.township());
  known.set_owner(traits.owner());
  known.set_with_mother(traits.with_mother());
  return (!person.home || person.home.value() < zones) && person.registered.value() < zones &&
         static_cast<std::size_t>(traits.education()) < education_levels &&
         traits.township() <= Township::other_county && traits.bits() == known.bits() && person.born.year() <= year &&
         person.arrived.year() <= year && person.group_since.year() <= year &&
         (person.insured_since == ShortYear::never() || person.insured_since.year() <= year);
}

void require_people(const Population& people, const Model& model, Year year) {
  std::atomic<bool> all{true};
  for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t) {
    for (std::size_t row = chunk.first; row < chunk.last; ++row) {
      if (!possible(people.at(row), model.places.zones(), year)) all = false;
      if (!possible_mother(people, row, model.feedbacks.families)) all = false;
    }
  });
  require(all, "a person");
}

void require_counts(std::span<const std::int64_t> counts, std::int64_t least, std::int64_t most,
                    std::string_view name) {
  require(std::ranges::all_of(counts, [&](std::int64_t count) { return least <= count && count <= most; }), name);
}

void require_market(std::string_view name, std::span<const std::int64_t> persons) {
  require_counts(persons, name == "markets.by_measures" ? -most_persons : 0, most_persons, name);
}

/// Towns have land, and a rent.
void require_market(std::string_view name, std::span<const double> values) {
  require(std::ranges::all_of(values, [](double value) { return 0 < value && value <= most_land; }), name);
}

/// Digest of everyone as the last record has it.
std::uint64_t recorded_digest(const Layout& layout, const YearRecord& record) {
  for (std::size_t i = 0; i < layout.variables.size(); ++i) {
    if (layout.variables[i].name == "person_digest") {
      return std::get<std::vector<std::uint64_t>>(record.values[i]).front();
    }
  }
  throw Damaged{"there is no digest of persons"};
}

}  // namespace

void require_possible(const Stock& base, std::int64_t scale) {
  for_each_count(
      base, [&](std::string_view name, const auto& counts) { require_counts(counts, 0, most_persons / scale, name); });
}

void require_possible(const ReplicateState& state, const Model& model, const Layout& layout, std::int64_t scale) {
  const SimulationState& now = state.simulation;
  require_people(now.people, model, now.year);
  const std::int64_t most_agents = most_persons / scale;
  Ledger::for_each_table(now.flows,
                         [&](const auto& counts) { require_counts(counts, -most_agents, most_agents, "flows"); });
  for_each_market_table(now.markets, [](std::string_view name, const auto& values) { require_market(name, values); });
  for (const YearRecord& year : state.so_far.years) {
    for (const Values& values : year.values) {
      if (const auto* counts = std::get_if<std::vector<std::int64_t>>(&values)) {
        require_counts(*counts, -most_recorded, most_recorded, "records");
      }
    }
  }
  require(recorded_digest(layout, state.so_far.years.back()) == digest(now.people),
          "people other than the last year's");
}

}  // namespace luohu::restart
