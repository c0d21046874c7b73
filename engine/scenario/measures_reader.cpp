#include "measures_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "luohu/core/text.hpp"
#include "luohu/policy/work_points.hpp"

namespace luohu::reading {
namespace {

struct ChangeKey {
  std::string_view key;
  Change change;
};
constexpr std::array<ChangeKey, 4> change_keys{
    {{"value", Change::value}, {"add", Change::add}, {"multiply", Change::multiply}, {"schedule", Change::schedule}}};

constexpr double longest_ramp = 50;  // years; more is a slip

/// Bounds on the number that a lever is set to, or changed by.
Range range_of(const Lever& lever, Change change) {
  const double widest = lever.maximum == no_quota ? std::numeric_limits<double>::max() : lever.maximum - lever.minimum;
  switch (change) {
    case Change::add:
      return {-widest, widest, lever.unit};  // more could never take effect
    case Change::multiply:
      return {0, std::numeric_limits<double>::max(), "1"};
    case Change::value:
    case Change::schedule:
      break;
  }
  return {lever.minimum, lever.maximum, lever.unit};
}

}  // namespace

void MeasuresReader::add(const Node& measures) {
  if (measures.kind == Node::Kind::table) {
    findings_.add(measures.at, "'measure' is a table (must be a list); write [[measure]] with two brackets");
    return;
  }
  if (!is_kind(measures, "measure", Node::Kind::array, findings_)) return;
  for (const Node& measure : measures.items) {
    if (is_kind(measure, "measure", Node::Kind::table, findings_)) read(measure);
  }
}

void MeasuresReader::read(const Node& node) {
  const std::size_t before = findings_.count();
  const Fields fields{node,
                      "a measure",
                      {"id", "number", "title", "lever", "place", "start", "value", "add", "multiply", "schedule",
                       "ramp", "lag", "enabled", "source"},
                      findings_};
  Measure measure;
  if (const Node* id = fields.required("id")) measure.id = read_id(*id);
  if (const Node* number = fields.optional("number"))
    measure.number = whole_in(*number, "number", {1, static_cast<double>(work_points().size())}, findings_);
  if (const Node* title = fields.required("title")) measure.title = title_of(*title, findings_);
  if (const Node* source = fields.required("source")) measure.source = source_of(*source, findings_).value_or(Source{});
  if (const Node* place = fields.required("place")) measure.places = places_.read(*place);
  if (const Node* lever = fields.required("lever")) read_lever(*lever, measure);
  read_change(node, measure);
  read_timing(fields, measure);
  read_switch(fields, measure);
  if (findings_.count() == before) measures_.push_back(std::move(measure));
}

std::string MeasuresReader::read_id(const Node& node) {
  const auto id = identifier(node, findings_);
  if (!id) return "";
  const auto [first, fresh] = ids_.emplace(*id, node.at);
  const Spot& before = first->second;
  if (!fresh)
    findings_.add(node.at,
                  fmt::format("a second measure '{}' (the first is {}:{})", *id, before.file->name, before.line));
  return *id;
}

void MeasuresReader::read_lever(const Node& lever, Measure& measure) {
  if (!is_kind(lever, "lever", Node::Kind::text, findings_)) return;
  measure.lever = find_lever(lever.text);
  if (measure.lever != nullptr) return;
  std::vector<std::string_view> known;
  for (const Lever& candidate : levers()) known.push_back(candidate.name);
  const auto meant = nearest(lever.text, known);
  findings_.add(lever.at, fmt::format("unknown lever '{}'; {}", lever.text,
                                      meant ? fmt::format("did you mean '{}'?", *meant) : "see 'luohu levers'"));
}

void MeasuresReader::read_change(const Node& node, Measure& measure) {
  const Node* found = nullptr;
  std::string_view key;
  for (const ChangeKey& candidate : change_keys) {
    const Node* value = node.find(candidate.key);
    if (value == nullptr) continue;
    if (found != nullptr) {
      findings_.add(value->at,
                    fmt::format("a measure has both '{}' and '{}' (must have exactly one)", key, candidate.key));
      return;
    }
    found = value;
    key = candidate.key;
    measure.change = candidate.change;
  }
  if (found == nullptr) {
    findings_.add(node.at, "a measure has no 'value', 'add', 'multiply' or 'schedule'; add exactly one");
  } else if (measure.lever != nullptr) {
    if (measure.change == Change::schedule) return read_schedule(*found, measure);
    read_amount(key, *found, measure);
  }
}

void MeasuresReader::read_amount(std::string_view key, const Node& value, Measure& measure) {
  const Range range = range_of(*measure.lever, measure.change);
  const auto amount = number_in(value, key, range, findings_);
  if (!amount) return;
  measure.amount = *amount;
  note(measure, std::string{key}, *amount, range.unit, value);
}

void MeasuresReader::read_schedule(const Node& schedule, Measure& measure) {
  if (!is_kind(schedule, "schedule", Node::Kind::table, findings_)) return;
  if (schedule.entries.empty()) findings_.add(schedule.at, "'schedule' is empty; write { 2021 = …, 2023 = … }");
  for (const Entry& entry : schedule.entries) {
    const auto time = parse_number(entry.key);
    if (entry.value.kind == Node::Kind::table) {
      findings_.add(
          entry.at,
          fmt::format("'{0}' of the schedule is a table; quote a time with a fraction: \"{0}.5\" = …", entry.key));
    } else if (!time || *time < 1900 || *time > 2200) {
      findings_.add(
          entry.at,
          fmt::format("'{}' is not a time (must be a year from 1900 to 2200, as 2021 or \"2021.5\")", entry.key));
    } else if (const auto value =
                   number_in(entry.value, entry.key, range_of(*measure.lever, Change::schedule), findings_)) {
      if (!measure.schedule.emplace(*time, *value).second)
        findings_.add(entry.at, fmt::format("a second value for {}", entry.key));
      note(measure, "schedule." + number_text(*time), *value, measure.lever->unit, entry.value);
    }
  }
}

void MeasuresReader::read_timing(const Fields& fields, Measure& measure) {
  if (measure.change == Change::schedule) {
    for (const std::string_view key : {"start", "ramp", "lag"}) {
      const Node* value = fields.optional(key);
      if (value != nullptr) findings_.add(value->at, fmt::format("a schedule carries its own times; remove '{}'", key));
    }
    if (!measure.schedule.empty()) measure.start = measure.schedule.begin()->first;
    return;
  }
  read_start(fields, measure);
  for (const auto& [key, target] : {std::pair{"ramp", &measure.ramp}, std::pair{"lag", &measure.lag}}) {
    const Node* value = fields.optional(key);
    if (value == nullptr) {
      note_default(measure, key, 0, "year");
      continue;
    }
    *target = number_in(*value, key, {0, longest_ramp, "year"}, findings_).value_or(0);
    note(measure, key, *target, "year", *value);
  }
}

void MeasuresReader::read_start(const Fields& fields, Measure& measure) {
  const Node* start = fields.required("start");
  if (start == nullptr) return;
  const auto time = number_in(*start, "start", {1900, 2200, "year"}, findings_);
  if (!time) return;
  measure.start = *time;
  note(measure, "start", *time, "year", *start);
  // A start after the horizon is no mistake: a shorter run of the same scenario has none of its effect.
  if (*time >= first_year_) return;
  findings_.add(start->at, fmt::format("'start' is {} (the run begins in {}; what held before stands in the tables)",
                                       number_text(*time), first_year_));
}

void MeasuresReader::read_switch(const Fields& fields, Measure& measure) {
  const Node* enabled = fields.optional("enabled");
  if (enabled == nullptr) return note_default(measure, "enabled", 1, "1");
  if (is_kind(*enabled, "enabled", Node::Kind::boolean, findings_)) measure.enabled = enabled->flag;
  note(measure, "enabled", measure.enabled ? 1 : 0, "1", *enabled);
}

void MeasuresReader::note(const Measure& measure, const std::string& key, double value, std::string_view unit,
                          const Node& node) {
  const bool from_user = node.at.file->command_line;
  resolved_.push_back({fmt::format("measure.{}.{}", measure.id, key), value, std::string{unit},
                       from_user ? Tag::assumption : measure.source.tag, node.at.origin(),
                       from_user ? "set on the command line" : measure.source.note});
}

void MeasuresReader::note_default(const Measure& measure, const std::string& key, double value, std::string_view unit) {
  resolved_.push_back({fmt::format("measure.{}.{}", measure.id, key), value, std::string{unit}, Tag::assumption,
                       "default", "not in the file"});
}

}  // namespace luohu::reading
