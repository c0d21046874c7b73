#include <fmt/format.h>

#include <iostream>
#include <vector>

#include "build_info.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "luohu/core/version.hpp"

namespace luohu {
namespace {

constexpr Command table[] = {
    {"run", "simulate one or several scenarios into one results file", run_run},
    {"extend", "add replicates to a results file", run_extend},
    {"attribute", "say what each measure of a package adds, and whom the package touches", run_attribute},
    {"sensitivity", "say which parameters an outcome, or the effect of a policy, depends on", run_sensitivity},
    {"check", "validate scenarios and print them resolved, each value with where it came from", run_check},
    {"levers", "list the policy levers, with unit, range and provenance", run_levers},
    {"parameters", "list the behavioural parameters, with default, unit, range and provenance", run_parameters},
    {"measures", "list the 22 numbered measures and what each does in the model", run_measures},
    {"validate", "score hindcasts against what a later census counted", run_validate},
    {"calibrate", "fit behavioural parameters of hindcasts to what a later census counted", run_calibrate},
    {"invert", "find the amenities that reproduce the net migration of a base year", run_invert},
    {"info", "say what a results file holds", run_info},
    {"compare", "say what scenarios change against a baseline, and whether it is more than noise", run_compare},
    {"report", "write one page that shows what results files say: maps, series, flows, sources", run_report},
    {"export", "write the numbers of a results file for other programs: CSV, IAMC, OMX", run_export},
    {"indicators", "list the indicators of results files: definition, unit, what they may be split by", run_indicators},
    {"bench", "measure the fixed workloads: person-years per second, memory, digests", run_bench},
};

std::string help() {
  std::string text =
      "usage: luohu COMMAND [arguments]\n\n"
      "Simulates, person by person, how settlement policy changes who lives,\n"
      "is registered and is served where.\n\n";
  for (const Command& command : table) text += fmt::format("  {:11}  {}\n", command.name, command.summary);
  return text + "\n  --help      print this help; after a command, its options\n  --version   print the version\n";
}

[[noreturn]] void refuse(std::string_view what, std::string_view word, const std::vector<std::string_view>& known) {
  throw Error{ExitCode::usage, fmt::format("unknown {} '{}'{}", what, word, suggestion(word, known))};
}

/// What stands before the command's name: the program's own options.
int own_option(Arguments arguments) {
  const std::string& word = arguments.front();
  if (arguments.size() > 1) throw Error{ExitCode::usage, fmt::format("unexpected '{}' after {}", arguments[1], word)};
  if (word == "--help" || word == "-h") {
    std::cout << help();
  } else if (word == "--version") {
    std::cout << fmt::format("luohu {} ({})\n", version, commit);
  } else {
    refuse("option", word, {"--help", "--version"});
  }
  return static_cast<int>(ExitCode::done);
}

}  // namespace

std::span<const Command> commands() {
  return table;
}

int dispatch(Arguments arguments) {
  if (arguments.empty()) throw Error{ExitCode::usage, help()};
  const std::string& word = arguments.front();
  if (word.starts_with('-')) return own_option(arguments);
  std::vector<std::string_view> names;
  for (const Command& command : table) {
    if (command.name == word) return command.run(arguments.subspan(1));
    names.push_back(command.name);
  }
  refuse("command", word, names);
}

}  // namespace luohu
