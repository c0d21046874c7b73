#pragma once
// Writing files whole.

#include <filesystem>
#include <string>
#include <string_view>

namespace luohu {

/// What stands there instead of a regular file, links followed: "a directory", "not a regular file", "a link that leads
/// nowhere"; empty for a regular file. Requires: there is something.
[[nodiscard]] std::string other_than_file(const std::filesystem::path& path);

/// Writes `bytes` under a temporary name beside `path`, syncs, and renames: `path` is what it was or complete,
/// never half of either. Throws Error{environment} with the system's reason.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// A file that another library writes by its name. Written aside, as `NAME.tmp`, and renamed by `publish`; without
/// that, nothing of it is left. An existing file stays as it is until then.
class NewFile {
 public:
  /// Creates missing parent folders. Throws Error{usage} if `path` exists and `replace` is false, Error{environment} if
  /// it cannot be written or is no regular file.
  NewFile(std::filesystem::path path, bool replace);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// Where to write, until `publish`.
  [[nodiscard]] const std::filesystem::path& aside() const { return aside_; }
  /// Throws Error{environment} if what was written cannot be kept.
  void publish();

 private:
  std::filesystem::path path_, aside_;
};

/// The same for a new file, in folders made for it: refused if `path` exists and `replace` is false, or is no regular
/// file; errors as of NewFile.
void write_file(const std::filesystem::path& path, std::string_view bytes, bool replace);

}  // namespace luohu
