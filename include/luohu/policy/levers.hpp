#pragma once
// The registry of policy levers. Adding a lever is one field of PlaceSettings and one entry in
// engine/policy/levers.cpp: `luohu levers`, the schema, `check` and the results file follow.

#include <span>
#include <string_view>

#include "luohu/core/provenance.hpp"
#include "luohu/policy/settings.hpp"

namespace luohu {

/// One lever: what a measure may change, in every prefecture and year.
struct Lever {
  std::string_view name;  ///< as written in a scenario, e.g. "registration.required_residence_years"
  std::string_view unit;  ///< UDUNITS
  double minimum = 0;
  double maximum = 1;
  bool loosens_downward = false;  ///< true if a smaller value admits or covers more people
  double PlaceSettings::*field = nullptr;
  Tag tag = Tag::assumption;  ///< of the base-year value
  std::string_view base;      ///< where the base-year value comes from
  std::string_view title_zh;
  std::string_view title_en;
  std::string_view effect;  ///< what it does in the model, one sentence
};

/// Every lever, in the order of `luohu levers`.
[[nodiscard]] std::span<const Lever> levers();
/// The lever of this name, or null.
[[nodiscard]] const Lever* find_lever(std::string_view name);

}  // namespace luohu
