#pragma once
// UTF-8 text for people: how wide it prints, what a misspelt word may have meant, strict numbers.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "luohu/core/error.hpp"

namespace luohu {

/// The code points of UTF-8 text; a byte that is not UTF-8 counts as U+FFFD.
[[nodiscard]] std::u32string code_points(std::string_view text);

/// Columns of a terminal that `text` takes: 2 for Chinese characters and full-width forms, 0 for
/// combining marks, 1 for the rest.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` followed by spaces up to `width` columns.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`,
/// counted in code points.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, if one is near enough that a slip of the hand explains it, or
/// the only one that contains it.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string_view> candidates);

/// "; did you mean 'X'?", or "; one of: A, B, C" where nothing is near and the list is short, or "".
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

/// Whether `text` has a control character, other than a tab or the end of a line, that a terminal might obey.
[[nodiscard]] bool has_control(std::string_view text);
/// `text` with the replacement character, U+FFFD, for each of them.
[[nodiscard]] std::string visible(std::string_view text);

/// The whole of `text` as a number: no spaces, no sign but '-', no rest. "inf" is one, "nan" is not.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

/// The shortest decimal that reads back as the same number.
[[nodiscard]] std::string number_text(double value);

/// `text` as one field of a CSV file (RFC 4180): in quotes where a comma, a quote or a line's end asks for them.
[[nodiscard]] std::string csv_field(std::string_view text);

/// The file's bytes, or nothing if it cannot be read. Throws Error{input} for more than 64 MiB, which is no text.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path);

/// Why `read_file` returned nothing: the system's reason, or that it is a folder or a pipe.
[[nodiscard]] std::string why_unreadable(const std::filesystem::path& path);

/// The file's bytes. Throws Error{environment} with the reason if it cannot be read, else as `read_file`.
[[nodiscard]] std::string required_file(const std::filesystem::path& path);

/// Lines of `text` without their ends; "\r\n" counts as one end.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

/// "file:line:column: message", the offending line and a caret under the place.
[[nodiscard]] std::string formatted(const Diagnostic& diagnostic);

}  // namespace luohu
