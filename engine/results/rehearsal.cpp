#include "rehearsal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <new>
#include <string>

#include "hdf5.hpp"

namespace luohu::hdf5 {
namespace {

/// How a copy that did not die ended.
enum Ending : int { survived = 0, refused = 1, no_memory = 2 };

#if defined(__SANITIZE_ADDRESS__)
constexpr bool bounded_memory = false;  // the sanitizer's shadow takes most of the address space
#elif defined(__has_feature)
constexpr bool bounded_memory = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool bounded_memory = true;
#endif

void limit(int resource, rlim_t most) {
  rlimit now{};
  if (::getrlimit(resource, &now) != 0 || now.rlim_cur <= most) return;
  now.rlim_cur = most;
  ::setrlimit(resource, &now);
}

/// Bytes of address space in use.
std::uintmax_t address_space() {
  std::ifstream file{"/proc/self/statm"};
  std::uintmax_t pages = 0;
  file >> pages;
  return pages * static_cast<std::uintmax_t>(::sysconf(_SC_PAGESIZE));
}

/// Ten seconds and one a MiB, 1 GiB and four times the file: many times what reading a sound file takes.
void limit_copy(std::uintmax_t file_size) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, 10 + (file_size >> 20U));
  if (bounded_memory) limit(RLIMIT_AS, address_space() + (std::uintmax_t{1} << 30U) + 4 * file_size);
  std::signal(SIGXCPU, SIG_DFL);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
}

[[noreturn]] void read_and_end(const std::function<void()>& reading, std::uintmax_t file_size, int answer) {
  limit_copy(file_size);
  int ending = survived;
  try {
    reading();
  } catch (const Failure& failure) {
    const std::size_t length = std::strlen(failure.what());
    ending = ::write(answer, failure.what(), length) == static_cast<ssize_t>(length) ? refused : no_memory;
  } catch (const std::bad_alloc&) {
    ending = no_memory;
  } catch (...) {
    // The same will be thrown here.
  }
  ::_exit(ending);  // nothing of the original's is flushed or closed
}

std::string all_of(int pipe) {
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

int status_of(pid_t copy) {
  int status = 0;
  while (::waitpid(copy, &status, 0) < 0) {
    if (errno != EINTR) throw Failure{"cannot read the file (its reader was lost)"};
  }
  return status;
}

}  // namespace

void rehearse(const std::function<void()>& reading, std::uintmax_t file_size) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Failure{fmt::format("cannot read the file ({})", std::strerror(errno))};
  const pid_t copy = ::fork();
  if (copy == 0) read_and_end(reading, file_size, ends[1]);
  const int why = errno;
  ::close(ends[1]);
  const std::string message = copy > 0 ? all_of(ends[0]) : "";
  ::close(ends[0]);
  if (copy < 0) throw Failure{fmt::format("cannot read the file ({})", std::strerror(why))};

  const int status = status_of(copy);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    throw Failure{"damaged: reading it takes longer than any sound file of its size"};
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) > no_memory) throw Failure{"damaged: reading it ends the HDF5 library"};
  if (WEXITSTATUS(status) == no_memory) {
    throw Failure{"damaged: reading it takes more memory than any sound file of its size"};
  }
  if (WEXITSTATUS(status) == refused) throw Failure{message};
}

}  // namespace luohu::hdf5
