#pragma once
// Who lives and is registered where on the census date: one pass over everyone, counted in agents.

#include <array>
#include <string_view>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/places/places.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/population/population.hpp"
#include "luohu/rates/choice.hpp"

namespace luohu {

/// Five-year age groups of the results: 0–4 … 80–84, 85 and over.
inline constexpr std::size_t age_groups = 18;
inline constexpr std::array<std::string_view, age_groups> age_group_ids{
    "0-4",   "5-9",   "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44",
    "45-49", "50-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85+"};
[[nodiscard]] constexpr std::size_t age_group(int age) {
  return age < 0 ? 0 : (age >= 85 ? age_groups - 1 : static_cast<std::size_t>(age / 5));
}

/// Ages counted as labour.
inline constexpr int first_working_age = 15;
inline constexpr int last_working_age = 64;
/// Ages below this one are counted year by year, for schools.
inline constexpr int adult_age = 16;

/// Standing of someone by the place they are registered in.
[[nodiscard]] inline Standing standing_of(const Places& places, ZoneId home, ZoneId registered) {
  return places.place_of(home) == places.place_of(registered) ? Standing::local : Standing::migrant;
}

/// Stocks of one census date, in agents.
struct Stock {
  Grid<std::int64_t, 4> population;      ///< [zone][sex][age group][registration], external nodes included
  Grid<std::int64_t, 2> by_origin;       ///< [registered place][zone of residence]
  std::vector<std::int64_t> registered;  ///< [zone of registration]
  Grid<std::int64_t, 3> workers;         ///< [zone][education][standing], of working age
  Grid<std::int64_t, 3> children;        ///< [place][age below `adult_age`][standing]
  /// [zone][zone of registration][education][age band]: those who face the same choice in the year to come, in the
  /// order of ChoiceTables::cell.
  Grid<std::int64_t, 4> choosers;
  std::uint64_t person_digest = 0;

  friend bool operator==(const Stock&, const Stock&) = default;

  [[nodiscard]] std::int64_t residents(std::size_t zone, std::size_t sex) const;
  [[nodiscard]] std::int64_t people() const;  ///< everyone in the model, wherever they live
};

/// Stocks of nobody.
[[nodiscard]] Stock empty_stock(const Places& places);
/// Count `weight` people like this one, as of 1 November `year`; the digest is left alone.
void add(Stock& stock, const Places& places, const Person& person, std::int64_t weight, Year year);

/// Counts of everyone, kept up to date by events: a person is taken out before a change and put back
/// after it, so that no year costs a pass over everyone. Ages need no event: people are counted by the
/// year of birth.
class StockTally {
 public:
  /// Threads are numbered below `threads`.
  StockTally(const Places& places, std::size_t threads);

  void add(const Population& people, const Chunk& chunk, std::size_t thread);
  /// Put one person in (+1) or take them out (−1); no effect on the gone.
  void count(const Population& people, std::size_t row, std::int32_t change, std::size_t thread);
  /// As of 1 November `year`.
  [[nodiscard]] Stock total(Year year) const;

 private:
  /// Counters of one thread; their sum over threads counts, each alone may be negative.
  struct Part {
    std::vector<std::int32_t> kind;  ///< [zone][sex][birth year][registration]
    std::vector<std::int32_t> tied;  ///< [zone of residence][zone of registration][education][birth year]
    std::uint64_t digest = 0;
  };
  const Places& places_;
  std::vector<std::uint8_t> registration_;  ///< [zone][zone][township] registration class
  std::vector<Part> parts_;                 ///< [thread]
};

/// Count everyone as of 1 November `year`.
[[nodiscard]] Stock take_stock(const Population& people, const Places& places, Year year);

}  // namespace luohu
