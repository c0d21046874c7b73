// luohu check: validate scenarios and print them resolved, each value with where it came from.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

Json as_json(const Resolved& value) {
  const Json number = std::isinf(value.value) ? Json("inf") : Json(value.value);
  return {{"key", value.key},          {"value", number},        {"unit", value.unit},
          {"tag", name_of(value.tag)}, {"origin", value.origin}, {"source", value.source}};
}

Json as_json(const Scenario& scenario) {
  Json values = Json::array();
  for (const Resolved& value : scenario.resolved) values.push_back(as_json(value));
  return {{"path", scenario.path.generic_string()},
          {"valid", true},
          {"id", scenario.id},
          {"title", {{"zh", scenario.title.zh}, {"en", scenario.title.en}}},
          {"first_year", scenario.first_year},
          {"last_year", scenario.last_year},
          {"measures", scenario.measures.size()},
          {"resolved", values}};
}

Json as_json(const std::string& path, const InputError& error) {
  Json diagnostics = Json::array();
  for (const Diagnostic& d : error.diagnostics()) {
    diagnostics.push_back({{"file", d.file}, {"line", d.line}, {"column", d.column}, {"message", d.message}});
  }
  return {{"path", path}, {"valid", false}, {"diagnostics", diagnostics}};
}

bool acts_too_late(const Measure& measure, Year last_year) {
  return measure.change != Change::schedule && mean_effect(measure, last_year) == 0;
}

std::string as_text(const Measure& measure, Year last_year) {
  const std::string number = measure.number ? fmt::format("measure {}, ", *measure.number) : "";
  return fmt::format("{}{}: {} / {}\n    {} in {} prefecture{}{}\n", number, measure.id, measure.title.zh,
                     measure.title.en, measure.lever->name, measure.places.size(),
                     measure.places.size() == 1 ? "" : "s",
                     !measure.enabled                    ? ", switched off"
                     : acts_too_late(measure, last_year) ? fmt::format(", after {}: does nothing", last_year)
                                                         : "");
}

/// The values in columns; widths are of the screen, since sources may be Chinese.
std::string as_text(const Scenario& scenario) {
  std::string text = fmt::format("{}  {} / {}\n{} to {}, tables {}, {} measures\n\n", scenario.id, scenario.title.zh,
                                 scenario.title.en, scenario.first_year, scenario.last_year,
                                 scenario.tables.generic_string(), scenario.measures.size());
  for (const Measure& measure : scenario.measures) text += as_text(measure, scenario.last_year);
  if (!scenario.measures.empty()) text += '\n';
  std::size_t keys = 0, numbers = 0, origins = 0;
  const auto number = [](const Resolved& value) {
    return value.unit == "1" ? number_text(value.value) : fmt::format("{} {}", number_text(value.value), value.unit);
  };
  for (const Resolved& value : scenario.resolved) {
    keys = std::max(keys, display_width(value.key));
    numbers = std::max(numbers, display_width(number(value)));
    origins = std::max(origins, display_width(value.origin));
  }
  for (const Resolved& value : scenario.resolved) {
    text += fmt::format("{}  {}  {}  [{}] {}\n", padded(value.key, keys), padded(number(value), numbers),
                        padded(value.origin, origins), name_of(value.tag), value.source);
  }
  return text;
}

std::vector<Override> overrides_of(const std::vector<std::string>& sets) {
  std::vector<Override> overrides;
  for (const std::string& set : sets) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error{ExitCode::usage, fmt::format("--set {}: no '='; write --set KEY=VALUE", set)};
    overrides.push_back({set.substr(0, equals), set.substr(equals + 1)});
  }
  return overrides;
}

}  // namespace

int run_check(Arguments arguments) {
  constexpr std::string_view formats[] = {"text", "json"};
  const Options options =
      Options{"luohu check SCENARIO... [options]",
              "Validate scenarios and print them resolved, each value with where it came from."}
          .value("format", "text|json", "how to print (default text)")
          .repeatable("set", "KEY=VALUE",
                      "override a value of every scenario: last_year, feedbacks.NAME, parameters.NAME, measure.ID.KEY")
          .words("scenario", 1);
  const auto parsed = options.parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  const bool json = parsed->choice("format", formats) == "json";
  const auto overrides = overrides_of(parsed->texts("set"));
  Json list = Json::array();
  ExitCode worst = ExitCode::done;
  for (const std::string& path : parsed->words()) {
    try {
      const Scenario scenario = read_scenario(path, overrides);
      if (json) {
        list.push_back(as_json(scenario));
      } else {
        std::cout << (&path == &parsed->words().front() ? "" : "\n") << as_text(scenario);
      }
    } catch (const InputError& error) {
      worst = std::max(worst, error.code());
      if (json) {
        list.push_back(as_json(path, error));
      } else {
        std::cerr << error.what() << '\n';
      }
    }
  }
  if (json) std::cout << Json{{"scenarios", list}}.dump(2) << '\n';
  return static_cast<int>(worst);
}

}  // namespace luohu
