#include "report.hpp"

#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <thread>

#include "luohu/core/vector_path.hpp"

namespace luohu::bench {

std::string machine() {
  std::ifstream file{"/proc/cpuinfo"};
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("model name")) break;
  }
  const std::string name =
      line.find(": ") == std::string::npos ? "unknown processor" : line.substr(line.find(": ") + 2);
  return name + ", " + std::to_string(std::thread::hardware_concurrency()) + " hardware threads, " +
         std::string{name_of(vector_path())};
}

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::string commit() {
  std::string answer;
  if (std::FILE* git = popen("git -C " LUOHU_SOURCE_DIR " describe --always --dirty --abbrev=12 2>/dev/null", "r")) {
    std::array<char, 64> line{};
    if (std::fgets(line.data(), line.size(), git) != nullptr) answer = line.data();
    pclose(git);
  }
  while (answer.ends_with('\n')) answer.pop_back();
  return answer.empty() ? "unknown" : answer;
}

std::size_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

std::string hexadecimal(std::uint64_t value) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
  return text.data();
}

Spread spread(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t n = values.size();
  return {(values[(n - 1) / 2] + values[n / 2]) / 2, values.front(), values.back()};
}

long CommandLine::number(const std::string& name, long otherwise) const {
  const std::string value = text(name, "");
  return value.empty() ? otherwise : std::stol(value);
}

std::string CommandLine::text(const std::string& name, const std::string& otherwise) const {
  const auto found = std::ranges::find(words_, name);
  return found == words_.end() || found + 1 == words_.end() ? otherwise : *(found + 1);
}

}  // namespace luohu::bench
