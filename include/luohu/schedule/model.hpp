#pragma once
// Everything a run needs to know, and nothing about files: what `schedule` simulates.

#include <cstdint>
#include <span>
#include <vector>

#include "luohu/places/tables.hpp"
#include "luohu/policy/feedbacks.hpp"
#include "luohu/policy/measures.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// One scenario over one set of tables. The referenced tables must outlive the model.
struct Model {
  const Places& places;
  const CensusTables& census;
  const VitalTables& vital;
  const EconomyTables& economy;
  const BoundaryTables& boundary;
  const CapacityTables& capacity;
  const Settings& base_settings;  ///< rules and services of the base year
  std::span<const Measure> measures;
  Parameters parameters;
  std::vector<std::uint16_t> group_of;  ///< [place] recognition group; a number of its own if in none
  Year first_year = 0;
  Year last_year = 0;
  Feedbacks feedbacks = {};
};

/// [place] number of the recognition group, or of the place itself beyond the groups.
[[nodiscard]] std::vector<std::uint16_t> number_groups(const Places& places, std::span<const RecognitionGroup> groups);

}  // namespace luohu
