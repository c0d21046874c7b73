#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "calibration.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"
#include "luohu/core/text.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/schedule/run.hpp"

namespace luohu {
namespace {

constexpr std::string_view head = "luohu calibrate, evaluations: replicate and point = numbers";

/// "replicate,x,x,…": exact, because numbers are written so that they read back as they were.
std::string key_of(std::uint64_t replicate, const std::vector<double>& point) {
  std::string key = std::to_string(replicate);
  for (const double x : point) key += ',' + number_text(x);
  return key;
}

/// Separated by commas, from behind `at` on; none if one of them is no number.
std::vector<double> numbers_after(std::string_view line, std::size_t at) {
  std::vector<double> numbers;
  while (at < line.size()) {
    const std::size_t next = std::min(line.find(',', at + 1), line.size());
    const auto number = parse_number(line.substr(at + 1, next - at - 1));
    if (!number) return {};
    numbers.push_back(*number);
    at = next;
  }
  return numbers;
}

}  // namespace

EvaluationStore::EvaluationStore(std::filesystem::path path, std::string fingerprint, std::size_t numbers,
                                 Evaluate evaluate, std::function<bool()> keep_going,
                                 std::function<void(const std::string&)> say)
    : path_{std::move(path)},
      fingerprint_{std::move(fingerprint)},
      numbers_{numbers},
      evaluate_{std::move(evaluate)},
      keep_going_{std::move(keep_going)},
      say_{std::move(say)} {
  read();
}

void EvaluationStore::read() {
  const auto bytes = read_file(path_);
  if (!bytes) return;
  const std::vector<std::string> lines = lines_of(*bytes);
  if (lines.size() < 2 || lines[0] != head || lines[1] != fingerprint_) {
    throw Error{
        ExitCode::usage,
        fmt::format("{} holds evaluations of another calibration (other scenarios, tables, plan, scale, seed or "
                    "version); remove it, or choose another output",
                    path_.string())};
  }
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const std::size_t equals = lines[i].find('=');
    std::vector<double> numbers = numbers_after(lines[i], equals);
    if (numbers.size() != numbers_) {
      throw Error{ExitCode::usage, fmt::format("{}:{}: damaged; remove the file", path_.string(), i + 1)};
    }
    known_[lines[i].substr(0, equals)] = std::move(numbers);
  }
  found_ = known_.size();
}

void EvaluationStore::write() const {
  std::string text = fmt::format("{}\n{}\n", head, fingerprint_);
  for (const auto& [key, numbers] : known_) {
    text += key;
    char separator = '=';
    for (const double number : numbers) {
      text += separator + number_text(number);
      separator = ',';
    }
    text += '\n';
  }
  write_file(path_, text);
}

std::vector<std::vector<double>> EvaluationStore::operator()(const Design& points, std::uint64_t replicate) {
  Design missing;
  for (const auto& point : points) {
    if (!known_.contains(key_of(replicate, point))) missing.push_back(point);
  }
  const std::size_t batch = std::size_t{8} * static_cast<std::size_t>(threads());
  for (std::size_t first = 0; first < missing.size(); first += batch) {
    if (!keep_going_()) throw Interrupted{};
    const Design some{missing.begin() + static_cast<std::ptrdiff_t>(first),
                      missing.begin() + static_cast<std::ptrdiff_t>(std::min(first + batch, missing.size()))};
    std::vector<std::vector<double>> numbers = evaluate_(some, replicate);
    for (std::size_t i = 0; i < some.size(); ++i) known_[key_of(replicate, some[i])] = std::move(numbers[i]);
    write();
    constexpr std::chrono::seconds quiet{30};
    if (Clock::now() - said_ < quiet) continue;
    said_ = Clock::now();
    say_(fmt::format("{} evaluations", known_.size()));
  }
  std::vector<std::vector<double>> answers;
  for (const auto& point : points) answers.push_back(known_.at(key_of(replicate, point)));
  return answers;
}

void EvaluationStore::remove() const {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace luohu
