#pragma once
// The program from the outside: run, waited for, killed.

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace luohu::testing {

/// The whole content of a file; empty if it cannot be read.
inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Exit code, or 128 and the signal that ended it, and what was printed.
struct Result {
  int code = 0;
  std::string text;
};

enum class Heard { both, errors };  ///< stdout and stderr, or stderr alone

/// Runs `command` in a shell.
inline Result run_in_shell(const std::string& command, Heard heard) {
  Result result;
  const std::string streams = heard == Heard::both ? " 2>&1" : " 2>&1 >/dev/null";
  FILE* pipe = ::popen(("{ " + command + "; }" + streams).c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error{"cannot start a shell"};
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    result.text.append(buffer.data(), count);
  }
  const int status = ::pclose(pipe);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

/// A process of `words`, both outputs in `log`.
class Program {
 public:
  Program(const std::vector<std::string>& words, std::filesystem::path log) : log_{std::move(log)}, child_{::fork()} {
    if (child_ < 0) throw std::runtime_error{"cannot fork"};
    if (child_ > 0) return;
    FILE* output = std::fopen(log_.c_str(), "w");
    if (output == nullptr || ::dup2(::fileno(output), STDOUT_FILENO) < 0 || ::dup2(STDOUT_FILENO, STDERR_FILENO) < 0) {
      std::_Exit(126);
    }
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));  // execv's signature
    arguments.push_back(nullptr);
    ::execv(arguments.front(), arguments.data());
    std::_Exit(127);
  }
  ~Program() {
    if (child_ <= 0) return;
    signal(SIGKILL);
    std::ignore = wait();
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void signal(int number) const { ::kill(child_, number); }
  /// Exit code, or 128 and the signal that ended it.
  int wait() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  /// Waits until the file is there or the process has ended.
  void wait_for(const std::filesystem::path& file) const {
    siginfo_t ended{};
    while (!std::filesystem::exists(file)) {
      if (::waitid(P_PID, static_cast<id_t>(child_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0)
        return;
      ::usleep(500);
    }
  }
  [[nodiscard]] std::string output() const { return bytes_of(log_); }

 private:
  std::filesystem::path log_;
  ::pid_t child_;
};

}  // namespace luohu::testing
