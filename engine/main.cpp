#include <csignal>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include "luohu/cli/commands.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace {

int fail(luohu::ExitCode code, const char* what) {
  std::cerr << "luohu: " << luohu::visible(what) << '\n';
  return static_cast<int>(code);
}

}  // namespace

int main(int count, char** words) {
  using luohu::ExitCode;
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files fails the write, and that is told
  try {
    const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
    const int code = luohu::dispatch(arguments);
    std::cout.flush();
    return std::cout ? code : fail(ExitCode::environment, "cannot write to standard output");
  } catch (const luohu::InputError& error) {
    std::cerr << error.what() << '\n';  // each finding opens with its own file and line
    return static_cast<int>(error.code());
  } catch (const luohu::Error& error) {
    return fail(error.code(), error.what());
  } catch (const std::bad_alloc&) {
    return fail(ExitCode::environment, "out of memory");
  } catch (const std::exception& error) {
    return fail(ExitCode::failed, error.what());
  }
}
