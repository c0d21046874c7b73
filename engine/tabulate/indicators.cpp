#include "luohu/tabulate/indicators.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// Persons, whole or expected.
std::vector<double> counts_of(const Layout& layout, const YearRecord& record, std::string_view name) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name != name) continue;
    return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); },
                      record.values[v]);
  }
  throw InternalError{"the results have no variable '" + std::string{name} + "'"};
}

/// Exact for whole persons: they are far fewer than 2^53.
double sum(const std::vector<double>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

std::int64_t total(const std::vector<double>& counts) {
  return std::llround(sum(counts));
}

/// The part of [place]… counts that belongs to a prefecture; all of them for the province.
std::vector<double> part_of(std::vector<double> counts, const Layout& layout, std::optional<std::size_t> prefecture) {
  if (!prefecture) return counts;
  const std::size_t each = counts.size() / layout.axis("place").size();
  const auto first = counts.begin() + static_cast<std::ptrdiff_t>(*prefecture * each);
  return {first, first + static_cast<std::ptrdiff_t>(each)};
}

using Years = std::span<const YearRecord>;
using Prefecture = std::optional<std::size_t>;

std::vector<double> at_end(const Layout& layout, Years years, Prefecture prefecture, std::string_view name) {
  return part_of(counts_of(layout, years.back(), name), layout, prefecture);
}

double over_years(const Layout& layout, Years years, Prefecture prefecture, std::string_view name) {
  double total = 0;
  for (const YearRecord& year : years.subspan(1))
    total += sum(part_of(counts_of(layout, year, name), layout, prefecture));
  return total;
}

/// Share of [place][zone][rest] counts that lies in the urban zone.
double urban_share(const std::vector<double>& counts, std::size_t rest) {
  double urban = 0;
  for (std::size_t first = 0; first < counts.size(); first += 2 * rest) {
    for (std::size_t i = 0; i < rest; ++i) urban += counts[first + i];
  }
  return urban / sum(counts);
}

double residents(const Layout& layout, Years years, Prefecture prefecture) {
  return sum(at_end(layout, years, prefecture, "population"));
}
double urbanisation(const Layout& layout, Years years, Prefecture prefecture) {
  const std::size_t rest =
      layout.axis("sex").size() * layout.axis("age_group").size() * layout.axis("registration").size();
  return 100 * urban_share(at_end(layout, years, prefecture, "population"), rest);
}
double registered(const Layout& layout, Years years, Prefecture prefecture) {
  return sum(at_end(layout, years, prefecture, "registered"));
}
double registered_urbanisation(const Layout& layout, Years years, Prefecture prefecture) {
  return 100 * urban_share(at_end(layout, years, prefecture, "registered"), 1);
}
double settled(const Layout& layout, Years years, Prefecture prefecture) {
  return over_years(layout, years, prefecture, "settled");
}
double moves(const Layout& layout, Years years, Prefecture) {
  return over_years(layout, years, {}, "flow");
}
double left_behind(const Layout& layout, Years years, Prefecture prefecture) {
  return sum(at_end(layout, years, prefecture, "left_behind_children"));
}
/// At middle unit costs, not discounted.
double fiscal_cost(const Layout& layout, Years years, Prefecture prefecture) {
  const std::vector<std::string>& levels = layout.axis("cost_level").ids;
  const std::size_t items = layout.axis("cost_item").size();
  const auto middle = static_cast<std::size_t>(std::ranges::find(levels, "mid") - levels.begin());
  double total = 0;
  for (const YearRecord& year : years.subspan(1)) {
    const std::vector<double> cost = part_of(counts_of(layout, year, "fiscal_cost"), layout, prefecture);
    for (std::size_t i = 0; i < cost.size(); ++i) {
      if (i / items % levels.size() == middle) total += cost[i];
    }
  }
  return total;
}

constexpr Outcome outcome_table[] = {
    {"residents", "常住人口", "residents in the last year", "person", true, residents},
    {"urbanisation", "常住人口城镇化率", "residents of towns in the last year", "%", true, urbanisation},
    {"registered", "户籍人口", "persons registered there in the last year", "person", true, registered},
    {"registered_urbanisation", "户籍人口城镇化率", "registered in towns in the last year", "%", true,
     registered_urbanisation},
    {"settled", "落户人数", "settled over all years", "person", true, settled},
    {"moves", "迁移人次", "moves between zones over all years", "person", false, moves},
    {"left_behind_children", "留守儿童", "children apart from their mothers in the last year", "person", true,
     left_behind},
    {"fiscal_cost", "市民化公共成本", "public cost over all years, middle unit costs", "yuan", true, fiscal_cost},
};

}  // namespace

std::span<const Outcome> outcomes() {
  return outcome_table;
}

Summary summarise(const Layout& layout, const YearRecord& record) {
  const auto population = counts_of(layout, record, "population");
  const auto registered = counts_of(layout, record, "registered");
  const std::size_t rest =
      layout.axis("sex").size() * layout.axis("age_group").size() * layout.axis("registration").size();
  Summary summary;
  summary.residents = total(population);
  summary.urbanisation = urban_share(population, rest);
  summary.registered_urbanisation = urban_share(registered, 1);
  summary.settled = total(counts_of(layout, record, "settled"));
  summary.moves = total(counts_of(layout, record, "flow"));
  summary.births = total(counts_of(layout, record, "births"));
  summary.deaths = total(counts_of(layout, record, "deaths"));
  summary.net_migration = total(counts_of(layout, record, "inflow")) - total(counts_of(layout, record, "outflow"));
  return summary;
}

}  // namespace luohu
