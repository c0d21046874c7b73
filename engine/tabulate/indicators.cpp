#include "luohu/tabulate/indicators.hpp"

#include <cmath>
#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// Exact for whole persons: they are far fewer than 2^53.
double sum(const std::vector<double>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

std::int64_t total(const std::vector<double>& counts) {
  return std::llround(sum(counts));
}

/// Share of [place][zone][rest] counts that lies in the urban zone.
double urban_share(const std::vector<double>& counts, std::size_t rest) {
  double urban = 0;
  for (std::size_t first = 0; first < counts.size(); first += 2 * rest) {
    for (std::size_t i = 0; i < rest; ++i) urban += counts[first + i];
  }
  return urban / sum(counts);
}

}  // namespace

std::vector<double> numbers_of(const Layout& layout, const YearRecord& record, std::string_view name) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name != name) continue;
    return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); },
                      record.values[v]);
  }
  throw InternalError{"the results have no variable '" + std::string{name} + "'"};
}

Summary summarise(const Layout& layout, const YearRecord& record) {
  const auto population = numbers_of(layout, record, "population");
  const auto registered = numbers_of(layout, record, "registered");
  const std::size_t rest =
      layout.axis("sex").size() * layout.axis("age_group").size() * layout.axis("registration").size();
  Summary summary;
  summary.residents = total(population);
  summary.urbanisation = urban_share(population, rest);
  summary.registered_urbanisation = urban_share(registered, 1);
  summary.settled = total(numbers_of(layout, record, "settled"));
  summary.moves = total(numbers_of(layout, record, "flow"));
  summary.births = total(numbers_of(layout, record, "births"));
  summary.deaths = total(numbers_of(layout, record, "deaths"));
  summary.net_migration = total(numbers_of(layout, record, "inflow")) - total(numbers_of(layout, record, "outflow"));
  return summary;
}

}  // namespace luohu
