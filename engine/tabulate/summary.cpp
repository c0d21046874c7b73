#include <cmath>
#include <map>
#include <memory>

#include "luohu/core/error.hpp"
#include "luohu/tabulate/indicators.hpp"

namespace luohu {

std::vector<double> numbers_of(const Layout& layout, const YearRecord& record, std::string_view name) {
  for (std::size_t v = 0; v < layout.variables.size(); ++v) {
    if (layout.variables[v].name != name) continue;
    return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); },
                      record.values[v]);
  }
  throw InternalError{"the results have no variable '" + std::string{name} + "'"};
}

YearValues year_values(const Layout& layout, const YearRecord& record) {
  auto read = std::make_shared<std::map<std::string, std::vector<double>, std::less<>>>();
  return YearValues{[&layout, &record, read](std::string_view name) -> std::span<const double> {
    const auto known = read->find(name);
    return known != read->end() ? known->second : read->emplace(name, numbers_of(layout, record, name)).first->second;
  }};
}

Summary summarise(const Layout& layout, const YearRecord& record) {
  YearValues year = year_values(layout, record);
  const auto of = [&](std::string_view name) {
    const Indicator* indicator = indicator_named(name);
    LUOHU_EXPECT(indicator != nullptr);
    return Evaluation{*indicator, layout, {}}(year).front();
  };
  const auto persons = [&](std::string_view name) { return std::llround(of(name)); };
  Summary summary;
  summary.residents = persons("residents");
  summary.urbanisation = of("urbanisation") / 100;
  summary.registered_urbanisation = of("registered_urbanisation") / 100;
  summary.settled = persons("settled");
  summary.moves = persons("moves");
  summary.births = persons("births");
  summary.deaths = persons("deaths");
  summary.net_migration = persons("net_migration");
  return summary;
}

}  // namespace luohu
