#pragma once
// Files of a test.

#include <unistd.h>

#include <filesystem>
#include <string>

namespace luohu::testing {

/// A folder of this process's own, empty at first and removed at the end.
struct Folder {
  explicit Folder(const std::string& name = "test")
      : path{std::filesystem::temp_directory_path() / ("luohu-" + name + "-" + std::to_string(::getpid()))} {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return (path / name).string(); }
  std::filesystem::path path;
};

}  // namespace luohu::testing
