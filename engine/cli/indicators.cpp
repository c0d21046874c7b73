// luohu indicators: everything `compare` can show, from the registry.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "listing.hpp"
#include "luohu/core/text.hpp"
#include "luohu/tabulate/indicators.hpp"

namespace luohu {
namespace {

Listed listed(const Indicator& indicator) {
  using Json = nlohmann::ordered_json;
  const std::string from = computed_from(indicator);
  const std::string by = indicator.splits.empty() ? "" : fmt::format("{}", fmt::join(indicator.splits, ", "));
  return {.name = std::string{indicator.name},
          .row = fmt::format("{:28}{}{:14}{}", indicator.name, padded(indicator.long_name_zh, 26), indicator.unit,
                             indicator.long_name),
          .text = fmt::format("{} {}\n  {}\n  unit        {}\n  definition  {}\n  from        {}\n  split by    {}",
                              indicator.name, indicator.long_name_zh, indicator.long_name, indicator.unit,
                              indicator.definition, from, by.empty() ? "none: the province alone" : by),
          .json = {{"name", indicator.name},
                   {"long_name", {{"zh", indicator.long_name_zh}, {"en", indicator.long_name}}},
                   {"unit", indicator.unit},
                   {"definition", indicator.definition},
                   {"from", from},
                   {"splits", indicator.splits.empty() ? Json::array() : Json(indicator.splits)}},
          .cells = {fmt::format("`{}`", indicator.name),
                    fmt::format("{} {}", indicator.long_name_zh, indicator.long_name), std::string{indicator.unit},
                    std::string{indicator.definition}, fmt::format("`{}`", from), by.empty() ? "–" : by}};
}

}  // namespace

int run_indicators(Arguments arguments) {
  Listing listing{.command = "indicators",
                  .noun = "indicator",
                  .summary = "List the indicators of results files, or describe the named ones.",
                  .headings = {"name", "indicator", "unit", "definition", "computed from", "split by"}};
  for (const Indicator& indicator : indicators()) listing.entries.push_back(listed(indicator));
  return print_listing(listing, arguments);
}

}  // namespace luohu
