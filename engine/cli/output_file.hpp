#pragma once
// What a command prints, to a file or to stdout.

#include <filesystem>
#include <string>

namespace luohu {

/// Hours of runs should not end at a path that cannot be written. Throws Error{usage} if the file exists and `force` is
/// not given, Error{environment} if it cannot be written. An empty path is stdout.
void require_writable(const std::filesystem::path& output, bool force);

/// Throws Error{environment} if it cannot.
void write_text(const std::string& text, const std::filesystem::path& output);

}  // namespace luohu
