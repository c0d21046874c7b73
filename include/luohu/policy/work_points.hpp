#pragma once
// The 22 numbered measures of Hunan's New-type Urbanization Work Points of 2021, and what each is in the
// model. Making one runnable is a line for each of its levers and a line for its scenario file in
// engine/policy/work_points.cpp; tests hold the entry to the file.

#include <array>
#include <cstdint>
#include <span>
#include <string>
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
  std::string_view effect;                         ///< what it does in the model, once runnable
  std::string_view indicator;                      ///< where its effect shows
  std::vector<std::string_view> levers = {};       ///< that its scenario file sets
  std::string_view scenario = std::string_view{};  ///< file in scenarios/hunan; empty: not runnable
};

/// All of them, in order of number.
[[nodiscard]] std::span<const WorkPoint> work_points();

/// "measure-01.toml", "not yet runnable in this version", or "none" where none is meant to be.
[[nodiscard]] std::string_view scenario_text(const WorkPoint& point);

/// What it does in the model as it stands, in a sentence.
[[nodiscard]] std::string effect_text(const WorkPoint& point);

}  // namespace luohu
