#pragma once
// The toy province in motion: a model, its population and its records.

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "luohu/schedule/run.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "support/toy_province.hpp"

namespace luohu::testing {

struct ToyRun {
  ToyProvince toy;
  std::vector<Measure> measures;
  Feedbacks feedbacks{.families = false,
                      .wages = false,
                      .rents = false,
                      .services = false};  ///< no children with mothers and no markets unless a test wants them
  Year last_year = 2030;
  std::int64_t scale = 1;

  explicit ToyRun(std::int64_t persons = 60'000) : toy{toy_province(persons)} {}

  /// Refers to this ToyRun, which must outlive it.
  [[nodiscard]] Model model() const {
    return {toy.places, toy.census,     toy.vital,    toy.economy,   toy.boundary, toy.capacity, toy.settings,
            measures,   toy.parameters, toy.group_of, toy.base_year, last_year,    feedbacks};
  }
  [[nodiscard]] Population population() const {
    const SynthesisInputs inputs{toy.places,    toy.census, toy.parameters, toy.group_of,
                                 toy.base_year, Seed{1},    scale,          toy.vital.fertility};
    return synthesise(inputs, plan_population(inputs), 0);
  }
  [[nodiscard]] RunOptions options(bool screening = true) const {
    RunOptions options;
    options.seed = Seed{2};
    options.scale = scale;
    options.screening = screening;
    return options;
  }
  [[nodiscard]] std::vector<YearRecord> records(bool screening = true) const {
    const Model made = model();
    return run_replicate(made, options(screening), population()).years;
  }

  /// Nobody is born, dies, moves, settles, comes or is reclassified.
  void freeze() {
    Parameters& c = toy.parameters;
    c.mobility_level = c.application_rate = c.external_registration = 0;
    std::ranges::fill(toy.vital.mortality.values(), 0.0);
    std::ranges::fill(toy.vital.fertility, 0.0);
    std::ranges::fill(toy.boundary.inflow.values(), 0.0);
    std::ranges::fill(toy.boundary.reclassification, 0.0);
  }
};

inline Measure measure_of(std::string_view lever, double value, double start) {
  Measure measure;
  measure.id = "test";
  measure.lever = find_lever(lever);
  measure.places = {place(0), place(1), place(2)};
  measure.start = start;
  measure.amount = value;
  return measure;
}

/// Bit for bit, so that a missing value equals another.
inline bool same(const YearRecord& a, const YearRecord& b) {
  return std::ranges::equal(a.values, b.values, [](const Values& x, const Values& y) {
    return x.index() == y.index() &&
           std::visit(
               [&](const auto& values) {
                 const auto& others = std::get<std::decay_t<decltype(values)>>(y);
                 return std::ranges::equal(std::as_bytes(std::span{values}), std::as_bytes(std::span{others}));
               },
               x);
  });
}

/// The counts of a variable of a record.
inline const std::vector<std::int64_t>& counts_in(const Layout& layout, const YearRecord& record,
                                                  std::string_view name) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name == name) return std::get<std::vector<std::int64_t>>(record.values[v]);
  }
  throw std::logic_error{"no such variable"};
}

}  // namespace luohu::testing
