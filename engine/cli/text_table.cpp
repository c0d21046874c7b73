#include "text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "luohu/core/text.hpp"

namespace luohu {

std::string markdown_text(const TextTable& table) {
  std::string text = fmt::format("**{}**\n\n| {} |\n|---|", table.title, fmt::join(table.headings, " | "));
  for (std::size_t c = 1; c < table.headings.size(); ++c) text += "---:|";
  text += '\n';
  for (const auto& row : table.rows) text += fmt::format("| {} |\n", fmt::join(row, " | "));
  return text + '\n';
}

std::string plain_text(const TextTable& table) {
  std::vector<std::size_t> width(table.headings.size(), 0);
  const auto widen = [&](const std::vector<std::string>& row) {
    for (std::size_t c = 0; c < row.size(); ++c) width[c] = std::max(width[c], display_width(row[c]));
  };
  widen(table.headings);
  for (const auto& row : table.rows) widen(row);
  const auto line = [&](const std::vector<std::string>& row) {
    std::string text = "  " + padded(row[0], width[0]);
    for (std::size_t c = 1; c < row.size(); ++c) {
      text += std::string(2 + width[c] - display_width(row[c]), ' ') + row[c];
    }
    return text + '\n';
  };
  std::string text = table.title + '\n' + line(table.headings);
  for (const auto& row : table.rows) text += line(row);
  return text + '\n';
}

}  // namespace luohu
