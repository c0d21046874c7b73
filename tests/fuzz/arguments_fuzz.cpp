// A command line, one argument a line. What would take long, or write, is left out: runs are dry, of the small
// province.

#include <iostream>
#include <set>
#include <sstream>
#include <vector>

#include "folder.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/core/text.hpp"

using namespace luohu;

namespace {

/// Whether the arguments stay within the folder: no path but the province's, no command that simulates.
bool harmless(const std::vector<std::string>& arguments) {
  static const std::set<std::string> slow{"bench", "invert", "validate", "attribute"};
  for (const std::string& word : arguments) {
    if (slow.contains(word) || word.find('/') != std::string::npos || word.find("..") != std::string::npos)
      return false;
    if (word.find('\0') != std::string::npos) return false;  // no argument can hold it
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::vector<std::string> arguments = lines_of(fuzz::text_of(bytes, size));
  if (!harmless(arguments)) return 0;
  if (!arguments.empty() && arguments.front() == "run") arguments.push_back("--dry-run");
  const auto home = std::filesystem::current_path();
  std::filesystem::current_path(fuzz::province());
  std::ostringstream out;
  std::streambuf* const before = std::cout.rdbuf(out.rdbuf());
  fuzz::may_be_refused([&] { static_cast<void>(dispatch(arguments)); });
  std::cout.rdbuf(before);
  std::filesystem::current_path(home);
  return 0;
}
