#pragma once
// What a writer does with files beside filling them.

#include <filesystem>
#include <string>
#include <system_error>

namespace luohu::files {

[[noreturn]] void environment_error(const std::filesystem::path& path, const std::string& problem,
                                    const std::error_code& why);
[[nodiscard]] std::filesystem::path with_suffix(const std::filesystem::path& path, const char* suffix);
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

/// Nothing happens if it is not there.
void remove(const std::filesystem::path& file);
void rename(const std::filesystem::path& from, const std::filesystem::path& to);
void copy(const std::filesystem::path& from, const std::filesystem::path& to);
void create_folder(const std::filesystem::path& folder);
/// Whether a program has the file open that does not want it changed meanwhile, as libhdf5 says by a lock.
[[nodiscard]] bool in_use(const std::filesystem::path& file);
/// After this the content survives a power cut.
void sync(const std::filesystem::path& path);

/// Keeps a second run off the same results, as long as it lives: the lock of NAME.h5.lock.
class RunLock {
 public:
  RunLock() = default;
  /// Throws Error{environment} if another run has it.
  explicit RunLock(std::filesystem::path path);
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace luohu::files
