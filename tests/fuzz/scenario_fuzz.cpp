// A scenario file: whatever it says, it is read or refused. What is read is written as text and read again.

#include <cstdio>

#include "folder.hpp"
#include "luohu/scenario/scenario.hpp"

using namespace luohu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto path = fuzz::province() / "input.toml";
  fuzz::write(path, fuzz::text_of(bytes, size));
  fuzz::may_be_refused([&] {
    const Scenario scenario = read_scenario(path);
    const auto again = fuzz::province() / "again.toml";
    fuzz::write(again, scenario.text);
    if (read_scenario(again).text != scenario.text) std::abort();
  });
  return 0;
}
