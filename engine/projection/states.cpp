#include "luohu/projection/states.hpp"

#include <algorithm>
#include <bit>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

constexpr int zone_bits = 11;
constexpr unsigned traits_bits = 10;  // one to spare: the fields fill the word
constexpr unsigned year_bits = 8;
static_assert(most_zones == std::size_t{1} << zone_bits);
static_assert(2 * zone_bits + traits_bits + 4 * year_bits == 64);

/// Appends fields to a word, or takes them off again in the opposite order.
class Word {
 public:
  explicit Word(std::uint64_t bits = 0) : bits_{bits} {}
  void push(std::uint64_t value, unsigned width) { bits_ = bits_ << width | value; }
  void push(ShortYear date) { push(static_cast<std::uint64_t>(date.year() - ShortYear::epoch), year_bits); }
  std::uint64_t pop(unsigned width) {
    const std::uint64_t value = bits_ & ((std::uint64_t{1} << width) - 1);
    bits_ >>= width;
    return value;
  }
  ShortYear pop_year() { return ShortYear{ShortYear::epoch + static_cast<Year>(pop(year_bits))}; }
  ZoneId pop_zone() { return ZoneId{static_cast<ZoneId::Value>(pop(zone_bits))}; }
  [[nodiscard]] std::uint64_t bits() const { return bits_; }

 private:
  std::uint64_t bits_;
};

}  // namespace

std::int64_t portion(std::int64_t weight, std::uint64_t threshold) {
  __extension__ using Wide = unsigned __int128;
  constexpr Wide half = Wide{1} << 31U;
  return static_cast<std::int64_t>((static_cast<Wide>(weight) * threshold + half) >> 32U);
}

std::uint64_t pack(const Person& person) {
  Word word;
  word.push(person.home.value(), zone_bits);
  word.push(person.registered.value(), zone_bits);
  word.push(person.traits.bits(), traits_bits);
  word.push(person.born);
  word.push(person.insured_since);
  word.push(person.group_since);
  word.push(person.arrived);
  return word.bits();
}

Person unpack(std::uint64_t state) {
  Word word{state};
  Person person;
  person.arrived = word.pop_year();
  person.group_since = word.pop_year();
  person.insured_since = word.pop_year();
  person.born = word.pop_year();
  person.traits = Traits::of_bits(static_cast<std::uint16_t>(word.pop(traits_bits)));
  person.registered = word.pop_zone();
  person.home = word.pop_zone();
  return person;
}

std::uint64_t home_last(std::uint64_t state) {
  return std::rotl(state, zone_bits);
}

std::uint64_t home_first(std::uint64_t state) {
  return std::rotr(state, zone_bits);
}

std::size_t leading_zone(std::uint64_t state) {
  return state >> (64U - zone_bits);
}

Weighted& StateTable::slot_of(std::uint64_t state) {
  // Multiplicative hashing (Knuth, TAOCP 6.4): only the highest bits of the product depend on every bit.
  const std::size_t last = slots_.size() - 1;
  std::size_t at = state * 0x9E3779B97F4A7C15ULL >> (std::countl_zero(slots_.size()) + 1);
  while (slots_[at].weight != 0 && slots_[at].state != state) at = (at + 1) & last;
  return slots_[at];
}

void StateTable::add(std::uint64_t state, std::int64_t weight) {
  if (weight == 0) return;
  if (4 * (size_ + 1) > 3 * slots_.size()) grow();
  Weighted& slot = slot_of(state);
  if (slot.weight == 0) {
    slot.state = state;
    ++size_;
  }
  slot.weight += weight;
}

void StateTable::grow() {
  std::vector<Weighted> larger(std::max<std::size_t>(2 * slots_.size(), 64));
  std::swap(slots_, larger);
  for (const Weighted& old : larger) {
    if (old.weight != 0) slot_of(old.state) = old;
  }
}

void StateTable::clear() {
  std::ranges::fill(slots_, Weighted{});
  size_ = 0;
}

std::vector<Weighted> StateTable::take() {
  std::vector<Weighted> all;
  all.reserve(size_);
  for_each([&](const Weighted& slot) { all.push_back(slot); });
  slots_ = {};
  size_ = 0;
  std::ranges::sort(all, {}, &Weighted::state);
  return all;
}

}  // namespace luohu
