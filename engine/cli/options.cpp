#include "luohu/cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

namespace po = boost::program_options;

std::string long_name(const std::string& name) {
  return name.substr(0, name.find(','));
}

/// "--output", as the user writes it.
std::string dashed(std::string_view name) {
  return fmt::format("--{}", name);
}

[[noreturn]] void refuse(const std::string& message) {
  throw Error{ExitCode::usage, message};
}

/// Names that Boost's parser left as it found them: "--fromat" or "-x", without any "=value".
std::string unknown_option(std::string word, std::span<const std::string> names) {
  word = word.substr(0, word.find('='));
  std::vector<std::string> dashes;
  for (const std::string& name : names) dashes.push_back(dashed(name));
  const std::vector<std::string_view> candidates{dashes.begin(), dashes.end()};
  return fmt::format("unknown option '{}'{}", word, suggestion(word, candidates));
}

}  // namespace

bool ParsedOptions::has(std::string_view name) const {
  return values_.find(name) != values_.end();
}

std::optional<std::string> ParsedOptions::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::nullopt : std::optional{found->second.back()};
}

std::vector<std::string> ParsedOptions::texts(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::string ParsedOptions::choice(std::string_view name, std::span<const std::string_view> allowed) const {
  const auto given = text(name);
  if (!given) return std::string{allowed.front()};
  for (const std::string_view word : allowed) {
    if (*given == word) return *given;
  }
  refuse(fmt::format("{} is '{}'{}", dashed(name), *given, suggestion(*given, allowed)));
}

std::optional<std::int64_t> ParsedOptions::integer(std::string_view name, std::int64_t minimum,
                                                   std::int64_t maximum) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto value = parse_integer(*given);
  if (value && minimum <= *value && *value <= maximum) return value;
  refuse(fmt::format("{} is '{}' (must be a whole number from {} to {})", dashed(name), *given, minimum, maximum));
}

std::optional<std::uint64_t> ParsedOptions::unsigned_integer(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  // Boost would read "-5" as 18446744073709551611.
  std::uint64_t value = 0;
  const char* end = given->data() + given->size();
  const auto result = std::from_chars(given->data(), end, value);
  if (result.ec == std::errc{} && result.ptr == end) return value;
  refuse(fmt::format("{} is '{}' (must be a whole number from 0 to {})", dashed(name), *given,
                     std::numeric_limits<std::uint64_t>::max()));
}

std::optional<std::int64_t> ParsedOptions::scale(std::string_view name) const {
  const std::optional<std::string> given = text(name);
  if (!given) return std::nullopt;
  const std::optional<std::int64_t> persons = given->starts_with("1:") ? parse_integer(given->substr(2)) : std::nullopt;
  if (persons && 1 <= *persons && *persons <= 1'000'000) return persons;
  throw Error{ExitCode::usage,
              fmt::format("--{} {}: expected 1:N with N from 1 to 1000000, such as 1:1 or 1:100", name, *given)};
}

std::optional<double> ParsedOptions::number(std::string_view name, double minimum, double maximum) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto value = parse_number(*given);
  if (value && minimum <= *value && *value <= maximum) return value;
  refuse(fmt::format("{} is '{}' (must be a number from {} to {})", dashed(name), *given, minimum, maximum));
}

void ParsedOptions::refuse_with(std::string_view chosen, std::initializer_list<std::string_view> options) const {
  for (const std::string_view option : options) {
    if (has(option)) refuse(fmt::format("{} does nothing with {}", dashed(option), chosen));
  }
}

Options::Options(std::string usage, std::string summary) : usage_{std::move(usage)}, summary_{std::move(summary)} {
  flag("help,h", "print this help");
}

Options& Options::flag(std::string name, std::string help) {
  options_.push_back({std::move(name), "", std::move(help), Takes::nothing});
  return *this;
}

Options& Options::value(std::string name, std::string metavar, std::string help) {
  options_.push_back({std::move(name), std::move(metavar), std::move(help), Takes::one});
  return *this;
}

Options& Options::repeatable(std::string name, std::string metavar, std::string help) {
  options_.push_back({std::move(name), std::move(metavar), std::move(help), Takes::many});
  return *this;
}

Options& Options::words(std::string what, std::size_t fewest, std::size_t most) {
  words_what_ = std::move(what);
  fewest_ = fewest;
  most_ = most;
  return *this;
}

std::vector<std::string> Options::long_names() const {
  std::vector<std::string> names;
  for (const Option& option : options_) names.push_back(long_name(option.name));
  return names;
}

void Options::check_words(const ParsedOptions& parsed) const {
  const auto& words = parsed.words_;
  if (words.size() < fewest_) refuse(fmt::format("missing {}; usage: {}", words_what_, usage_));
  if (std::ranges::count(words, std::string{}) > 0) refuse(fmt::format("an empty {}; usage: {}", words_what_, usage_));
  if (words.size() > most_) refuse(fmt::format("unexpected '{}'; usage: {}", words[most_], usage_));
}

void Options::check_values(const ParsedOptions& parsed) const {
  for (const auto& [name, values] : parsed.values_) {
    for (const std::string& value : values) {
      if (value.starts_with("--")) refuse(fmt::format("{} has no value; '{}' follows it", dashed(name), value));
    }
  }
  const auto output = parsed.text("output");
  if (!output) return;
  if (*output == "-") refuse("--output is '-', which names no file");
  const auto require_other = [&](const std::string& input) {
    std::error_code neither;
    if (std::filesystem::equivalent(*output, input, neither)) {
      refuse(fmt::format("{} is what is read; choose another --output", *output));
    }
  };
  std::ranges::for_each(parsed.words_, require_other);
  for (const auto& [name, values] : parsed.values_) {
    if (name != "output") std::ranges::for_each(values, require_other);
  }
}

std::optional<ParsedOptions> Options::parse(std::span<const std::string> arguments) const {
  po::options_description table;
  const auto many = [] { return po::value<std::vector<std::string>>(); };
  for (const Option& option : options_) {
    if (option.takes == Takes::nothing) {
      table.add_options()(option.name.c_str(), "");
    } else {
      table.add_options()(option.name.c_str(), many(), "");
    }
  }
  ParsedOptions parsed;
  try {
    namespace style = po::command_line_style;
    const std::vector<std::string> words{arguments.begin(), arguments.end()};
    const auto found = po::command_line_parser{words}
                           .options(table)
                           .style(style::unix_style & ~style::allow_guessing)
                           .allow_unregistered()
                           .run();
    for (const auto& option : found.options) {
      if (option.position_key >= 0) {
        parsed.words_.insert(parsed.words_.end(), option.value.begin(), option.value.end());
      } else if (option.unregistered) {
        refuse(unknown_option(option.original_tokens.at(0), long_names()));
      } else {
        auto& values = parsed.values_[option.string_key];
        values.insert(values.end(), option.value.begin(), option.value.end());
      }
    }
  } catch (const po::error& error) {
    refuse(fmt::format("{}; usage: {}", error.what(), usage_));
  }
  if (parsed.has("help")) {
    std::cout << help();
    return std::nullopt;
  }
  for (const Option& option : options_) {
    const std::string name = long_name(option.name);
    if (option.takes == Takes::one && parsed.texts(name).size() > 1) {
      refuse(fmt::format("{} is given more than once", dashed(name)));
    }
  }
  check_words(parsed);
  check_values(parsed);
  return parsed;
}

std::string Options::help() const {
  std::vector<std::string> left;
  std::size_t width = 0;
  for (const Option& option : options_) {
    const std::size_t comma = option.name.find(',');
    std::string shown = comma == std::string::npos ? "    " : fmt::format("-{}, ", option.name.substr(comma + 1));
    shown += dashed(long_name(option.name));
    if (!option.metavar.empty()) shown += fmt::format(" {}", option.metavar);
    width = std::max(width, shown.size());
    left.push_back(std::move(shown));
  }
  std::string text = fmt::format("usage: {}\n\n{}\n\n", usage_, summary_);
  for (std::size_t i = 0; i < options_.size(); ++i) {
    std::string_view name = left[i];
    for (const std::string& line : lines_of(options_[i].help)) {
      text += fmt::format("  {:{}}  {}\n", name, width, line);
      name = "";
    }
  }
  return text;
}

}  // namespace luohu
