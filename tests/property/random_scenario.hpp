#pragma once
// The text of random scenarios over a random province: groups, parameters anywhere in their registered
// ranges, and measures that move any lever, anywhere, at any time, in any of the ways there are.

#include <algorithm>
#include <string>
#include <vector>

#include "dice.hpp"
#include "luohu/core/text.hpp"
#include "luohu/policy/levers.hpp"
#include "luohu/rates/parameters.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu::testing {

inline const std::string drawn = "{ tag = \"assumption\", note = \"drawn at random\" }";

inline std::string heading(const std::string& id) {
  return "id = \"" + id + "\"\ntitle = { zh = \"随机\", en = \"Drawn at random\" }\n";
}

/// A prefecture by one of the names it answers to.
inline std::string name_of_place(Dice& dice, const Place& place) {
  switch (dice.below(4)) {
    case 0:
      return std::to_string(place.code);
    case 1:
      return "\"" + place.name_zh + "\"";
    case 2:
      return "\"" + place.name_en + "\"";
    default:
      return "\"" + place.id + "\"";
  }
}

/// [some prefectures, one at least]
inline std::string some_places(Dice& dice, const Places& places) {
  const std::size_t sure = dice.below(places.prefectures());
  std::string list;
  for (std::size_t p = 0; p < places.prefectures(); ++p) {
    if (p != sure && dice.chance(0.6)) continue;
    list += (list.empty() ? "" : ", ") + name_of_place(dice, places.rows()[p]);
  }
  return "[" + list + "]";
}

/// A group that recognises credit, and one that only names places.
inline std::string random_groups(Dice& dice, const Places& places) {
  std::string text;
  for (const bool recognises : {true, false}) {
    text += std::string{"\n[groups."} + (recognises ? "credit" : "south") + "]\ntitle = { zh = \"" +
            (recognises ? "互认" : "南部") + "\", en = \"" + (recognises ? "Credit" : "South") +
            "\" }\nmembers = " + some_places(dice, places) +
            "\nrecognises_credit = " + (recognises ? "true" : "false") + "\n";
  }
  return text;
}

/// Anywhere in its registered range, over magnitudes if that is wide.
inline double random_parameter(Dice& dice, const ParameterInfo& p) {
  const bool wide = p.minimum > 0 && p.maximum / p.minimum > 1000;
  return wide ? dice.magnitude(p.minimum, p.maximum) : dice.between(p.minimum, p.maximum);
}

/// A quarter of the parameters.
inline std::string random_parameters(Dice& dice) {
  std::string text = "\n[parameters]\nsource = " + drawn + "\n";
  for (const ParameterInfo& p : parameter_table()) {
    if (dice.chance(0.25)) text += std::string{p.name} + " = " + number_text(random_parameter(dice, p)) + "\n";
  }
  return text;
}

/// What every scenario over its own tables begins with.
inline std::string preamble(const std::string& id, Year first, Year last) {
  return heading(id) + "tables = \"tables\"\nfirst_year = " + std::to_string(first) +
         "\nlast_year = " + std::to_string(last) + "\n";
}

/// Which feedbacks there are: all, as by default, in half of the cases.
inline std::string random_feedbacks(Dice& dice) {
  if (dice.chance(0.5)) return "";
  std::string text = "\n[feedbacks]\n";
  for (const FeedbackInfo& feedback : feedback_table) {
    text += std::string{feedback.name} + (dice.chance(0.5) ? " = true\n" : " = false\n");
  }
  return text;
}

/// The scenario without measures.
inline std::string baseline_text(Dice& dice, const Places& places, Year first, Year last) {
  return preamble("baseline", first, last) + random_groups(dice, places) + random_parameters(dice) +
         random_feedbacks(dice);
}

/// A scenario that tells no place from another but by its tables.
inline std::string plain_text(Dice& dice, Year first, Year last) {
  return preamble("plain", first, last) + random_parameters(dice);
}

inline std::string place_choice(Dice& dice, const Places& places) {
  switch (dice.below(5)) {
    case 0:
      return "\"all\"";
    case 1:
      return "\"credit\"";
    case 2:
      return name_of_place(dice, places.rows()[dice.below(places.prefectures())]);
    case 3:
      return "{ all_except = " + name_of_place(dice, places.rows()[dice.below(places.prefectures())]) + " }";
    default:
      return some_places(dice, places);
  }
}

/// A value of the lever, over its range or the part of it that binds in a small province.
inline double random_value(Dice& dice, const Lever& lever) {
  if (lever.maximum == no_quota) return dice.chance(0.2) ? no_quota : dice.whole(0, 200) / 2.0;
  return dice.between(lever.minimum, lever.unit == "year" ? 6 : lever.maximum);
}

inline std::string measure_heading(const std::string& id, const Lever& lever, const std::string& place) {
  return "\n[[measure]]\nid = \"" + id + "\"\ntitle = { zh = \"措施\", en = \"Measure\" }\nlever = \"" +
         std::string{lever.name} + "\"\nplace = " + place + "\nsource = " + drawn + "\n";
}

/// A time on or after the start of `first`, as a number.
inline std::string time_from(Dice& dice, Year first, Year last) {
  const double fraction = dice.chance(0.5) ? 0 : dice.whole(0, 99) / 100.0;
  return number_text(dice.whole(first, last) + fraction);
}

inline std::string random_measure(Dice& dice, const Places& places, const std::string& id, Year first, Year last) {
  const Lever& lever = levers()[dice.below(levers().size())];
  std::string text = measure_heading(id, lever, place_choice(dice, places));
  const double width = lever.maximum == no_quota ? 100 : lever.maximum - lever.minimum;
  switch (dice.below(5)) {
    case 0:
      text += "add = " + number_text(dice.between(-width, width) / 2) + "\n";
      break;
    case 1:
      text += "multiply = " + number_text(dice.between(0, 3)) + "\n";
      break;
    case 2: {
      std::string steps;
      for (Year year = first + 1; year <= last; year += dice.whole(1, 3))
        steps += (steps.empty() ? " \"" : ", \"") + time_from(dice, year, year) +
                 "\" = " + number_text(random_value(dice, lever));
      return text + "schedule = {" + steps + " }\n";
    }
    default:
      text += "value = " + number_text(random_value(dice, lever)) + "\n";
  }
  text += "start = " + time_from(dice, first, last + 1) + "\n";
  if (dice.chance(0.5)) text += "ramp = " + number_text(dice.between(0, 4)) + "\n";
  if (dice.chance(0.3)) text += "lag = " + number_text(dice.between(0, 3)) + "\n";
  if (dice.chance(0.1)) text += "enabled = false\n";
  return text;
}

/// One to five measures over the baseline.
inline std::string variant_text(Dice& dice, const Places& places, Year first, Year last) {
  std::string text = heading("variant") + "extends = \"baseline.toml\"\n";
  const int measures = dice.whole(1, 5);
  for (int i = 0; i < measures; ++i) text += random_measure(dice, places, "m" + std::to_string(i), first, last);
  return text;
}

/// Four measures over the baseline that do nothing: of no size, of factor one, too late, switched off.
inline std::string null_text(Dice& dice, const Places& places, Year first, Year last) {
  std::string text = heading("null") + "extends = \"baseline.toml\"\n";
  const auto measure = [&](const std::string& id) -> const Lever& {
    const Lever& lever = levers()[dice.below(levers().size())];
    text += measure_heading(id, lever, place_choice(dice, places));
    return lever;
  };
  measure("nothing");
  text += "add = 0\nramp = " + number_text(dice.between(0, 4)) + "\nstart = " + time_from(dice, first, last) + "\n";
  measure("same");
  text += "multiply = 1\nstart = " + time_from(dice, first, last) + "\n";
  const Lever& late = measure("late");
  text += "value = " + number_text(random_value(dice, late)) + "\nstart = " + time_from(dice, last + 1, last + 9) +
          "\nlag = " + number_text(dice.between(0, 3)) + "\n";
  const Lever& off = measure("off");
  return text + "value = " + number_text(random_value(dice, off)) +
         "\nenabled = false\nstart = " + time_from(dice, first, last) + "\n";
}

}  // namespace luohu::testing
