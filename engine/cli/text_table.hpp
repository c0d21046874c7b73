#pragma once
// A table for people: the first column is words, the others are numbers.

#include <string>
#include <vector>

namespace luohu {

struct TextTable {
  std::string title;
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;
};

/// In columns, for a terminal; an empty line follows.
[[nodiscard]] std::string plain_text(const TextTable& table);
[[nodiscard]] std::string markdown_text(const TextTable& table);

}  // namespace luohu
