#pragma once
// A comparison on the screen and in files.

#include <string>
#include <string_view>

#include "luohu/analysis/comparison.hpp"

namespace luohu {

/// Which effect the interval is of.
enum class Effect : std::uint8_t { difference, percent, ratio };
[[nodiscard]] std::string_view name_of(Effect effect);

struct Shown {
  Effect effect = Effect::difference;
  double confidence = 0.95;
  bool unpaired = false;  ///< the unpaired interval too, and the variance reduction
};

[[nodiscard]] double value_of(const Contrast& contrast, Effect effect);
[[nodiscard]] std::optional<Interval> interval_of(const Contrast& contrast, Effect effect, double confidence);

/// The quantiles over draws that leave out as much as an interval at `confidence`; nothing without draws.
[[nodiscard]] std::optional<Interval> range_of_draws(const ComparedRow& row, Effect effect, double confidence);

/// What the replicates say: "differs", "noise", "identical", or "unknown" without an interval.
[[nodiscard]] std::string_view verdict(const Contrast& contrast, double confidence);

/// "65%" of 0.65; "99.9%".
[[nodiscard]] std::string confidence_text(double confidence);

[[nodiscard]] std::string comparison_table(const Comparison& comparison, const Shown& shown);
[[nodiscard]] std::string comparison_markdown(const Comparison& comparison, const Shown& shown);
/// One row for each number, nothing rounded; no value is an empty field.
[[nodiscard]] std::string comparison_csv(const Comparison& comparison, const Shown& shown);
/// The same with scenarios, differing measures and notes; no value is null.
[[nodiscard]] std::string comparison_json(const Comparison& comparison, const Shown& shown);

}  // namespace luohu
