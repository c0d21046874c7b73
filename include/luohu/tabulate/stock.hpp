#pragma once
// Who lives and is registered where on the census date: one pass over everyone, counted in agents.

#include <array>
#include <string_view>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/places.hpp"
#include "luohu/population/population.hpp"

namespace luohu {

/// Five-year age groups of the results: 0–4 … 80–84, 85 and over.
inline constexpr std::size_t age_groups = 18;
inline constexpr std::array<std::string_view, age_groups> age_group_ids{
    "0-4",   "5-9",   "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44",
    "45-49", "50-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85+"};
[[nodiscard]] constexpr std::size_t age_group(int age) {
  return age < 0 ? 0 : (age >= 85 ? age_groups - 1 : static_cast<std::size_t>(age / 5));
}

/// Stocks of one census date, in agents.
struct Stock {
  Grid<std::int64_t, 4> population;   ///< [zone][sex][age group][registration], external nodes included
  Grid<std::int64_t, 2> by_origin;    ///< [registered place][zone of residence]
  std::vector<std::int64_t> registered;  ///< [zone of registration]
  std::uint64_t person_digest = 0;

  [[nodiscard]] std::int64_t residents(std::size_t zone, std::size_t sex) const;
  [[nodiscard]] std::int64_t people() const;  ///< everyone in the model, wherever they live
};

/// Count everyone as of 1 November `year`.
[[nodiscard]] Stock take_stock(const Population& people, const Places& places, Year year);

}  // namespace luohu
