#include "luohu/tabulate/outcomes.hpp"

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

Outcome outcome(std::string_view indicator, bool over_years) {
  const Indicator* found = indicator_named(indicator);
  LUOHU_EXPECT(found != nullptr && found->splits_by("place"));
  constexpr std::string_view yearly = " year-1";
  std::string unit{found->unit};
  if (over_years && unit.ends_with(yearly)) unit.resize(unit.size() - yearly.size());
  return {std::string{found->name}, std::string{found->long_name_zh},
          std::string{found->long_name} + (over_years ? ", over all years" : ", in the last year"), unit, over_years};
}

}  // namespace

double Outcome::of(const Layout& layout, std::span<const YearRecord> years,
                   std::optional<std::size_t> prefecture) const {
  LUOHU_EXPECT(years.size() >= 2);
  const Evaluation evaluate{*indicator_named(name), layout,
                            prefecture ? std::vector<std::string>{"place"} : std::vector<std::string>{}};
  double sum = 0;
  for (const YearRecord& year : over_years ? years.subspan(1) : years.last(1)) {
    YearValues values = year_values(layout, year);
    sum += evaluate(values)[prefecture.value_or(0)];
  }
  return sum;
}

std::span<const Outcome> outcomes() {
  static const std::vector<Outcome> table{outcome("residents", false),  outcome("urbanisation", false),
                                          outcome("registered", false), outcome("registered_urbanisation", false),
                                          outcome("settled", true),     outcome("moves", true),
                                          outcome("rent", false),       outcome("left_behind_children", false),
                                          outcome("fiscal_cost", true), outcome("welfare", false)};
  return table;
}

}  // namespace luohu
