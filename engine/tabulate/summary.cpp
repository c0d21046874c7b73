#include <cmath>
#include <map>

#include "luohu/core/error.hpp"
#include "luohu/tabulate/indicators.hpp"

namespace luohu {

Summary summarise(const Layout& layout, const YearRecord& record) {
  std::map<std::string, std::vector<double>, std::less<>> read;
  YearValues year{[&](std::string_view name) -> std::span<const double> {
    const auto known = read.find(name);
    if (known != read.end()) return known->second;
    for (std::size_t v = 0; v < layout.variables.size(); ++v) {
      if (layout.variables[v].name != name) continue;
      const auto as_reals = [](const auto& from) { return std::vector<double>(from.begin(), from.end()); };
      return read.emplace(name, std::visit(as_reals, record.values[v])).first->second;
    }
    throw InternalError{"the results have no variable '" + std::string{name} + "'"};
  }};
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
