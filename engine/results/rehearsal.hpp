#pragma once
// libhdf5 1.10 trusts what a file says of itself, and some damaged files end it: such a file is read once by a copy of
// this process, which may die of it.

#include <cstdint>
#include <functional>

namespace luohu::hdf5 {

/// Runs `reading` in a copy of this process, with nothing shown and with bounds on time and memory that grow with
/// `file_size`, in bytes. Throws Failure if the copy dies, passes a bound, or `reading` throws Failure there, with its
/// message. The copy is the same down to its heap: what it survives, this process survives.
void rehearse(const std::function<void()>& reading, std::uintmax_t file_size);

}  // namespace luohu::hdf5
