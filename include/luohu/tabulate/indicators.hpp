#pragma once
// Indicators, each defined once, from the variables of a results file. `compare` and every other reader of results
// takes them from here: one entry in engine/tabulate/indicators.cpp each.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/tabulate/layout.hpp"

namespace luohu {

/// Rows of an axis that count, by identifier or code. `in_province` and `out_of_province` stand for the rows of origin
/// or destination that are prefectures, and for those that are not.
struct Only {
  std::string_view axis;
  std::vector<std::string_view> ids;
};
inline constexpr std::string_view in_province = "(province)";
inline constexpr std::string_view out_of_province = "(outside)";

/// The sum of a variable over all its axes but those of the split and of `over`.
struct Sum {
  std::string_view variable;
  std::vector<Only> only = {};
  std::string_view place = "place";         ///< the variable's axis that a split by place takes apart
  std::vector<std::string_view> over = {};  ///< axes whose rows the formula gets one by one
  bool between_places = false;              ///< leaves out what stays within an origin
  std::string_view weight = {};             ///< counts that multiply each value, summed to the axes they share
  std::vector<Only> weight_only = {};
};

/// The sums of an indicator for one cell, in order; each has as many rows as its `over` axes.
using Operands = std::span<const std::span<const double>>;

struct Indicator {
  std::string_view name;
  std::string_view long_name;
  std::string_view long_name_zh;
  std::string_view unit;
  std::string_view definition;           ///< the formula in words, and what weights it where values are averaged
  std::vector<std::string_view> splits;  ///< axes by which it may be given; none: for the whole province only
  std::vector<Sum> sums;
  double (*formula)(Operands) = nullptr;  ///< NaN where it is not defined, such as 0 / 0

  [[nodiscard]] bool splits_by(std::string_view axis) const;
};

/// All indicators, in the order in which tables show them.
[[nodiscard]] std::span<const Indicator> indicators();
/// Null if none has this name.
[[nodiscard]] const Indicator* indicator_named(std::string_view name);
/// The sums of an indicator in words: "population[zone=urban], population".
[[nodiscard]] std::string computed_from(const Indicator& indicator);
/// What these results would need for the indicator, or nothing: "variable 'rent'".
[[nodiscard]] std::optional<std::string> lacking(const Indicator& indicator, const Layout& layout);

/// Values of one variable in one year, row-major over its axes.
using VariableValues = std::function<std::span<const double>(std::string_view variable)>;

/// One year of one replicate: its variables, and the sums that indicators have in common, each made once.
class YearValues {
 public:
  explicit YearValues(VariableValues variables) : variables_{std::move(variables)} {}

 private:
  friend class Evaluation;
  VariableValues variables_;
  std::map<std::string, std::vector<double>, std::less<>> sums_;
};

/// The values of one variable, whole or not, row-major. Throws InternalError if the layout has none of this name.
[[nodiscard]] std::vector<double> numbers_of(const Layout& layout, const YearRecord& record, std::string_view name);
/// The variables of a record, which must outlive them.
[[nodiscard]] YearValues year_values(const Layout& layout, const YearRecord& record);

/// An indicator made ready for one layout and one split; the layout must outlive it.
class Evaluation {
 public:
  /// Requires: nothing is lacking, and the indicator splits by every axis of `by`.
  Evaluation(const Indicator& indicator, const Layout& layout, std::vector<std::string> by);

  [[nodiscard]] const Indicator& indicator() const { return *indicator_; }
  [[nodiscard]] const std::vector<std::string>& by() const { return by_; }
  [[nodiscard]] std::size_t cells() const { return cells_; }
  /// Row of axis `by()[axis]` that `cell` stands for.
  [[nodiscard]] std::size_t row(std::size_t cell, std::size_t axis) const;
  /// One value for each cell, row-major over `by`.
  [[nodiscard]] std::vector<double> operator()(YearValues& year) const;

 private:
  /// Where each value of a variable is added, or `nowhere`.
  struct Plan {
    std::string key;  ///< says which sum it is, for `YearValues`
    std::string variable;
    std::vector<std::uint32_t> target;   ///< [value] → row × width + inner row
    std::vector<std::uint32_t> row_of;   ///< [cell] → row
    std::size_t rows = 1, width = 1;     ///< split rows, `over` rows
    std::string weight;                  ///< variable, or empty
    std::vector<std::uint32_t> shared;   ///< [value of the weight] → shared row, or `nowhere`
    std::vector<std::uint32_t> weighed;  ///< [value] → shared row
    std::size_t shared_rows = 0;
  };
  [[nodiscard]] Plan planned(const Sum& sum, const Layout& layout) const;
  static void weigh(Plan& plan, const Sum& sum, const Layout& layout);
  static std::vector<double> add_up(const Plan& plan, const VariableValues& values);

  const Indicator* indicator_;
  std::vector<std::string> by_;
  std::vector<std::size_t> extents_;  ///< of `by_`
  std::size_t cells_ = 1;
  std::vector<Plan> plans_;
};

/// The province's answer for one year, in persons (expected ones rounded to whole); rates in [0, 1].
struct Summary {
  std::int64_t residents = 0;
  double urbanisation = 0;             ///< residents of towns / residents
  double registered_urbanisation = 0;  ///< registered in towns / registered, wherever they live
  std::int64_t settled = 0;            ///< persons who took local registration in the year
  std::int64_t moves = 0;              ///< moves between zones in the year, external nodes included
  std::int64_t births = 0, deaths = 0;
  std::int64_t net_migration = 0;  ///< arrivals less departures of residents
};

[[nodiscard]] Summary summarise(const Layout& layout, const YearRecord& record);

}  // namespace luohu
