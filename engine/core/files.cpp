#include "luohu/core/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>
#include <utility>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, std::string_view problem, const std::error_code& why) {
  throw Error{ExitCode::environment, fmt::format("{}: {} ({})", path.string(), problem, why.message())};
}

[[noreturn]] void refuse(const fs::path& path, int why) {
  refuse(path, "cannot write", {why, std::generic_category()});
}

void require_free(const fs::path& path, bool replace) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(path, ignored))) return;
  if (const std::string kind = other_than_file(path); !kind.empty()) {
    throw Error{ExitCode::environment, fmt::format("{}: cannot be replaced (it is {})", path.string(), kind)};
  }
  if (!replace) {
    throw Error{ExitCode::usage, fmt::format("{} exists; --force replaces it", path.string())};
  }
}

/// After this the content survives a power cut.
void sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code why{errno, std::generic_category()};
  if (descriptor >= 0) ::close(descriptor);
  if (!done) refuse(path, "cannot write to disk", why);
}

void create_folder(const fs::path& path) {
  std::error_code why;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), why);
  if (why) refuse(path, "cannot create its folder", why);
}

/// What is written under another name until it is whole. A pipe or a device has no other name: it is written as it is.
class Draft {
 public:
  explicit Draft(const fs::path& path) : path_{path} {
    std::error_code why;
    const fs::file_status status = fs::status(path, why);
    in_place_ = fs::exists(status) && !fs::is_regular_file(status);
    name_ = fs::weakly_canonical(path, why) += ".tmp";  // beside what a symbolic link leads to
    if (why) refuse(path, why.value());
    const int flags = in_place_ ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
    file_ = ::open(in_place_ ? path.c_str() : name_.c_str(), flags, 0666);
    if (file_ < 0) refuse(path_, errno);
  }
  ~Draft() {
    if (file_ >= 0) ::close(file_);
    if (!done_ && !in_place_) ::unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(file_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) refuse(path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  void finish() {
    if (!in_place_ && ::fsync(file_) != 0) refuse(path_, errno);
    if (::close(std::exchange(file_, -1)) != 0) refuse(path_, errno);
    fs::path final = name_;
    if (!in_place_ && std::rename(name_.c_str(), final.replace_extension().c_str()) != 0) refuse(path_, errno);
    done_ = true;
  }

 private:
  fs::path path_;
  fs::path name_;  ///< with ".tmp" behind
  int file_ = -1;
  bool in_place_ = false;
  bool done_ = false;
};

}  // namespace

std::string other_than_file(const fs::path& path) {
  std::error_code why;
  const fs::file_status status = fs::status(path, why);
  if (fs::is_regular_file(status)) return "";
  if (fs::is_directory(status)) return "a directory";
  return fs::exists(status) ? "not a regular file" : "a link that leads nowhere";
}

void write_file(const fs::path& path, std::string_view bytes) {
  Draft draft{path};
  draft.write(bytes);
  draft.finish();
}

NewFile::NewFile(fs::path path, bool replace) : path_{std::move(path)}, aside_{path_} {
  aside_ += ".tmp";
  require_free(path_, replace);
  require_free(aside_, true);
  create_folder(path_);
  errno = 0;
  if (!std::ofstream{aside_}) refuse(path_, "cannot write", {errno, std::generic_category()});
}

NewFile::~NewFile() {
  std::error_code ignored;  // after `publish` there is none
  fs::remove(aside_, ignored);
}

void NewFile::publish() {
  sync(aside_);
  std::error_code why;
  fs::rename(aside_, path_, why);
  if (why) refuse(path_, "cannot give the file its name", why);
  sync(path_.has_parent_path() ? path_.parent_path() : fs::path{"."});
}

void write_file(const fs::path& path, std::string_view bytes, bool replace) {
  require_free(path, replace);
  create_folder(path);
  write_file(path, bytes);
}

}  // namespace luohu
