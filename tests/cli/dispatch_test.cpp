#include <catch2/catch.hpp>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/version.hpp"

using namespace luohu;

namespace {

int dispatched(Arguments arguments) {
  return dispatch(arguments);
}

}  // namespace

TEST_CASE("the first word is the command, and its options are its own", "[dispatch]") {
  const Output o = captured(dispatched, {"levers", "coverage.school", "--format", "json"});
  CHECK(o.code == 0);
  CHECK_THAT(o.out, Catch::Contains("coverage.school"));
}

TEST_CASE("help names every command, version the version", "[dispatch]") {
  const std::string help = captured(dispatched, {"--help"}).out;
  for (const Command& command : commands()) CHECK_THAT(help, Catch::Contains(std::string{command.name}));
  CHECK_THAT(captured(dispatched, {"--version"}).out, Catch::StartsWith("luohu " + std::string{version} + " ("));
}

TEST_CASE("an unknown command or option before it is an error of usage", "[dispatch]") {
  CHECK_THROWS_WITH(captured(dispatched, {"chek"}), "unknown command 'chek'; did you mean 'check'?");
  CHECK_THROWS_WITH(captured(dispatched, {"--verison"}), "unknown option '--verison'; did you mean '--version'?");
  CHECK_THROWS_AS(captured(dispatched, {"--seed", "5", "run"}), Error);
  CHECK_THROWS_AS(captured(dispatched, {}), Error);
}
