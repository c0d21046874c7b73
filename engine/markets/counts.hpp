#pragma once
// Names for the axes of MarketCounts.

#include <cstdint>

#include "luohu/markets/markets.hpp"

namespace luohu {

inline constexpr auto local = static_cast<std::size_t>(Standing::local);
inline constexpr auto migrant = static_cast<std::size_t>(Standing::migrant);
inline constexpr auto preschool = static_cast<std::size_t>(ChildAge::preschool);
inline constexpr auto compulsory = static_cast<std::size_t>(ChildAge::compulsory);

[[nodiscard]] inline double persons(std::int64_t count) {
  return static_cast<double>(count);
}

}  // namespace luohu
