// From a year's variables to an indicator's values: sums over the axes that are not split, then the formula.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "luohu/core/error.hpp"
#include "luohu/tabulate/indicators.hpp"

namespace luohu {
namespace {

constexpr auto nowhere = std::numeric_limits<std::uint32_t>::max();

const Variable* variable_of(const Layout& layout, std::string_view name) {
  const auto found = std::ranges::find(layout.variables, name, &Variable::name);
  return found == layout.variables.end() ? nullptr : &*found;
}

const Axis* axis_of(const Layout& layout, std::string_view name) {
  const auto found = std::ranges::find(layout.axes, name, &Axis::name);
  return found == layout.axes.end() ? nullptr : &*found;
}

bool is_prefecture(const Layout& layout, std::int32_t code) {
  const Axis* places = axis_of(layout, "place");
  return places != nullptr && std::ranges::find(places->codes, code) != places->codes.end();
}

/// Whether row `row` of `axis` is among the rows that `only` names.
bool counts(const Layout& layout, const Axis& axis, std::size_t row, const Only& only) {
  if (only.ids.front() == in_province) return is_prefecture(layout, axis.codes[row]);
  if (only.ids.front() == out_of_province) return !is_prefecture(layout, axis.codes[row]);
  return std::ranges::find(only.ids, axis.codes.empty() ? axis.ids[row] : std::to_string(axis.codes[row])) !=
         only.ids.end();
}

std::optional<std::string> lacking(const Layout& layout, std::string_view variable, const std::vector<Only>& filters) {
  const Variable* found = variable_of(layout, variable);
  if (found == nullptr) return fmt::format("variable '{}'", variable);
  for (const Only& only : filters) {
    const bool has = std::ranges::find(found->axes, only.axis) != found->axes.end();
    const Axis* axis = has ? axis_of(layout, only.axis) : nullptr;
    if (axis == nullptr) return fmt::format("dimension '{}' of '{}'", only.axis, variable);
    const bool by_code = only.ids.front() == in_province || only.ids.front() == out_of_province;
    for (const std::string_view id : only.ids) {
      if (by_code ? axis->codes.empty() : std::ranges::find(axis->ids, id) == axis->ids.end()) {
        return fmt::format("'{}' in the dimension '{}'", id, only.axis);
      }
    }
  }
  return std::nullopt;
}

/// Calls `visit(value index, row of each axis)` for every value of `variable`.
template <class Visit>
void for_each_value(const Layout& layout, const Variable& variable, Visit&& visit) {
  std::vector<std::size_t> extents, rows(variable.axes.size());
  for (const std::string& name : variable.axes) extents.push_back(layout.axis(name).size());
  const std::size_t size = layout.size(variable);
  for (std::size_t i = 0; i < size; ++i) {
    visit(i, rows);
    for (std::size_t a = rows.size(); a-- > 0;) {
      if (++rows[a] < extents[a]) break;
      rows[a] = 0;
    }
  }
}

/// For every value of the variable, whether the filters let it through.
std::vector<bool> counted(const Layout& layout, const Variable& variable, const std::vector<Only>& filters,
                          bool between_places) {
  std::vector<std::vector<bool>> passes;
  std::size_t origin = variable.axes.size(), destination = variable.axes.size();
  for (std::size_t a = 0; a < variable.axes.size(); ++a) {
    const Axis& axis = layout.axis(variable.axes[a]);
    if (axis.name == "origin") origin = a;
    if (axis.name == "destination") destination = a;
    std::vector<bool> rows(axis.size(), true);
    for (const Only& only : filters) {
      if (only.axis != axis.name) continue;
      for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = rows[row] && counts(layout, axis, row, only);
    }
    passes.push_back(std::move(rows));
  }
  LUOHU_EXPECT(!between_places || (origin < variable.axes.size() && destination < variable.axes.size()));
  std::vector<bool> through(layout.size(variable), true);
  for_each_value(layout, variable, [&](std::size_t i, const std::vector<std::size_t>& rows) {
    bool passed = !between_places || rows[origin] != rows[destination];
    for (std::size_t a = 0; a < rows.size(); ++a) passed = passed && passes[a][rows[a]];
    through[i] = passed;
  });
  return through;
}

/// Equal exactly for equal sums by the same split.
std::string key_of(const Sum& sum, const std::vector<std::string>& by) {
  std::string key = fmt::format("{}|{}|{}|{}|{}|{}", sum.variable, sum.place, sum.between_places, sum.weight,
                                fmt::join(sum.over, ","), fmt::join(by, ","));
  for (const auto* filters : {&sum.only, &sum.weight_only}) {
    key += '|';
    for (const Only& only : *filters) key += fmt::format("{}={};", only.axis, fmt::join(only.ids, ","));
  }
  return key;
}

/// For each row of `from` the row of `to` that is the same, or `nowhere`: places are known by their code.
std::vector<std::uint32_t> matched(const Axis& from, const Axis& to) {
  std::vector<std::uint32_t> rows(from.size(), nowhere);
  for (std::size_t i = 0; i < from.size(); ++i) {
    for (std::size_t j = 0; j < to.size(); ++j) {
      const bool same = from.name == to.name ? i == j : from.codes.at(i) == to.codes.at(j);
      if (same) rows[i] = static_cast<std::uint32_t>(j);
    }
  }
  return rows;
}

}  // namespace

std::optional<std::string> lacking(const Indicator& indicator, const Layout& layout) {
  for (const Sum& sum : indicator.sums) {
    if (const auto what = lacking(layout, sum.variable, sum.only)) return what;
    for (const std::string_view axis : sum.over) {
      const auto& axes = variable_of(layout, sum.variable)->axes;
      if (std::ranges::find(axes, axis) == axes.end()) return fmt::format("dimension '{}' of '{}'", axis, sum.variable);
    }
    if (sum.weight.empty()) continue;
    if (const auto what = lacking(layout, sum.weight, sum.weight_only)) return what;
  }
  return std::nullopt;
}

Evaluation::Evaluation(const Indicator& indicator, const Layout& layout, std::vector<std::string> by)
    : indicator_{&indicator}, by_{std::move(by)} {
  for (const std::string& axis : by_) {
    LUOHU_EXPECT(indicator.splits_by(axis));
    extents_.push_back(layout.axis(axis).size());
    cells_ *= extents_.back();
  }
  for (const Sum& sum : indicator.sums) plans_.push_back(planned(sum, layout));
}

std::size_t Evaluation::row(std::size_t cell, std::size_t axis) const {
  for (std::size_t a = by_.size(); --a > axis;) cell /= extents_[a];
  return cell % extents_[axis];
}

Evaluation::Plan Evaluation::planned(const Sum& sum, const Layout& layout) const {
  const Variable* found = variable_of(layout, sum.variable);
  LUOHU_EXPECT(found != nullptr);
  const Variable& variable = *found;
  /// One axis of the variable: its rows' places in the sum's own rows.
  struct Part {
    std::size_t axis;
    std::vector<std::uint32_t> rows;
    std::size_t stride;
  };
  Plan plan;
  plan.key = key_of(sum, by_);
  plan.variable = variable.name;
  plan.row_of.assign(cells_, 0);
  std::vector<Part> parts;
  const auto axis_index = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(variable.axes, name) - variable.axes.begin());
  };
  for (auto over = sum.over.rbegin(); over != sum.over.rend(); ++over) {
    const Axis& axis = layout.axis(*over);
    LUOHU_EXPECT(axis_index(*over) < variable.axes.size());
    parts.push_back({axis_index(*over), matched(axis, axis), plan.width});
    plan.width *= axis.size();
  }
  for (std::size_t b = by_.size(); b-- > 0;) {
    const std::string_view name = by_[b] == "place" ? sum.place : std::string_view{by_[b]};
    if (axis_index(name) == variable.axes.size()) continue;  // the same for every row of the split
    const Axis& split = layout.axis(by_[b]);
    parts.push_back({axis_index(name), matched(layout.axis(name), split), plan.width * plan.rows});
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      plan.row_of[cell] += static_cast<std::uint32_t>(row(cell, b) * plan.rows);
    }
    plan.rows *= split.size();
  }
  const std::vector<bool> through = counted(layout, variable, sum.only, sum.between_places);
  plan.target.assign(layout.size(variable), nowhere);
  for_each_value(layout, variable, [&](std::size_t i, const std::vector<std::size_t>& rows) {
    std::size_t target = 0;
    bool passed = through[i];
    for (const Part& part : parts) {
      const std::uint32_t to = part.rows[rows[part.axis]];
      passed = passed && to != nowhere;
      target += std::size_t{to} * part.stride;
    }
    if (passed) plan.target[i] = static_cast<std::uint32_t>(target);
  });
  if (!sum.weight.empty()) weigh(plan, sum, layout);
  return plan;
}

void Evaluation::weigh(Plan& plan, const Sum& sum, const Layout& layout) {
  const Variable* weight = variable_of(layout, sum.weight);
  const Variable* value = variable_of(layout, sum.variable);
  LUOHU_EXPECT(weight != nullptr && value != nullptr);
  plan.weight = weight->name;
  plan.shared_rows = 1;
  plan.shared.assign(layout.size(*weight), 0);
  plan.weighed.assign(layout.size(*value), 0);
  for (std::size_t v = value->axes.size(); v-- > 0;) {
    const auto w = static_cast<std::size_t>(std::ranges::find(weight->axes, value->axes[v]) - weight->axes.begin());
    if (w == weight->axes.size()) continue;
    const auto stride = static_cast<std::uint32_t>(plan.shared_rows);
    for_each_value(layout, *weight, [&](std::size_t i, const std::vector<std::size_t>& rows) {
      plan.shared[i] += static_cast<std::uint32_t>(rows[w]) * stride;
    });
    for_each_value(layout, *value, [&](std::size_t i, const std::vector<std::size_t>& rows) {
      plan.weighed[i] += static_cast<std::uint32_t>(rows[v]) * stride;
    });
    plan.shared_rows *= layout.axis(value->axes[v]).size();
  }
  const std::vector<bool> through = counted(layout, *weight, sum.weight_only, false);
  for (std::size_t i = 0; i < through.size(); ++i) {
    if (!through[i]) plan.shared[i] = nowhere;
  }
}

std::vector<double> Evaluation::add_up(const Plan& plan, const VariableValues& values) {
  std::vector<double> sums(plan.rows * plan.width);
  const std::span<const double> from = values(plan.variable);
  LUOHU_EXPECT(from.size() == plan.target.size());
  if (plan.weight.empty()) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (plan.target[i] != nowhere) sums[plan.target[i]] += from[i];
    }
    return sums;
  }
  std::vector<double> weights(plan.shared_rows);
  const std::span<const double> weight = values(plan.weight);
  LUOHU_EXPECT(weight.size() == plan.shared.size());
  for (std::size_t i = 0; i < weight.size(); ++i) {
    if (plan.shared[i] != nowhere) weights[plan.shared[i]] += weight[i];
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    // What is a mean over nobody has no value, and no weight.
    const double times = weights[plan.weighed[i]];
    if (plan.target[i] != nowhere && times != 0) sums[plan.target[i]] += from[i] * times;
  }
  return sums;
}

std::vector<double> Evaluation::operator()(YearValues& year) const {
  std::vector<std::span<const double>> sums;
  for (const Plan& plan : plans_) {
    auto made = year.sums_.find(plan.key);
    if (made == year.sums_.end()) made = year.sums_.emplace(plan.key, add_up(plan, year.variables_)).first;
    sums.emplace_back(made->second);
  }
  std::vector<double> result(cells_);
  std::vector<std::span<const double>> operands(sums.size());
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    for (std::size_t s = 0; s < sums.size(); ++s) {
      operands[s] = sums[s].subspan(plans_[s].row_of[cell] * plans_[s].width, plans_[s].width);
    }
    result[cell] = indicator_->formula(operands);
  }
  return result;
}

}  // namespace luohu
