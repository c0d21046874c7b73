#pragma once
// What a policy is judged by: an indicator of a whole run, of its last year or summed over its years.

#include <optional>
#include <span>
#include <string>

#include "luohu/tabulate/indicators.hpp"

namespace luohu {

struct Outcome {
  std::string name;  ///< of the indicator
  std::string title_zh;
  std::string title_en;
  std::string unit;
  bool over_years = false;  ///< a flow, summed over the simulated years; a stock is of the last year

  /// `years`: from the base year on, at least two; `prefecture`: none for the province.
  [[nodiscard]] double of(const Layout& layout, std::span<const YearRecord> years,
                          std::optional<std::size_t> prefecture) const;
};

/// All of them, in the order of the documentation.
[[nodiscard]] std::span<const Outcome> outcomes();

}  // namespace luohu
