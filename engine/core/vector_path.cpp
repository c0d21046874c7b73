#include "luohu/core/vector_path.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>

namespace luohu {
namespace {

constexpr std::array<std::string_view, 3> names{"baseline", "avx2", "avx512"};

VectorPath widest() {
#if defined(__x86_64__)
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
  if (avx512) return VectorPath::avx512;
  if (__builtin_cpu_supports("avx2")) return VectorPath::avx2;
#endif
  return VectorPath::baseline;
}

VectorPath wanted() {
  const char* asked = std::getenv("LUOHU_VECTORS");
  const auto found = std::find(names.begin(), names.end(), std::string_view{asked == nullptr ? "" : asked});
  if (found == names.end()) return widest();
  return std::min(widest(), static_cast<VectorPath>(found - names.begin()));
}

std::atomic<VectorPath>& current() {
  static std::atomic<VectorPath> path{wanted()};
  return path;
}

}  // namespace

VectorPath vector_path() {
  return current().load(std::memory_order_relaxed);
}
void set_vector_path(VectorPath path) {
  current() = std::min(path, widest());
}
std::string_view name_of(VectorPath path) {
  return names[static_cast<std::size_t>(path)];
}

}  // namespace luohu
