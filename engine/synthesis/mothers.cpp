#include "mothers.hpp"

#include <algorithm>

#include "luohu/population/parallel.hpp"

namespace luohu {
namespace {

constexpr Stream mothers_stream = stream_named("synthesis_mother");
constexpr int grown_up = 16;  // as in the process of families
constexpr int youngest = 15;  // mothers at birth
constexpr int oldest = 49;
constexpr auto child_ages = static_cast<std::size_t>(grown_up);
constexpr std::size_t ages = oldest - youngest + 1;
/// Ages of women who may have a child under 16.
constexpr auto women_ages = static_cast<std::size_t>(oldest + grown_up - youngest);

/// People synthesised together: rows [first, last), living in the zones [first_zone, first_zone + zones).
struct Neighbours {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t first_zone = 0;
  std::size_t zones = 0;
};

/// Women among neighbours by (zone of residence, zone of registration, age), and for a child of each age
/// the weights of its mother's ages at birth.
class Women {
 public:
  Women() = default;
  Women(const SynthesisInputs& in, const Population& people, const Neighbours& here)
      : first_zone_{here.first_zone}, zones_{in.places.zones()} {
    const std::size_t pairs = here.zones * zones_;
    std::vector<std::uint32_t> count(pairs * women_ages + 1);
    const auto visit = [&](auto&& with) {
      for (std::size_t row = here.first; row < here.last; ++row) {
        const int age = in.base_year - people.born[row].year();
        // A mother is nobody's child.
        if (people.traits[row].sex() != Sex::female || age < grown_up ||
            age >= youngest + static_cast<int>(women_ages)) {
          continue;
        }
        with(row,
             pair(people.home[row], people.registered[row]) * women_ages + static_cast<std::size_t>(age - youngest));
      }
    };
    visit([&](std::size_t, std::size_t k) { ++count[k + 1]; });
    for (std::size_t k = 1; k < count.size(); ++k) count[k] += count[k - 1];
    begin_ = count;
    rows_.resize(count.back());
    visit([&](std::size_t row, std::size_t k) { rows_[count[k]++] = static_cast<std::uint32_t>(row); });

    chances_.resize(pairs * child_ages * ages);
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      for (std::size_t child = 0; child < child_ages; ++child) {
        double sum = 0;
        for (std::size_t a = 0; a < ages; ++a) {
          const std::size_t k = pair * women_ages + a + child;
          sum += in.fertility[static_cast<std::size_t>(youngest) + a] * (begin_[k + 1] - begin_[k]);
          chances_[(pair * child_ages + child) * ages + a] = sum;
        }
      }
    }
  }

  /// Expected births of children now of this age to women living in `home` and registered in `registered`.
  [[nodiscard]] double weight(ZoneId home, ZoneId registered, int child_age) const {
    return chances(pair(home, registered), child_age)[ages - 1];
  }

  /// A woman living in `home` and registered in `registered` for a child of this age; none if there is none.
  [[nodiscard]] Slot draw(ZoneId home, ZoneId registered, int child_age, std::uint32_t which_age,
                          std::uint32_t which_woman) const {
    const std::size_t here = pair(home, registered);
    const double* ends = chances(here, child_age);
    const double total = ends[ages - 1];
    if (total <= 0) return {};
    const auto a = static_cast<std::size_t>(std::upper_bound(ends, ends + ages, uniform(which_age) * total) - ends);
    const std::size_t k = here * women_ages + std::min(a, ages - 1) + static_cast<std::size_t>(child_age);
    const std::uint64_t women = begin_[k + 1] - begin_[k];
    return Slot{rows_[begin_[k] + static_cast<std::uint32_t>((which_woman * women) >> 32U)]};
  }

 private:
  [[nodiscard]] std::size_t pair(ZoneId home, ZoneId registered) const {
    return (home.value() - first_zone_) * zones_ + registered.value();
  }
  /// [age at birth], cumulative.
  [[nodiscard]] const double* chances(std::size_t pair, int child_age) const {
    return &chances_[(pair * child_ages + static_cast<std::size_t>(child_age)) * ages];
  }

  std::size_t first_zone_ = 0;
  std::size_t zones_ = 0;
  std::vector<std::uint32_t> begin_;  ///< [home][registered][age], into `rows_`
  std::vector<std::uint32_t> rows_;
  std::vector<double> chances_;  ///< [home][registered][age of the child][age at birth], cumulative
};

/// The mother of a left-behind child lives at one of the external nodes.
Slot draw_away(const SynthesisInputs& in, const Women& outside, ZoneId registered, int age, const Words& words) {
  const auto node = [&](std::size_t e) {
    return in.places.zone(PlaceId{static_cast<std::uint16_t>(in.places.prefectures() + e)}, ZoneKind::urban);
  };
  double total = 0;
  for (std::size_t e = 0; e < in.places.externals(); ++e) total += outside.weight(node(e), registered, age);
  double rest = uniform(words[3]) * total;
  for (std::size_t e = 0; e < in.places.externals(); ++e) {
    rest -= outside.weight(node(e), registered, age);
    if (rest < 0) return outside.draw(node(e), registered, age, words[1], words[2]);
  }
  return {};
}

}  // namespace

void find_mothers(const SynthesisInputs& in, std::span<const std::size_t> first, Population& people) {
  const std::size_t prefectures = in.places.prefectures();
  std::vector<Women> women(2 * prefectures);
  for_each_task(2 * prefectures, [&](std::size_t task) {
    const bool residents = task < prefectures;
    women[task] = Women{in,
                        people,
                        {first[task], first[task + 1], residents ? zone_kinds * task : in.places.internal_zones(),
                         residents ? zone_kinds : in.places.externals()}};
  });
  for_each_task(2 * prefectures, [&](std::size_t task) {
    const Women& outside = women[prefectures + task % prefectures];
    for (std::size_t row = first[task]; row < first[task + 1]; ++row) {
      const int age = in.base_year - people.born[row].year();
      if (age >= grown_up) continue;
      const ZoneId home = people.home[row];
      const ZoneId registered = people.registered[row];
      const Words words = own_words({in.seed, mothers_stream, in.base_year}, people.id[row].value());
      const double away =
          in.places.countryside(home) ? in.parameters.left_behind_rural : in.parameters.left_behind_town;
      const bool at_home = in.places.internal(home) && in.places.place_of(home) == in.places.place_of(registered);
      if (at_home && uniform(words[0]) < away) people.mother[row] = draw_away(in, outside, registered, age, words);
      if (people.mother[row]) continue;
      people.mother[row] = women[task].draw(home, registered, age, words[1], words[2]);
      people.traits[row].set_with_mother(static_cast<bool>(people.mother[row]));
    }
  });
}

}  // namespace luohu
