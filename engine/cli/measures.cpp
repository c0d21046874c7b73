// luohu measures: the 22 numbered measures and what each does in the model, from the registry.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "listing.hpp"
#include "luohu/core/text.hpp"
#include "luohu/policy/work_points.hpp"

namespace luohu {
namespace {

std::string levers_text(const WorkPoint& point) {
  return point.levers.empty() ? "none" : fmt::format("{}", fmt::join(point.levers, ", "));
}

Listed listed(const WorkPoint& point) {
  const std::string_view treatment = name_of(point.treatment);
  const std::string_view scenario = scenario_text(point);
  const bool runnable = !point.scenario.empty();
  std::vector<std::string> quoted;
  for (const std::string_view lever : point.levers) quoted.push_back(fmt::format("`{}`", lever));
  using Json = nlohmann::ordered_json;
  return {.name = std::to_string(point.number),
          .row = fmt::format("{:2} {:9}  {} {}\n   {}  {}", point.number, treatment, padded(point.title_zh, 38),
                             scenario, std::string(9, ' '), point.title_en),
          .text = fmt::format("{} {}\n  {}\n  class      {}\n  effect     {}\n             {}\n  levers     {}\n"
                              "  look at    {}\n  scenario   {}",
                              point.number, point.title_zh, point.title_en, treatment, point.effect_en, point.effect_zh,
                              levers_text(point), point.indicator, scenario),
          .json = {{"number", point.number},
                   {"title", {{"zh", point.title_zh}, {"en", point.title_en}}},
                   {"class", treatment},
                   {"effect", {{"zh", point.effect_zh}, {"en", point.effect_en}}},
                   {"levers", point.levers.empty() ? Json::array() : Json(point.levers)},
                   {"indicator", point.indicator},
                   {"scenario", runnable ? Json(point.scenario) : Json(nullptr)}},
          .cells = {std::to_string(point.number), fmt::format("{} {}", point.title_zh, point.title_en),
                    std::string{treatment}, std::string{point.effect_en}, fmt::format("{}", fmt::join(quoted, ", ")),
                    std::string{point.indicator}, runnable ? fmt::format("`{}`", scenario) : std::string{scenario}}};
}

}  // namespace

int run_measures(Arguments arguments) {
  Listing listing{.command = "measures",
                  .noun = "number",
                  .summary = "List the 22 numbered measures of the work points, or describe the named ones.",
                  .headings = {"no.", "measure", "class", "in the model", "levers", "look at", "scenario"},
                  .expected = "a whole number from 1 to 22"};
  for (const WorkPoint& point : work_points()) listing.entries.push_back(listed(point));
  return print_listing(listing, arguments);
}

}  // namespace luohu
