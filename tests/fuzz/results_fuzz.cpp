// A results file. libhdf5 does die of some: it may, in the copy that rehearses, and nowhere else; nothing of ours may.
// The mutations mend the checksums of object headers, as whoever means harm would.

#include <sanitizer/asan_interface.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "folder.hpp"
#include "luohu/results/reader.hpp"

using namespace luohu;

extern "C" {
std::size_t LLVMFuzzerMutate(std::uint8_t* bytes, std::size_t size, std::size_t most);
std::uint32_t H5_checksum_metadata(const void* bytes, std::size_t size, std::uint32_t start);  // libhdf5's own
void __sanitizer_set_death_callback(void (*callback)(void));
extern std::uint8_t* counter_range[2];
}
// Where the coverage counters begin and end. In assembly, for the compiler's own declarations of these symbols would
// step aside for ours.
__asm__(R"(.pushsection .data
.globl counter_range
.hidden __start___sancov_cntrs
.hidden __stop___sancov_cntrs
counter_range: .quad __start___sancov_cntrs, __stop___sancov_cntrs
.popsection)");

namespace {

/// Memory that the copy shares with this process.
template <class T>
T* shared() {
  void* const memory = ::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  return new (memory) T{};
}

struct Death {
  bool ours = false;
  char report[8192] = {};
};
Death* const death = shared<Death>();  // NOLINT(*-avoid-non-const-global-variables)
pid_t original = 0;                    // NOLINT(*-avoid-non-const-global-variables)

/// A report whose first frames are in libhdf5, or in libc called from there, is the library's; another is ours.
void note_death(const char* report) {
  if (::getpid() == original) return;
  const std::string_view text{report};
  std::size_t end = text.find("#0 ");
  for (int frames = 0; frames < 4 && end != std::string_view::npos; ++frames) end = text.find('\n', end + 1);
  death->ours = text.substr(0, end).find("libhdf5") == std::string_view::npos;
  std::strncpy(death->report, report, sizeof death->report - 1);
}

/// Where the copy went counts as coverage: it leaves its counters here, one byte a place, when it ends.
constexpr std::size_t most_counters = std::size_t{1} << 20U;
struct Counters {
  std::uint8_t of[most_counters] = {};
};
Counters* const left_behind = shared<Counters>();  // NOLINT(*-avoid-non-const-global-variables)

std::size_t counters() {
  return std::min(most_counters, static_cast<std::size_t>(counter_range[1] - counter_range[0]));
}

void add_counters_of_copy() {
  for (std::size_t i = 0; i < counters(); ++i) {
    counter_range[0][i] = std::max(counter_range[0][i], left_behind->of[i]);
    left_behind->of[i] = 0;
  }
}

/// Object headers of version 2: "OHDR", version, flags, then fields that the flags choose, a size, messages, a
/// checksum.
void mend_checksums(std::uint8_t* bytes, std::size_t size) {
  for (std::size_t at = 0; at + 16 < size; ++at) {
    if (std::memcmp(bytes + at, "OHDR", 4) != 0) continue;
    const std::uint8_t flags = bytes[at + 5];
    std::size_t end = at + 6 + ((flags & 0x20U) != 0 ? 16 : 0) + ((flags & 0x10U) != 0 ? 4 : 0);
    const std::size_t width = std::size_t{1} << (flags & 3U);
    if (end + width > size) continue;
    std::uint64_t length = 0;
    std::memcpy(&length, bytes + end, width);
    end += width;
    if (length > size || end + length + 4 > size) continue;
    end += length;
    const std::uint32_t sum = H5_checksum_metadata(bytes + at, end - at, 0);
    std::memcpy(bytes + end, &sum, sizeof sum);
  }
}

}  // namespace

/// In place of the system's: how the copy ends.
extern "C" void _exit(int code) {
  if (::getpid() != original) std::memcpy(left_behind->of, counter_range[0], counters());
  ::syscall(SYS_exit_group, code);
  std::abort();
}

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*words*/) {
  original = ::getpid();
  __asan_set_error_report_callback(note_death);
  // The fuzzer would take a dying copy for itself.
  ::pthread_atfork(nullptr, nullptr, [] { __sanitizer_set_death_callback(nullptr); });
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t most,
                                               unsigned int seed) {
  const std::size_t changed = LLVMFuzzerMutate(bytes, size, most);
  if (seed % 4 != 0) mend_checksums(bytes, changed);
  return changed;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto path = fuzz::province() / "input.h5";
  fuzz::write(path, fuzz::text_of(bytes, size));
  *death = Death{};
  fuzz::may_be_refused([&] { static_cast<void>(ResultsFile{path}.digest()); });
  add_counters_of_copy();
  if (death->ours) {
    ::write(STDERR_FILENO, death->report, std::strlen(death->report));
    std::abort();
  }
  return 0;
}
