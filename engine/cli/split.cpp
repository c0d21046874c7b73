#include "split.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "luohu/core/error.hpp"
#include "luohu/results/reader.hpp"
#include "luohu/scenario/named_groups.hpp"

namespace luohu {
namespace {

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

PlaceGroup parsed_group(const std::string& text) {
  const std::size_t equals = text.find('=');
  PlaceGroup group;
  if (equals != std::string::npos) group.members = parts_of(std::string_view{text}.substr(equals + 1));
  const bool empty = std::ranges::any_of(group.members, [](const std::string& member) { return member.empty(); });
  if (equals == 0 || group.members.empty() || empty) {
    throw Error{ExitCode::usage, fmt::format("--group is '{}' (must be NAME=PLACE,PLACE)", text)};
  }
  group.id = text.substr(0, equals);
  return group;
}

/// Groups of the scenario that the file names as its baseline.
std::vector<PlaceGroup> groups_of_baseline(const std::filesystem::path& file) {
  const ResultsFile results{file};
  const Experiment& of = results.experiment();
  const auto baseline = std::ranges::find(of.scenarios, of.baseline, &ScenarioEntry::id);
  std::vector<PlaceGroup> groups;
  if (baseline == of.scenarios.end()) return groups;
  for (const NamedGroup& group : named_groups(baseline->text)) {
    groups.push_back({group.id, group.title.zh, group.title.en, group.members});
  }
  return groups;
}

}  // namespace

std::vector<std::string> axes_of(const std::vector<std::string>& given) {
  std::vector<std::string> axes;
  for (const std::string& words : given) {
    std::string_view rest = words;
    for (;;) {
      const std::size_t comma = rest.find(',');
      const std::string_view word = rest.substr(0, comma);
      const std::string axis{word == "age" ? "age_group" : word == "item" ? "cost_item" : word};
      if (std::ranges::find(axes, axis) != axes.end()) {
        throw Error{ExitCode::usage, fmt::format("--by names '{}' twice", word)};
      }
      if (axis != "province") axes.push_back(axis);
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return axes;
}

std::vector<PlaceGroup> groups_of(const ParsedOptions& parsed, const std::vector<std::string>& by,
                                  const std::filesystem::path& file) {
  if (std::ranges::find(by, "group") == by.end()) {
    if (parsed.has("group")) throw Error{ExitCode::usage, "--group does nothing without --by group"};
    return {};
  }
  std::vector<PlaceGroup> groups = groups_of_baseline(file);
  for (const std::string& text : parsed.texts("group")) {
    PlaceGroup group = parsed_group(text);
    std::erase_if(groups, [&](const PlaceGroup& other) { return other.id == group.id; });
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace luohu
