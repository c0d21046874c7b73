#pragma once
// The 22 numbered measures of Hunan's New-type Urbanization Work Points of 2021, and what each is in the
// model. Tests hold an entry of engine/policy/work_points.cpp to its scenario file.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace luohu {

/// How a numbered measure relates to the model.
enum class Treatment : std::uint8_t {
  simulated,  ///< inside the mechanism
  assumed,    ///< through a general channel, with a size that whoever runs it must own
  optional,   ///< no effect unless the user enters one
  fidelity,   ///< scales how far the others are delivered
  recorded,   ///< outside the mechanism: does nothing
};
inline constexpr std::array<std::string_view, 5> treatment_ids{"simulated", "assumed", "optional", "fidelity",
                                                               "recorded"};
[[nodiscard]] constexpr std::string_view name_of(Treatment treatment) {
  return treatment_ids[static_cast<std::size_t>(treatment)];
}

struct WorkPoint {
  int number = 0;  ///< 1 to 22
  std::string_view title_zh;
  std::string_view title_en;
  Treatment treatment = Treatment::recorded;
  std::string_view effect_zh;  ///< what it does in the model, and what of it does nothing
  std::string_view effect_en;
  std::string_view indicator;                      ///< where its effect shows
  std::vector<std::string_view> levers = {};       ///< that its scenario file sets
  std::string_view scenario = std::string_view{};  ///< file in scenarios/hunan; empty if it is only recorded
};

/// All of them, in order of number.
[[nodiscard]] std::span<const WorkPoint> work_points();

/// "measure-01.toml", or "none".
[[nodiscard]] constexpr std::string_view scenario_text(const WorkPoint& point) {
  return point.scenario.empty() ? "none" : point.scenario;
}

}  // namespace luohu
