#pragma once
// Conditions on indicators as users write them: "difference(residents, 2035, 长沙市) < 0".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/tabulate/layout.hpp"

namespace luohu {

/// QUANTITY(PART, PART, …) SIGN BOUND, taken apart.
struct Condition {
  std::string quantity;
  std::vector<std::string> parts;  ///< one at least, perhaps empty
  std::string comparison;          ///< <, <=, > or >=
  std::string bound;
};

/// Nothing if the text does not have this form.
[[nodiscard]] std::optional<Condition> parse_condition(std::string_view text);

/// Row of an axis of places that has this name, in either language, or code.
[[nodiscard]] std::optional<std::size_t> place_row(std::string_view place, const Axis& places);
/// "no place is called 'X'; did you mean 'Y'?"
[[nodiscard]] std::string no_such_place(std::string_view place, const Axis& places);

}  // namespace luohu
