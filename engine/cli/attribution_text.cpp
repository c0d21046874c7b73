// What an attribution found, for people and for programs.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attribution.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "text_table.hpp"

namespace luohu {
namespace {

using Json = nlohmann::ordered_json;

/// Everything that any form of the answer shows.
struct Answer {
  const LoadedExperiment& experiment;
  const AttributionPlan& plan;
  const Attribution& found;
};

/// One number with its interval; the CSV, a row each.
struct Line {
  std::string section;   ///< "effect" or "who"
  std::string subject;   ///< outcome, or aspect in which persons differ
  std::string category;  ///< prefecture, or margin and category; may be empty
  std::string measure;   ///< or "all" for the package
  std::string method;
  std::string unit;
  MeanInterval value;
};

std::string place_id(const Answer& a, std::optional<std::size_t> prefecture) {
  return prefecture ? a.experiment.tables->places.rows()[*prefecture].id : "";
}

std::string category_id(const Answer& a, Margin margin, std::size_t category) {
  const Places& places = a.experiment.tables->places;
  if (margin == Margin::all) return "";
  if (margin == Margin::origin) return category < places.size() ? places.rows()[category].id : "later";
  return results_layout(places).axis(margin_ids[static_cast<std::size_t>(margin)]).ids[category];
}

std::vector<Line> lines_of(const Answer& a) {
  std::vector<Line> lines;
  for (std::size_t s = 0; s < a.plan.subjects.size(); ++s) {
    const Subject& subject = a.plan.subjects[s];
    const SubjectEffects& effects = a.found.effects[s];
    const auto add = [&](const std::string& measure, std::string_view method, const MeanInterval& value) {
      lines.push_back({"effect", std::string{subject.outcome->name}, place_id(a, subject.prefecture), measure,
                       std::string{method}, std::string{subject.outcome->unit}, value});
    };
    for (std::size_t i = 0; i < a.plan.players.size(); ++i) {
      add(a.plan.players[i].name, "leave_one_out", effects.leave_one_out[i]);
      add(a.plan.players[i].name, "first_in", effects.first_in[i]);
      if (!effects.shapley.empty()) add(a.plan.players[i].name, "shapley", effects.shapley[i]);
    }
    add("all", "package", effects.together);
  }
  for (const WhoEffects& row : a.found.who) {
    const std::string id = category_id(a, row.margin, row.category);
    const std::string margin{margin_ids[static_cast<std::size_t>(row.margin)]};
    for (std::size_t k = 0; k < aspects; ++k) {
      for (const bool least : {false, true}) {
        lines.push_back({"who", std::string{aspect_ids[k]}, id.empty() ? margin : margin + ":" + id, "all",
                         least ? "least" : "differ", "person", least ? row.least[k] : row.differ[k]});
      }
    }
  }
  return lines;
}

/// Ids hold no comma and no quote.
std::string csv(const Answer& a) {
  const auto bound = [](double value) { return std::isnan(value) ? std::string{} : number_text(value); };
  std::string text = "section,subject,category,measure,method,unit,mean,half_width\n";
  for (const Line& l : lines_of(a)) {
    text += fmt::format("{},{},{},{},{},{},{},{}\n", l.section, l.subject, l.category, l.measure, l.method, l.unit,
                        number_text(l.value.mean), bound(l.value.half_width));
  }
  return text;
}

std::string json(const Answer& a) {
  const Scenario& package = a.experiment.scenarios[1];
  Json measures = Json::array();
  for (const Player& player : a.plan.players) {
    Json entries = Json::array();
    for (const std::size_t m : player.measures) entries.push_back(package.measures[m].id);
    measures.push_back(
        {{"name", player.name}, {"title", {{"zh", player.title.zh}, {"en", player.title.en}}}, {"entries", entries}});
  }
  Json values = Json::array();
  for (const Line& l : lines_of(a)) {
    values.push_back({{"section", l.section},
                      {"subject", l.subject},
                      {"category", l.category.empty() ? Json(nullptr) : Json(l.category)},
                      {"measure", l.measure},
                      {"method", l.method},
                      {"unit", l.unit},
                      {"mean", l.value.mean},
                      {"half_width", std::isnan(l.value.half_width) ? Json(nullptr) : Json(l.value.half_width)}});
  }
  return Json{{"baseline", a.experiment.scenarios[0].id}, {"package", package.id},   {"first_year", package.first_year},
              {"last_year", package.last_year},           {"scale", a.plan.scale},   {"replicates", a.plan.replicates},
              {"seed", std::to_string(a.plan.seed)},      {"level", interval_level}, {"shapley", a.plan.shapley},
              {"followed_one_in", a.found.one_in},        {"measures", measures},    {"values", values}}
             .dump(2) +
         "\n";
}

/// How a unit is shown: persons whole, money in millions, rates and welfare to a thousandth.
struct Shown {
  std::string unit;
  double factor = 1;
  int decimals = 0;
};

Shown shown(std::string_view unit) {
  if (unit == "%") return {"percentage points", 1, 3};
  if (unit == "1") return {"1", 1, 4};
  if (unit == "yuan") return {"million yuan", 1e-6, 1};
  return {std::string{unit}, 1, unit == "log points" ? 3 : 0};
}

std::string number(const MeanInterval& value, const Shown& as) {
  const std::string text = fmt::format("{:+.{}f}", value.mean * as.factor, as.decimals);
  if (std::isnan(value.half_width)) return text;
  return text + fmt::format(" ± {:.{}f}", value.half_width * as.factor, as.decimals);
}

TextTable effects_table(const Answer& a, std::size_t index) {
  const Subject& subject = a.plan.subjects[index];
  const SubjectEffects& effects = a.found.effects[index];
  const Shown as = shown(subject.outcome->unit);
  TextTable table{fmt::format("{} ({})", title_of(subject, a.experiment.tables->places), as.unit),
                  {"measure", "leave-one-out", "first-in"},
                  {}};
  if (a.plan.shapley) table.headings.emplace_back("Shapley");
  for (std::size_t i = 0; i < a.plan.players.size(); ++i) {
    const Player& player = a.plan.players[i];
    table.rows.push_back({fmt::format("{} {}", player.name, player.title.zh), number(effects.leave_one_out[i], as),
                          number(effects.first_in[i], as)});
    if (a.plan.shapley) table.rows.back().push_back(number(effects.shapley[i], as));
  }
  // All measures left out, all first, or the sum of Shapley values: one and the same.
  table.rows.emplace_back(table.headings.size(), number(effects.together, as));
  table.rows.back().front() = "package";
  return table;
}

std::string category_name(const Answer& a, const WhoEffects& row) {
  if (row.margin == Margin::all) return "all";
  const std::string id = category_id(a, row.margin, row.category);
  const Places& places = a.experiment.tables->places;
  if (row.margin == Margin::origin && row.category < places.size()) {
    return fmt::format("origin {} {}", places.rows()[row.category].name_zh, places.rows()[row.category].name_en);
  }
  return fmt::format("{} {}", margin_ids[static_cast<std::size_t>(row.margin)], id);
}

/// Persons who differ, and after the stroke the fewest that any pairing needs; intervals would not fit.
TextTable who_table(const Answer& a) {
  TextTable table{fmt::format("who differs in {}: persons / fewest under any pairing of the two runs' people",
                              a.experiment.scenarios[1].last_year),
                  {"persons", "compared"},
                  {}};
  for (const std::string_view aspect : aspect_ids) table.headings.emplace_back(aspect);
  for (const WhoEffects& row : a.found.who) {
    table.rows.push_back({category_name(a, row), fmt::format("{:.0f}", row.compared)});
    for (std::size_t k = 0; k < aspects; ++k) {
      table.rows.back().push_back(fmt::format("{:.0f} / {:.0f}", row.differ[k].mean, row.least[k].mean));
    }
  }
  return table;
}

std::string for_people(const Answer& a, const std::function<std::string(const TextTable&)>& print) {
  const Scenario& package = a.experiment.scenarios[1];
  std::string text = fmt::format(
      "{} against {}: {} measure(s), {}-{}, scale 1:{}, {} replicate(s){}\n\n", package.id,
      a.experiment.scenarios[0].id, a.plan.players.size(), package.first_year, package.last_year, a.plan.scale,
      a.plan.replicates, a.plan.replicates > 1 ? ", 95 % intervals (paired, Student's t)" : ", hence no intervals");
  for (std::size_t s = 0; s < a.plan.subjects.size(); ++s) text += print(effects_table(a, s));
  if (a.plan.who) {
    text += print(who_table(a));
    if (a.found.one_in > 1) text += fmt::format("One person in {} was followed and stands for all.\n", a.found.one_in);
  }
  return text;
}

}  // namespace

std::string attribution_text(const LoadedExperiment& experiment, const AttributionPlan& plan, const Attribution& found,
                             const std::string& format) {
  const Answer answer{experiment, plan, found};
  if (format == "csv") return csv(answer);
  if (format == "json") return json(answer);
  return for_people(answer, format == "markdown" ? markdown_text : plain_text);
}

}  // namespace luohu
