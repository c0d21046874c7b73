#include "experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "build_info.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/version.hpp"

namespace luohu {
namespace {

std::vector<Scenario> read_scenarios(const std::vector<std::string>& paths, std::span<const Override> overrides) {
  std::vector<Scenario> scenarios;
  std::vector<Diagnostic> findings;
  ExitCode code = ExitCode::usage;  // unless a file is at fault
  for (const std::string& path : paths) {
    try {
      scenarios.push_back(read_scenario(path, overrides));
    } catch (const InputError& error) {
      if (error.code() != ExitCode::usage) code = error.code();
      for (const Diagnostic& finding : error.diagnostics()) {
        const auto same = [&](const Diagnostic& known) {
          return known.file == finding.file && known.line == finding.line && known.message == finding.message;
        };
        if (std::ranges::none_of(findings, same)) findings.push_back(finding);
      }
    }
  }
  if (!findings.empty()) throw InputError{code, std::move(findings)};
  return scenarios;
}

void require_compatible(const std::vector<Scenario>& scenarios) {
  const Scenario& first = scenarios.front();
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    const Scenario& other = scenarios[i];
    const auto refuse = [&](const std::string& why) {
      throw Error{ExitCode::usage, fmt::format("{} and {} cannot share a results file: {}", first.path.string(),
                                               other.path.string(), why)};
    };
    if (!std::filesystem::equivalent(first.tables, other.tables)) refuse("they use different tables");
    if (first.first_year != other.first_year || first.last_year != other.last_year) {
      refuse(fmt::format("one runs {}-{}, the other {}-{}", first.first_year, first.last_year, other.first_year,
                         other.last_year));
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (scenarios[j].id == other.id) refuse(fmt::format("both have the id '{}'", other.id));
    }
  }
}

Override parse_override(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error{ExitCode::usage, fmt::format("--set {}: expected KEY=VALUE", text)};
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace

std::vector<Override> overrides_of(const ParsedOptions& options) {
  constexpr std::array<std::string_view, 2> feedbacks{"scenario", "off"};
  std::vector<Override> overrides;
  for (const std::string& text : options.texts("set")) overrides.push_back(parse_override(text));
  if (options.choice("feedbacks", feedbacks) == "off") {
    for (const FeedbackInfo& f : feedback_table) overrides.push_back({fmt::format("feedbacks.{}", f.name), "false"});
  }
  return overrides;
}

LoadedExperiment load_experiment(const std::vector<std::string>& paths, std::span<const Override> overrides,
                                 const std::string& baseline) {
  LoadedExperiment experiment;
  experiment.scenarios = read_scenarios(paths, overrides);
  require_compatible(experiment.scenarios);
  if (!baseline.empty()) {
    const auto found = std::ranges::find(experiment.scenarios, baseline, &Scenario::id);
    if (found == experiment.scenarios.end()) {
      std::string known;
      for (const Scenario& scenario : experiment.scenarios) known += (known.empty() ? "" : ", ") + scenario.id;
      throw Error{ExitCode::usage,
                  fmt::format("--baseline {}: no scenario has this id; there are {}", baseline, known)};
    }
    experiment.baseline = static_cast<std::size_t>(found - experiment.scenarios.begin());
  }
  experiment.tables = std::make_shared<const Tables>(read_tables(experiment.scenarios.front().tables));
  return experiment;
}

Model LoadedExperiment::model(std::size_t index) const {
  const Scenario& scenario = scenarios[index];
  return {tables->places,      tables->census,
          tables->vital,       tables->economy,
          tables->boundary,    tables->capacity,
          tables->settings,    scenario.measures,
          scenario.parameters, number_groups(tables->places, scenario.groups),
          scenario.first_year, scenario.last_year,
          scenario.feedbacks};
}

Population LoadedExperiment::population(std::size_t index, Seed seed, std::int64_t scale) const {
  const Scenario& scenario = scenarios[index];
  const std::vector<std::uint16_t> groups = number_groups(tables->places, scenario.groups);
  return base_population({tables->places, tables->census, scenario.parameters, groups, scenario.first_year, seed, scale,
                          tables->vital.fertility});
}

Experiment LoadedExperiment::describe(std::uint64_t seed, std::int64_t scale, std::size_t replicates) const {
  Experiment about;
  about.title = "luohu: settlement policy and population by prefecture";
  about.version = fmt::format("luohu {} ({})", version, commit);
  about.build = std::string{build_description};
  about.baseline = scenarios[baseline].id;
  about.first_year = scenarios.front().first_year;
  about.last_year = scenarios.front().last_year;
  about.replicates = replicates;
  about.seed = seed;
  about.scale = scale;
  about.layout = results_layout(tables->places);
  for (const Scenario& scenario : scenarios) {
    about.scenarios.push_back({scenario.id, scenario.title.zh, scenario.title.en, scenario.text});
    for (const Resolved& value : scenario.resolved) {
      about.provenance.push_back({scenario.id, value.key, value.value, value.unit, std::string{name_of(value.tag)},
                                  value.origin, value.source});
    }
  }
  for (const Tables::File& file : tables->files) about.inputs.push_back({file.name, file.sha256, file.header});
  return about;
}

std::size_t memory_needed(const LoadedExperiment& experiment, std::int64_t scale) {
  return memory_needed(experiment.tables->census, scale);
}

std::size_t memory_needed(const CensusTables& census, std::int64_t scale) {
  constexpr std::size_t working = std::size_t{64} << 20U;  // tables, chunk buffers, the results of a replicate
  const std::size_t agents = expected_agents(census, scale);
  return (agents + spare_rows(agents)) * Population::bytes_per_person() + working;
}

}  // namespace luohu
