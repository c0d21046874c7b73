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

constexpr std::string_view group_axis_name = "group";

bool splits_by_all(const Indicator& indicator, const std::vector<std::string>& by) {
  return std::ranges::all_of(
      by, [&](const std::string& axis) { return indicator.splits_by(axis == group_axis_name ? "place" : axis); });
}

Axis axis_of(const std::vector<PlaceGroup>& groups) {
  Axis axis{std::string{group_axis_name}, "group of prefectures", "市州组", {}, {}, {}, {}};
  for (const PlaceGroup& group : groups) {
    axis.ids.push_back(group.id);
    axis.labels_en.push_back(group.title_en.empty() ? group.id : group.title_en);
    axis.labels_zh.push_back(group.title_zh.empty() ? group.id : group.title_zh);
  }
  return axis;
}

/// What the indicator is of the members alone: every sum is one over them. The names stay in `group`.
Indicator within(const Indicator& indicator, const PlaceGroup& group) {
  Indicator made = indicator;
  for (Sum& sum : made.sums) sum.only.push_back({sum.place, {group.members.begin(), group.members.end()}});
  return made;
}

void add_split(std::vector<Task>& tasks, const Indicator& indicator, const Split& split) {
  Task task{&indicator, split.by, 1, nullptr, 0, 0};
  const auto grouped = std::ranges::find(task.by, group_axis_name);
  if (grouped == task.by.end()) {
    tasks.push_back(std::move(task));
    return;
  }
  task.group_axis = static_cast<std::size_t>(grouped - task.by.begin());
  task.by.erase(grouped);
  for (task.group = 0; task.group < split.groups.size(); ++task.group) {
    task.of_group = std::make_shared<const Indicator>(within(indicator, split.groups[task.group]));
    tasks.push_back(task);
  }
}

/// A split that none of the indicators has is a mistake, but for the usual one.
void refuse_useless(const std::vector<const Indicator*>& chosen, const std::vector<std::string_view>& whole,
                    const std::vector<std::string>& by) {
  if (whole.size() < chosen.size() || by == std::vector<std::string>{"place"}) return;
  std::vector<std::string> splits;
  for (const Indicator* indicator : chosen) {
    splits.push_back(indicator->splits.empty()
                         ? fmt::format("{}: the province alone", indicator->name)
                         : fmt::format("{}: {}", indicator->name, fmt::join(indicator->splits, ", ")));
  }
  refuse(fmt::format("none of the indicators can be split by {} ({})", fmt::join(by, ", "), fmt::join(splits, "; ")));
}

void require_same_axes(const Sources& sources, const std::vector<std::string>& by) {
  for (const Layout* layout : sources.layouts()) {
    for (const std::string& name : by) {
      if (name == group_axis_name) continue;  // all files have the same places
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

Split::Split(const Sources& sources, std::vector<std::string> axes_by, const std::vector<PlaceGroup>& named)
    : by{std::move(axes_by)} {
  auto known = split_axes();
  known.push_back(group_axis_name);
  for (const std::string& axis : by) {
    if (std::ranges::find(known, axis) == known.end()) {
      refuse(fmt::format("no indicator can be split by '{}'{}; split by province or {}", axis, suggestion(axis, known),
                         fmt::join(known, ", ")));
    }
  }
  const Layout& layout = sources.first().layout;
  const bool grouped = std::ranges::find(by, group_axis_name) != by.end();
  if (grouped) {
    if (std::ranges::find(by, "place") != by.end()) refuse("--by has places and groups of places; name one of them");
    if (named.empty()) refuse("the baseline defines no [groups]; name one with --group NAME=PLACE,PLACE");
    groups = with_codes(named, layout.axis("place"));
  }
  for (const std::string& axis : by) {
    axes.push_back(axis == group_axis_name ? axis_of(groups) : layout.axis(axis));
  }
}

std::vector<Task> tasks_of(const std::vector<const Indicator*>& chosen, const Split& split, const Sources& sources,
                           std::vector<std::string>& notes) {
  const std::vector<std::string>& by = split.by;
  std::vector<Task> tasks;
  std::vector<std::string_view> whole;
  for (const Indicator* indicator : chosen) {
    tasks.push_back({indicator, {}, 1, nullptr, 0, 0});
    if (by.empty()) continue;
    if (!splits_by_all(*indicator, by)) {
      whole.push_back(indicator->name);
      continue;
    }
    add_split(tasks, *indicator, split);
  }
  refuse_useless(chosen, whole, by);
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
  if (task.of_group) rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(task.group_axis), task.group);
  return rows;
}

Samples sampled(const Sources& sources, const SourceScenario& of, const std::vector<Task>& tasks,
                const std::vector<int>& years) {
  const Experiment& experiment = sources.experiment(of);
  const auto all_years = static_cast<std::size_t>(experiment.last_year - experiment.first_year) + 1;
  std::vector<Evaluation> evaluations;
  Samples samples;
  for (const Task& task : tasks) {
    evaluations.emplace_back(task.evaluated(), experiment.layout, task.by);
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
