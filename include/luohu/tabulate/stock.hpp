#pragma once
// Who lives and is registered where on the census date: one pass over everyone, counted in agents.

#include <array>
#include <string_view>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/places.hpp"
#include "luohu/population/parallel.hpp"
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
  Grid<std::int64_t, 4> population;      ///< [zone][sex][age group][registration], external nodes included
  Grid<std::int64_t, 2> by_origin;       ///< [registered place][zone of residence]
  std::vector<std::int64_t> registered;  ///< [zone of registration]
  std::uint64_t person_digest = 0;

  [[nodiscard]] std::int64_t residents(std::size_t zone, std::size_t sex) const;
  [[nodiscard]] std::int64_t people() const;  ///< everyone in the model, wherever they live
};

/// Counts people chunk by chunk, so that the count can share a pass over everyone with other work.
class StockTally {
 public:
  /// As of 1 November `year`. Threads are numbered below `threads`.
  StockTally(const Places& places, Year year, std::size_t threads);
  void add(const Population& people, const Chunk& chunk, std::size_t thread);
  [[nodiscard]] Stock total() const;

 private:
  /// Neighbours in the population are alike: two sets of counters, taken in turn, keep the processor
  /// from waiting for the counter it has just written.
  static constexpr std::size_t turns = 2;
  struct Part {
    std::array<std::vector<std::uint32_t>, turns> kind;  ///< [zone][sex][age group][registration]
    std::array<std::vector<std::uint32_t>, turns> pair;  ///< [zone of residence][zone of registration]
    std::uint64_t digest = 0;
  };
  const Places& places_;
  std::vector<std::uint8_t> group_;         ///< [byte of the birth year] age group
  std::vector<std::uint8_t> registration_;  ///< [zone][zone][township] registration class
  std::vector<Part> parts_;                 ///< [thread]
};

/// Count everyone as of 1 November `year`.
[[nodiscard]] Stock take_stock(const Population& people, const Places& places, Year year);

}  // namespace luohu
