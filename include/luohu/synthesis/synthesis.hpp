#pragma once
// The synthetic population of a base year: residents of the province and the people registered in it
// who live elsewhere, from census tables.

#include <span>

#include "luohu/places/tables.hpp"
#include "luohu/population/population.hpp"
#include "luohu/random/draw.hpp"
#include "luohu/rates/parameters.hpp"
#include "luohu/synthesis/integerise.hpp"

namespace luohu {

struct SynthesisInputs {
  const Places& places;
  const CensusTables& census;
  const Parameters& parameters;
  std::span<const std::uint16_t> group_of;  ///< [place] recognition group
  Year base_year = 0;
  Seed seed;
  std::int64_t scale = 1;                  ///< persons an agent stands for
  std::span<const double> fertility = {};  ///< [age] births per woman-year, for whose mother a woman may be
};

/// How many agents of each kind there are: the whole counts behind a population.
struct PopulationPlan {
  std::vector<ResidentCounts> residents;   ///< [prefecture][zone][class][sex][age group]
  Grid<std::int64_t, 2> origins;           ///< [registered place][residence place], of people away
  std::vector<double> registered_odds;     ///< [prefecture] factor on the odds of urban registration
  std::vector<Grid<double, 4>> schooling;  ///< [prefecture][sex][zone][age group][education] shares

  [[nodiscard]] std::size_t agents() const;
};

/// Fit and integerise. At scale 1 every observed margin is met exactly; at scale n to within one agent.
[[nodiscard]] PopulationPlan plan_population(const SynthesisInputs& inputs);

/// Agents of a plan at this scale before it is made: for the memory estimate.
[[nodiscard]] std::size_t expected_agents(const CensusTables& census, std::int64_t scale);

/// Everyone of the plan, each with their own attributes. `spare`: rows reserved for growth.
[[nodiscard]] Population synthesise(const SynthesisInputs& inputs, const PopulationPlan& plan, std::size_t spare);

/// Rows beside so many agents for the newborn and incomers who wait for the next compaction.
[[nodiscard]] std::size_t spare_rows(std::size_t agents);

/// Planned and made, with spare rows: what a run starts from.
[[nodiscard]] Population base_population(const SynthesisInputs& inputs);

}  // namespace luohu
