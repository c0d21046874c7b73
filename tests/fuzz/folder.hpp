#pragma once
// What the fuzz targets share: a folder in memory with the small province, and the rule of what may happen.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "luohu/core/error.hpp"

namespace luohu::fuzz {

namespace fs = std::filesystem;

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// A copy of the small province of this process's own.
inline const fs::path& province() {
  static const fs::path path = [] {
    const fs::path memory = fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    const fs::path made = memory / ("luohu-fuzz-" + std::to_string(::getpid()));
    fs::remove_all(made);
    fs::copy(LUOHU_SOURCE_DIR "/tests/scenario/fixtures", made, fs::copy_options::recursive);
    std::atexit([] { fs::remove_all(province()); });
    return made;
  }();
  return path;
}

inline void write(const fs::path& path, std::string_view bytes) {
  std::ofstream{path, std::ios::binary}.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// Anything a user wrote may be refused, with an exit code of theirs; anything else, InternalError among it, is a find.
template <class Action>
void may_be_refused(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    if (error.code() == ExitCode::failed || std::string_view{error.what()}.empty()) std::abort();
  }
}

}  // namespace luohu::fuzz
