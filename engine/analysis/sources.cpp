#include "sources.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu::analysis {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error{ExitCode::usage, message};
}

bool same_places(const Layout& a, const Layout& b) {
  const auto codes = [](const Layout& layout) {
    const auto found = std::ranges::find(layout.axes, "place", &Axis::name);
    return found == layout.axes.end() ? std::vector<std::int32_t>{} : found->codes;
  };
  return codes(a) == codes(b);
}

std::string span_text(int first, int last) {
  return fmt::format("{} to {}", first, last);
}

/// "a and b" if the two are not the same.
template <class T>
void add_if_other(std::vector<std::string>& reasons, std::string_view what, const T& a, const T& b) {
  if (a != b) reasons.push_back(fmt::format("{} differ ({} and {})", what, a, b));
}

}  // namespace

Sources::Sources(const std::vector<std::filesystem::path>& paths) {
  std::map<std::string, int, std::less<>> uses;
  for (const auto& path : paths) {
    if (std::ranges::find(names_, path.string()) != names_.end()) {
      refuse(fmt::format("{} is given twice", path.string()));
    }
    files_.emplace_back(path);
    names_.push_back(path.string());
    const Experiment& of = files_.back().experiment();
    if (!files_.back().complete()) {
      throw Error{ExitCode::environment,
                  fmt::format("{}: is unfinished (its run was interrupted or still goes on), and every replicate is "
                              "needed; let the run end, or run it again",
                              path.string())};
    }
    if (!same_places(first().layout, of.layout)) {
      throw Error{ExitCode::usage, fmt::format("{} and {} are of different places; nothing there can be compared",
                                               names_[0], path.string())};
    }
    const bool one = files_.size() == 1;
    first_year_ = one ? of.first_year : std::max(first_year_, of.first_year);
    last_year_ = one ? of.last_year : std::min(last_year_, of.last_year);
    for (const ScenarioEntry& scenario : of.scenarios) ++uses[scenario.id];
  }
  if (first_year_ > last_year_) {
    std::vector<std::string> spans;
    for (std::size_t f = 0; f < files_.size(); ++f) {
      const Experiment& of = files_[f].experiment();
      spans.push_back(fmt::format("{}: {}", names_[f], span_text(of.first_year, of.last_year)));
    }
    refuse(fmt::format("the files have no year in common ({})", fmt::join(spans, "; ")));
  }
  for (std::size_t f = 0; f < files_.size(); ++f) {
    const auto& scenarios = files_[f].experiment().scenarios;
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      const std::string& id = scenarios[s].id;
      scenarios_.push_back({f, s, uses[id] == 1 ? id : fmt::format("{}@{}", id, names_[f])});
    }
  }
}

std::vector<const Layout*> Sources::layouts() const {
  std::vector<const Layout*> all;
  for (const ResultsFile& file : files_) all.push_back(&file.experiment().layout);
  return all;
}

const SourceScenario& Sources::named(const std::string& name) const {
  std::vector<std::string_view> labels;
  std::vector<std::string_view> alike;
  for (const SourceScenario& scenario : scenarios_) {
    if (scenario.label == name) return scenario;
    labels.push_back(scenario.label);
    if (scenario.label.starts_with(name + "@")) alike.push_back(scenario.label);
  }
  if (!alike.empty()) {
    refuse(fmt::format("several files have a scenario '{}'; name one: {}", name, fmt::join(alike, ", ")));
  }
  refuse(fmt::format("no scenario is called '{}'{}", name, suggestion(name, labels)));
}

SourceScenario Sources::baseline(const std::optional<std::string>& name) const {
  if (name) return named(*name);
  for (const SourceScenario& scenario : scenarios_) {
    if (scenario.file == 0 && first().scenarios[scenario.index].id == first().baseline) return scenario;
  }
  std::vector<std::string_view> labels;
  for (const SourceScenario& scenario : scenarios_) labels.push_back(scenario.label);
  refuse(fmt::format("{} has no scenario '{}', which it names as its baseline; name one with --baseline: {}", names_[0],
                     first().baseline, fmt::join(labels, ", ")));
}

std::vector<SourceScenario> Sources::chosen(const std::vector<std::string>& names) const {
  if (names.empty()) return scenarios_;
  std::vector<SourceScenario> chosen;
  for (const std::string& name : names) {
    const SourceScenario& scenario = named(name);
    if (std::ranges::find(chosen, scenario.label, &SourceScenario::label) != chosen.end()) {
      refuse(fmt::format("the scenario '{}' is named twice", name));
    }
    chosen.push_back(scenario);
  }
  return chosen;
}

std::vector<SourceScenario> Sources::others(const std::vector<std::string>& names,
                                            const SourceScenario& baseline) const {
  std::vector<SourceScenario> others = chosen(names);
  const bool has_baseline =
      std::erase_if(others, [&](const SourceScenario& scenario) { return scenario.label == baseline.label; }) > 0;
  if (has_baseline && !names.empty()) {
    refuse(fmt::format("the scenario '{}' is the baseline; name another, or another --baseline", baseline.label));
  }
  if (others.empty()) {
    refuse(
        fmt::format("{} holds '{}' alone, with nothing to compare; run it with a second scenario, or give a second "
                    "file",
                    names_[0], baseline.label));
  }
  return others;
}

std::vector<int> Sources::years(const std::vector<std::string>& asked) const {
  std::vector<int> years;
  for (const std::string& word : asked) {
    if (word == "all") {
      for (int year = first_year_; year <= last_year_; ++year) years.push_back(year);
      continue;
    }
    const auto year = parse_integer(word);
    if (!year || *year < first_year_ || *year > last_year_) {
      refuse(fmt::format("--year is '{}' (must be 'all' or a year from {}{})", word, span_text(first_year_, last_year_),
                         files_.size() > 1 ? ", which all files have" : ""));
    }
    years.push_back(static_cast<int>(*year));
  }
  if (asked.empty()) years.push_back(last_year_);
  std::ranges::sort(years);
  years.erase(std::unique(years.begin(), years.end()), years.end());
  return years;
}

std::vector<std::string> Sources::notes() const {
  std::vector<std::string> notes;
  for (std::size_t f = 0; f < files_.size(); ++f) {
    const Experiment& of = files_[f].experiment();
    if (of.draws > 1) {
      notes.push_back(fmt::format(
          "{}: means over {} draws of the parameters; intervals are over replicates, and say nothing of the "
          "parameters; ranges of draws are over parameters, each draw the mean of its replicates",
          names_[f], of.draws));
    }
    if (f == 0) continue;
    if (of.version != first().version) {
      notes.push_back(fmt::format("{} and {} were made by {} and {}: part of a difference may be the program's",
                                  names_[0], names_[f], first().version, of.version));
    }
    if (of.first_year != first().first_year || of.last_year != first().last_year) {
      notes.push_back(fmt::format("{} has the years {}, {} has {}: compared over {}", names_[0],
                                  span_text(first().first_year, first().last_year), names_[f],
                                  span_text(of.first_year, of.last_year), span_text(first_year_, last_year_)));
    }
    const bool same_inputs = std::ranges::equal(of.inputs, first().inputs, {}, &InputFile::sha256, &InputFile::sha256);
    if (!same_inputs) {
      notes.push_back(fmt::format("{} and {} were made from different tables: part of a difference may be theirs",
                                  names_[0], names_[f]));
    }
  }
  return notes;
}

std::string why_unpaired(const Experiment& baseline, const Experiment& scenario) {
  std::vector<std::string> reasons;
  add_if_other(reasons, "seeds", baseline.seed, scenario.seed);
  add_if_other(reasons, "numbers of replicates", baseline.replicates, scenario.replicates);
  add_if_other(reasons, "scales", fmt::format("1:{}", baseline.scale), fmt::format("1:{}", scenario.scale));
  add_if_other(reasons, "base years", baseline.first_year, scenario.first_year);
  add_if_other(reasons, "numbers of draws", baseline.draws, scenario.draws);
  if (baseline.expectation != scenario.expectation) reasons.emplace_back("one is an expectation, the other simulated");
  return fmt::format("{}", fmt::join(reasons, ", "));
}

}  // namespace luohu::analysis
