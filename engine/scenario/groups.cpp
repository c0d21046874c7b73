#include "groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fields.hpp"
#include "luohu/core/text.hpp"

namespace luohu::reading {

void PlaceFinder::add_groups(const Node& groups) {
  if (!is_kind(groups, "groups", Node::Kind::table, findings_)) return;
  for (const Entry& entry : groups.entries) add_group(entry.key, entry.value, entry.at);
}

void PlaceFinder::add_group(const std::string& id, const Node& node, const Spot& at) {
  if (!is_kind(node, id, Node::Kind::table, findings_)) return;
  Node name;
  name.kind = Node::Kind::text;
  name.text = id;
  name.at = at;
  if (!identifier(name, findings_)) return;
  if (const Group* first = find_group(id)) {
    findings_.add(at, fmt::format("a second group '{}' (the first is {})", id, first->at.origin()));
    return;
  }
  if (id == "all" || places_.find(id))
    findings_.add(at, fmt::format("group '{}' is called like a place; rename it", id));
  const Fields fields{node, fmt::format("group '{}'", id), {"title", "members", "recognises_credit"}, findings_};
  Group group{.id = id, .title = {}, .members = {}, .at = at};
  if (const Node* title = fields.required("title")) group.title = title_of(*title, findings_);
  if (const Node* members = fields.required("members")) group.members = read(*members);
  if (const Node* flag = fields.required("recognises_credit")) {
    if (is_kind(*flag, "recognises_credit", Node::Kind::boolean, findings_)) group.recognises_credit = flag->flag;
  }
  groups_.push_back(std::move(group));
}

std::vector<PlaceId> PlaceFinder::read(const Node& node) const {
  if (places_.size() == 0) return {};  // the table of places has errors: no name can be judged
  const std::size_t before = findings_.count();
  Chosen chosen(places_.prefectures());
  choose(node, chosen);
  std::vector<PlaceId> found;
  for (std::size_t p = 0; p < chosen.size(); ++p) {
    if (chosen[p]) found.emplace_back(static_cast<PlaceId::Value>(p));
  }
  if (found.empty() && findings_.count() == before) findings_.add(node.at, "no place is left; name at least one");
  return found;
}

void PlaceFinder::choose(const Node& node, Chosen& chosen) const {
  if (node.kind == Node::Kind::array) {
    for (const Node& item : node.items) choose_named(item, chosen);
  } else if (node.kind == Node::Kind::table) {
    const Fields fields{node, "a choice of places", {"all_except"}, findings_};
    // A misspelt key has been reported already.
    const Node* except = node.entries.empty() ? fields.required("all_except") : fields.optional("all_except");
    if (except == nullptr) return;
    Chosen left_out(chosen.size());
    choose(*except, left_out);
    left_out.flip();
    chosen = std::move(left_out);
  } else {
    choose_named(node, chosen);
  }
}

void PlaceFinder::choose_named(const Node& name, Chosen& chosen) const {
  // A code may be written as a number.
  const bool code = name.kind == Node::Kind::number && name.whole;
  const std::string word = code ? fmt::format("{:.0f}", name.number) : name.text;
  if (!code && !is_kind(name, "place", Node::Kind::text, findings_)) return;
  if (word == "all") {
    chosen.assign(chosen.size(), true);
  } else if (const Group* group = find_group(word)) {
    for (const PlaceId member : group->members) chosen[member.value()] = true;
  } else if (const auto place = places_.find(word); place && places_.internal(*place)) {
    chosen[place->value()] = true;
  } else if (place) {
    findings_.add(name.at, fmt::format("'{}' is outside the province (policy applies to its prefectures)", word));
  } else {
    unknown(name);
  }
}

void PlaceFinder::unknown(const Node& name) const {
  std::vector<std::string_view> known{"all"};
  for (const Group& group : groups_) known.insert(known.end(), {group.id, group.title.zh, group.title.en});
  for (const Place& place : places_.rows()) {
    if (!place.external) known.insert(known.end(), {place.name_zh, place.name_en, place.id});
  }
  const std::string word = name.kind == Node::Kind::number ? number_text(name.number) : name.text;
  const auto meant = nearest(word, known);
  findings_.add(name.at, fmt::format("no place or group is called '{}'{}", word,
                                     meant ? fmt::format("; did you mean '{}'?", *meant) : ""));
}

const Group* PlaceFinder::find_group(std::string_view name) const {
  const auto found = std::ranges::find_if(groups_, [name](const Group& group) {
    return name == group.id || name == group.title.zh || name == group.title.en;
  });
  return found == groups_.end() ? nullptr : &*found;
}

}  // namespace luohu::reading
