// luohu levers: every policy lever with unit, range and provenance, from the registry.

#include "luohu/policy/levers.hpp"

#include <fmt/format.h>

#include "listing.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

Listed listed(const Lever& lever) {
  const std::string range = range_text(lever.minimum, lever.maximum);
  const std::string loosens = lever.loosens_downward ? "downward" : "upward";
  return {.name = std::string{lever.name},
          .row = fmt::format("{:39} {:10} {:14} {}", lever.name, range, lever.unit, lever.title_en),
          .text = fmt::format("{}\n  {} / {}\n  range     {}, unit {}\n  loosens   {}\n  effect    {}\n"
                              "  base      {} [{}]",
                              lever.name, lever.title_zh, lever.title_en, range, lever.unit, loosens, lever.effect,
                              lever.base, name_of(lever.tag)),
          .json = {{"name", lever.name},
                   {"unit", lever.unit},
                   {"minimum", json_bound(lever.minimum)},
                   {"maximum", json_bound(lever.maximum)},
                   {"loosens_downward", lever.loosens_downward},
                   {"title", {{"zh", lever.title_zh}, {"en", lever.title_en}}},
                   {"effect", lever.effect},
                   {"base", {{"tag", name_of(lever.tag)}, {"source", lever.base}}}},
          .cells = {fmt::format("`{}`", lever.name), std::string{lever.unit}, range, loosens,
                    fmt::format("{} {}", lever.title_en, lever.title_zh), std::string{lever.effect},
                    fmt::format("{} [{}]", lever.base, name_of(lever.tag))}};
}

}  // namespace

int run_levers(Arguments arguments) {
  Listing listing{.command = "levers",
                  .noun = "lever",
                  .summary = "List the policy levers, or describe the named ones.",
                  .headings = {"lever", "unit", "range", "loosens", "title", "effect", "base-year value"}};
  for (const Lever& lever : levers()) listing.entries.push_back(listed(lever));
  return print_listing(listing, arguments);
}

}  // namespace luohu
