#include "luohu/core/new_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"

namespace luohu {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, std::string_view problem, const std::error_code& why) {
  throw Error{ExitCode::environment, fmt::format("{}: {} ({})", path.string(), problem, why.message())};
}

void require_free(const fs::path& path, bool replace) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (!fs::exists(status)) return;
  if (!fs::is_regular_file(status)) {
    throw Error{ExitCode::environment, fmt::format("{}: cannot be replaced (it is {})", path.string(),
                                                   fs::is_directory(status) ? "a directory" : "not a regular file")};
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

}  // namespace

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

void write_file(const fs::path& path, std::string_view text, bool replace) {
  require_free(path, replace);
  create_folder(path);
  write_file(path, text);
}

}  // namespace luohu
