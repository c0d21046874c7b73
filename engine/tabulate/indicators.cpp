#include "luohu/tabulate/indicators.hpp"

#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

const std::vector<std::int64_t>& counts_of(const Layout& layout, const YearRecord& record, std::string_view name) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name == name) return std::get<std::vector<std::int64_t>>(record.values[v]);
  }
  throw InternalError{"the results have no variable '" + std::string{name} + "'"};
}

std::int64_t total(const std::vector<std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// Share of [place][zone][rest] counts that lies in the urban zone.
double urban_share(const std::vector<std::int64_t>& counts, std::size_t rest) {
  std::int64_t urban = 0;
  for (std::size_t first = 0; first < counts.size(); first += 2 * rest) {
    for (std::size_t i = 0; i < rest; ++i) urban += counts[first + i];
  }
  return static_cast<double>(urban) / static_cast<double>(total(counts));
}

}  // namespace

Summary summarise(const Layout& layout, const YearRecord& record) {
  const auto& population = counts_of(layout, record, "population");
  const auto& registered = counts_of(layout, record, "registered");
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
