#include "luohu/core/error.hpp"

#include <catch2/catch.hpp>

#include "luohu/core/text.hpp"

using namespace luohu;

TEST_CASE("a finding shows the line and a caret under the column", "[error]") {
  const Diagnostic finding{"x.toml", 3, 9, "no place is called 'Harbor'", "place = \"Harbor\""};
  CHECK(formatted(finding) ==
        "x.toml:3:9: no place is called 'Harbor'\n"
        "    place = \"Harbor\"\n"
        "            ^");
}

TEST_CASE("the caret stands under the character although Chinese ones are twice as wide", "[error]") {
  // Column 14 (code points) is the second quotation mark; 4 of the 13 before it are wide.
  const Diagnostic finding{"x.toml", 1, 14, "m", "t = { 措施一号 = \"甲\" }"};
  const std::string text = formatted(finding);
  const std::string caret = text.substr(text.rfind('\n') + 1);
  CHECK(caret == "    " + std::string(17, ' ') + "^");
  CHECK(display_width("t = { 措施一号 = ") == 17);
}

TEST_CASE("a tab before the place does not move the caret", "[error]") {
  CHECK(formatted({"x", 1, 2, "m", "\tv"}) == "x:1:2: m\n     v\n     ^");
}

TEST_CASE("a finding without line or source is one line", "[error]") {
  CHECK(formatted({"a.csv", 0, 0, "the table is missing", ""}) == "a.csv: the table is missing");
  CHECK(formatted({"a.csv", 4, 0, "two cells", ""}) == "a.csv:4: two cells");
}

TEST_CASE("an input error reports every finding and carries its exit code", "[error]") {
  const InputError error{{{"a", 1, 1, "first", ""}, {"b", 2, 2, "second", ""}}};
  CHECK(std::string{error.what()} == "a:1:1: first\nb:2:2: second");
  CHECK(error.code() == ExitCode::input);
  CHECK(error.diagnostics().size() == 2);
  CHECK(InputError{ExitCode::usage, {}}.code() == ExitCode::usage);
}

TEST_CASE("a broken contract says which, and that it is our bug", "[error]") {
  CHECK_NOTHROW(LUOHU_EXPECT(1 + 1 == 2));
  CHECK_THROWS_AS(LUOHU_EXPECT(1 + 1 == 3), InternalError);
  CHECK_THROWS_WITH(LUOHU_EXPECT(1 + 1 == 3), Catch::Contains("1 + 1 == 3") && Catch::Contains("bug in luohu"));
}
