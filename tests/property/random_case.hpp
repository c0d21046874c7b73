#pragma once
// One random case: a folder with a small province, a baseline and variants of it, written as scenario
// files and read as such. The folder of a case that fails is kept.
//
// Continuous integration runs cases 0–199. LUOHU_PROPERTY_CASES=1000 runs the first thousand,
// LUOHU_PROPERTY_CASES=137-137 only case 137: every case is a pure function of its number.

#include <unistd.h>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "luohu/core/text.hpp"
#include "random_scenario.hpp"
#include "random_tables.hpp"
#include "support/toy_run.hpp"
#include "tables_writer.hpp"

namespace luohu::testing {

struct CaseRange {
  std::uint64_t first = 0, last = 199;
};

/// The cases to run, from the environment. Anything but N or FIRST-LAST is an error.
inline CaseRange cases() {
  const char* wish = std::getenv("LUOHU_PROPERTY_CASES");
  if (wish == nullptr) return {};
  const std::string text{wish};
  const std::size_t dash = text.find('-');
  const auto first = dash == std::string::npos ? 0 : parse_integer(text.substr(0, dash));
  const auto end = parse_integer(dash == std::string::npos ? text : text.substr(dash + 1));
  if (!first || !end || *first < 0)
    throw std::invalid_argument{"LUOHU_PROPERTY_CASES=" + text + ": not N or FIRST-LAST"};
  return {static_cast<std::uint64_t>(*first), static_cast<std::uint64_t>(*end) - (dash == std::string::npos ? 1 : 0)};
}

class RandomCase {
 public:
  explicit RandomCase(std::uint64_t number) : number_{number}, dice_{number} {
    folder_ = std::filesystem::temp_directory_path() /
              ("luohu-case-" + std::to_string(number) + "-" + std::to_string(getpid()));
    first_ = dice_.whole(2000, 2030);
    last_ = first_ + dice_.whole(2, 6);
    tables_ = random_tables(dice_, first_, last_);
    write_over("", tables_);
  }
  ~RandomCase() {
    std::error_code ignored;
    if (std::uncaught_exceptions() == 0) std::filesystem::remove_all(folder_, ignored);
  }
  RandomCase(const RandomCase&) = delete;
  RandomCase& operator=(const RandomCase&) = delete;

  /// The number, the folder and the scenarios, for the message of a failure.
  [[nodiscard]] std::string described() const {
    return "case " + std::to_string(number_) + ", kept in " + folder_.string() + texts_;
  }
  /// The tables before they were written.
  [[nodiscard]] const Tables& tables() const { return tables_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& file) const { return folder_ / file; }

  /// The scenario as its file says, ready to run. Its measures are the file's.
  [[nodiscard]] ToyRun read(const std::string& file) const {
    const Scenario scenario = read_scenario(folder_ / file);
    Tables tables = read_tables(scenario.tables);
    ToyRun run;
    run.toy = {std::move(tables.places),   std::move(tables.census),   std::move(tables.vital),
               std::move(tables.economy),  std::move(tables.boundary), std::move(tables.capacity),
               std::move(tables.settings), scenario.parameters,        {},
               scenario.first_year};
    run.feedbacks = scenario.feedbacks;
    run.toy.group_of = number_groups(run.toy.places, scenario.groups);
    run.measures = scenario.measures;
    run.last_year = scenario.last_year;
    return run;
  }

  /// The case's baseline, variant and null scenario over other tables, in a folder of their own. The same
  /// dice choose the same rows, by whatever labels the tables give them.
  void write_over(const std::string& folder, const Tables& tables) {
    Dice dice = dice_;
    TablesWriter{tables, folder_ / folder / "tables"};
    write(folder, "baseline.toml", baseline_text(dice, tables.places, first_, last_));
    write(folder, "variant.toml", variant_text(dice, tables.places, first_, last_));
    write(folder, "null.toml", null_text(dice, tables.places, first_, last_));
  }
  /// A scenario of the case's years without groups or measures over other tables, in a folder of its own.
  void write_plain(const std::string& folder, const Tables& tables) {
    Dice dice = dice_;
    TablesWriter{tables, folder_ / folder / "tables"};
    write(folder, "plain.toml", plain_text(dice, first_, last_));
  }

 private:
  void write(const std::filesystem::path& folder, const std::string& file, const std::string& text) {
    std::ofstream{folder_ / folder / file} << text;
    texts_ += "\n== " + (folder / file).string() + "\n" + text;
  }

  std::uint64_t number_;
  Dice dice_;  ///< after the tables
  std::filesystem::path folder_;
  Year first_ = 0, last_ = 0;
  Tables tables_;
  std::string texts_;
};

}  // namespace luohu::testing
