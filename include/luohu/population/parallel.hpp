#pragma once
// Threads. Work is dealt out in chunks whose bounds depend on the population alone; everything
// counted is an integer: the result is the same for any number of threads.

#include <cstddef>
#include <functional>

namespace luohu {

inline constexpr std::size_t chunk_rows = std::size_t{1} << 14U;

struct Chunk {
  std::size_t index = 0;
  std::size_t first = 0;  ///< row
  std::size_t last = 0;   ///< one past the last row
};

[[nodiscard]] constexpr std::size_t chunks_of(std::size_t rows) {
  return (rows + chunk_rows - 1) / chunk_rows;
}

/// Number of threads used by the functions below; at least 1. Throws Error{environment} if the machine, or a limit
/// set for the program, does not let so many start.
void set_threads(int threads);
[[nodiscard]] int threads();
/// Threads the machine (or OMP_NUM_THREADS) offers.
[[nodiscard]] int available_threads();

/// Call `body(chunk, thread)` for every chunk of `rows` rows, thread in [0, threads()). An exception
/// in any chunk is rethrown after the loop.
void for_each_chunk(std::size_t rows, const std::function<void(const Chunk&, std::size_t thread)>& body);

/// Call `body(task)` for every task in [0, tasks).
void for_each_task(std::size_t tasks, const std::function<void(std::size_t)>& body);

}  // namespace luohu
