#include "encoding.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace luohu::report {
namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) { return i + k < bytes.size() ? std::uint32_t{bytes[i + k]} : 0U; };
    const std::uint32_t three = byte(0) << 16U | byte(1) << 8U | byte(2);
    for (std::size_t d = 0; d < 4; ++d) {
      const bool is_there = i + d <= bytes.size();
      text += is_there ? base64_digits[three >> (18 - 6 * d) & 63U] : '=';
    }
  }
  return text;
}

struct Escape {
  std::string_view from, to;
};
/// The last two are U+2028 and U+2029, line ends in JavaScript.
constexpr std::array<Escape, 6> escapes{{{"<", "\\u003c"},
                                         {">", "\\u003e"},
                                         {"&", "\\u0026"},
                                         {"'", "\\u0027"},
                                         {"\xE2\x80\xA8", "\\u2028"},
                                         {"\xE2\x80\xA9", "\\u2029"}}};

}  // namespace

std::string packed(const std::vector<double>& values) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(4 * values.size());
  for (const double value : values) {
    const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
    for (unsigned shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
  }
  return base64(bytes);
}

std::string script_safe(std::string_view json) {
  std::string safe;
  safe.reserve(json.size() + json.size() / 16);
  while (!json.empty()) {
    std::string_view written = json.substr(0, 1);
    std::size_t taken = 1;
    for (const Escape& escape : escapes) {
      if (!json.starts_with(escape.from)) continue;
      written = escape.to;
      taken = escape.from.size();
      break;
    }
    safe += written;
    json.remove_prefix(taken);
  }
  return safe;
}

}  // namespace luohu::report
