// luohu parameters: every behavioural parameter with default, unit, range and provenance, from the registry.

#include "luohu/rates/parameters.hpp"

#include <fmt/format.h>

#include "listing.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

Listed listed(const ParameterInfo& parameter) {
  const double value = Parameters{}.*parameter.field;
  const std::string range = range_text(parameter.minimum, parameter.maximum);
  return {.name = std::string{parameter.name},
          .row = fmt::format("{:43} {:>8} {:7} {:18} {}", parameter.name, number_text(value), parameter.unit, range,
                             parameter.title_en),
          .text = fmt::format("{}\n  {} / {}\n  default   {}, unit {}\n  range     {}\n  source    {} [{}]",
                              parameter.name, parameter.title_zh, parameter.title_en, number_text(value),
                              parameter.unit, range, parameter.source, name_of(parameter.tag)),
          .json = {{"name", parameter.name},
                   {"default", value},
                   {"unit", parameter.unit},
                   {"minimum", json_bound(parameter.minimum)},
                   {"maximum", json_bound(parameter.maximum)},
                   {"title", {{"zh", parameter.title_zh}, {"en", parameter.title_en}}},
                   {"tag", name_of(parameter.tag)},
                   {"source", parameter.source}},
          .cells = {fmt::format("`{}`", parameter.name), number_text(value), std::string{parameter.unit}, range,
                    fmt::format("{} {}", parameter.title_en, parameter.title_zh), std::string{name_of(parameter.tag)},
                    std::string{parameter.source}}};
}

}  // namespace

int run_parameters(Arguments arguments) {
  Listing listing{.command = "parameters",
                  .noun = "parameter",
                  .summary = "List the behavioural parameters, or describe the named ones.",
                  .headings = {"parameter", "default", "unit", "range", "meaning", "tag", "source"}};
  for (const ParameterInfo& parameter : parameter_table()) listing.entries.push_back(listed(parameter));
  return print_listing(listing, arguments);
}

}  // namespace luohu
