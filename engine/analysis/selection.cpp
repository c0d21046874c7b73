#include "selection.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu::analysis {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error{ExitCode::usage, message};
}

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

}  // namespace

std::vector<const Indicator*> chosen_indicators(const std::vector<std::string>& names, const Sources& sources,
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
  for (const std::string& name : names) {
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
  if (names.empty()) {
    for (const std::string_view name : headline_indicators()) add_if_there(found(std::string{name}));
  }
  if (!left_out.empty()) notes.push_back(fmt::format("not in the results: {}", fmt::join(left_out, ", ")));
  if (chosen.empty()) refuse("none of the indicators can be computed from these results");
  return chosen;
}

std::vector<Task> tasks_of(const std::vector<const Indicator*>& chosen, const std::vector<std::string>& by,
                           const Sources& sources, std::vector<std::string>& notes) {
  const auto axes = split_axes();
  for (const std::string& axis : by) {
    if (std::ranges::find(axes, axis) == axes.end()) {
      refuse(fmt::format("no indicator can be split by '{}'{}; split by province or {}", axis, suggestion(axis, axes),
                         fmt::join(axes, ", ")));
    }
  }
  std::vector<Task> tasks;
  std::vector<std::string_view> whole;
  for (const Indicator* indicator : chosen) {
    tasks.push_back({indicator, {}});
    if (by.empty()) continue;
    if (!splits_by_all(*indicator, by)) {
      whole.push_back(indicator->name);
      continue;
    }
    tasks.push_back({indicator, by});
  }
  if (whole.size() == chosen.size()) {
    std::vector<std::string> splits;
    for (const Indicator* indicator : chosen) {
      splits.push_back(indicator->splits.empty()
                           ? fmt::format("{}: the province alone", indicator->name)
                           : fmt::format("{}: {}", indicator->name, fmt::join(indicator->splits, ", ")));
    }
    const bool named_all = by == std::vector<std::string>{"place"};  // the usual split, not a wish
    if (!named_all) {
      refuse(
          fmt::format("none of the indicators can be split by {} ({})", fmt::join(by, ", "), fmt::join(splits, "; ")));
    }
  }
  if (!whole.empty()) {
    notes.push_back(fmt::format("for the province alone, not by {}: {}", fmt::join(by, ", "), fmt::join(whole, ", ")));
  }
  for (Task& task : tasks) {
    for (const std::string& axis : task.by) task.cells *= sources.first().layout.axis(axis).size();
  }
  require_same_axes(sources, by);
  return tasks;
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

Samples sampled(const Sources& sources, const SourceScenario& of, const std::vector<Task>& tasks,
                const std::vector<int>& years) {
  const Experiment& experiment = sources.experiment(of);
  const auto all_years = static_cast<std::size_t>(experiment.last_year - experiment.first_year) + 1;
  std::vector<Evaluation> evaluations;
  Samples samples;
  for (const Task& task : tasks) {
    evaluations.emplace_back(*task.indicator, experiment.layout, task.by);
    samples.emplace_back(years.size(),
                         std::vector(task.cells, std::vector<double>(experiment.draws * experiment.replicates)));
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
            samples[t][y][c][d * experiment.replicates + r] = cells[c];
          }
        }
      }
    }
  }
  return samples;
}

std::vector<double> over_draws(const std::vector<double>& runs, std::size_t draws) {
  std::vector<double> means(runs.size() / draws);
  for (std::size_t i = 0; i < runs.size(); ++i) means[i % means.size()] += runs[i] / static_cast<double>(draws);
  return means;
}

}  // namespace luohu::analysis
