#include <bit>

#include "luohu/core/hash.hpp"
#include "luohu/results/reader.hpp"

namespace luohu {
namespace {

class Digest {
 public:
  void add(std::uint64_t value) { value_ = mix(value_ ^ value); }
  void add(std::int64_t value) { add(static_cast<std::uint64_t>(value)); }
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    for (const char byte : text) add(std::uint64_t{static_cast<std::uint8_t>(byte)});
  }
  template <class T>
  void add(const std::vector<T>& values) {
    add(std::uint64_t{values.size()});
    for (const T& value : values) add(value);
  }
  void add(const std::vector<std::string>& values) {
    add(std::uint64_t{values.size()});
    for (const std::string& value : values) add(std::string_view{value});
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace

std::uint64_t ResultsFile::digest() const {
  const Experiment& of = experiment();
  Digest digest;
  for (const ScenarioEntry& scenario : of.scenarios) digest.add(std::string_view{scenario.id});
  digest.add(std::int64_t{of.first_year});
  for (const Axis& axis : of.layout.axes) {
    digest.add(std::string_view{axis.name});
    digest.add(axis.ids);
    for (const std::int32_t code : axis.codes) digest.add(std::int64_t{code});
  }
  for (const Variable& variable : of.layout.variables) {
    digest.add(std::string_view{variable.name});
    digest.add(variable.axes);
    // One replicate at a time: the file may be larger than memory.
    for (std::size_t s = 0; s < of.scenarios.size(); ++s) {
      for (std::size_t d = 0; d < of.draws; ++d) {
        for (std::size_t r = 0; r < of.replicates; ++r) {
          std::visit([&](const auto& values) { digest.add(values); }, read(variable.name, s, d, r));
        }
      }
    }
  }
  return digest.value();
}

}  // namespace luohu
