#pragma once
// What a pass over the user's files found, and where: every check adds to one list, thrown at the end.

#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/core/error.hpp"

namespace luohu::reading {

/// A file of the user's, or an option of the command line taken for one.
struct SourceFile {
  std::string name;    ///< as shown in messages
  std::string origin;  ///< as shown in provenance: relative to the scenario, so that it travels
  std::vector<std::string> lines = {};
  bool command_line = false;
  std::size_t order = 0;
};

/// A place in a source; line and column count from 1, in code points; 0 means the whole.
struct Spot {
  const SourceFile* file = nullptr;
  std::size_t line = 0;
  std::size_t column = 0;

  /// "baseline.toml:12", or "command line".
  [[nodiscard]] std::string origin() const;
};

class Findings {
 public:
  Findings() = default;
  ~Findings() = default;
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;

  /// A source that lives as long as the findings.
  const SourceFile& open(SourceFile source);
  /// Message: problem (why it is one); remedy.
  void add(const Spot& at, std::string message);

  [[nodiscard]] std::size_t count() const { return found_.size(); }
  /// Throws InputError with every finding, in the order of sources and lines, if there is one.
  void throw_if_any() const;

 private:
  struct Finding {
    Spot at;
    std::string message;
  };
  std::deque<SourceFile> sources_;
  std::vector<Finding> found_;
};

}  // namespace luohu::reading
