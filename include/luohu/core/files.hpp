#pragma once
// Writing files whole.

#include <filesystem>
#include <string_view>

namespace luohu {

/// Writes `bytes` under a temporary name beside `path`, syncs, and renames: `path` is what it was or complete,
/// never half of either. Throws Error{environment} with the system's reason.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace luohu
