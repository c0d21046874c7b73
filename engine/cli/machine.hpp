#pragma once
// What this machine has and what the process has used of it. Only the command line asks.

#include <cstddef>
#include <optional>
#include <string>

namespace luohu {

/// Bytes of memory a new process can use without swapping, by the smaller of the kernel's estimate
/// and the control group's limit; nothing if neither is known.
[[nodiscard]] std::optional<std::size_t> available_memory();
/// Largest resident size of this process so far, in bytes.
[[nodiscard]] std::size_t peak_memory();
/// Processor model and number of hardware threads, for the sidecar and benchmarks.
[[nodiscard]] std::string processor();

/// From now on memory that is freed stays with the process. Values of replicates come and go by the thousand, and to
/// ask the kernel for each anew costs a fifth of the time of a comparison.
void keep_freed_memory();

/// Throws Error{environment} naming both figures if `needed` bytes are not available.
void require_memory(std::size_t needed, const std::string& what);

}  // namespace luohu
