#include "luohu/core/text.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "luohu/core/version.hpp"

using namespace luohu;

TEST_CASE("a Chinese character takes two columns, a letter one, a combining mark none", "[text]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("place") == 5);
  CHECK(display_width("长沙市") == 6);
  CHECK(display_width("a长b") == 4);
  CHECK(display_width("，（") == 4);     // full-width punctuation
  CHECK(display_width("e\u0301") == 1);  // e and a combining acute
  CHECK(display_width("é–") == 2);
}

TEST_CASE("bytes that are no UTF-8 count one column each", "[text]") {
  CHECK(display_width("\xFF\xFE") == 2);
  CHECK(code_points("\xE9\x95") == U"\uFFFD\uFFFD");  // a character cut short
  CHECK(code_points("长a") == U"长a");
}

TEST_CASE("padding fills up to columns of the screen", "[text]") {
  CHECK(padded("长沙", 6) == "长沙  ");
  CHECK(padded("abc", 2) == "abc");
}

TEST_CASE("edit distance counts code points, and a swap of neighbours as one slip", "[text]") {
  CHECK(edit_distance("start", "start") == 0);
  CHECK(edit_distance("strat", "start") == 1);
  CHECK(edit_distance("form", "from") == 1);
  CHECK(edit_distance("", "lag") == 3);
  CHECK(edit_distance("长沙", "长沙市") == 1);
  CHECK(edit_distance("张沙市", "长沙市") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("a suggestion is made only where a slip explains the word", "[text]") {
  constexpr std::string_view words[] = {"start", "value", "registration.quota", "湘西土家族苗族自治州"};
  CHECK(nearest("strat", words) == "start");
  CHECK(nearest("vlaue", words) == "value");
  CHECK(nearest("quota", words) == "registration.quota");
  CHECK(nearest("湘西", words) == "湘西土家族苗族自治州");
  CHECK_FALSE(nearest("temperature", words));
  CHECK_FALSE(nearest("甲", words));
  CHECK(suggestion("strat", words) == "; did you mean 'start'?");
}

TEST_CASE("a short list is named whole where nothing is near", "[text]") {
  constexpr std::string_view formats[] = {"text", "json"};
  CHECK(suggestion("netcdf", formats) == "; one of: text, json");
  CHECK(suggestion("anything", {}).empty());
}

TEST_CASE("a number is read whole or not at all", "[text]") {
  CHECK(parse_number("-2.5e3") == -2500);
  CHECK(parse_number("inf") == std::numeric_limits<double>::infinity());
  for (const auto* text : {"", " 1", "1 ", "1,000", "+1", "0x10", "nan", "1e999", "12persons", "--1"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text));
  }
  CHECK(parse_integer("-7") == -7);
  for (const auto* text : {"", "1.0", "1e3", " 1", "99999999999999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_integer(text));
  }
}

TEST_CASE("a number printed reads back as itself", "[text]") {
  for (const double value : {0.1, 1.0 / 3, 2021.5, 1e300, 5e-324, -0.0, 2035.0}) {
    CHECK(parse_number(number_text(value)) == value);
  }
  CHECK(number_text(2035.0) == "2035");
  CHECK(number_text(0.1) == "0.1");
}

TEST_CASE("lines end with a line feed, with or without a carriage return", "[text]") {
  CHECK(lines_of("a\r\nb\n\nc") == std::vector<std::string>{"a", "b", "", "c"});
  CHECK(lines_of("").empty());
}

TEST_CASE("a folder and a missing file cannot be read", "[text]") {
  CHECK_FALSE(read_file(LUOHU_SOURCE_DIR));
  CHECK_FALSE(read_file(LUOHU_SOURCE_DIR "/no-such-file"));
  CHECK(read_file(LUOHU_SOURCE_DIR "/LICENSE"));
}

TEST_CASE("the program's version is the project's", "[version]") {
  const auto project = read_file(LUOHU_SOURCE_DIR "/CMakeLists.txt");
  REQUIRE(project);
  CHECK(project->find("project(luohu VERSION " + std::string{version} + " ") != std::string::npos);
}
