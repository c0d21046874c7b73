# Writes build_info.hpp: the commit built from and what built it. Run at every build; the file
# changes only when the facts do, so nothing is compiled again for nothing.
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12 OUTPUT_VARIABLE commit
                OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[#pragma once

#include <string_view>

namespace luohu {

inline constexpr std::string_view commit = "@commit@";
inline constexpr std::string_view build_description = "@BUILD@";

}  // namespace luohu
]])
