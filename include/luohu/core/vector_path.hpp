#pragma once
// Which vector instructions the few hand-vectorised kernels use. Every path gives the same bytes;
// tests run them all.

#include <cstdint>
#include <string_view>

namespace luohu {

enum class VectorPath : std::uint8_t { baseline, avx2, avx512 };

/// The path in use: the widest this processor has, or what the environment variable LUOHU_VECTORS
/// (baseline, avx2, avx512) allows.
[[nodiscard]] VectorPath vector_path();
/// Use `path`, or the widest narrower one this processor has, from now on.
void set_vector_path(VectorPath path);
[[nodiscard]] std::string_view name_of(VectorPath path);

}  // namespace luohu

// LUOHU_COPY_FOR_EVERY_PATH before a function compiles it once for each path; the copy is chosen when the program is
// loaded. That is before TSan's own variables are there, and the choice would end the program: under it there is one
// copy.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LUOHU_COPY_FOR_EVERY_PATH
#endif
#elif defined(__SANITIZE_THREAD__)
#define LUOHU_COPY_FOR_EVERY_PATH
#endif
#if !defined(LUOHU_COPY_FOR_EVERY_PATH)
#define LUOHU_COPY_FOR_EVERY_PATH [[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
