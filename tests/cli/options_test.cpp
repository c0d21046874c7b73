#include "luohu/cli/options.hpp"

#include <catch2/catch.hpp>

#include "luohu/core/error.hpp"

using namespace luohu;

namespace {

Options sample() {
  return Options{"luohu sample FILE [options]", "For the tests."}
      .flag("force", "overwrite")
      .value("seed", "N", "seed")
      .value("output,o", "FILE", "where to")
      .value("format", "text|json", "how")
      .repeatable("set", "KEY=VALUE", "override")
      .words("file", 1, 2);
}

ParsedOptions parsed(const std::vector<std::string>& arguments) {
  return sample().parse(arguments).value();
}

std::string refusal(const std::vector<std::string>& arguments) {
  try {
    std::ignore = sample().parse(arguments);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    return error.what();
  }
  return "accepted";
}

template <class Ask>
std::string refusal_of(const std::vector<std::string>& arguments, Ask&& ask) {
  try {
    ask(parsed(arguments));
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("options and words may stand in any order", "[options]") {
  const ParsedOptions p =
      parsed({"a.toml", "--seed", "7", "b.toml", "-o", "x.h5", "--force", "--set", "a=1", "--set=b=2"});
  CHECK(p.words() == std::vector<std::string>{"a.toml", "b.toml"});
  CHECK(p.integer("seed", 0, 10) == 7);
  CHECK(p.text("output") == "x.h5");
  CHECK(p.has("force"));
  CHECK(p.texts("set") == std::vector<std::string>{"a=1", "b=2"});
}

TEST_CASE("an option not given has no value", "[options]") {
  const ParsedOptions p = parsed({"a"});
  CHECK_FALSE(p.has("force"));
  CHECK_FALSE(p.text("output"));
  CHECK(p.texts("set").empty());
  CHECK_FALSE(p.integer("seed", 0, 10));
  constexpr std::string_view formats[] = {"text", "json"};
  CHECK(p.choice("format", formats) == "text");
}

TEST_CASE("an unknown option is told, with what was meant", "[options]") {
  CHECK(refusal({"a", "--fromat", "json"}) == "unknown option '--fromat'; did you mean '--format'?");
  CHECK(refusal({"a", "--fromat=json"}) == "unknown option '--fromat'; did you mean '--format'?");
  CHECK(refusal({"a", "--colour"}).starts_with("unknown option '--colour'"));
  CHECK(refusal({"a", "-x"}).starts_with("unknown option '-x'"));
}

TEST_CASE("the beginning of an option is not the option", "[options]") {
  CHECK(refusal({"a", "--form", "json"}).starts_with("unknown option '--form'"));
}

TEST_CASE("a missing value, a second value and missing words are told", "[options]") {
  CHECK(refusal({"a", "--seed"}).find("--seed") != std::string::npos);
  CHECK(refusal({"a", "--seed", "1", "--seed", "2"}) == "--seed is given more than once");
  CHECK(refusal({}) == "missing file; usage: luohu sample FILE [options]");
  CHECK(refusal({"a", "b", "c"}) == "unexpected 'c'; usage: luohu sample FILE [options]");
}

TEST_CASE("a negative number is never read as a huge one", "[options]") {
  const auto seed = [](const ParsedOptions& p) { std::ignore = p.unsigned_integer("seed"); };
  CHECK(refusal_of({"a", "--seed=-5"}, seed) ==
        "--seed is '-5' (must be a whole number from 0 to 18446744073709551615)");
  CHECK(refusal_of({"a", "--seed", "-5"}, seed) != "accepted");
  CHECK(parsed({"a", "--seed", "18446744073709551615"}).unsigned_integer("seed") == 18446744073709551615U);
  CHECK(refusal_of({"a", "--seed", "18446744073709551616"}, seed) != "accepted");
}

TEST_CASE("numbers are checked whole and against their bounds", "[options]") {
  const auto integer = [](const ParsedOptions& p) { std::ignore = p.integer("seed", 1, 9); };
  for (const auto* value : {"0", "10", "1.5", "two", "", "3x"}) {
    CHECK(refusal_of({"a", std::string{"--seed="} + value}, integer) != "accepted");
  }
  CHECK(parsed({"a", "--seed=9"}).integer("seed", 1, 9) == 9);
  CHECK(parsed({"a", "--seed=-0.5"}).number("seed", -1, 1) == -0.5);
  CHECK(refusal_of({"a", "--seed=1.5"}, [](const ParsedOptions& p) { std::ignore = p.number("seed", -1, 1); }) ==
        "--seed is '1.5' (must be a number from -1 to 1)");
}

TEST_CASE("a choice is one of the words", "[options]") {
  constexpr std::string_view formats[] = {"text", "json"};
  CHECK(parsed({"a", "--format", "json"}).choice("format", formats) == "json");
  CHECK(refusal_of({"a", "--format", "jsn"}, [&](const ParsedOptions& p) {
          std::ignore = p.choice("format", formats);
        }) == "--format is 'jsn'; did you mean 'json'?");
}

TEST_CASE("help names every option in ASCII and eighty columns", "[options]") {
  const std::string help = sample().help();
  for (const auto* word : {"usage: luohu sample FILE", "-h, --help", "-o, --output FILE", "--set KEY=VALUE"}) {
    CHECK_THAT(help, Catch::Contains(word));
  }
  for (const char c : help) CHECK((c == '\n' || (' ' <= c && c <= '~')));
  std::size_t start = 0;
  while (start < help.size()) {
    const std::size_t end = help.find('\n', start);
    CHECK(end - start <= 80);
    start = end + 1;
  }
}

TEST_CASE("help of several lines stands in one column", "[options]") {
  const std::string help = Options{"luohu x", "A sample."}.value("one-long-name", "A|B", "first line\nsecond").help();
  const std::size_t first = help.find("first line"), second = help.find("second");
  CHECK(first - help.rfind('\n', first) == second - help.rfind('\n', second));
}
