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
