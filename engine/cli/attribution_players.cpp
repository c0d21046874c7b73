// Which measures a package adds, and which outcomes are asked for.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "attribution.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/policy/work_points.hpp"

namespace luohu {
namespace {

template <class... Parts>
[[noreturn]] void refuse(fmt::format_string<Parts...> format, Parts&&... parts) {
  throw Error{ExitCode::usage, fmt::format(format, std::forward<Parts>(parts)...)};
}

bool same_measure(const Measure& a, const Measure& b) {
  return a.lever == b.lever && a.places == b.places && a.start == b.start && a.change == b.change &&
         a.amount == b.amount && a.schedule == b.schedule && a.ramp == b.ramp && a.lag == b.lag &&
         a.enabled == b.enabled;
}

const Measure* find(const std::vector<Measure>& measures, const std::string& id) {
  const auto found = std::ranges::find(measures, id, &Measure::id);
  return found == measures.end() ? nullptr : &*found;
}

/// The effect of a package that changes anything else would not be one of its measures.
void require_only_measures_differ(const Scenario& baseline, const Scenario& package) {
  const std::string remedy = "an effect of measures needs scenarios that differ in nothing else";
  for (const ParameterInfo& p : parameter_table()) {
    const double before = baseline.parameters.*p.field;
    const double after = package.parameters.*p.field;
    if (before == after) continue;
    refuse("{} is {} in {} and {} in {}; {}", p.name, number_text(before), baseline.id, number_text(after), package.id,
           remedy);
  }
  for (const FeedbackInfo& f : feedback_table) {
    if (baseline.feedbacks.*f.field == package.feedbacks.*f.field) continue;
    refuse("the feedback '{}' is on in one of {} and {} only; {}", f.name, baseline.id, package.id, remedy);
  }
  const auto same_group = [](const RecognitionGroup& a, const RecognitionGroup& b) {
    return a.id == b.id && a.members == b.members;
  };
  if (!std::ranges::equal(baseline.groups, package.groups, same_group)) {
    refuse("{} and {} have different groups of mutual recognition; {}", baseline.id, package.id, remedy);
  }
  for (const Measure& measure : baseline.measures) {
    const Measure* kept = find(package.measures, measure.id);
    if (kept == nullptr) refuse("{} lacks the measure '{}' of {}; {}", package.id, measure.id, baseline.id, remedy);
    if (!same_measure(measure, *kept)) {
      refuse("{} changes the measure '{}' of {}; attribution needs packages that only add measures", package.id,
             measure.id, baseline.id);
    }
  }
}

Text title_of(const Measure& measure) {
  for (const WorkPoint& point : work_points()) {
    if (measure.number == point.number) return {std::string{point.title_zh}, std::string{point.title_en}};
  }
  return measure.title;
}

std::vector<Player> single_players(const Scenario& baseline, const Scenario& package) {
  std::vector<Player> players;
  for (std::size_t m = 0; m < package.measures.size(); ++m) {
    const Measure& measure = package.measures[m];
    if (!measure.enabled || find(baseline.measures, measure.id) != nullptr) continue;
    const std::string name = measure.number ? std::to_string(*measure.number) : measure.id;
    auto player = std::ranges::find(players, name, &Player::name);
    if (player == players.end()) {
      players.push_back({name, title_of(measure), {}});
      player = players.end() - 1;
    }
    player->measures.push_back(m);
  }
  return players;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::size_t first = 0;
  for (std::size_t end = text.find(at); end != std::string::npos; end = text.find(at, first)) {
    parts.push_back(text.substr(first, end - first));
    first = end + 1;
  }
  parts.push_back(text.substr(first));
  return parts;
}

std::vector<std::string_view> names_of(const std::vector<Player>& players) {
  std::vector<std::string_view> names;
  for (const Player& player : players) names.emplace_back(player.name);
  return names;
}

/// The members of a group become one player, in the place of the first of them.
void join(std::vector<Player>& players, const std::vector<Player>& single, const std::string& group) {
  Player joined;
  std::size_t place = players.size();
  for (const std::string& name : split(group, ',')) {
    const auto player = std::ranges::find(players, name, &Player::name);
    if (player == players.end()) {
      const std::vector<std::string_view> known = names_of(single);
      if (std::ranges::find(known, name) != known.end()) refuse("--group {}: '{}' is already grouped", group, name);
      refuse("--group {}: the package adds no measure '{}'; it adds {}", group, name, fmt::join(known, ", "));
    }
    const bool first = joined.name.empty();
    joined.name += (first ? "" : "+") + player->name;
    joined.title.zh += (first ? "" : "；") + player->title.zh;
    joined.title.en += (first ? "" : "; ") + player->title.en;
    joined.measures.insert(joined.measures.end(), player->measures.begin(), player->measures.end());
    place = std::min(place, static_cast<std::size_t>(player - players.begin()));
    players.erase(player);
  }
  players.insert(players.begin() + static_cast<std::ptrdiff_t>(std::min(place, players.size())), std::move(joined));
}

std::size_t prefecture_named(const std::string& name, const std::string& subject, const Places& places) {
  const std::optional<PlaceId> place = places.find(name);
  if (place && places.internal(*place)) return place->value();
  std::vector<std::string_view> known;
  for (std::size_t p = 0; p < places.prefectures(); ++p) known.emplace_back(places.rows()[p].id);
  refuse("{}: no prefecture is called '{}'{}", subject, name, suggestion(name, known));
}

}  // namespace

std::vector<Player> players_of(const Scenario& baseline, const Scenario& package,
                               const std::vector<std::string>& groups) {
  require_only_measures_differ(baseline, package);
  const std::vector<Player> single = single_players(baseline, package);
  if (single.empty()) refuse("{} adds no measure to {}: there is nothing to attribute", package.id, baseline.id);
  std::vector<Player> players = single;
  for (const std::string& group : groups) join(players, single, group);
  if (players.size() > most_players) {
    refuse("{} adds {} measures, and at most {} can be told apart; put some together with --group", package.id,
           players.size(), most_players);
  }
  return players;
}

std::vector<Subject> subjects_of(const std::vector<std::string>& names, const Places& places) {
  std::vector<Subject> subjects;
  if (names.empty()) {
    for (const Outcome& outcome : outcomes()) subjects.push_back({&outcome, std::nullopt});
  }
  std::vector<std::string_view> known;
  for (const Outcome& outcome : outcomes()) known.push_back(outcome.name);
  for (const std::string& name : names) {
    const std::size_t colon = name.find(':');
    const std::string wanted = name.substr(0, colon);
    const auto outcome = std::ranges::find(outcomes(), wanted, &Outcome::name);
    if (outcome == outcomes().end()) refuse("unknown indicator '{}'{}", wanted, suggestion(wanted, known));
    if (colon == std::string::npos) {
      subjects.push_back({&*outcome, std::nullopt});
      continue;
    }
    const std::string where = name.substr(colon + 1);
    const bool everywhere = where == "all";
    const std::size_t first = everywhere ? 0 : prefecture_named(where, name, places);
    const std::size_t last = everywhere ? places.prefectures() : first + 1;
    for (std::size_t p = first; p < last; ++p) subjects.push_back({&*outcome, p});
  }
  return subjects;
}

std::string title_of(const Subject& subject, const Places& places) {
  const std::string title =
      fmt::format("{} {}: {}", subject.outcome->name, subject.outcome->title_zh, subject.outcome->title_en);
  if (!subject.prefecture) return title;
  const Place& place = places.rows()[*subject.prefecture];
  return fmt::format("{}, {} {}", title, place.name_zh, place.name_en);
}

}  // namespace luohu
