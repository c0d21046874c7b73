#include "output_file.hpp"

#include <iostream>

#include "luohu/core/files.hpp"

namespace luohu {

void require_writable(const std::filesystem::path& output, bool force) {
  if (output.empty()) return;
  const NewFile possible{output, force};  // nothing of it is left
}

void write_text(const std::string& text, const std::filesystem::path& output) {
  if (output.empty()) {
    std::cout << text;
    return;
  }
  write_file(output, text);
}

}  // namespace luohu
