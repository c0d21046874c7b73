#include "luohu/core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>

namespace luohu {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
  char32_t point;
  std::size_t bytes;
};

/// The first code point of `text`, which is not empty.
Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF8   ? 4
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xC2 && lead < 0xE0 ? 2
                                                          : 0;
  if (bytes == 0 || bytes > text.size()) return {replacement, 1};
  auto point = static_cast<char32_t>(lead & (0x7FU >> bytes));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {replacement, 1};
    point = (point << 6U) | (byte(i) & 0x3FU);
  }
  return {point, bytes};
}

/// East Asian Width W and F (Unicode TR 11), in the blocks that scenarios and tables may contain.
bool is_wide(char32_t c) {
  constexpr std::pair<char32_t, char32_t> wide[] = {
      {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},  {0xFE30, 0xFE6F},
      {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
  return std::ranges::any_of(wide, [c](const auto& range) { return range.first <= c && c <= range.second; });
}

std::size_t width_of(char32_t c) {
  const bool combining = (0x0300 <= c && c <= 0x036F) || (0x200B <= c && c <= 0x200D) || c == 0xFEFF;
  return combining ? 0 : is_wide(c) ? 2 : 1;
}

/// How many slips a word of this length may hold and still be recognised.
std::size_t slips_allowed(std::size_t length) {
  return length < 4 ? 1 : std::max<std::size_t>(2, length / 3);
}

bool is_control(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n') || (0x7F <= c && c < 0xA0);
}

std::string one_line(std::string_view text) {
  std::string line = visible(text);
  std::ranges::replace(line, '\t', ' ');  // so that the caret below lines up
  return line;
}

}  // namespace

std::u32string code_points(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    const Decoded next = decode(text);
    points += next.point;
    text.remove_prefix(next.bytes);
  }
  return points;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char32_t point : code_points(text)) width += width_of(point);
  return width;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string{text} + std::string(width > taken ? width - taken : 0, ' ');
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::u32string from = code_points(a);
  const std::u32string to = code_points(b);
  // Rows i − 2, i − 1 and i of the distances between prefixes (optimal string alignment).
  std::vector<std::size_t> older(to.size() + 1);
  std::vector<std::size_t> old(to.size() + 1);
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::swap(older, old);
    std::swap(old, row);
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = old[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, old[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], older[j - 2] + 1);
    }
  }
  return row[to.size()];
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::size_t length = code_points(word).size();
  std::size_t best = slips_allowed(length) + 1;
  std::optional<std::string_view> found;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    // A word of two characters shares nothing with another two slips away.
    if (distance < best && distance < std::max(length, code_points(candidate).size())) {
      best = distance;
      found = candidate;
    }
  }
  constexpr std::size_t telling = 3;  // columns: three letters or two Chinese characters
  if (found || display_width(word) < telling) return found;
  for (const std::string_view candidate : candidates) {
    if (candidate.find(word) == std::string_view::npos) continue;
    if (found) return std::nullopt;
    found = candidate;
  }
  return found;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  if (const auto meant = nearest(word, candidates)) return fmt::format("; did you mean '{}'?", *meant);
  constexpr std::size_t short_list = 8;
  if (candidates.empty() || candidates.size() > short_list) return "";
  return fmt::format("; one of: {}", fmt::join(candidates, ", "));
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(code_points(text), is_control);
}

std::string visible(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const Decoded next = decode(text);
    shown += is_control(next.point) ? std::string_view{"\uFFFD"} : text.substr(0, next.bytes);
    text.remove_prefix(next.bytes);
  }
  return shown;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  const bool whole = result.ec == std::errc{} && result.ptr == end;
  return whole && !std::isnan(value) ? std::optional{value} : std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc{} && result.ptr == end ? std::optional{value} : std::nullopt;
}

std::string number_text(double value) {
  return fmt::format("{}", value);
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string(1, c);
  return quoted + "\"";
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) return std::nullopt;  // a folder opens, but does not read
  constexpr std::uintmax_t most = std::uintmax_t{64} << 20U;
  if (std::filesystem::file_size(path, failure) > most && !failure) {
    throw Error{ExitCode::input, fmt::format("{}: larger than 64 MiB; no scenario or table is", path.string())};
  }
  std::ifstream file{path, std::ios::binary};
  if (!file) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  return file.bad() ? std::nullopt : std::optional{std::move(bytes)};
}

std::string why_unreadable(const std::filesystem::path& path) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (failure) return failure.message();
  if (std::filesystem::is_directory(status)) return "it is a folder";
  if (!std::filesystem::is_regular_file(status)) return "it is no regular file";
  errno = 0;
  const bool opens = std::ifstream{path}.is_open();
  return opens ? "reading failed" : std::generic_category().message(errno);
}

std::string required_file(const std::filesystem::path& path) {
  auto bytes = read_file(path);
  if (bytes) return std::move(*bytes);
  throw Error{ExitCode::environment, fmt::format("{}: cannot read ({})", path.generic_string(), why_unreadable(path))};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string formatted(const Diagnostic& diagnostic) {
  std::string text = visible(diagnostic.file);
  if (diagnostic.line > 0) text += fmt::format(":{}", diagnostic.line);
  if (diagnostic.line > 0 && diagnostic.column > 0) text += fmt::format(":{}", diagnostic.column);
  text += fmt::format(": {}", visible(diagnostic.message));
  if (diagnostic.source.empty()) return text;
  text += fmt::format("\n    {}", one_line(diagnostic.source));
  if (diagnostic.column == 0) return text;
  std::size_t before = 0;
  const std::u32string points = code_points(diagnostic.source);
  for (std::size_t i = 0; i + 1 < diagnostic.column; ++i) before += i < points.size() ? width_of(points[i]) : 1;
  return text + fmt::format("\n    {:{}}^", "", before);
}

}  // namespace luohu
