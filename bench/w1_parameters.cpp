#include <fstream>
#include <limits>
#include <stdexcept>

#include "luohu/core/hash.hpp"
#include "w1.hpp"

namespace luohu::bench {
namespace {

/// Reads the file's numbers in order; lines that begin with # name what follows.
class Numbers {
 public:
  explicit Numbers(const std::filesystem::path& path) : file_{path} {
    if (!file_) throw std::runtime_error{path.string() + ": cannot read"};
  }
  double next() {
    while ((file_ >> std::ws).peek() == '#') file_.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    double value = 0;
    if (!(file_ >> value)) throw std::runtime_error{"the parameter file ends too early"};
    return value;
  }
  std::vector<double> next(std::size_t count) {
    std::vector<double> values(count);
    for (double& value : values) value = next();
    return values;
  }

 private:
  std::ifstream file_;
};

}  // namespace

W1Parameters read_w1_parameters(const std::filesystem::path& file) {
  Numbers numbers{file};
  W1Parameters w1;
  w1.places = static_cast<std::size_t>(numbers.next());
  const auto ages = static_cast<std::size_t>(numbers.next());
  const auto groups = static_cast<std::size_t>(numbers.next());
  w1.years = static_cast<int>(numbers.next());
  if (ages != w1_ages || groups != w1_age_groups || w1.places > Home::gone)
    throw std::runtime_error{"not the shape of W1"};
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
