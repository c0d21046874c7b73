#pragma once
// How the yearly loop and the markets speak: people's numbers in, conditions of choice and tables out.

#include "luohu/markets/markets.hpp"
#include "luohu/rates/choice.hpp"
#include "luohu/schedule/model.hpp"
#include "luohu/tabulate/tables.hpp"

namespace luohu {

/// The counts that markets answer, in persons. `flows`: of the year that ends with `stock`.
[[nodiscard]] MarketCounts market_counts(const Places& places, const Stock& stock, const Ledger& flows,
                                         std::int64_t persons_per_agent);

/// What measures alone make of places: productivity, amenity, travel.
[[nodiscard]] Conditions conditions_of(const Places& places, const Settings& settings);
/// The same with the answers of the markets.
[[nodiscard]] Conditions conditions_of(const Model& model, const Settings& settings, const MarketYear& year);

/// What the settings let the unregistered have, and what they get.
void realise_coverage(const MarketYear& year, Settings& settings);

/// The year's market variables for the results. `paid`: persons [prefecture][cost item] the public purse pays for.
[[nodiscard]] MarketOutcome market_outcome(const Model& model, const Settings& settings, const MarketYear& year,
                                           const Grid<std::int64_t, 2>& paid);

}  // namespace luohu
