#pragma once
// Labour, housing, land and services of the province, year after year: what people's numbers at the end of a
// year do to wages, rents and coverage in the next. Nothing here touches a person: counts in, factors out.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "luohu/core/grid.hpp"
#include "luohu/markets/housing.hpp"
#include "luohu/markets/labour.hpp"
#include "luohu/places/tables.hpp"
#include "luohu/policy/feedbacks.hpp"
#include "luohu/policy/settings.hpp"
#include "luohu/rates/parameters.hpp"

namespace luohu {

/// Children whose places are rationed: 3–5 and 6–14 years old (services.hpp).
enum class ChildAge : std::uint8_t { preschool, compulsory };
inline constexpr std::size_t child_ages = 2;

/// The people of a census date, in persons (agents × scale); internal zones only.
struct MarketCounts {
  Grid<std::int64_t, 3> workers;      ///< [zone][education][standing], of working age
  Grid<std::int64_t, 2> residents;    ///< [zone][standing]
  Grid<std::int64_t, 3> children;     ///< [prefecture][child age][standing]
  std::vector<std::int64_t> settled;  ///< [prefecture], admitted to a town's register during the year

  [[nodiscard]] std::int64_t townspeople(std::size_t prefecture) const;
  [[nodiscard]] std::int64_t everyone(std::size_t prefecture) const;
  [[nodiscard]] std::int64_t unregistered(std::size_t prefecture) const;  ///< registered in another prefecture
};

/// Carried from year to year, [prefecture]. Places in schools are planned: for the children registered in the
/// prefecture, for as many of the others as had one in the base year, and what measures add.
struct MarketState {
  std::vector<double> land;                   ///< m² of town land
  std::vector<double> rent;                   ///< last year's factor on the base-year rent of the town
  Grid<std::int64_t, 2> places;               ///< [prefecture][child age], public or inclusive
  Grid<std::int64_t, 2> places_by_measures;   ///< [prefecture][child age], of the planned ones
  std::vector<std::int64_t> rental_places;    ///< persons in public rental housing set aside for the unregistered
  std::vector<std::int64_t> settled_to_date;  ///< since the base year

  friend bool operator==(const MarketState&, const MarketState&) = default;
};

/// What the markets answer to a year's counts.
struct MarketYear {
  // For the choices of the next year
  Grid<double, 3> wage;                ///< [zone][education][standing], factor on the base-year income; 1 outside
  std::vector<double> rent;            ///< [zone], factor on the base-year rent; 1 in the countryside and outside
  Grid<double, 2> coverage;            ///< [prefecture][service], of the unregistered, as realised
  std::vector<double> school_quality;  ///< [prefecture], G: factor on the base year's
  // For the tables
  std::vector<double> output;                     ///< [prefecture], factor on the town's base-year wage bill
  std::vector<double> land;                       ///< [prefecture], m² of town land
  std::vector<double> floor_space;                ///< [prefecture], m² of dwellings in the town
  std::vector<double> hospital_beds;              ///< [prefecture]
  std::vector<std::int64_t> seats;                ///< [prefecture], in compulsory school
  std::vector<std::int64_t> unregistered_pupils;  ///< [prefecture], in public compulsory school
  std::vector<std::int64_t> unmet_seats;          ///< [prefecture], children of school age without a place
  std::vector<std::int64_t> unmet_preschool;      ///< [prefecture], children aged 3–5 without a place
};

/// What the markets of one province start from; the references must outlive the markets. Incomes and rents of the
/// base year are not among it: only ratios to them are asked for.
struct MarketInputs {
  const Places& places;
  const CapacityTables& capacity;
  const Parameters& parameters;
  const Settings& base_settings;
  Feedbacks feedbacks;
  std::int64_t persons_per_agent = 1;
};

class Markets {
 public:
  /// Calibrates to the base year: its counts give every factor 1 and the coverage of the base settings.
  Markets(const MarketInputs& inputs, MarketCounts base);

  /// The base year's own answer: all factors 1, coverage as the settings say.
  [[nodiscard]] MarketYear base_year() const;
  /// Carries capacities and land through a year and clears the markets for the counts at its end, under the rules of
  /// `settings` [prefecture]. Throws Error{input} if rents do not settle.
  [[nodiscard]] MarketYear advance(const MarketCounts& counts, const Settings& settings);
  /// [prefecture][cost item] persons the public purse pays for beyond the base year, after `advance`.
  /// `land_exits`: [prefecture] paid exits from land rights during the year.
  [[nodiscard]] Grid<std::int64_t, 2> persons_paid_for(const MarketCounts& counts, const MarketYear& year,
                                                       std::span<const std::int64_t> land_exits) const;

  [[nodiscard]] const MarketState& state() const { return state_; }
  /// Continue from the state of another run of the same base year.
  void restore(MarketState state) { state_ = std::move(state); }

 private:
  [[nodiscard]] MarketYear answer(const MarketCounts& counts, const Settings& settings) const;
  void build(const MarketCounts& counts, const Settings& settings);
  /// Without those that measures add.
  [[nodiscard]] std::int64_t planned_places(const MarketCounts& counts, std::size_t prefecture, std::size_t age) const;
  /// Returns the factor on every town's base-year wage bill.
  std::vector<double> clear_labour(const MarketCounts& counts, const Settings& settings, MarketYear& year) const;
  void clear_housing(const std::vector<double>& wage_bill, const Settings& settings, MarketYear& year) const;
  void ration(const MarketCounts& counts, const Settings& settings, MarketYear& year) const;
  /// An empty cell counts as one agent.
  [[nodiscard]] double at_least_one(std::int64_t count) const;
  [[nodiscard]] Workers workers(const MarketCounts& counts, std::size_t zone) const;

  MarketInputs in_;
  MarketCounts base_;
  std::vector<TownLabour> towns_;  ///< [prefecture]
  std::vector<double> core_;       ///< [prefecture], share of townspeople in the core of a megacity
  MarketState base_state_;
  MarketState state_;
};

}  // namespace luohu
