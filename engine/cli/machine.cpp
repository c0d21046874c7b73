#include "machine.hpp"

#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

constexpr double mebibyte = 1024.0 * 1024.0;

/// The number after `key` in a file of "key value" lines, such as /proc/meminfo.
std::optional<std::size_t> field(const char* path, const std::string& key) {
  std::ifstream file{path};
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words{line};
    std::string name;
    std::size_t value = 0;
    if (words >> name >> value && name == key) return value;
  }
  return std::nullopt;
}

std::optional<std::size_t> number_in(const char* path) {
  std::ifstream file{path};
  std::size_t value = 0;
  if (file >> value) return value;
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> available_memory() {
  std::optional<std::size_t> bytes;
  if (const auto kibibytes = field("/proc/meminfo", "MemAvailable:")) bytes = *kibibytes * 1024;
  const auto limit = number_in("/sys/fs/cgroup/memory.max");
  const auto used = number_in("/sys/fs/cgroup/memory.current");
  if (limit && used) {
    const std::size_t left = *limit > *used ? *limit - *used : 0;
    bytes = bytes ? std::min(*bytes, left) : left;
  }
  rlimit address_space{};
  if (getrlimit(RLIMIT_AS, &address_space) == 0 && address_space.rlim_cur != RLIM_INFINITY) {
    bytes = std::min<std::size_t>(bytes.value_or(address_space.rlim_cur), address_space.rlim_cur);
  }
  return bytes;
}

std::size_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

std::string processor() {
  std::ifstream file{"/proc/cpuinfo"};
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("model name")) {
      return fmt::format("{}, {} hardware threads", line.substr(line.find(':') + 2),
                         std::thread::hardware_concurrency());
    }
  }
  return fmt::format("unknown processor, {} hardware threads", std::thread::hardware_concurrency());
}

void keep_freed_memory() {
  constexpr int any_size = 1 << 30;
  ::mallopt(M_MMAP_THRESHOLD, any_size);
  ::mallopt(M_TRIM_THRESHOLD, any_size);
}

void require_memory(std::size_t needed, const std::string& what) {
  const std::optional<std::size_t> available = available_memory();
  if (!available || needed <= *available) return;
  throw Error{ExitCode::environment,
              fmt::format("{} needs about {:.0f} MiB of memory, and this machine has {:.0f} MiB available; "
                          "use a coarser --scale",
                          what, static_cast<double>(needed) / mebibyte, static_cast<double>(*available) / mebibyte)};
}

}  // namespace luohu
