#pragma once
// What a results file says of its scenarios' measures.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/policy/measures.hpp"

namespace luohu {

/// A measure as the resolved scenario in a results file has it; names are not looked up anywhere.
struct RecordedMeasure {
  std::string id;
  std::optional<int> number;  ///< numbered measure of the policy document
  Text title;
  std::string lever;
  std::vector<std::string> places;  ///< Chinese names
  bool enabled = true;
};

/// The measures of a resolved scenario (`ScenarioEntry::text`), in order; nothing if the text is not one.
[[nodiscard]] std::vector<RecordedMeasure> recorded_measures(std::string_view scenario_text);

}  // namespace luohu
