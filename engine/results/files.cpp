#include "files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "luohu/core/error.hpp"

namespace luohu::files {

namespace fs = std::filesystem;

void environment_error(const fs::path& path, const std::string& problem, const std::error_code& why) {
  throw Error{ExitCode::environment, fmt::format("{}: {} ({})", path.string(), problem, why.message())};
}

fs::path with_suffix(const fs::path& path, const char* suffix) {
  return fs::path{path} += suffix;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path{"."};
}

void remove(const fs::path& file) {
  std::error_code ignored;
  fs::remove(file, ignored);
}

void rename(const fs::path& from, const fs::path& to) {
  std::error_code why;
  fs::rename(from, to, why);
  if (why) environment_error(to, "cannot give the file its name", why);
}

void copy(const fs::path& from, const fs::path& to) {
  std::error_code why;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, why);
  if (why) environment_error(to, "cannot copy to it", why);
}

void create_folder(const fs::path& folder) {
  std::error_code why;
  fs::create_directories(folder, why);
  if (why) environment_error(folder, "cannot create the folder", why);
}

bool in_use(const fs::path& file) {
  // For writing, since NFS locks for one alone only what may be written.
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return locked;
}

void sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code why{errno, std::generic_category()};
  if (descriptor >= 0) ::close(descriptor);
  if (!done) environment_error(path, "cannot write to disk", why);
}

RunLock::RunLock(fs::path path) : path_{std::move(path)} {
  for (;;) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) environment_error(path_, "cannot create the file", {errno, std::generic_category()});
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return;  // a file system without locks: nobody can be asked
      ::close(std::exchange(descriptor_, -1));
      throw Error{ExitCode::environment, fmt::format("{}: another run is writing {}; choose another -o", path_.string(),
                                                     path_.stem().string())};
    }
    // Whoever had it before may have removed the file between our opening and our locking it.
    struct stat ours {
    }, named{};
    if (::fstat(descriptor_, &ours) == 0 && ::stat(path_.c_str(), &named) == 0 && ours.st_ino == named.st_ino) return;
    ::close(std::exchange(descriptor_, -1));
  }
}

RunLock::~RunLock() {
  if (descriptor_ < 0) return;
  files::remove(path_);  // while it is still ours
  ::close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept
    : path_{std::move(other.path_)}, descriptor_{std::exchange(other.descriptor_, -1)} {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace luohu::files
