#include "luohu/analysis/comparison.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "sources.hpp"

namespace luohu {
namespace {

using analysis::Sources;
using analysis::SourceScenario;

[[noreturn]] void refuse(const std::string& message) {
  throw Error{ExitCode::usage, message};
}

/// What is evaluated: each indicator for the province, then split.
struct Task {
  const Indicator* indicator;
  std::vector<std::string> by;
  std::size_t cells = 1;
};

/// [task][year][cell][replicate]
using Samples = std::vector<std::vector<std::vector<std::vector<double>>>>;

const Indicator& found(const std::string& name) {
  if (const Indicator* indicator = indicator_named(name)) return *indicator;
  std::vector<std::string_view> names;
  for (const Indicator& indicator : indicators()) names.push_back(indicator.name);
  refuse(fmt::format("unknown indicator '{}'{}; 'luohu indicators' lists them", name, suggestion(name, names)));
}

std::optional<std::string> lacking_in_any(const Indicator& indicator, const Sources& sources) {
  for (const Layout* layout : sources.layouts()) {
    if (const auto what = lacking(indicator, *layout)) return what;
  }
  return std::nullopt;
}

bool splits_by_all(const Indicator& indicator, const std::vector<std::string>& by) {
  return std::ranges::all_of(by, [&](const std::string& axis) { return indicator.splits_by(axis); });
}

/// Those named must be there; of those not named, notes say which are not.
std::vector<const Indicator*> chosen_indicators(const ComparisonRequest& request, const Sources& sources,
                                                std::vector<std::string>& notes) {
  std::vector<const Indicator*> chosen;
  std::vector<std::string_view> left_out;
  const auto add_if_there = [&](const Indicator& indicator) {
    if (std::ranges::find(chosen, &indicator) != chosen.end()) return;
    const bool there = !lacking_in_any(indicator, sources);
    if (there) {
      chosen.push_back(&indicator);
    } else {
      left_out.push_back(indicator.name);
    }
  };
  for (const std::string& name : request.indicators) {
    if (name == "all") {
      for (const Indicator& indicator : indicators()) add_if_there(indicator);
      continue;
    }
    const Indicator& indicator = found(name);
    if (const auto what = lacking_in_any(indicator, sources)) {
      refuse(fmt::format("'{}' cannot be computed: the results have no {}", name, *what));
    }
    add_if_there(indicator);
  }
  if (request.indicators.empty()) {
    for (const std::string_view name : headline_indicators()) add_if_there(found(std::string{name}));
  }
  if (!left_out.empty()) notes.push_back(fmt::format("not in the results: {}", fmt::join(left_out, ", ")));
  if (chosen.empty()) refuse("none of the indicators can be computed from these results");
  return chosen;
}

/// Splits that an indicator does not have leave the province alone; by an axis that none has is a mistake.
std::vector<Task> tasks_of(const ComparisonRequest& request, const std::vector<const Indicator*>& chosen,
                           const Sources& sources, std::vector<std::string>& notes) {
  const auto axes = split_axes();
  for (const std::string& axis : request.by) {
    if (std::ranges::find(axes, axis) == axes.end()) {
      refuse(fmt::format("no indicator can be split by '{}'{}; split by province or {}", axis, suggestion(axis, axes),
                         fmt::join(axes, ", ")));
    }
  }
  std::vector<Task> tasks;
  std::vector<std::string_view> whole;
  for (const Indicator* indicator : chosen) {
    tasks.push_back({indicator, {}});
    if (request.by.empty()) continue;
    if (!splits_by_all(*indicator, request.by)) {
      whole.push_back(indicator->name);
      continue;
    }
    tasks.push_back({indicator, request.by});
  }
  if (whole.size() == chosen.size()) {
    std::vector<std::string> splits;
    for (const Indicator* indicator : chosen) {
      splits.push_back(indicator->splits.empty()
                           ? fmt::format("{}: the province alone", indicator->name)
                           : fmt::format("{}: {}", indicator->name, fmt::join(indicator->splits, ", ")));
    }
    const bool named_all = request.by == std::vector<std::string>{"place"};  // the usual split, not a wish
    if (!named_all) {
      refuse(fmt::format("none of the indicators can be split by {} ({})", fmt::join(request.by, ", "),
                         fmt::join(splits, "; ")));
    }
  }
  if (!whole.empty()) {
    notes.push_back(
        fmt::format("for the province alone, not by {}: {}", fmt::join(request.by, ", "), fmt::join(whole, ", ")));
  }
  for (Task& task : tasks) {
    for (const std::string& axis : task.by) task.cells *= sources.first().layout.axis(axis).size();
  }
  return tasks;
}

void require_same_axes(const Sources& sources, const std::vector<std::string>& by) {
  for (const Layout* layout : sources.layouts()) {
    for (const std::string& name : by) {
      const Axis& first = sources.first().layout.axis(name);
      const Axis& other = layout->axis(name);
      if (first.codes != other.codes || first.ids != other.ids) {
        refuse(fmt::format("the files do not have the same {}: compare them by another split", first.long_name));
      }
    }
  }
}

std::vector<double> as_reals(const Values& values) {
  return std::visit([](const auto& from) { return std::vector<double>(from.begin(), from.end()); }, values);
}

/// Every task in every year and replicate of one scenario, averaged over draws.
Samples sampled(const Sources& sources, const SourceScenario& of, const std::vector<Task>& tasks,
                const std::vector<int>& years) {
  const Experiment& experiment = sources.experiment(of);
  const auto all_years = static_cast<std::size_t>(experiment.last_year - experiment.first_year) + 1;
  std::vector<Evaluation> evaluations;
  Samples samples;
  for (const Task& task : tasks) {
    evaluations.emplace_back(*task.indicator, experiment.layout, task.by);
    samples.emplace_back(years.size(), std::vector(task.cells, std::vector<double>(experiment.replicates)));
  }
  for (std::size_t r = 0; r < experiment.replicates; ++r) {
    for (std::size_t d = 0; d < experiment.draws; ++d) {
      std::map<std::string, std::vector<double>, std::less<>> read;
      std::size_t year = 0;
      const VariableValues values = [&](std::string_view name) -> std::span<const double> {
        auto known = read.find(name);
        if (known == read.end()) {
          known = read.emplace(name, as_reals(sources.file(of).read(name, of.index, d, r))).first;
        }
        const std::size_t each = known->second.size() / all_years;
        return std::span{known->second}.subspan(year * each, each);
      };
      for (std::size_t y = 0; y < years.size(); ++y) {
        year = static_cast<std::size_t>(years[y] - experiment.first_year);
        YearValues of_year{values};
        for (std::size_t t = 0; t < tasks.size(); ++t) {
          const std::vector<double> cells = evaluations[t](of_year);
          for (std::size_t c = 0; c < cells.size(); ++c) {
            samples[t][y][c][r] += cells[c] / static_cast<double>(experiment.draws);
          }
        }
      }
    }
  }
  return samples;
}

ComparedScenario described(const Sources& sources, const SourceScenario& of) {
  const ScenarioEntry& entry = sources.experiment(of).scenarios[of.index];
  return {of.label, entry.title_zh, entry.title_en, Pairing::paired, "", {}};
}

std::vector<std::size_t> rows_of_cell(const Task& task, const Layout& layout, std::size_t cell) {
  std::vector<std::size_t> rows(task.by.size());
  for (std::size_t a = rows.size(); a-- > 0;) {
    const std::size_t extent = layout.axis(task.by[a]).size();
    rows[a] = cell % extent;
    cell /= extent;
  }
  return rows;
}

void add_rows(Comparison& made, std::size_t scenario, const std::vector<Task>& tasks, const std::vector<int>& years,
              const Layout& layout, const Samples& baseline, const Samples& samples) {
  const Pairing pairing = made.scenarios[scenario].pairing;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    for (std::size_t y = 0; y < years.size(); ++y) {
      for (std::size_t c = 0; c < tasks[t].cells; ++c) {
        const auto &b = baseline[t][y][c], &s = samples[t][y][c];
        ComparedRow row{scenario, tasks[t].indicator, years[y], rows_of_cell(tasks[t], layout, c), {}, {}};
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
  const auto chosen = chosen_indicators(request, sources, made.notes);
  const std::vector<Task> tasks = tasks_of(request, chosen, sources, made.notes);
  require_same_axes(sources, request.by);
  const Experiment& before = sources.experiment(baseline);
  const Layout& layout = sources.first().layout;
  for (const std::string& axis : request.by) made.by.push_back(layout.axis(axis));
  made.baseline = described(sources, baseline);
  made.replicates = before.replicates;
  const Samples of_baseline = sampled(sources, baseline, tasks, years);
  for (const SourceScenario& other : others) {
    const Experiment& after = sources.experiment(other);
    ComparedScenario scenario = described(sources, other);
    scenario.why_unpaired = analysis::why_unpaired(before, after);
    scenario.pairing = scenario.why_unpaired.empty() ? Pairing::paired : Pairing::unpaired;
    scenario.differs =
        analysis::differing_values(before, before.scenarios[baseline.index].id, after, after.scenarios[other.index].id);
    made.scenarios.push_back(std::move(scenario));
    add_rows(made, made.scenarios.size() - 1, tasks, years, layout, of_baseline, sampled(sources, other, tasks, years));
  }
  add_pairing_notes(made, before);
  return made;
}

}  // namespace luohu
