#pragma once
// Commands that print a registry: the levers, the parameters, the numbered measures.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "luohu/cli/commands.hpp"

namespace luohu {

/// One entry, in every form in which it may be asked for.
struct Listed {
  std::string name;                ///< what the user calls it
  std::string row;                 ///< one line of the table
  std::string text;                ///< in full, several lines
  nlohmann::ordered_json json;     ///< for programs
  std::vector<std::string> cells;  ///< of a Markdown table, one for each heading
};

struct Listing {
  std::string command;                ///< also the key of the JSON list: "levers"
  std::string noun;                   ///< of one entry, in messages: "lever"
  std::string summary;                ///< of the command, for its help
  std::vector<std::string> headings;  ///< of the Markdown table
  std::vector<Listed> entries = {};
  std::string expected = {};  ///< what names there are, where listing the nearest would not help; may be empty
};

/// Prints the entries named in `arguments`, or all: as a table (in full if named), JSON or Markdown.
/// An unknown name is an Error with ExitCode::usage.
int print_listing(const Listing& listing, Arguments arguments);

/// JSON has no infinity: null stands for "no bound".
[[nodiscard]] nlohmann::ordered_json json_bound(double value);

/// "0 to inf".
[[nodiscard]] std::string range_text(double minimum, double maximum);

}  // namespace luohu
