#pragma once
// What the user adds to the page: boundaries, an attribution, a scorecard. Nothing in these files is trusted.

#include "blocks.hpp"

namespace luohu::report {

/// Rings of longitude and latitude of every place, in the order of `places`, with who made them.
/// Without a file of the user's, those that come with the program, or null if it has none for these places.
[[nodiscard]] Json boundaries_json(const std::optional<NamedText>& given, const std::vector<std::int32_t>& places);

/// What `luohu attribute --format json` wrote, its effects alone.
[[nodiscard]] Json attribution_json(const NamedText& given);

/// What `luohu validate --format json` wrote.
[[nodiscard]] Json scorecard_json(const NamedText& given);

}  // namespace luohu::report
