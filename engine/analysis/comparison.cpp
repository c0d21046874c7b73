#include "luohu/analysis/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "selection.hpp"

namespace luohu {
namespace {

using analysis::Samples;
using analysis::Sources;
using analysis::SourceScenario;
using analysis::Task;

ComparedScenario described(const Sources& sources, const SourceScenario& of) {
  const ScenarioEntry& entry = sources.experiment(of).scenarios[of.index];
  return {of.label, entry.title_zh, entry.title_en, Pairing::paired, "", {}};
}

/// [task][year][cell][draw × replicates + replicate]
struct Runs {
  Samples samples;
  std::size_t draws = 1;
};

double mean_of_draw(const std::vector<double>& runs, std::size_t draws, std::size_t draw) {
  const std::size_t replicates = runs.size() / draws;
  double sum = 0;
  for (std::size_t r = 0; r < replicates; ++r) sum += runs[draw * replicates + r];
  return sum / static_cast<double>(replicates);
}

std::vector<DrawMeans> draws_of(const std::vector<double>& baseline, const std::vector<double>& scenario,
                                std::size_t draws) {
  std::vector<DrawMeans> means;
  for (std::size_t d = 0; draws > 1 && d < draws; ++d) {
    means.push_back({mean_of_draw(baseline, draws, d), mean_of_draw(scenario, draws, d)});
  }
  return means;
}

/// Every number of one scenario. Intervals are over replicates, each the mean over its draws; draws stand beside them.
void add_rows(Comparison& made, std::size_t scenario, const std::vector<Task>& tasks, const std::vector<int>& years,
              const Layout& layout, const Runs& baseline, const Runs& runs) {
  const Pairing pairing = made.scenarios[scenario].pairing;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    for (std::size_t y = 0; y < years.size(); ++y) {
      for (std::size_t c = 0; c < tasks[t].cells; ++c) {
        const std::vector<double> b = analysis::over_draws(baseline.samples[t][y][c], baseline.draws);
        const std::vector<double> s = analysis::over_draws(runs.samples[t][y][c], runs.draws);
        ComparedRow row{scenario, tasks[t].indicator, years[y], rows_of_cell(tasks[t], layout, c), {}, {}, {}};
        if (baseline.draws == runs.draws) {
          row.draws = draws_of(baseline.samples[t][y][c], runs.samples[t][y][c], runs.draws);
        }
        made.over_draws |= !row.draws.empty();
        row.contrast = contrast(b, s, pairing);
        if (pairing == Pairing::paired) row.unpaired = contrast(b, s, Pairing::unpaired);
        made.rows.push_back(std::move(row));
      }
    }
  }
}

void add_pairing_notes(Comparison& made, const Experiment& baseline) {
  for (const ComparedScenario& scenario : made.scenarios) {
    if (scenario.pairing == Pairing::unpaired) {
      made.notes.push_back(fmt::format("{}: compared unpaired, because {}", scenario.label, scenario.why_unpaired));
    }
  }
  if (baseline.expectation) {
    made.notes.emplace_back("expected numbers, without noise: differences are exact and have no interval");
  } else if (baseline.replicates < 2) {
    made.notes.emplace_back(
        "one replicate: no interval, and no telling a difference from noise; run with --replicates "
        "10 or more");
  }
}

}  // namespace

std::vector<std::string_view> split_axes() {
  std::vector<std::string_view> axes;
  for (const Indicator& indicator : indicators()) {
    for (const std::string_view axis : indicator.splits) {
      if (std::ranges::find(axes, axis) == axes.end()) axes.push_back(axis);
    }
  }
  return axes;
}

std::span<const std::string_view> headline_indicators() {
  static constexpr std::array<std::string_view, 10> names{
      "residents",   "urbanisation", "registered_urbanisation", "registered_urbanisation_gap",
      "settled",     "moves",        "net_from_outside",        "left_behind_children",
      "unmet_seats", "fiscal_cost"};
  return names;
}

Comparison compare(const ComparisonRequest& request) {
  const Sources sources{request.files};
  const SourceScenario baseline = sources.baseline(request.baseline);
  const bool alone = request.with_itself && sources.layouts().size() == 1 && sources.first().scenarios.size() == 1;
  const auto others = alone ? std::vector{baseline} : sources.others(request.scenarios, baseline);
  const std::vector<int> years = sources.years(request.years);
  Comparison made;
  made.notes = sources.notes();
  const auto chosen = analysis::chosen_indicators(request.indicators, sources, made.notes);
  const analysis::Split split{sources, request.by, request.groups};
  const std::vector<Task> tasks = analysis::tasks_of(chosen, split, sources, made.notes);
  const Experiment& before = sources.experiment(baseline);
  const Layout& layout = sources.first().layout;
  made.by = split.axes;
  made.baseline = described(sources, baseline);
  made.replicates = before.replicates;
  const auto runs_of = [&](const SourceScenario& of) {
    return Runs{sampled(sources, of, tasks, years), sources.experiment(of).draws};
  };
  const Runs of_baseline = runs_of(baseline);
  for (const SourceScenario& other : others) {
    const Experiment& after = sources.experiment(other);
    ComparedScenario scenario = described(sources, other);
    scenario.why_unpaired = analysis::why_unpaired(before, after);
    scenario.pairing = scenario.why_unpaired.empty() ? Pairing::paired : Pairing::unpaired;
    scenario.differs =
        analysis::differing_values(before, before.scenarios[baseline.index].id, after, after.scenarios[other.index].id);
    made.scenarios.push_back(std::move(scenario));
    add_rows(made, made.scenarios.size() - 1, tasks, years, layout, of_baseline, runs_of(other));
  }
  add_pairing_notes(made, before);
  return made;
}

}  // namespace luohu
