#pragma once
// Errors of two kinds: the user's (an exit code and sentences that help) and ours (a contract broken).

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace luohu {

/// Exit codes of the command line; every user-facing error carries one.
enum class ExitCode : int {
  done = 0,
  failed = 1,       ///< our bug
  usage = 2,        ///< an option or its value, existing output without --force
  input = 3,        ///< anything in a scenario or a table
  environment = 4,  ///< paths, disk, memory
  threshold = 5,    ///< `bench --compare` or `compare --fail-if` exceeded, `run --until` not reached
  interrupted = 130,
};

/// An error the user can mend. `what()` is complete: it needs no prefix and no stack trace.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error{message}, code_{code} {}
  [[nodiscard]] ExitCode code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

/// One finding in a file the user wrote. Line and column count from 1; 0 means "none".
struct Diagnostic {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;  ///< in code points
  std::string message;     ///< problem (why it is one); remedy
  std::string source;      ///< the offending line, empty if there is none
};

/// All findings of one pass over the user's files, reported together.
class InputError : public Error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  /// With ExitCode::usage if every finding is in the command line's own values.
  InputError(ExitCode code, std::vector<Diagnostic> diagnostics);
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// A broken promise of ours: the message says which; the run ends with ExitCode::failed.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void contract_broken(const char* condition, const char* file, int line);

}  // namespace luohu

/// Contract between programmers, checked in every build: use it outside inner loops.
#define LUOHU_EXPECT(condition) \
  ((condition) ? static_cast<void>(0) : ::luohu::contract_broken(#condition, __FILE__, __LINE__))
