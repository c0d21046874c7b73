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

/// Processes whose bounds one packed word holds, a byte each, the first in the lowest.
inline constexpr std::size_t packed_processes = 8;
/// People whose risks are looked at together. Neighbours are alike, so that most blocks have nobody
/// whom a process for one sex or a few ages can touch.
inline constexpr std::size_t risk_block = 256;

/// Look up packed bounds and take them apart: `bounds[k * keys.size() + i]` is byte k of
/// `table[keys[i]]`, `risk[b]` all words of the b-th block of people in one by or.
void look_up_bounds(std::span<const std::uint64_t> table, std::span<const std::uint32_t> keys,
                    std::span<std::uint8_t> bounds, std::span<std::uint64_t> risk);

}  // namespace luohu
