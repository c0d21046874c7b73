#include <algorithm>
#include <array>
#include <cmath>

#include "luohu/core/error.hpp"
#include "luohu/policy/eligibility.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/random/batch.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "mothers.hpp"
#include "registration.hpp"

namespace luohu {
namespace {

constexpr Stream who_stream = stream_named("synthesis");
constexpr Stream where_stream = stream_named("synthesis_registration");
constexpr int adult_age = 22;  // as in the process of home purchase

/// Cumulative shares of the single years within a census age group, from the province's pyramid: a
/// straight line through the neighbouring groups, a steady decline over the open last one.
std::vector<double> ages_within(const CensusTables& census, std::size_t sex, std::size_t g) {
  const auto width = [](std::size_t group) { return census_age_starts[group + 1] - census_age_starts[group]; };
  const auto level = [&](std::size_t group) {
    double people = 0;
    for (std::size_t p = 0; p < census.residents.shape()[0]; ++p)
      people += static_cast<double>(census.residents(p, sex, group));
    return people / width(group);
  };
  const auto years = static_cast<std::size_t>(width(g));
  std::vector<double> cumulative(years);
  double total = 0;
  for (std::size_t i = 0; i < years; ++i) {
    double weight = 1;
    if (g + 1 == census_age_groups) {
      weight = std::pow(0.8, static_cast<double>(i));  // about the survival of people over 85
    } else if (g > 1) {
      const double here = level(g);
      const double slope = (level(std::min(g + 1, census_age_groups - 2)) - level(g - 1)) / (2.0 * width(g));
      const double middle = (static_cast<double>(years) - 1) / 2;
      weight = std::max(0.1 * here, here + slope * (static_cast<double>(i) - middle));
    }
    total += weight;
    cumulative[i] = total;
  }
  for (double& share : cumulative) share /= total;
  return cumulative;
}

/// Fills the rows of one prefecture (or of its people outside the province), one after the other.
class Filler {
 public:
  Filler(const SynthesisInputs& in, const PopulationPlan& plan, std::size_t prefecture, Population& people,
         std::size_t row)
      : in_{in}, plan_{plan}, p_{prefecture}, people_{people}, row_{row} {
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) ages_.push_back(ages_within(in.census, s, g));
    }
    for (std::size_t h = 0; h < in.places.size(); ++h) remaining_.push_back(plan.origins(h, p_));
  }

  void residents() {
    const ResidentCounts& counts = plan_.residents[p_];
    for (std::size_t z = 0; z < zone_kinds; ++z) {
      for (std::size_t c = 0; c < resident_classes; ++c) {
        for (std::size_t s = 0; s < sexes; ++s) {
          for (std::size_t g = 0; g < census_age_groups; ++g) {
            const ZoneId home = in_.places.zone(place(p_), static_cast<ZoneKind>(z));
            cell(home, static_cast<MigrantClass>(c), s, g, counts(z, c, s, g));
          }
        }
      }
    }
  }

  void outside() {
    const auto klass = static_cast<std::size_t>(MigrantClass::outside);
    std::vector<double> profile;
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) profile.push_back(in_.census.profile_seed(klass, s, g, 0));
    }
    for (std::size_t d = in_.places.prefectures(); d < in_.places.size(); ++d) {
      const std::vector<std::int64_t> counts = apportion(profile, plan_.origins(p_, d));
      for (std::size_t s = 0; s < sexes; ++s) {
        for (std::size_t g = 0; g < census_age_groups; ++g) {
          cell(in_.places.zone(place(d), ZoneKind::urban), MigrantClass::outside, s, g,
               counts[s * census_age_groups + g]);
        }
      }
    }
  }

 private:
  [[nodiscard]] static PlaceId place(std::size_t q) { return PlaceId{static_cast<std::uint16_t>(q)}; }

  void cell(ZoneId home, MigrantClass klass, std::size_t s, std::size_t g, std::int64_t count) {
    const std::vector<double>& ages = ages_[s * census_age_groups + g];
    std::size_t year_of_group = 0;
    for (std::int64_t j = 0; j < count; ++j) {
      const double quantile = (static_cast<double>(j) + 0.5) / static_cast<double>(count);
      while (year_of_group + 1 < ages.size() && ages[year_of_group] < quantile) ++year_of_group;
      person(home, klass, static_cast<Sex>(s), g, census_age_starts[g] + static_cast<int>(year_of_group));
    }
  }

  void person(ZoneId home, MigrantClass klass, Sex sex, std::size_t g, int age) {
    if (row_ >= drawn_to_) draw_ahead();
    const Words& who = who_[row_ % ahead];
    const Words& where = where_[row_ % ahead];

    Person person;
    person.id = PersonId{row_};  // consecutive: sixteen neighbours share a screening block
    person.home = home;
    person.traits = Traits{sex, who[0] % frailty_bands};
    person.traits.set(township(klass));
    person.traits.set(schooling(home, sex, g, uniform(who[1])));
    person.registered = registered_zone(klass, home, where);
    person.born = ShortYear{in_.base_year - age};

    person.arrived = klass == MigrantClass::local ? person.born : arrival(age, who[2]);
    const auto group = [&](ZoneId zone) { return in_.group_of[in_.places.place_of(zone).value()]; };
    person.group_since = group(home) == group(person.registered) ? person.born : person.arrived;

    const bool unregistered_in_town = home != person.registered && in_.places.town(home);
    if (unregistered_in_town && age >= working_age && age < 60) insure(person, who[3], where[2]);
    if (unregistered_in_town && age >= adult_age) {
      person.traits.set_owner(uniform(where[3]) < in_.census.owner_share[in_.places.place_of(home).value()]);
    }
    people_.put(row_++, person);
  }

  /// The random numbers of the next rows, many at once.
  void draw_ahead() {
    std::array<std::uint64_t, ahead> ids{};
    const std::size_t first = row_ / ahead * ahead;
    for (std::size_t i = 0; i < ahead; ++i) ids[i] = first + i;
    draw_own_words({in_.seed, who_stream, in_.base_year}, ids, who_);
    draw_own_words({in_.seed, where_stream, in_.base_year}, ids, where_);
    drawn_to_ = first + ahead;
  }

  /// Years since arrival are exponential, and nobody came before birth.
  [[nodiscard]] ShortYear arrival(int age, std::uint32_t word) const {
    const auto stayed = static_cast<int>(-in_.parameters.mean_stay * std::log(uniform(word)));
    return ShortYear{in_.base_year - std::min(stayed, age)};
  }

  [[nodiscard]] static Township township(MigrantClass klass) {
    if (klass == MigrantClass::local) return Township::registered;
    return klass == MigrantClass::same_prefecture ? Township::other_county : Township::same_county;
  }

  [[nodiscard]] Education schooling(ZoneId home, Sex sex, std::size_t g, double u) const {
    const Grid<double, 4>& shares = plan_.schooling[p_];
    const ZoneKind zone = in_.places.kind_of(home);
    std::size_t e = 0;
    for (double above = shares(sex, zone, g, 0U); e + 1 < education_levels && u >= above;)
      above += shares(sex, zone, g, ++e);
    return static_cast<Education>(e);
  }

  [[nodiscard]] ZoneId registered_zone(MigrantClass klass, ZoneId home, const Words& where) {
    std::size_t h = p_;
    if (klass == MigrantClass::other_prefecture) h = draw_origin(0, in_.places.prefectures(), where[0]);
    if (klass == MigrantClass::other_province) h = draw_origin(in_.places.prefectures(), in_.places.size(), where[0]);
    if (!in_.places.internal(place(h))) return in_.places.zone(place(h), ZoneKind::urban);
    const double urban =
        tilted(urban_registration(in_.parameters, klass, in_.places.kind_of(home)), plan_.registered_odds[h]);
    return in_.places.zone(place(h), uniform(where[1]) < urban ? ZoneKind::urban : ZoneKind::rural);
  }

  /// Draws without replacement, so that every origin ends with exactly its planned number.
  [[nodiscard]] std::size_t draw_origin(std::size_t first, std::size_t last, std::uint32_t word) {
    std::int64_t left = 0;
    for (std::size_t h = first; h < last; ++h) left += remaining_[h];
    auto ticket = static_cast<std::int64_t>(uniform(word) * static_cast<double>(left));
    std::size_t h = first;
    while (ticket >= remaining_[h]) ticket -= remaining_[h++];
    --remaining_[h];
    return h;
  }

  void insure(Person& person, std::uint32_t chance, std::uint32_t when) const {
    const Parameters& c = in_.parameters;
    const std::array<double, education_levels> share{c.insured_share_basic, c.insured_share_senior,
                                                     c.insured_share_tertiary};
    if (uniform(chance) >= share[static_cast<std::size_t>(person.traits.education())]) return;
    // Insured since some year after both the arrival and the sixteenth birthday.
    const Year from = std::max(person.arrived.year(), person.born.year() + working_age);
    const int years = in_.base_year - from;
    person.insured_since = ShortYear{in_.base_year - static_cast<int>(uniform(when) * (years + 1))};
  }

  const SynthesisInputs& in_;
  const PopulationPlan& plan_;
  std::size_t p_;
  Population& people_;
  std::size_t row_;
  static constexpr std::size_t ahead = 256;
  std::array<Words, ahead> who_{}, where_{};  ///< [row modulo ahead]
  std::size_t drawn_to_ = 0;                  ///< row
  std::vector<std::vector<double>> ages_;     ///< [sex × age group] cumulative shares of single years
  std::vector<std::int64_t> remaining_;       ///< [place of registration] people of this prefecture still to be dealt
};

}  // namespace

Population synthesise(const SynthesisInputs& in, const PopulationPlan& plan, std::size_t spare) {
  const std::size_t prefectures = in.places.prefectures();
  // Tasks: the residents of every prefecture, then the people of every prefecture living outside.
  std::vector<std::size_t> first{0};
  for (std::size_t p = 0; p < prefectures; ++p) {
    std::int64_t count = 0;
    for (const std::int64_t cell : plan.residents[p].values()) count += cell;
    first.push_back(first.back() + static_cast<std::size_t>(count));
  }
  for (std::size_t p = 0; p < prefectures; ++p) {
    std::int64_t count = 0;
    for (std::size_t d = prefectures; d < in.places.size(); ++d) count += plan.origins(p, d);
    first.push_back(first.back() + static_cast<std::size_t>(count));
  }
  Population people;
  people.reserve(first.back() + spare);
  people.resize(first.back());
  for_each_task(2 * prefectures, [&](std::size_t task) {
    Filler filler{in, plan, task % prefectures, people, first[task]};
    task < prefectures ? filler.residents() : filler.outside();
  });
  if (!in.fertility.empty()) find_mothers(in, first, people);
  return people;
}

std::size_t spare_rows(std::size_t agents) {
  constexpr double share = 0.09;
  return static_cast<std::size_t>(share * static_cast<double>(agents)) + 1024;
}

Population base_population(const SynthesisInputs& inputs) {
  const PopulationPlan plan = plan_population(inputs);
  return synthesise(inputs, plan, spare_rows(plan.agents()));
}

}  // namespace luohu
