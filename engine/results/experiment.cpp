#include "luohu/results/experiment.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "luohu/core/hash.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

/// One line for each thing that differs.
class Lines {
 public:
  template <class T>
  void compare(std::string_view what, const T& stored, const T& asked) {
    if (stored != asked) lines_.push_back(fmt::format("{}: {} there, {} here", what, stored, asked));
  }
  void add(std::string line) { lines_.push_back(std::move(line)); }
  [[nodiscard]] std::vector<std::string>& all() { return lines_; }

 private:
  std::vector<std::string> lines_;
};

/// The first line in which two texts differ, as both have it.
void compare_texts(Lines& lines, const ScenarioEntry& stored, const ScenarioEntry& asked) {
  if (stored.text == asked.text) return;
  const std::vector<std::string> theirs = lines_of(stored.text), ours = lines_of(asked.text);
  const auto [there, here] = std::ranges::mismatch(theirs, ours);
  const std::string none = "nothing";
  lines.compare(fmt::format("scenario '{}'", asked.id), there == theirs.end() ? none : *there,
                here == ours.end() ? none : *here);
}

void compare_scenarios(Lines& lines, const Experiment& stored, const Experiment& asked) {
  const auto names = [](const Experiment& of) {
    std::string list;
    for (const ScenarioEntry& scenario : of.scenarios) list += (list.empty() ? "" : ", ") + scenario.id;
    return list;
  };
  lines.compare("scenarios", names(stored), names(asked));
  if (names(stored) != names(asked)) return;
  lines.compare("baseline", stored.baseline, asked.baseline);
  for (std::size_t i = 0; i < asked.scenarios.size(); ++i) {
    compare_texts(lines, stored.scenarios[i], asked.scenarios[i]);
  }
}

void compare_inputs(Lines& lines, const Experiment& stored, const Experiment& asked) {
  for (const InputFile& input : asked.inputs) {
    const auto same = std::ranges::find(stored.inputs, input.name, &InputFile::name);
    if (same == stored.inputs.end()) {
      lines.add(fmt::format("table {}: not there", input.name));
    } else if (same->sha256 != input.sha256) {
      lines.compare(fmt::format("table {}: SHA-256", input.name), same->sha256, input.sha256);
    }
  }
  for (const InputFile& input : stored.inputs) {
    if (std::ranges::find(asked.inputs, input.name, &InputFile::name) == asked.inputs.end()) {
      lines.add(fmt::format("table {}: not here", input.name));
    }
  }
}

/// Variables with their axes, and the rows of those.
std::string shape(const Layout& layout) {
  std::string text;
  for (const Variable& variable : layout.variables) {
    text += fmt::format("{} {} [{}]\n", variable.name, static_cast<int>(variable.kind), fmt::join(variable.axes, ", "));
  }
  for (const Axis& axis : layout.axes) {
    text += fmt::format("{}: {} {}\n", axis.name, fmt::join(axis.ids, " "), fmt::join(axis.codes, " "));
  }
  return text;
}

std::uint64_t hash_text(std::uint64_t before, std::string_view text) {
  std::uint64_t h = mix(before ^ text.size());
  for (const char byte : text) h = mix(h ^ static_cast<std::uint8_t>(byte));
  return h;
}

}  // namespace

std::vector<std::string> differences(const Experiment& stored, const Experiment& asked) {
  const auto method = [](const Experiment& of) { return of.expectation ? "expectation" : "simulation"; };
  Lines lines;
  lines.compare("version", stored.version, asked.version);
  lines.compare("build", stored.build, asked.build);
  lines.compare("method", std::string_view{method(stored)}, std::string_view{method(asked)});
  lines.compare("seed", stored.seed, asked.seed);
  lines.compare("scale", fmt::format("1:{}", stored.scale), fmt::format("1:{}", asked.scale));
  lines.compare("first year", stored.first_year, asked.first_year);
  lines.compare("last year", stored.last_year, asked.last_year);
  lines.compare("draws", stored.draws, asked.draws);
  lines.compare("replicates", stored.replicates, asked.replicates);
  compare_scenarios(lines, stored, asked);
  compare_inputs(lines, stored, asked);
  if (shape(stored.layout) != shape(asked.layout)) lines.add("variables: not those of this version");
  return std::move(lines.all());
}

std::uint64_t fingerprint(const Experiment& of) {
  std::uint64_t h = hash_words(of.seed, of.scale, of.first_year, of.last_year, of.expectation);
  h = hash_text(hash_text(h, of.version), of.build);
  for (const ScenarioEntry& scenario : of.scenarios) h = hash_text(hash_text(h, scenario.id), scenario.text);
  for (const InputFile& input : of.inputs) h = hash_text(hash_text(h, input.name), input.sha256);
  return hash_text(h, shape(of.layout));
}

}  // namespace luohu
