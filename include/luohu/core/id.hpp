#pragma once
// Row numbers and the few small types every module shares.

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>

namespace luohu {

/// Row number of a table of `Tag`s. Two tables' row numbers never mix: the compiler refuses.
template <class Tag, std::unsigned_integral Rep = std::uint32_t>
class Id {
 public:
  using Value = Rep;

  constexpr Id() noexcept = default;  ///< names no row
  constexpr explicit Id(Rep value) noexcept : value_{value} {}

  [[nodiscard]] constexpr Rep value() const noexcept { return value_; }
  [[nodiscard]] constexpr explicit operator bool() const noexcept { return value_ != no_row; }
  friend constexpr auto operator<=>(Id, Id) noexcept = default;

 private:
  static constexpr Rep no_row = std::numeric_limits<Rep>::max();
  Rep value_ = no_row;
};

/// Row of the place table: a prefecture or an external node.
using PlaceId = Id<struct PlaceTag, std::uint16_t>;
/// Row of the zone list: the urban or rural part of a prefecture, or an external node.
using ZoneId = Id<struct ZoneTag, std::uint16_t>;
/// Kept for life, never reused; keys every random number of the person.
using PersonId = Id<struct PersonTag, std::uint64_t>;
/// Row of the population this year; moves on compaction.
using Slot = Id<struct SlotTag>;

enum class Sex : std::uint8_t { female, male };
inline constexpr std::size_t sexes = 2;

/// Highest level of schooling attended (census categories merged to three).
enum class Education : std::uint8_t { basic, senior, tertiary };
inline constexpr std::size_t education_levels = 3;

/// Ways to be admitted to local registration, in the order in which they are tried; a child registers with
/// its mother (family), and the countryside has a route of its own.
enum class Route : std::uint8_t { within_prefecture, habitual, residence, education, home, family, countryside };
inline constexpr std::size_t routes = 7;

/// Registration as seen from where a person lives.
enum class Registration : std::uint8_t { local, same_prefecture, other_prefecture, other_province };
inline constexpr std::size_t registrations = 4;

/// What the markets and services of a prefecture see of that: registered in it, or elsewhere.
enum class Standing : std::uint8_t { local, migrant };
inline constexpr std::size_t standings = 2;

/// How far from the township of registration a person lives within the prefecture of registration.
enum class Township : std::uint8_t { registered, same_county, other_county };

/// Calendar year of the model. Stocks of year y stand at 1 November y (the census date);
/// flows of year y happen between 1 November y − 1 and 1 November y.
using Year = int;

}  // namespace luohu
