#pragma once
// Scenarios of Hunan at 1:100 until 2028, replicate by replicate with the same people and random numbers, and what
// differs between them.
//
// An effect is held to the interval of Student's t over eight replicates with a false alarm in a million: it
// must lie 14 standard errors from its bound. Each test states how far it lies.

#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "luohu/scenario/scenario.hpp"
#include "luohu/schedule/run.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "support/statistics.hpp"

namespace luohu::testing {

inline constexpr std::size_t replicates = 8;
inline constexpr std::int64_t persons_per_agent = 100;
inline constexpr Year horizon = 2028;

inline Scenario hunan(const std::string& file) {
  Scenario scenario = read_scenario(LUOHU_SOURCE_DIR "/scenarios/hunan/" + file);
  scenario.last_year = horizon;
  return scenario;
}

/// The scenario with those of its measures alone whose lever passes.
template <class Pass>
Scenario hunan_only(const std::string& file, Pass pass) {
  Scenario scenario = hunan(file);
  std::erase_if(scenario.measures, [&](const Measure& measure) { return !pass(measure.lever->name); });
  return scenario;
}

/// The years of one run, and how to read them.
class History {
 public:
  History(const Layout& layout, std::vector<YearRecord> years) : layout_{&layout}, years_{std::move(years)} {}
  [[nodiscard]] const std::vector<YearRecord>& years() const { return years_; }
  /// A variable of a year, 0 the base year, in the order of its axes.
  [[nodiscard]] std::vector<double> at(std::size_t year, std::string_view name) const {
    for (std::size_t v = 0; v < layout_->variables.size(); ++v) {
      if (layout_->variables[v].name != name) continue;
      return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); },
                        years_[year].values[v]);
    }
    throw std::logic_error{"no such variable"};
  }
  [[nodiscard]] std::vector<double> at_end(std::string_view name) const { return at(years_.size() - 1, name); }
  /// The sum over simulated years.
  [[nodiscard]] std::vector<double> over_years(std::string_view name) const {
    std::vector<double> sum = at(1, name);
    for (std::size_t year = 2; year < years_.size(); ++year) {
      const std::vector<double> values = at(year, name);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += values[i];
    }
    return sum;
  }

 private:
  const Layout* layout_;
  std::vector<YearRecord> years_;
};

/// Every scenario in every replicate.
class Runs {
 public:
  explicit Runs(const std::vector<Scenario>& scenarios, std::size_t count = replicates)
      : tables_{read_tables(scenarios.front().tables)}, layout_{results_layout(tables_.places)} {
    for (const Scenario& scenario : scenarios) {
      std::vector<History>& histories = histories_.emplace_back();
      for (std::size_t r = 0; r < count; ++r) histories.push_back(run(scenario, seed_of_replicate(Seed{1}, r)));
    }
  }
  [[nodiscard]] const std::vector<History>& operator[](std::size_t scenario) const { return histories_[scenario]; }

 private:
  [[nodiscard]] History run(const Scenario& s, Seed seed) const {
    const std::vector<std::uint16_t> groups = number_groups(tables_.places, s.groups);
    const SynthesisInputs inputs{tables_.places, tables_.census, s.parameters,      groups,
                                 s.first_year,   seed,           persons_per_agent, tables_.vital.fertility};
    const Model model{tables_.places,   tables_.census,   tables_.vital, tables_.economy, tables_.boundary,
                      tables_.capacity, tables_.settings, s.measures,    s.parameters,    groups,
                      s.first_year,     s.last_year,      s.feedbacks};
    RunOptions options;
    options.seed = seed;
    options.scale = persons_per_agent;
    return {layout_, run_replicate(model, options, synthesise(inputs, plan_population(inputs), 0)).years};
  }

  Tables tables_;
  Layout layout_;
  std::vector<std::vector<History>> histories_;
};

/// A number of every replicate.
class Sample {
 public:
  template <class Number>
  Sample(const std::vector<History>& histories, Number number) {
    for (const History& history : histories) values_.push_back(number(history));
  }
  friend Sample operator-(Sample a, const Sample& b) {
    for (std::size_t i = 0; i < a.values_.size(); ++i) a.values_[i] -= b.values_[i];
    return a;
  }
  friend Sample operator+(const Sample& a, const Sample& b) { return a - -1 * b; }
  friend Sample operator*(double factor, Sample a) {
    for (double& value : a.values_) value *= factor;
    return a;
  }
  [[nodiscard]] double mean() const { return moments_of(values_).mean; }
  [[nodiscard]] double error() const {
    return std::sqrt(moments_of(values_).variance / static_cast<double>(values_.size()));
  }
  [[nodiscard]] std::string text() const { return std::to_string(mean()) + " +- " + std::to_string(error()); }

 private:
  std::vector<double> values_;
};

/// The interval lies above zero.
inline bool positive(const Sample& sample) {
  return sample.mean() > 0 && student_p(sample.mean() / sample.error(), replicates - 1.0) < false_alarm;
}
inline bool negative(const Sample& sample) {
  return positive(-1 * sample);
}

}  // namespace luohu::testing
