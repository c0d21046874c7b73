#include "luohu/projection/projection.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/tabulate/tables.hpp"
#include "outcomes.hpp"

namespace luohu {
namespace {

/// Whether every column of a person but the id and the mother has a place in a packed state.
bool packs_every_column() {
  const Person none;
  return Population::bytes_per_person() == sizeof none.id + sizeof none.home + sizeof none.registered +
                                               sizeof none.traits + sizeof none.born + sizeof none.arrived +
                                               sizeof none.group_since + sizeof none.insured_since + sizeof none.mother;
}

std::string number(double value) {
  return std::to_string(static_cast<long long>(value));
}

/// What to change so that the place has no quota in the year.
std::string remedy(const Model& model, PlaceId place) {
  std::string measures;
  for (const Measure& measure : model.measures) {
    const bool sets = measure.enabled && measure.lever->field == &PlaceSettings::quota &&
                      std::ranges::find(measure.places, place) != measure.places.end();
    if (sets) measures += (measures.empty() ? "--set measure." : " --set measure.") + measure.id + ".enabled=false";
  }
  return measures.empty() ? "give it the quota inf in settlement_rules.csv" : "add " + measures;
}

}  // namespace

void require_independence(const Model& model, std::string_view scenario) {
  const std::string where = "--expectation: scenario '" + std::string{scenario} + "' ";
  for (const FeedbackInfo& feedback : feedback_table) {
    if (!(model.feedbacks.*feedback.field)) continue;
    throw Error{ExitCode::input, where + "has the feedback '" + std::string{feedback.name} +
                                     "', through which people act on one another, and then there is no exact "
                                     "expectation; add --feedbacks off"};
  }
  for (Year year = model.first_year + 1; year <= model.last_year; ++year) {
    const Settings settings = settings_of(year, model.base_settings, model.measures);
    for (std::size_t p = 0; p < settings.size(); ++p) {
      if (settings[p].quota == no_quota) continue;
      const PlaceId place{static_cast<PlaceId::Value>(p)};
      throw Error{ExitCode::input, where + "gives " + model.places[place].name_zh + " (" + model.places[place].name_en +
                                       ") a quota of " + number(settings[p].quota) + " person year-1 in " +
                                       std::to_string(year) +
                                       ", for which applicants compete, and then there is no exact expectation; " +
                                       remedy(model, place)};
    }
  }
}

Projection::Projection(const Model& model, const BaseYear& base, ProjectionOptions options, const Population& people,
                       Year year)
    : model_{model},
      base_{base},
      options_{std::move(options)},
      lumping_{model},
      cells_{model.places},
      year_{year},
      settings_{settings_of(year, model.base_settings,
                            year > model.first_year ? model.measures : std::span<const Measure>{})},
      flows_{model.places.size(), model.places.zones()},
      eligible_(model.places.prefectures(), 0) {
  LUOHU_EXPECT(packs_every_column() && model.places.zones() < most_zones);
  // Units of everyone, and as many incomers and children, fit in 64 bits.
  LUOHU_EXPECT(people.size() < (std::size_t{1} << 30U) / static_cast<std::size_t>(options_.scale));
  phase("states");
  Sums sums{model.places, static_cast<std::size_t>(threads())};
  const std::int64_t weight = options_.scale * units_per_person;
  for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t thread) {
    for (std::size_t row = chunk.first; row < chunk.last; ++row) {
      if (!people.gone(row)) put(sums, people.at(row), weight, thread);
    }
    sums.pour(thread);
  });
  gather(sums);
  start_ = end_;
}

void Projection::put(Sums& people, Person person, std::int64_t weight, std::size_t thread) const {
  person.traits.set_with_mother(false);  // without families nobody's mother matters
  people.add(pack(options_.lumping ? lumping_(person, year_) : person), weight, thread);
}

void Projection::gather(Sums& people) {
  states_ = people.take();
  end_ = empty_stock(model_.places);
  for (const Weighted& one : states_) add(end_, model_.places, unpack(one.state), one.weight, year_);
}

YearRecord Projection::record() const {
  YearRecord record = record_year({model_.places, 1, start_, end_, flows_, eligible_, settings_,
                                   std::vector<std::int64_t>(model_.places.prefectures()), MarketOutcome{}});
  for (Values& values : record.values) {
    const auto* units = std::get_if<std::vector<std::int64_t>>(&values);
    if (units == nullptr) continue;
    std::vector<double> persons(units->size());
    std::ranges::transform(*units, persons.begin(), [](std::int64_t n) {
      if (n == missing_count) return std::numeric_limits<double>::quiet_NaN();
      return static_cast<double>(n) / static_cast<double>(units_per_person);
    });
    values = std::move(persons);
  }
  return record;
}

void Projection::phase(std::string_view name) const {
  if (options_.on_phase) options_.on_phase(name);
}

Layout expectation_layout(Layout layout) {
  for (Variable& variable : layout.variables) {
    if (variable.kind == Kind::count) variable.kind = Kind::ratio;
  }
  return layout;
}

ReplicateResult project(const Model& model, const ProjectionOptions& options, Population people,
                        const std::function<bool(Year)>& keep_going) {
  const BaseYear base = base_year_of(model, take_stock(people, model.places, model.first_year), options.scale);
  Projection projection{model, base, options, people, model.first_year};
  people = {};  // its memory is needed for states
  ReplicateResult result;
  result.years.push_back(projection.record());
  while (projection.year() < model.last_year) {
    if (keep_going && !keep_going(projection.year() + 1)) throw Interrupted{};
    result.person_years += static_cast<std::int64_t>(projection.states().size());
    projection.advance();
    result.peak_agents = std::max(result.peak_agents, projection.states().size());
    result.years.push_back(projection.record());
  }
  return result;
}

}  // namespace luohu
