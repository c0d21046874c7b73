#pragma once
// What every benchmark says about where it ran.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace luohu::bench {

using Json = nlohmann::ordered_json;

[[nodiscard]] std::string machine();
[[nodiscard]] std::string compiler();
/// Of the working tree, "unknown" without git.
[[nodiscard]] std::string commit();
/// Of this process so far.
[[nodiscard]] std::size_t peak_bytes();
[[nodiscard]] std::string hexadecimal(std::uint64_t value);

/// Median, minimum and maximum of repeated measurements.
struct Spread {
  double median = 0, min = 0, max = 0;
};
[[nodiscard]] Spread spread(std::vector<double> values);

/// `--name value` pairs and lone `--flag`s of a command line.
class CommandLine {
 public:
  CommandLine(int count, char** words) : words_{words + 1, words + count} {}
  [[nodiscard]] bool has(const std::string& flag) const { return std::ranges::find(words_, flag) != words_.end(); }
  [[nodiscard]] long number(const std::string& name, long otherwise) const;
  [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const;
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

 private:
  std::vector<std::string> words_;
};

}  // namespace luohu::bench
