#pragma once
// The hindcasts in scenarios/, and the census totals of their prefectures.

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace luohu::testing {

struct Shipped {
  std::string_view folder;  ///< below scenarios/
  std::size_t prefectures;
  std::int64_t residents_2010, residents_2020;  ///< leiii/census @ 0ba0f1e, prefecture rows summed
};

inline constexpr std::array<Shipped, 7> hindcasts{{{"hunan", 14, 65'700'762, 66'444'864},
                                                   {"provinces/jiangxi", 11, 44'567'797, 45'188'635},
                                                   {"provinces/hubei", 13, 53'621'312, 54'372'084},
                                                   {"provinces/guangdong", 21, 104'320'459, 126'012'510},
                                                   {"provinces/guangxi", 14, 46'023'761, 50'126'804},
                                                   {"provinces/chongqing", 1, 28'846'170, 32'054'159},
                                                   {"provinces/guizhou", 9, 34'748'556, 38'562'148}}};

inline std::filesystem::path folder_of(const Shipped& shipped) {
  return std::filesystem::path{LUOHU_SOURCE_DIR "/scenarios"} / shipped.folder;
}

}  // namespace luohu::testing
