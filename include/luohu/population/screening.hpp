#pragma once
// Bounded screening, vectorised: which of many people does a process have to look at?
// A byte passes a bound if it is below it; a bound of 255 passes every byte.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace luohu {

/// Bounds of up to 256 cells, one byte each: two or four vector registers.
using ByteBounds = std::array<std::uint8_t, 256>;

/// Write every i whose `bytes[i]` passes `bounds[cells[i]]` to `rows`, ascending; return how many.
/// `cells` and `rows` have at least as many elements as `bytes`; `rows` beyond the result is scratch.
std::size_t screen_by_cell(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> cells,
                           const ByteBounds& bounds, std::span<std::uint32_t> rows);

/// The same with a bound of each person's own.
std::size_t screen_by_row(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> bounds,
                          std::span<std::uint32_t> rows);

}  // namespace luohu
