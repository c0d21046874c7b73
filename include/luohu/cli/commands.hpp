#pragma once
// The commands of the program. Each takes the words after its name and returns an exit code; what
// the user can mend is thrown as Error, with its own exit code.

#include <span>
#include <string>
#include <string_view>

namespace luohu {

using Arguments = std::span<const std::string>;

int run_run(Arguments arguments);
int run_extend(Arguments arguments);
int run_attribute(Arguments arguments);
int run_sensitivity(Arguments arguments);
int run_check(Arguments arguments);
int run_levers(Arguments arguments);
int run_parameters(Arguments arguments);
int run_measures(Arguments arguments);
int run_validate(Arguments arguments);
int run_calibrate(Arguments arguments);
int run_invert(Arguments arguments);
int run_info(Arguments arguments);
int run_compare(Arguments arguments);
int run_report(Arguments arguments);
int run_export(Arguments arguments);
int run_indicators(Arguments arguments);
int run_bench(Arguments arguments);

struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(Arguments) = nullptr;
};

/// Every command, in the order of `luohu --help`.
[[nodiscard]] std::span<const Command> commands();

/// Run the command that `arguments` (without the program's own name) ask for.
[[nodiscard]] int dispatch(Arguments arguments);

}  // namespace luohu
