#include <iterator>

#include "luohu/core/error.hpp"
#include "luohu/core/hash.hpp"
#include "w1.hpp"
#include "w1_numbers.hpp"

namespace luohu::bench {
namespace {

/// Takes the numbers of w1_params.txt in order.
class Numbers {
 public:
  double next() {
    LUOHU_EXPECT(at_ < std::size(w1_numbers));
    return w1_numbers[at_++];
  }
  std::vector<double> next(std::size_t count) {
    std::vector<double> values(count);
    for (double& value : values) value = next();
    return values;
  }
  [[nodiscard]] bool all_taken() const { return at_ == std::size(w1_numbers); }

 private:
  std::size_t at_ = 0;
};

}  // namespace

W1Parameters w1_parameters() {
  Numbers numbers;
  W1Parameters w1;
  w1.places = static_cast<std::size_t>(numbers.next());
  const auto ages = static_cast<std::size_t>(numbers.next());
  const auto groups = static_cast<std::size_t>(numbers.next());
  w1.years = static_cast<int>(numbers.next());
  LUOHU_EXPECT(ages == w1_ages && groups == w1_age_groups && w1.places <= Home::gone);
  w1.death[0] = numbers.next(ages);
  w1.death[1] = numbers.next(ages);
  w1.birth = numbers.next(ages);
  w1.move = numbers.next(ages);
  w1.start_age = numbers.next(ages);
  w1.start_place = numbers.next(w1.places);
  w1.destination = Grid<double, 2>{{w1.places, w1.places}};
  for (double& share : w1.destination.values()) share = numbers.next();
  w1.male_births = numbers.next();
  w1.registers_on_move = numbers.next();
  w1.registered_at_start = numbers.next();
  LUOHU_EXPECT(numbers.all_taken());
  return w1;
}

std::uint64_t digest(const std::vector<W1Year>& years) {
  std::uint64_t h = 0;
  const auto add = [&h](std::int64_t count) { h = mix(h ^ static_cast<std::uint64_t>(count)); };
  for (const W1Year& year : years) {
    for (const std::int64_t count : year.people.values()) add(count);
    for (const std::int64_t count : year.moves.values()) add(count);
    add(year.at_risk), add(year.deaths), add(year.births);
  }
  return h;
}

}  // namespace luohu::bench
