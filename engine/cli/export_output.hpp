#pragma once
// Observations as other programs read them.

#include <ostream>
#include <string>

#include "luohu/analysis/observations.hpp"
#include "luohu/results/omx.hpp"

namespace luohu {

/// One row for each number, or for the mean over its runs: scenario, indicator, unit, year, place and every axis of the
/// split with its names, draw, replicate, value. "all" is the whole province; no value is an empty field.
void write_tidy_csv(std::ostream& out, const Observations& of, bool means);

/// One row for each series of means over runs: Model, Scenario, Region, Variable, Unit, and a column a year.
/// Prefectures are below `region`: "Hunan|Changsha".
void write_iamc_csv(std::ostream& out, const Observations& of, const std::string& region);

/// Means over runs. Requires: the last two axes of the split are origin and destination, which have the same rows.
[[nodiscard]] OmxFile omx_of(const Observations& of);

}  // namespace luohu
