#include "scenario_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "luohu/core/text.hpp"

namespace luohu::reading {

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += fmt::format("\\{}", c);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      result += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

namespace {

std::string titled(const Text& title) {
  return fmt::format("{{ zh = {}, en = {} }}", toml_string(title.zh), toml_string(title.en));
}

std::string sourced(Tag tag, std::string_view note) {
  return fmt::format("{{ tag = {}, note = {} }}", toml_string(name_of(tag)), toml_string(note));
}

std::string listed(const std::vector<PlaceId>& members, const Places& places) {
  std::vector<std::string> names;
  for (const PlaceId place : members) names.push_back(toml_string(places[place].name_zh));
  return fmt::format("[{}]", fmt::join(names, ", "));
}

std::string change_text(const Measure& measure) {
  switch (measure.change) {
    case Change::value:
      return fmt::format("value = {}\n", number_text(measure.amount));
    case Change::add:
      return fmt::format("add = {}\n", number_text(measure.amount));
    case Change::multiply:
      return fmt::format("multiply = {}\n", number_text(measure.amount));
    case Change::schedule:
      break;
  }
  std::vector<std::string> steps;
  for (const auto& [time, value] : measure.schedule)
    steps.push_back(fmt::format("\"{}\" = {}", number_text(time), number_text(value)));
  return fmt::format("schedule = {{ {} }}\n", fmt::join(steps, ", "));
}

std::string measure_text(const Measure& measure, const Places& places) {
  std::string text = fmt::format("\n[[measure]]\nid = {}\n", toml_string(measure.id));
  if (measure.number) text += fmt::format("number = {}\n", *measure.number);
  text += fmt::format("title = {}\nlever = {}\n", titled(measure.title), toml_string(measure.lever->name));
  text += fmt::format("place = {}\n", listed(measure.places, places));
  text += change_text(measure);
  if (measure.change != Change::schedule) {
    text += fmt::format("start = {}\nramp = {}\nlag = {}\n", number_text(measure.start), number_text(measure.ramp),
                        number_text(measure.lag));
  }
  text += fmt::format("enabled = {}\n", measure.enabled);
  return text + fmt::format("source = {}\n", sourced(measure.source.tag, measure.source.note));
}

}  // namespace

std::string scenario_text(const Scenario& scenario, const std::vector<Group>& groups, const Places& places) {
  const std::filesystem::path home = std::filesystem::absolute(scenario.path).lexically_normal().parent_path();
  const std::filesystem::path tables = std::filesystem::absolute(scenario.tables).lexically_normal();
  std::string text =
      fmt::format("id = {}\ntitle = {}\ntables = {}\nfirst_year = {}\nlast_year = {}\n", toml_string(scenario.id),
                  titled(scenario.title), toml_string(tables.lexically_relative(home).generic_string()),
                  scenario.first_year, scenario.last_year);
  for (const Group& group : groups) {
    text += fmt::format("\n[groups.{}]\ntitle = {}\nmembers = {}\nrecognises_credit = {}\n", group.id,
                        titled(group.title), listed(group.members, places), group.recognises_credit);
  }
  text += "\n[feedbacks]\n";
  for (const FeedbackInfo& f : feedback_table) text += fmt::format("{} = {}\n", f.name, scenario.feedbacks.*f.field);
  text += "\n[parameters]\n";
  constexpr std::string_view prefix = "parameters.";
  for (const Resolved& value : scenario.resolved) {
    if (!value.key.starts_with(prefix)) continue;
    text += fmt::format("{} = {{ value = {}, source = {} }}\n", value.key.substr(prefix.size()),
                        number_text(value.value), sourced(value.tag, value.source));
  }
  for (const Measure& measure : scenario.measures) text += measure_text(measure, places);
  return text;
}

}  // namespace luohu::reading
