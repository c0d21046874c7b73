#pragma once
// A file that has its name only once it is whole.

#include <filesystem>
#include <string_view>

namespace luohu {

/// Written aside, as `NAME.tmp`, and renamed by `publish`; without that, nothing of it is left. An existing file stays
/// as it is until then.
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

/// `text` as the whole of a new file; errors as above.
void write_file(const std::filesystem::path& path, std::string_view text, bool replace);

}  // namespace luohu
