#pragma once
// Everyone in the model, one column per state variable (ODD element 2).

#include <cstdint>
#include <utility>
#include <vector>

#include "luohu/core/id.hpp"
#include "luohu/population/column.hpp"

namespace luohu {

/// A calendar year in one byte: 1900–2155. `never` marks a date that has not happened.
class ShortYear {
 public:
  static constexpr Year epoch = 1900;

  constexpr ShortYear() = default;
  constexpr explicit ShortYear(Year year) : since_epoch_{static_cast<std::uint8_t>(year - epoch)} {}
  [[nodiscard]] constexpr Year year() const { return epoch + since_epoch_; }
  [[nodiscard]] static constexpr ShortYear never() {
    ShortYear date;
    date.since_epoch_ = 255;
    return date;
  }
  friend constexpr auto operator<=>(ShortYear, ShortYear) = default;

 private:
  std::uint8_t since_epoch_ = 0;
};

/// Number of equally likely classes into which unobserved mobility is quantised.
inline constexpr std::size_t frailty_bands = 8;

/// The small attributes of a person, packed into 16 bits.
class Traits {
 public:
  constexpr Traits() = default;
  constexpr Traits(Sex sex, std::size_t frailty)
      : bits_{static_cast<std::uint16_t>(static_cast<std::size_t>(sex) | (frailty << frailty_shift))} {}

  [[nodiscard]] static constexpr Traits of_bits(std::uint16_t bits) {
    Traits traits;
    traits.bits_ = bits;
    return traits;
  }

  [[nodiscard]] constexpr Sex sex() const { return static_cast<Sex>(bits_ & 1U); }
  [[nodiscard]] constexpr Education education() const { return static_cast<Education>(field(education_shift, 2)); }
  [[nodiscard]] constexpr Township township() const { return static_cast<Township>(field(township_shift, 2)); }
  [[nodiscard]] constexpr bool owner() const { return field(owner_shift, 1) != 0; }
  [[nodiscard]] constexpr unsigned frailty() const { return field(frailty_shift, 3); }
  [[nodiscard]] constexpr bool with_mother() const { return field(with_mother_shift, 1) != 0; }
  [[nodiscard]] constexpr std::uint16_t bits() const { return bits_; }

  constexpr void set(Education e) { put(education_shift, 2, static_cast<unsigned>(e)); }
  constexpr void set(Township t) { put(township_shift, 2, static_cast<unsigned>(t)); }
  constexpr void set_owner(bool owner) { put(owner_shift, 1, owner ? 1U : 0U); }
  constexpr void set_with_mother(bool with) { put(with_mother_shift, 1, with ? 1U : 0U); }

 private:
  static constexpr unsigned education_shift = 1, township_shift = 3, owner_shift = 5, frailty_shift = 6,
                            with_mother_shift = 9;

  [[nodiscard]] constexpr unsigned field(unsigned shift, unsigned width) const {
    return (static_cast<unsigned>(bits_) >> shift) & ((1U << width) - 1U);
  }
  constexpr void put(unsigned shift, unsigned width, unsigned value) {
    const unsigned mask = ((1U << width) - 1U) << shift;
    bits_ = static_cast<std::uint16_t>((static_cast<unsigned>(bits_) & ~mask) | (value << shift));
  }

  std::uint16_t bits_ = 0;
};

/// State of one person, for births, incomers and synthesis.
struct Person {
  PersonId id;
  ZoneId home;
  ZoneId registered;
  Traits traits;
  ShortYear born;
  ShortYear arrived;      ///< in the present zone
  ShortYear group_since;  ///< living in the present recognition group without a break
  ShortYear insured_since = ShortYear::never();
  Slot mother;  ///< of a child under 16, if she is in the model
};

/// Everyone, in rows. Rows keep their order; whoever has gone (died or left for good) has no home
/// and stays in place until `compact`.
struct Population {
  Column<PersonId> id;
  Column<ZoneId> home;        ///< zone of residence; `ZoneId{}` = gone
  Column<ZoneId> registered;  ///< zone of household registration (hukou)
  Column<Traits> traits;
  Column<ShortYear> born;
  Column<ShortYear> arrived;
  Column<ShortYear> group_since;
  Column<ShortYear> insured_since;
  Column<Slot> mother;  ///< row of a child's mother; none from the 16th birthday on

  /// The one list of columns: append, compact, digest, checkpoint and tests all walk it. `visit`
  /// gets a name, the column, and the member of `Person` it holds.
  template <class Self, class Visit>
  static void for_each_column(Self& self, Visit&& visit) {
    visit("id", self.id, &Person::id);
    visit("home", self.home, &Person::home);
    visit("registered", self.registered, &Person::registered);
    visit("traits", self.traits, &Person::traits);
    visit("born", self.born, &Person::born);
    visit("arrived", self.arrived, &Person::arrived);
    visit("group_since", self.group_since, &Person::group_since);
    visit("insured_since", self.insured_since, &Person::insured_since);
    visit("mother", self.mother, &Person::mother);
  }

  [[nodiscard]] std::size_t size() const { return id.size(); }
  [[nodiscard]] bool gone(std::size_t row) const { return !home[row]; }
  void reserve(std::size_t rows);
  void resize(std::size_t rows);
  void put(std::size_t row, const Person& person);
  [[nodiscard]] Person at(std::size_t row) const;

  /// Bytes a row occupies over all columns.
  [[nodiscard]] static std::size_t bytes_per_person();
};

/// Remove the gone, keeping the order of everyone else, and let children's links follow their mothers.
/// Returns the number removed.
std::size_t compact(Population& people);

/// Digest of everyone's state in [first, last): a sum over persons (modulo 2^64), so that neither order
/// nor chunks nor threads matter. Slots, which are no state of a person, do not enter.
[[nodiscard]] std::uint64_t digest(const Population& people, std::size_t first, std::size_t last);
[[nodiscard]] std::uint64_t digest(const Population& people);

}  // namespace luohu
