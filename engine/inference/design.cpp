#include "luohu/inference/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <numeric>
#include <tuple>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw Error{ExitCode::usage, fmt::format("parameter {}: {}", text, why)};
}

const ParameterInfo& parameter_named(const std::string& name) {
  if (const ParameterInfo* found = find_parameter(name)) return *found;
  refuse(name, "there is none of this name" + suggestion(name, parameter_names()));
}

ParameterRange around_value(const ParameterInfo& parameter, double value) {
  if (value == 0) {
    refuse(std::string{parameter.name}, fmt::format("is 0, and {:.0f} % of it is nothing; give a range, {}=LOWER:UPPER",
                                                    100 * default_spread, parameter.name));
  }
  const double spread = default_spread * std::abs(value);
  return {&parameter, std::max(value - spread, parameter.minimum), std::min(value + spread, parameter.maximum)};
}

ParameterRange named_range(const ParameterInfo& parameter, const std::string& text, std::string bounds) {
  constexpr std::string_view in_logarithms = ":log";
  ParameterRange range{&parameter};
  range.log = bounds.ends_with(in_logarithms);
  if (range.log) bounds.resize(bounds.size() - in_logarithms.size());
  const std::size_t colon = bounds.find(':');
  if (colon == std::string::npos) refuse(text, "expected NAME=LOWER:UPPER or NAME=LOWER:UPPER:log");
  const auto lower = parse_number(bounds.substr(0, colon));
  const auto upper = parse_number(bounds.substr(colon + 1));
  if (!lower || !upper) refuse(text, "LOWER and UPPER must be numbers");
  if (!(*lower < *upper)) refuse(text, "LOWER must be less than UPPER");
  if (*lower < parameter.minimum || *upper > parameter.maximum) {
    refuse(text, fmt::format("its limits are {} and {}", parameter.minimum, parameter.maximum));
  }
  if (range.log && *lower <= 0) refuse(text, "only positive numbers have logarithms");
  range.lower = *lower;
  range.upper = *upper;
  range.named = true;
  return range;
}

/// Owen's scrambling of one coordinate: every bit is turned round or not, by chance, for all points that share
/// the bits before it.
std::uint32_t scrambled(std::uint32_t x, std::uint64_t dimension, const DrawKey& key) {
  std::uint32_t result = 0;
  for (unsigned bit = 0; bit < 32; ++bit) {
    const std::uint64_t before = std::uint64_t{x} >> (32 - bit);
    const std::uint64_t node = (std::uint64_t{1} << bit) | before;
    const std::uint32_t turn = own_words(key, (dimension << 32U) | node)[0] & 1U;
    result = (result << 1U) | ((x >> (31 - bit) & 1U) ^ turn);
  }
  return result;
}

}  // namespace

double ParameterRange::at(double u) const {
  if (!log) return std::lerp(lower, upper, u);
  return std::clamp(std::exp(std::lerp(std::log(lower), std::log(upper), u)), lower, upper);
}

std::vector<ParameterRange> ranges_of(const std::vector<std::string>& texts, const Parameters& around) {
  std::vector<ParameterRange> ranges;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const ParameterInfo& parameter = parameter_named(text.substr(0, equals));
    if (std::ranges::find(ranges, &parameter, &ParameterRange::parameter) != ranges.end()) {
      refuse(text, "is named twice");
    }
    ranges.push_back(equals == std::string::npos ? around_value(parameter, around.*parameter.field)
                                                 : named_range(parameter, text, text.substr(equals + 1)));
  }
  return ranges;
}

Parameters parameters_at(const Parameters& base, std::span<const ParameterRange> ranges,
                         std::span<const double> point) {
  LUOHU_EXPECT(point.size() >= ranges.size());
  Parameters parameters = base;
  for (std::size_t i = 0; i < ranges.size(); ++i) parameters.*ranges[i].parameter->field = ranges[i].at(point[i]);
  return parameters;
}

Design latin_hypercube(std::size_t points, std::size_t dimensions, Seed seed) {
  const DrawKey key{seed, stream_named("latin hypercube")};
  Design design(points, std::vector<double>(dimensions));
  std::vector<Words> words(points);
  std::vector<std::size_t> order(points);
  for (std::size_t d = 0; d < dimensions; ++d) {
    for (std::size_t i = 0; i < points; ++i) words[i] = own_words(key, d * points + i);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::tuple{words[i][0], words[i][1], i}; });
    for (std::size_t cell = 0; cell < points; ++cell) {
      const std::size_t i = order[cell];
      design[i][d] = (static_cast<double>(cell) + uniform(words[i][2])) / static_cast<double>(points);
    }
  }
  return design;
}

Design sobol_sequence(std::size_t points, std::size_t dimensions, Seed seed) {
  const DrawKey key{seed, stream_named("sobol sequence")};
  boost::random::sobol sequence{dimensions};
  Design design(points, std::vector<double>(dimensions));
  for (std::size_t i = 0; i < points; ++i) {
    for (std::size_t d = 0; d < dimensions; ++d) {
      // Boost leaves out the first point, the origin, without which 2^m points are no net.
      const auto x = i == 0 ? 0U : static_cast<std::uint32_t>(sequence() >> 32U);
      design[i][d] = uniform(scrambled(x, d, key));
    }
  }
  return design;
}

}  // namespace luohu
