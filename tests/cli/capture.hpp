#pragma once
// What a command prints, run inside the test.

#include <catch2/catch.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "luohu/cli/commands.hpp"
#include "luohu/core/error.hpp"

namespace luohu {

struct Output {
  int code = 0;
  std::string out;
  std::string err;
};

/// Runs `command`; errors it throws pass through.
inline Output captured(int (*command)(Arguments), const std::vector<std::string>& arguments) {
  struct Redirect {
    Redirect(std::ostream& stream, std::ostream& to) : from{stream}, before{stream.rdbuf(to.rdbuf())} {}
    ~Redirect() { from.rdbuf(before); }
    std::ostream& from;
    std::streambuf* before;
  };
  std::ostringstream out, err;
  const Redirect redirect_out{std::cout, out};
  const Redirect redirect_err{std::cerr, err};
  const int code = command(arguments);
  return {code, out.str(), err.str()};
}

/// What `command` says when it refuses, with this exit code.
inline std::string refusal_of(int (*command)(Arguments), const std::vector<std::string>& arguments,
                              ExitCode code = ExitCode::usage) {
  try {
    captured(command, arguments);
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  FAIL("not refused");
  return "";
}

}  // namespace luohu
