#pragma once
// Whom a policy touches: persons whose state at the end differs between two runs with the same random numbers, in which
// a person has the same id. Beside each count stands the least that any pairing of the two runs' people would need, so
// that people who only swap places are not taken for an effect.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "luohu/places/places.hpp"
#include "luohu/policy/settings.hpp"
#include "luohu/population/population.hpp"

namespace luohu {

/// The share of persons that is followed: one in `one_in`, the same in every run.
struct FollowedShare {
  std::uint64_t one_in = 1;
  [[nodiscard]] bool contains(PersonId id) const;
  /// The smallest `one_in` that follows about `most` of `agents`.
  [[nodiscard]] static FollowedShare of(std::size_t agents, std::size_t most);
};

/// What is kept of a person.
struct Followed {
  PersonId id;
  ZoneId home;
  ZoneId registered;
  ShortYear born;
  std::uint8_t education = 0;
  std::uint8_t sex = 0;
  friend constexpr auto operator<=>(const Followed&, const Followed&) = default;
};

/// The followed people who are in the model, ordered by id.
[[nodiscard]] std::vector<Followed> follow(const Population& people, const FollowedShare& share);

/// In what two runs can differ for a person; being in the model in one run only is a difference in all.
enum class Aspect : std::uint8_t {
  registration,  ///< zone of registration
  residence,     ///< zone of residence
  status,        ///< registered in the place of residence, unregistered there, or outside the province
  access,        ///< services had: mean coverage to a percentage point, 100 for the registered
};
inline constexpr std::array<std::string_view, 4> aspect_ids{"registration", "residence", "status", "access"};
inline constexpr std::size_t aspects = aspect_ids.size();

/// By what the people are told apart. Schooling is that of the first run if the person is in it; origin is the place of
/// registration in the base year, or "later" for those who were not in the model then.
enum class Margin : std::uint8_t { all, age_group, sex, education, origin };
inline constexpr std::array<std::string_view, 5> margin_ids{"all", "age_group", "sex", "education", "origin"};

/// One of two runs at its last year.
struct EndOfRun {
  std::vector<Followed> people;
  Settings settings;
};

struct WhoCount {
  std::int64_t differ = 0;  ///< followed persons who differ
  std::int64_t least = 0;   ///< half the L1 difference of the two tables of states: what any pairing needs
};

/// Of one category of a margin: its number on that margin's axis; "later" is one past the places.
struct WhoRow {
  Margin margin = Margin::all;
  std::size_t category = 0;
  std::int64_t compared = 0;  ///< followed persons in the model in either run
  std::array<WhoCount, aspects> counts{};
};

/// Rows of every category of every margin, in order. `base`: the people of the base year, whose `registered` is the
/// origin; `year` is the last. Memory: a few tables of categories × states beside the inputs.
[[nodiscard]] std::vector<WhoRow> who_differs(const Places& places, Year year, const std::vector<Followed>& base,
                                              const EndOfRun& first, const EndOfRun& second);

}  // namespace luohu
