#include "output_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"

namespace luohu {

void require_writable(const std::filesystem::path& output, bool force) {
  if (output.empty()) return;
  const bool existed = std::filesystem::exists(output);
  if (existed && !force) {
    throw Error{ExitCode::usage, fmt::format("{} exists; --force replaces it", output.string())};
  }
  std::error_code ignored;  // a failure shows in opening the file
  if (output.has_parent_path()) std::filesystem::create_directories(output.parent_path(), ignored);
  if (!std::ofstream{output, std::ios::app}) {
    throw Error{ExitCode::environment, fmt::format("{}: cannot write", output.string())};
  }
  if (!existed) std::filesystem::remove(output);
}

void write_text(const std::string& text, const std::filesystem::path& output) {
  if (output.empty()) {
    std::cout << text;
    return;
  }
  write_file(output, text);
}

}  // namespace luohu
