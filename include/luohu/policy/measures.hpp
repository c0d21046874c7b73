#pragma once
// Measures: which lever changes where, when and how fast; and the settings they make of a year.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "luohu/core/provenance.hpp"
#include "luohu/policy/levers.hpp"
#include "luohu/policy/settings.hpp"

namespace luohu {

struct Text {
  std::string zh;
  std::string en;
};

/// Where a number comes from, in words.
struct Source {
  Tag tag = Tag::assumption;
  std::string note;
};

/// How a measure changes the value it finds.
enum class Change : std::uint8_t { value, add, multiply, schedule };

struct Measure {
  std::string id;
  std::optional<int> number;  ///< numbered measure of the policy document
  Text title;
  const Lever* lever = nullptr;
  std::vector<PlaceId> places;  ///< prefectures
  double start = 0;             ///< calendar time; 2021.5 = mid-year, half an effect in 2021
  Change change = Change::value;
  double amount = 0;                  ///< for value, add, multiply
  std::map<double, double> schedule;  ///< calendar time → value from then on, stepwise
  double ramp = 0;                    ///< years from first to full effect, linear
  double lag = 0;                     ///< years between `start` and the first effect
  bool enabled = true;
  Source source;
};

/// Share of the full effect reached on average over calendar year `year`, in [0, 1]; exactly 0
/// before `start + lag`, exactly 1 from the first full year after the ramp.
[[nodiscard]] double mean_effect(const Measure& measure, Year year);

/// Base settings with every enabled measure applied in order, those on delivery first, each to the share that is
/// delivered where it applies; values are held to the levers' ranges.
[[nodiscard]] Settings settings_of(Year year, const Settings& base, std::span<const Measure> measures);

}  // namespace luohu
