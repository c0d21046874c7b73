#pragma once
// The options of one command: declared once, parsed by Boost without its guessing, numbers checked
// by ourselves. Every mistake is an Error with ExitCode::usage.

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace luohu {

/// What the user wrote after the command's name.
class ParsedOptions {
 public:
  [[nodiscard]] bool has(std::string_view name) const;
  /// Value of an option given once.
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  /// All values of an option that may be repeated, in order.
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  /// One of `allowed`; the first if the option is absent.
  [[nodiscard]] std::string choice(std::string_view name, std::span<const std::string_view> allowed) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t minimum,
                                                    std::int64_t maximum) const;
  [[nodiscard]] std::optional<std::uint64_t> unsigned_integer(std::string_view name) const;
  /// Persons an agent stands for: "1:100" is 100. A bare number is refused: 100 could mean either way round.
  [[nodiscard]] std::optional<std::int64_t> scale(std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view name, double minimum, double maximum) const;
  /// An option that does nothing with what was chosen elsewhere is better refused: throws Error{usage} if one of
  /// `options` is given, "--points does nothing with --method oat".
  void refuse_with(std::string_view chosen, std::initializer_list<std::string_view> options) const;
  /// The words that are not options, in order.
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

 private:
  friend class Options;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> words_;
};

/// The option table of one command. `--help` is always part of it.
class Options {
 public:
  /// `usage` as in "luohu check SCENARIO... [options]"; `summary` in one line. Both ASCII.
  Options(std::string usage, std::string summary);

  Options& flag(std::string name, std::string help);
  Options& value(std::string name, std::string metavar, std::string help);
  Options& repeatable(std::string name, std::string metavar, std::string help);
  /// Bounds on the number of words that are not options, and what they are called in messages.
  Options& words(std::string what, std::size_t fewest, std::size_t most = std::numeric_limits<std::size_t>::max());

  /// Nothing if the user asked for help, which has then been printed to stdout.
  [[nodiscard]] std::optional<ParsedOptions> parse(std::span<const std::string> arguments) const;
  [[nodiscard]] std::string help() const;

 private:
  enum class Takes : std::uint8_t { nothing, one, many };
  struct Option {
    std::string name;  ///< "format", or "output,o" with a short form
    std::string metavar;
    std::string help;
    Takes takes = Takes::nothing;
  };
  std::string usage_;
  std::string summary_;
  std::vector<Option> options_;
  std::string words_what_ = "word";
  std::size_t fewest_ = 0;
  std::size_t most_ = std::numeric_limits<std::size_t>::max();

  [[nodiscard]] std::vector<std::string> long_names() const;
  void check_words(const ParsedOptions& parsed) const;
  void check_values(const ParsedOptions& parsed) const;
};

}  // namespace luohu
