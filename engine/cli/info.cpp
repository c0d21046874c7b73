#include <fmt/format.h>

#include <array>
#include <iostream>
#include <nlohmann/json.hpp>

#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/text.hpp"
#include "luohu/results/reader.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

struct Dimension {
  std::string name;
  std::size_t size = 0;
};

std::size_t years(const Experiment& of) {
  return static_cast<std::size_t>(of.last_year - of.first_year) + 1;
}

std::vector<Dimension> dimensions(const Experiment& of) {
  std::vector<Dimension> all{
      {"scenario", of.scenarios.size()}, {"draw", of.draws}, {"replicate", of.replicates}, {"year", years(of)}};
  for (const Axis& axis : of.layout.axes) all.push_back({axis.name, axis.size()});
  return all;
}

std::string status(const ResultsFile& file) {
  return file.complete() ? "complete" : "running";
}

std::string method(const Experiment& of) {
  return of.expectation ? "expectation" : "simulation";
}

std::string digest(const ResultsFile& file) {
  return fmt::format("{:016x}", file.digest());
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += text.empty() ? name : fmt::format(", {}", name);
  return text;
}

/// Rows of names and values with the values below one another.
std::string rows(const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view indent = "") {
  std::size_t width = 0;
  for (const auto& [name, value] : pairs) width = std::max(width, display_width(name));
  std::string text;
  for (const auto& [name, value] : pairs) text += fmt::format("{}{}  {}\n", indent, padded(name, width), value);
  return text;
}

std::string scenarios_text(const Experiment& of) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const ScenarioEntry& scenario : of.scenarios) {
    const char* mark = scenario.id == of.baseline ? " (baseline)" : "";
    pairs.emplace_back(scenario.id, fmt::format("{}  {}{}", scenario.title_zh, scenario.title_en, mark));
  }
  return "\nscenarios\n" + rows(pairs, "  ");
}

std::string dimensions_text(const Experiment& of) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Dimension& dimension : dimensions(of)) {
    pairs.emplace_back(dimension.name, fmt::format("{}", dimension.size));
  }
  return "\ndimensions\n" + rows(pairs, "  ");
}

std::string variables_text(const Experiment& of) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Variable& variable : of.layout.variables) {
    pairs.emplace_back(fmt::format("{}({})", variable.name, joined(variable.axes)),
                       fmt::format("{}; {}", variable.long_name, variable.units));
  }
  return "\nvariables (after scenario, draw, replicate, year)\n" + rows(pairs, "  ");
}

std::string inputs_text(const Experiment& of) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const InputFile& input : of.inputs) pairs.emplace_back(input.name, input.sha256);
  return pairs.empty() ? "" : "\ninputs (SHA-256)\n" + rows(pairs, "  ");
}

std::string as_text(const ResultsFile& file) {
  const Experiment& of = file.experiment();
  std::string text = rows({{"title", of.title},
                           {"status", status(file)},
                           {"method", method(of)},
                           {"source", of.version},
                           {"build", of.build},
                           {"years", fmt::format("{} to {}", of.first_year, of.last_year)},
                           {"replicates", fmt::format("{}", of.replicates)},
                           {"draws", fmt::format("{}", of.draws)},
                           {"seed", fmt::format("{}", of.seed)},
                           {"scale", fmt::format("1:{}", of.scale)},
                           {"baseline", of.baseline},
                           {"digest", digest(file)}});
  return text + scenarios_text(of) + dimensions_text(of) + variables_text(of) + inputs_text(of);
}

Json variable_json(const Variable& variable) {
  std::vector<std::string> names{"scenario", "draw", "replicate", "year"};
  names.insert(names.end(), variable.axes.begin(), variable.axes.end());
  return {{"name", variable.name},           {"dimensions", names},
          {"units", variable.units},         {"cell_methods", variable.cell_methods},
          {"long_name", variable.long_name}, {"long_name_zh", variable.long_name_zh}};
}

/// The seed is text, as in the file: JSON readers round large numbers.
Json as_json(const ResultsFile& file) {
  const Experiment& of = file.experiment();
  Json json{{"title", of.title},         {"status", status(file)},
            {"method", method(of)},      {"source", of.version},
            {"build", of.build},         {"first_year", of.first_year},
            {"last_year", of.last_year}, {"replicates", of.replicates},
            {"draws", of.draws},         {"seed", fmt::format("{}", of.seed)},
            {"scale", of.scale},         {"baseline", of.baseline},
            {"digest", digest(file)}};
  for (const char* list : {"scenarios", "dimensions", "variables", "inputs"}) json[list] = Json::array();
  for (const ScenarioEntry& scenario : of.scenarios) {
    json["scenarios"].push_back(
        {{"id", scenario.id}, {"title", {{"zh", scenario.title_zh}, {"en", scenario.title_en}}}});
  }
  for (const Dimension& dimension : dimensions(of)) {
    json["dimensions"].push_back({{"name", dimension.name}, {"size", dimension.size}});
  }
  for (const Variable& variable : of.layout.variables) json["variables"].push_back(variable_json(variable));
  for (const InputFile& input : of.inputs) {
    json["inputs"].push_back({{"name", input.name}, {"sha256", input.sha256}});
  }
  return json;
}

}  // namespace

int run_info(Arguments arguments) {
  constexpr std::array<std::string_view, 2> formats{"text", "json"};
  Options options{"luohu info FILE [options]", "Say what a results file holds."};
  options.value("format", "text|json", "text for people (default), json for programs").words("results file", 1, 1);
  const auto parsed = options.parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  const std::string format = parsed->choice("format", formats);
  const ResultsFile file{parsed->words().front()};
  if (format == "json") {
    std::cout << as_json(file).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  } else {
    std::cout << as_text(file);
  }
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
